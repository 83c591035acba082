"""Feeds into documents that are ready for matching: `bring`, here or in a process of its own (`pull.beside`).

Errand ─fetch→ Fetched ─entries_of→ Entry … ─normalise→ Came
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from curator.config import Pull
from curator.models import Entry, Failure, Feed, FeedState, Fetched, NewDocument
from curator.pull.health import are_dated

if TYPE_CHECKING:
    from curator.pull.parse import ParseFailure

Idle = Callable[[], None]


class Errand(msgspec.Struct, frozen=True):
    """All that is needed to ask `feeds`, as plain values. `states` and `private` headers are by slug; at `began` the
    pull began: an entry without a date gets that one."""

    feeds: tuple[Feed, ...]
    states: Mapping[str, FeedState]
    settings: Pull
    workspace: Path
    site: str
    private: Mapping[str, Mapping[str, str]]
    began: datetime


class Came(msgspec.Struct, frozen=True):
    """What one feed answered. `incoming` is None where there was nothing to read; a folder's listing is left in
    `answer.body` for who can read files. `dated` as `health.are_dated`."""

    answer: Fetched | Failure
    incoming: Sequence[NewDocument] | None = None
    dated: bool | None = None

    @property
    def slug(self) -> str:
        return self.answer.feed if isinstance(self.answer, Failure) else self.answer.slug


def bring(errand: Errand, idle: Idle) -> Generator[Came, None, None]:
    """Each feed as it has answered and is read. `idle` is called while none does. What is wrong with a feed is in its
    answer; a programming error is raised."""
    from curator.pull.fetch import fetch_all

    by_slug = {feed.slug: feed for feed in errand.feeds}
    fetching = fetch_all(
        errand.feeds,
        errand.states,
        errand.settings,
        errand.workspace,
        site=errand.site,
        private=errand.private,
        idle=idle,
    )
    with closing(fetching) as answers:
        for answer in answers:
            yield Came(answer) if isinstance(answer, Failure) else _read(by_slug[answer.slug], answer, errand.began)


def _read(feed: Feed, answer: Fetched, now: datetime) -> Came:
    if answer.body is None or feed.folder:
        return Came(answer)
    return came_with(feed, answer, lambda: entries_of(feed, answer, now), now)


def came_with(feed: Feed, answer: Fetched, entries: Callable[[], Sequence[Entry]], now: datetime) -> Came:
    """What a feed brings by `entries`, or why they cannot be read."""
    from curator.pull.normalise import normalise_all
    from curator.pull.parse import ParseFailure

    try:
        found = entries()
    except ParseFailure as fault:
        return Came(unread(feed, fault))
    return Came(replace(answer, body=None), normalise_all(found, feed, now), are_dated(found))


def unread(feed: Feed, fault: ParseFailure) -> Failure:
    return Failure(feed.slug, "parse", fault.message, illness=fault.illness)


def entries_of(feed: Feed, answer: Fetched, now: datetime) -> list[Entry]:
    """The entries of a feed, a page or a sitemap; an ordinary feed loads nothing of the others. ParseFailure where the
    answer is not what the feed is declared to be."""
    if feed.page:
        from curator.pull.pages import page_entries

        return page_entries(feed, answer, now)
    if feed.sitemap:
        from curator.pull.sitemap import sitemap_entries

        return sitemap_entries(feed, answer)
    from curator.pull.parse import parse

    return parse(answer)
