"""feeds list, feeds check: how every feed is, from memory or asked now.

The check stores nothing: no documents, and nothing about the feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime

from curator.models import Entry, Failure, Feed, FeedState, Fetched, Health
from curator.pull.health import judge, went_well, went_wrong
from curator.pull.private import private_headers
from curator.workflow.pull import chosen_feeds
from curator.workflow.workspace import Workspace

Checked = tuple[Feed, FeedState, Health]
OnCheck = Callable[[int, int], None]
"""Progress: how many are done, of how many."""


def feeds_with_health(workspace: Workspace) -> list[Checked]:
    """Every feed of feeds.toml in its order, judged by what is remembered."""
    states, now = workspace.library.feeds.states(), workspace.now()
    found = [(feed, states.get(feed.slug, FeedState(feed.slug))) for feed in workspace.config.feeds]
    return [(feed, state, judge(state, workspace.library.feeds.appeared(feed.slug), now)) for feed, state in found]


def check_feeds(workspace: Workspace, slugs: Sequence[str] = (), *, on_check: OnCheck | None = None) -> list[Checked]:
    """Every feed, or those named, fetched whole and read as if for the first time. Raises UsageError for an unknown
    slug."""
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
            if on_check:
                on_check(len(found), len(feeds))
    return [found[feed.slug] for feed in feeds]


def _checked(workspace: Workspace, feed: Feed, state: FeedState, answer: Fetched | Failure) -> Checked:
    from curator.pull.parse import ParseFailure, parse

    now = workspace.now()
    entries: list[Entry] = []
    if not isinstance(answer, Failure):
        try:
            entries = parse(answer)
        except ParseFailure as failure:
            answer = Failure(feed.slug, "parse", failure.message, illness=failure.illness)
    after = went_wrong(state, answer, now) if isinstance(answer, Failure) else went_well(state, answer, now, entries)
    appeared = [*workspace.library.feeds.appeared(feed.slug), *((date, now) for date in _dates(entries))]
    return feed, after, judge(after, appeared, now)


def _dates(entries: Sequence[Entry]) -> Iterator[datetime]:
    for entry in entries:
        if at := entry.published or entry.updated:
            yield at
