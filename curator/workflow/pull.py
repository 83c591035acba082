"""pull: bring new documents. One feed's entries and what is remembered about it are stored together or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from curator.decode import did_you_mean
from curator.errors import UsageError
from curator.library import Library
from curator.models import Entry, Failure, Feed, FeedState, Fetched, PullReport, Stored
from curator.pull.health import went_well, went_wrong
from curator.pull.manners import at_rest
from curator.pull.private import private_headers
from curator.workflow.locks import lock
from curator.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FeedDone:
    """Progress: one feed is done. `outcome` is what was stored, or why it failed; None: unchanged."""

    feed: Feed
    done: int
    of: int
    outcome: Stored | Failure | None


_MOST_UNWRITTEN = 50
_LONGEST_UNWRITTEN = 0.2  # seconds

Progress = Callable[[FeedDone], None]


def pull(workspace: Workspace, slugs: Sequence[str] = (), *, on_feed: Progress | None = None) -> PullReport:
    """Fetch, parse, match and store all feeds, or those of `slugs`.

        feeds ─fetch→ Fetched ─parse→ Entry ─normalise→ NewDocument ─match→ Match ─store→ Stored

    A feed that fails is a line in the report; one that rests is not asked unless it is named.
    Raises UsageError for an unknown slug, TryLater when another pull runs.
    """
    from curator.pull.fetch import fetch_all

    feeds = chosen_feeds(workspace, slugs)
    with lock(workspace.path, "pull"):
        started, tally = time.monotonic(), _Tally(len(feeds))
        states = workspace.library.feeds.states()
        by_slug = {feed.slug: feed for feed in feeds}
        settings, site = workspace.config.pull, workspace.config.network.site
        asked = feeds if slugs else _awake(workspace, feeds, states, tally, on_feed)
        private = private_headers([feed.slug for feed in asked], workspace.environ)
        fetching = closing(fetch_all(asked, states, settings, workspace.path, site=site, private=private))
        with closing(_Unchanged(workspace.library)) as unchanged, fetching as answers:
            for answer in answers:
                slug = answer.feed if isinstance(answer, Failure) else answer.slug
                outcome = _take(workspace, by_slug[slug], states.get(slug, FeedState(slug)), answer, unchanged)
                tally.count(outcome)
                if on_feed:
                    on_feed(FeedDone(by_slug[slug], tally.done, len(feeds), outcome))
        return tally.report(time.monotonic() - started)


def _awake(
    workspace: Workspace,
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    tally: _Tally,
    on_feed: Progress | None,
) -> Sequence[Feed]:
    """The feeds to ask now; the others are counted as they are: unchanged, or failed still."""
    now, asked = workspace.now(), []
    for feed in feeds:
        state = states.get(feed.slug)
        rest = at_rest(feed, state, now) if state else None
        if rest is None:
            asked.append(feed)
            continue
        outcome = rest if isinstance(rest, Failure) else None
        tally.count(outcome)
        if on_feed:
            on_feed(FeedDone(feed, tally.done, len(feeds), outcome))
    return asked


def chosen_feeds(workspace: Workspace, slugs: Sequence[str]) -> tuple[Feed, ...]:
    """All feeds, or those named. Raises UsageError for an unknown slug."""
    known = {feed.slug: feed for feed in workspace.config.feeds}
    for slug in slugs:
        if slug not in known:
            hint = did_you_mean(slug, known)
            raise UsageError(f"There is no feed “{slug}” in feeds.toml. {hint or '`curator feeds list` names them.'}")
    return tuple(known[slug] for slug in dict.fromkeys(slugs)) if slugs else workspace.config.feeds


class _Tally:
    """Counts outcomes into a report."""

    def __init__(self, feeds: int) -> None:
        self.feeds, self.unchanged, self.new, self.changed = feeds, 0, 0, 0
        self.done = 0
        self.failures: list[Failure] = []

    def count(self, outcome: Stored | Failure | None) -> None:
        self.done += 1
        match outcome:
            case None:
                self.unchanged += 1
            case Failure():
                self.failures.append(outcome)
            case Stored():
                self.new += len(outcome.new)
                self.changed += len(outcome.changed)

    def report(self, seconds: float) -> PullReport:
        failed = len(self.failures)
        return PullReport(
            feeds=self.feeds,
            fetched=self.done - self.unchanged - failed,
            unchanged=self.unchanged,
            failed=failed,
            new=self.new,
            changed=self.changed,
            seconds=round(seconds, 3),
            failures=tuple(sorted(self.failures, key=lambda failure: failure.feed)),
        )


class _Unchanged:
    """Feeds that brought nothing new are remembered many at a time. Where a pull is killed before, they are asked
    once more than needed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._states: list[FeedState] = []
        self._since = 0.0

    def add(self, state: FeedState) -> None:
        self._since = self._since or time.monotonic()
        self._states.append(state)
        if len(self._states) >= _MOST_UNWRITTEN or time.monotonic() - self._since > _LONGEST_UNWRITTEN:
            self.close()

    def close(self) -> None:
        """Write what is not yet written."""
        states, self._states, self._since = self._states, [], 0.0
        if states:
            with self._library.write():
                for state in states:
                    self._library.feeds.remember(state)


def _take(
    workspace: Workspace, feed: Feed, state: FeedState, answer: Fetched | Failure, unchanged: _Unchanged
) -> Stored | Failure | None:
    """Parse and store one answer, with what is remembered about the feed, in one transaction."""
    from curator.pull.parse import ParseFailure
    from curator.workflow.sources import entries_of

    now = workspace.now()
    if isinstance(answer, Failure):
        return _failed(workspace, state, answer, now)
    if answer.body is None:
        unchanged.add(went_well(state, answer, now))
        return None
    try:
        entries = entries_of(workspace, feed, answer, state)
    except ParseFailure as failure:
        return _failed(workspace, state, Failure(feed.slug, "parse", failure.message, illness=failure.illness), now)
    return _store(workspace, feed, state, answer, entries, now)


def _store(
    workspace: Workspace, feed: Feed, state: FeedState, answer: Fetched, entries: Sequence[Entry], now: datetime
) -> Stored:
    from curator.pull.match import match
    from curator.pull.normalise import normalise_all

    library = workspace.library
    incoming = normalise_all(entries, feed, now)
    with library.write():
        matches = match(incoming, library.documents.known(feed.slug, incoming))
        stored = library.documents.store(feed.slug, matches, now)
        after = went_well(state, answer, now, entries)
        library.feeds.remember(replace(after, last_new_at=now) if stored.new else after)
    return stored


def _failed(workspace: Workspace, state: FeedState, failure: Failure, now: datetime) -> Failure:
    workspace.library.feeds.remember(went_wrong(state, failure, now))
    return failure
