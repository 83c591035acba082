"""doctor: what is wrong with a workspace, its database, its way out and its mail settings, and the mend of each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from curator.clean import plain_line
from curator.config import FEEDS_FILE
from curator.deliver import mailer_for
from curator.errors import ConfigError, CuratorError, UsageError
from curator.http import try_environment
from curator.models import Edition, Finding
from curator.pull.private import private_headers, unclaimed
from curator.workflow.rendering import render
from curator.workflow.workspace import Clock, Workspace, open_workspace, utc_now


def doctor(path: Path, *, now: Clock = utc_now, environ: Mapping[str, str] = os.environ) -> list[Finding]:
    """Look at everything and change nothing, save to make an outbox where one is to be used; an `error` is something
    that stops an edition or a pull."""
    if not os.access(path, os.W_OK):
        return [Finding("error", "read-only", f"{path} cannot be written. Give yourself the right to.", str(path))]
    try:
        workspace = open_workspace(path, now=now, environ=environ)
    except ConfigError as error:
        return [Finding("error", "configuration", str(fault), str(error.path)) for fault in error.faults]
    except CuratorError as error:
        return [Finding("error", "library", error.message, str(path / "curator.db"))]
    with workspace:
        return [*_feeds(workspace), *_way_out(workspace), *_digests(workspace), *_mail(workspace)]


def _feeds(workspace: Workspace) -> Iterator[Finding]:
    where = FEEDS_FILE
    if not workspace.config.feeds:
        yield Finding("warning", "no-feeds", "There are no feeds. `curator feeds add URL` adds one.", where)
    retired = {feed.slug for feed in workspace.config.feeds if feed.retired}
    for slug, state in workspace.library.feeds.states().items():
        if state.error and slug not in retired:
            yield Finding("warning", "feed-failing", f"{slug}: {state.error}", where)
    covered = {feed.country for feed in workspace.config.feeds if not feed.retired}
    for code in workspace.config.network.countries:
        if code not in covered and workspace.config.feeds:
            label = workspace.taxonomy.country_label(code)
            yield Finding("note", "country-without-feed", f"No feed is declared for {label} ({code}).", where)


def _way_out(workspace: Workspace) -> Iterator[Finding]:
    """Proxies, authorities and passwords of feeds, which the environment names."""
    slugs, where = [feed.slug for feed in workspace.config.feeds], "environment"
    for check in (lambda: try_environment(workspace.config.pull), lambda: private_headers(slugs, workspace.environ)):
        try:
            check()
        except UsageError as error:
            yield Finding("error", "environment", error.message, where)
    for name in unclaimed(slugs, workspace.environ):
        yield Finding("warning", "no-such-feed", f"{plain_line(name, 100)} is set, and no feed has that name.", where)


def _digests(workspace: Workspace) -> Iterator[Finding]:
    try:
        digests, faulty = workspace.digests, list(workspace.faulty_digests.values())
    except ConfigError as error:
        digests, faulty = {}, [error]
    for one in faulty:
        yield from (Finding("error", "digest", str(fault), str(one.path)) for fault in one.faults)
    if not digests and not faulty:
        yield Finding("error", "no-digests", "There is no digest. Put a folder with digest.toml there.", "templates")
    for digest in digests.values():
        try:
            render(workspace, _specimen(workspace, digest.slug, digest.topic))
        except CuratorError as error:
            yield Finding("error", "template", error.message, f"templates/{digest.slug}")
        if not workspace.library.people.addresses(digest.mailing_list):
            message = f"Nobody is on “{digest.mailing_list}”. `curator subscribers import FILE.csv` adds people."
            yield Finding("warning", "empty-list", message, f"templates/{digest.slug}/digest.toml")


def _specimen(workspace: Workspace, slug: str, topic: bool) -> Edition:
    """An empty edition to try the templates on."""
    theme = next(iter(workspace.taxonomy.themes), None) if topic else None
    return Edition(id=f"{slug}-1", digest=slug, number=1, date=workspace.today(), topic=theme)


def _mail(workspace: Workspace) -> Iterator[Finding]:
    """Connect to the mail server as a send would, and hang up."""
    if not workspace.config.network.postal:
        yield Finding(
            "warning", "no-postal", "Mails to many must say a postal address; [network] postal is empty.", FEEDS_FILE
        )
    try:
        with mailer_for(workspace.config.mail, workspace.path, "doctor", workspace.environ):
            pass
    except CuratorError as error:
        yield Finding("error", "mail", error.message, "feeds.toml: mail.smtp")
