"""feeds: list them with their health, add one, remove one. The editor's comments in feeds.toml survive."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from itertools import count
from typing import Any

from curator.clean import plain_line, slugify
from curator.config import Config, feed_address_fault
from curator.errors import TryLater, UsageError
from curator.models import Failure, Feed, FeedState
from curator.workflow.feeds_file import rewrite_feeds, with_feeds, without_feed
from curator.workflow.workspace import Workspace

_NAME = 80


def feeds(workspace: Workspace) -> list[tuple[Feed, FeedState]]:
    """Every feed of feeds.toml with what is remembered about it, in its order."""
    states = workspace.library.feeds.states()
    return [(feed, states.get(feed.slug, FeedState(feed.slug))) for feed in workspace.config.feeds]


def add_feed(
    workspace: Workspace,
    url: str,
    *,
    slug: str | None = None,
    name: str | None = None,
    country: str | None = None,
    section: str | None = None,
    publisher: str | None = None,
) -> Feed:
    """Fetch the address once to see that it is a feed, then write it into feeds.toml.

    Raises UsageError when it is there already, is no feed, or names something the taxonomy does not know; TryLater
    when the server does not answer; ConfigError where the slug or publisher will not do."""
    country = workspace.taxonomy.country(country).code if country else None
    section = workspace.taxonomy.section(section).slug if section else None
    if fault := feed_address_fault(url, workspace.path):
        raise UsageError(f"The feed was not added: its address {fault}.")
    _refuse_known(workspace.config, url)
    title = _title_of(workspace, url, slug or "new-feed")
    called = plain_line(name or "", _NAME) or title or url

    def add(text: str, config: Config) -> str:
        _refuse_known(config, url)
        feed = Feed(
            slug or free_slug(called, {feed.slug for feed in config.feeds}), called, url, country, section, publisher
        )
        return with_feeds(text, [declaration(feed)])

    config = rewrite_feeds(workspace.path, workspace.taxonomy, add)
    workspace.library.feeds.follow(config.feeds)
    return config.feeds[-1]


def declaration(feed: Feed) -> dict[str, Any]:
    """What `[[feeds]]` says of a feed: only what is there."""
    said = asdict(feed) | {"themes": list(feed.themes)}
    if feed.select:
        said["select"] = {key: value for key, value in said["select"].items() if value}
    return {key: value for key, value in said.items() if value}


def remove_feed(workspace: Workspace, slug: str) -> Feed:
    """Take a feed out of feeds.toml; its documents stay in the library. Raises UsageError for an unknown slug."""
    from curator.workflow.pull import chosen_feeds

    (feed,) = chosen_feeds(workspace, [slug])
    config = rewrite_feeds(workspace.path, workspace.taxonomy, lambda text, _: without_feed(text, slug))
    workspace.library.feeds.follow(config.feeds)
    return feed


def _refuse_known(config: Config, url: str) -> None:
    """Also one that only differs as addresses of one page do."""
    from curator.pull.urls import canonical_url

    for feed in config.feeds:
        if canonical_url(feed.url) == canonical_url(url):
            raise UsageError(f"{plain_line(url, 120)} is in feeds.toml already, as “{feed.slug}”.")


def _title_of(workspace: Workspace, url: str, slug: str) -> str:
    """The feed's own title, or '' where it has none. Raises UsageError when it cannot be read as a feed, TryLater
    when it cannot be now."""
    from curator.pull.fetch import fetch_all
    from curator.pull.parse import ParseFailure, feed_title, parse
    from curator.pull.private import private_headers

    probe = Feed(slug, url, url)
    site = workspace.config.network.site
    private = private_headers([slug], workspace.environ)
    (answer,) = fetch_all([probe], {}, workspace.config.pull, workspace.path, site=site, private=private)
    shown = plain_line(url, 120)
    if isinstance(answer, Failure) and answer.passing:
        raise TryLater(f"{shown} was not added: {answer.error}. Try again later, or write it into feeds.toml yourself.")
    if isinstance(answer, Failure):
        raise UsageError(f"{shown} was not added: {answer.error}. Check the address.")
    try:
        parse(answer)
        return plain_line(feed_title(answer), _NAME)
    except ParseFailure as failure:
        raise UsageError(f"{shown} was not added: {failure.message}.") from failure


def free_slug(name: str, taken: Collection[str]) -> str:
    """A slug made of `name` that no other feed has."""
    wanted = slugify(name.removeprefix("https://"), 40)
    return wanted if wanted not in taken else next(one for n in count(2) if (one := f"{wanted}-{n}") not in taken)
