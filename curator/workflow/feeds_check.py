"""feeds list, feeds check: how every feed is, from memory or asked now.

The check stores nothing: no documents, and nothing about the feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime

from curator.models import Entry, Failure, Feed, FeedState, Fetched, Health
from curator.pull.health import Appeared, are_dated, judge, went_well, went_wrong
from curator.pull.manners import is_file
from curator.pull.private import private_headers
from curator.workflow.pull import FeedDone, Progress, chosen_feeds
from curator.workflow.workspace import Workspace

Checked = tuple[Feed, FeedState, Health]


def feeds_with_health(workspace: Workspace) -> list[Checked]:
    """Every feed of feeds.toml in its order, judged by what is remembered."""
    states, now = workspace.library.feeds.states(), workspace.now()
    found = [(feed, states.get(feed.slug, FeedState(feed.slug))) for feed in workspace.config.feeds]
    return [(feed, state, _health(workspace, feed, state, now)) for feed, state in found]


def _health(workspace: Workspace, feed: Feed, state: FeedState, now: datetime) -> Health:
    if feed.retired:
        return Health("retired", f"not pulled any more; `curator feeds revive {feed.slug}` brings it back")
    return judge(state, _appeared(workspace, feed), now)


def _appeared(workspace: Workspace, feed: Feed) -> Appeared:
    """Nothing for a file, which is no server that could fall silent."""
    return [] if is_file(feed) else workspace.library.feeds.appeared(feed.slug)


def check_feeds(workspace: Workspace, slugs: Sequence[str] = (), *, on_feed: Progress | None = None) -> list[Checked]:
    """Every feed that is not retired, or those named, fetched whole and read as if for the first time. Raises
    UsageError for an unknown slug."""
    from curator.pull.fetch import fetch_all

    feeds = chosen_feeds(workspace, slugs)
    states = workspace.library.feeds.states()
    found: dict[str, Checked] = {}
    settings, site = workspace.config.pull, workspace.config.network.site
    private = private_headers([feed.slug for feed in feeds], workspace.environ)
    with closing(fetch_all(feeds, {}, settings, workspace.path, site=site, private=private)) as answers:
        by_slug = {feed.slug: feed for feed in feeds}
        for answer in answers:
            feed = by_slug[answer.feed if isinstance(answer, Failure) else answer.slug]
            found[feed.slug] = _checked(workspace, feed, states.get(feed.slug, FeedState(feed.slug)), answer)
            if on_feed:
                outcome = answer if isinstance(answer, Failure) else None
                on_feed(FeedDone(feed, len(found), len(feeds), outcome))
    return [found[feed.slug] for feed in feeds]


def _checked(workspace: Workspace, feed: Feed, state: FeedState, answer: Fetched | Failure) -> Checked:
    from curator.pull.bring import entries_of, unread
    from curator.pull.parse import ParseFailure

    now = workspace.now()
    entries: list[Entry] = []
    if not isinstance(answer, Failure):
        try:
            entries = [] if feed.folder else entries_of(feed, answer, now)
        except ParseFailure as failure:
            answer = unread(feed, failure)
    after = (
        went_wrong(state, answer, now)
        if isinstance(answer, Failure)
        else went_well(state, answer, now, are_dated(entries))
    )
    appeared = [*_appeared(workspace, feed), *((date, now) for date in _dates(feed, entries))]
    return feed, after, judge(after, appeared, now)


def _dates(feed: Feed, entries: Sequence[Entry]) -> Iterator[datetime]:
    for entry in entries if not is_file(feed) else ():
        if at := entry.published or entry.updated:
            yield at
