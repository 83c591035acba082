"""What the sample workspace has as fresh, and what its editor has done with it: data/recent.toml, counted from today.

The feeds of the sample are of 2016; a mail of today needs documents of today, and deadlines and webinars to come."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

import msgspec
from msgspec.structs import replace

from curator.clean import slugify
from curator.decode import decode
from curator.errors import ConfigError
from curator.models import Comparison, Edition
from curator.toml_file import read_toml
from curator.workflow import triage
from curator.workflow.packaged import sample_workspace
from curator.workflow.workspace import Workspace

RECENT = "https://example.org/recent/"
_FRIDAY = 4
_BEFORE = {".xml": "    <item>", ".atom": "  <entry>"}
_NEW = {
    ".xml": """\
    <item>
      <title>{title}</title>
      <link>{link}</link>
      <guid isPermaLink="false">{link}</guid>
      <pubDate>{rfc_822}</pubDate>
      <description>{text}</description>
    </item>

""",
    ".atom": """\
  <entry>
    <title>{title}</title>
    <link href="{link}"/>
    <id>{link}</id>
    <published>{iso}</published>
    <updated>{iso}</updated>
    <summary>{text}</summary>
  </entry>

""",
}


class Recent(msgspec.Struct, frozen=True, kw_only=True):
    """A fresh document: what its feed says of it, and what the editor does. `feed` is a slug; days count from today."""

    feed: str
    title: str
    text: str
    days_ago: int
    themes: tuple[str, ...]
    countries: tuple[str, ...] = ()
    section: str | None = None
    blurb: str | None = None
    starts_in: int | None = None
    clock: str = ""
    closes_in: int | None = None

    @property
    def link(self) -> str:
        return RECENT + slugify(self.title)


class RecentFile(msgspec.Struct, frozen=True, kw_only=True):
    """The file: documents, and how countries stand on the topic of the briefing."""

    documents: tuple[Recent, ...]
    comparisons: tuple[Comparison, ...]


def add_recent(feeds: Path, today: date) -> None:
    """Put the fresh documents before the others of the feeds in the folder `feeds`."""
    by_feed = sorted(recent().documents, key=lambda one: (one.feed, one.days_ago))
    for slug, found in groupby(by_feed, lambda one: one.feed):
        path = next(feeds.glob(f"{slug}.*"))
        text, mark = path.read_text(encoding="utf-8"), _BEFORE[path.suffix]
        before, at, after = text.partition(mark)
        new = "".join(_entry(one, path.suffix, today) for one in found)
        path.write_text(before + new + at + after, encoding="utf-8", newline="\n")


def _entry(one: Recent, suffix: str, today: date) -> str:
    at = datetime.combine(today - timedelta(days=one.days_ago), time(9), UTC)
    return _NEW[suffix].format(
        title=escape(one.title),
        link=one.link,
        text=escape(one.text),
        rfc_822=format_datetime(at, usegmt=True),
        iso=at.isoformat().replace("+00:00", "Z"),
    )


def triage_recent(workspace: Workspace) -> None:
    """Keep what is fresh and still waits, with what its editor says; all else stays in the inbox, to be tried."""
    waiting = {one.document.link: one for one in triage.find(workspace, "decision:inbox", limit=0)}
    for one in recent().documents:
        if (filed := waiting.get(one.link)) is not None:
            triage.tag(workspace, [filed], tagging_of(one, workspace.today()))
            triage.decide(workspace, [filed], "kept")


def tagging_of(one: Recent, today: date) -> triage.Tagging:
    """What its editor says of it, the days counted from `today`."""
    return triage.Tagging(
        countries=one.countries,
        themes=one.themes,
        section=one.section,
        blurb=one.blurb,
        starts=_in(one.starts_in, today, one.clock),
        deadline=_in(one.closes_in, today, ""),
    )


def _in(days: int | None, today: date, clock: str) -> str | None:
    """The day that is so far ahead, or the Monday after it, with the time."""
    if days is None:
        return None
    day = today + timedelta(days=days)
    weekend = 7 - day.weekday() if day.weekday() > _FRIDAY else 0
    return f"{day + timedelta(days=weekend)} {clock}".strip()


def compared(edition: Edition) -> Edition:
    """A briefing with how countries stand on its topic."""
    return replace(edition, comparisons=tuple(sorted(recent().comparisons, key=lambda one: one.country)))


@cache
def recent() -> RecentFile:
    """What data/recent.toml says."""
    path = sample_workspace().parent / "recent.toml"
    file, faults = decode(RecentFile, read_toml(path))
    if file is None or faults:
        raise ConfigError(path, faults)
    return file
