"""init and demo: a fresh workspace, and the sample one that shows the whole way without a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from curator.config import FEEDS_FILE
from curator.errors import UsageError, cannot_write
from curator.models import Edition
from curator.workflow import edition as verbs
from curator.workflow.packaged import packaged_templates, sample_workspace
from curator.workflow.people import import_subscribers
from curator.workflow.pull import Progress, pull
from curator.workflow.sample import add_recent, compared, triage_recent
from curator.workflow.workspace import Clock, Workspace, open_workspace, utc_now

_MARK = ".curator-sample"
_SAMPLE_TOPIC = "crisis-care"


def init(folder: Path) -> Path:
    """Make `folder` a workspace: feeds.toml to fill in, the digests' templates. Raises UsageError where one is."""
    if (folder / FEEDS_FILE).exists():
        raise UsageError(f"{folder} is a workspace already; nothing was changed.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "templates").exists():
            shutil.copytree(packaged_templates(), folder / "templates")
        (folder / FEEDS_FILE).write_text(_FEEDS, encoding="utf-8", newline="\n")
    except OSError as error:
        raise cannot_write(folder, error, "Name another folder.") from error
    open_workspace(folder).close()
    return folder


class Demo(msgspec.Struct, frozen=True):
    """The sample workspace as it stands: how many documents, the editions drafted and their previews."""

    workspace: Path
    documents: int
    editions: tuple[Edition, ...]
    previews: tuple[verbs.Preview, ...]


def demo(
    folder: Path,
    *,
    now: Clock = utc_now,
    environ: Mapping[str, str] = os.environ,
    on_feed: Progress | None = None,
) -> Demo:
    """Make or reuse the sample workspace in `folder`: pull, keep what is fresh, draft and preview both digests.

    Raises UsageError when something else is in the folder."""
    _copy_sample(folder, now)
    with open_workspace(folder, now=now, environ=environ) as workspace:
        import_subscribers(workspace, folder / "subscribers.csv")
        pull(workspace, on_feed=on_feed)
        triage_recent(workspace)
        drafted = tuple(_draft_all(workspace))
        previews = tuple(verbs.preview(workspace, edition.id) for edition in drafted)
        return Demo(folder, workspace.library.documents.count(), drafted, previews)


def _copy_sample(folder: Path, now: Clock) -> None:
    if (folder / _MARK).exists():
        return
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} holds other files; the sample workspace needs an empty or new folder.")
    try:
        shutil.copytree(sample_workspace(), folder, dirs_exist_ok=True)
        shutil.copytree(packaged_templates(), folder / "templates")
        add_recent(folder / "feeds", now().date())
        (folder / _MARK).write_text("This folder is curator's sample workspace; delete it whenever you like.\n")
    except OSError as error:
        raise cannot_write(folder, error, "Name another folder.") from error


def _draft_all(workspace: Workspace) -> list[Edition]:
    drafted = []
    shown = (one for one in workspace.digests.values() if one.group_by == "country")  # the sample names no audiences
    for digest in sorted(shown, key=lambda one: (one.topic, one.slug)):
        edition = verbs.draft(workspace, digest.slug, topic=_SAMPLE_TOPIC if digest.topic else None)
        if not edition.introduction:
            edition = verbs.edit(workspace, edition.id, "introduce", _introduced)
        drafted.append(edition)
    return drafted


def _introduced(edition: Edition) -> Edition:
    if not edition.topic:
        return replace(edition, introduction=_UPDATE_INTRODUCTION)
    return compared(replace(edition, introduction=_BRIEFING_INTRODUCTION, key_messages=_BRIEFING_MESSAGES))


_UPDATE_INTRODUCTION = (
    "A sample: its documents were written for curator, and their links lead nowhere. In the inbox wait those that "
    "members shared in 2016, to be tried."
)
_BRIEFING_INTRODUCTION = (
    "This briefing gathers what members have shared on **crisis and emergency care**. "
    "Where a country has nothing to show yet, it says so: please send us what we have missed. "
    "(A sample: its documents were written for curator.)"
)
_BRIEFING_MESSAGES = """\
- Crisis services work best when they are planned with community services, not beside them.
- Emergency departments are a common first door; what happens there needs its own pathway.
- Few countries publish how their crisis services do. Shared measures would let members learn from each other."""

_FEEDS = """\
# curator reads this file at every start and never changes what you wrote, comments included.

[network]
name      = "Your network"
short     = "Network"
timezone  = "UTC"                       # for example "Pacific/Auckland"
countries = []                          # members in the order digests use: ["AU", "CA", "GB-ENG", …]
postal    = ""                          # stands at the foot of every mail
site      = ""

[mail]
sender = "Your network <news@example.org>"
smtp   = "file:"                        # .eml files into outbox/. Or "smtp://user@host:587":
                                        # its password comes from the environment, CURATOR_SMTP_PASSWORD

[pull]
per_host    = 2                         # connections to one host at a time
concurrency = 32                        # in all

# One block for each feed; `curator feeds add URL` writes one for you.
#
# [[feeds]]
# slug      = "gov-uk-dhsc"
# name      = "Department of Health and Social Care"
# url       = "https://www.gov.uk/government/organisations/department-of-health-and-social-care.atom"
# country   = "GB-ENG"                  # defaults for what it brings; the editor's word wins
# section   = "policy"
# publisher = "dhsc"
#
# A source without a feed: a page, a sitemap, a folder of files (docs/configuration.md, "Sources without a feed");
# `curator feeds add URL --page` works the selectors out.
#
# page      = true
# select    = { entry = "ul.news > li", title = "h3", date = "time" }
"""
