"""pull: bring new documents. One feed's entries and what is remembered about it are stored together or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from curator.decode import did_you_mean
from curator.errors import UsageError
from curator.models import Failure, Feed, FeedState, Fetched, PullReport, Stored
from curator.pull.health import went_well, went_wrong
from curator.pull.manners import at_rest
from curator.pull.private import private_headers
from curator.workflow.catching_up import catch_up
from curator.workflow.locks import lock
from curator.workflow.unwritten import Brought, Unwritten
from curator.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FeedDone:
    """Progress: one feed is done. `outcome` is what was stored, or why it failed; None: unchanged."""

    feed: Feed
    done: int
    of: int
    outcome: Stored | Failure | None


Progress = Callable[[FeedDone], None]


def pull(workspace: Workspace, slugs: Sequence[str] = (), *, on_feed: Progress | None = None) -> PullReport:
    """Fetch, parse, match and store all feeds, or those of `slugs`.

        feeds ─fetch→ Fetched ─parse→ Entry ─normalise→ NewDocument ─match→ Match ─store→ Stored

    A feed that fails is a line in the report; one that rests is not asked unless it is named.
    Raises UsageError for an unknown slug or a retired feed, TryLater when another pull runs.
    """
    from curator.pull.fetch import fetch_all

    feeds = chosen_feeds(workspace, slugs)
    _refuse_retired(feeds)
    with lock(workspace.path, "pull"):
        started, tally = time.monotonic(), _Tally(len(feeds), on_feed)
        catch_up(workspace.library)
        states = workspace.library.feeds.states()
        by_slug = {feed.slug: feed for feed in feeds}
        settings, site = workspace.config.pull, workspace.config.network.site
        asked = feeds if slugs else _awake(workspace, feeds, states, tally)
        private = private_headers([feed.slug for feed in asked], workspace.environ)
        with closing(Unwritten(workspace.library, tally.count)) as unwritten:
            idle = unwritten.look
            fetching = fetch_all(asked, states, settings, workspace.path, site=site, private=private, idle=idle)
            with closing(fetching) as answers:
                for answer in answers:
                    feed = by_slug[answer.feed if isinstance(answer, Failure) else answer.slug]
                    unwritten.add(_take(workspace, feed, states.get(feed.slug, FeedState(feed.slug)), answer))
        return tally.report(time.monotonic() - started)


def _awake(
    workspace: Workspace, feeds: Sequence[Feed], states: Mapping[str, FeedState], tally: _Tally
) -> Sequence[Feed]:
    """The feeds to ask now; the others are counted as they are: unchanged, or failed still."""
    now, asked = workspace.now(), []
    for feed in feeds:
        state = states.get(feed.slug)
        rest = at_rest(feed, state, now) if state else None
        if rest is None:
            asked.append(feed)
            continue
        tally.count(feed, rest if isinstance(rest, Failure) else None)
    return asked


def chosen_feeds(workspace: Workspace, slugs: Sequence[str]) -> tuple[Feed, ...]:
    """All feeds that are not retired, or those named. Raises UsageError for an unknown slug."""
    known = {feed.slug: feed for feed in workspace.config.feeds}
    for slug in slugs:
        if slug not in known:
            hint = did_you_mean(slug, known)
            raise UsageError(f"There is no feed “{slug}” in feeds.toml. {hint or '`curator feeds list` names them.'}")
    if slugs:
        return tuple(known[slug] for slug in dict.fromkeys(slugs))
    return tuple(feed for feed in workspace.config.feeds if not feed.retired)


def _refuse_retired(feeds: Sequence[Feed]) -> None:
    for feed in feeds:
        if feed.retired:
            raise UsageError(f"“{feed.slug}” is retired. `curator feeds revive {feed.slug}` lets it be pulled again.")


class _Tally:
    """Counts outcomes into a report, and tells of each."""

    def __init__(self, feeds: int, on_feed: Progress | None) -> None:
        self._on_feed = on_feed
        self.feeds, self.unchanged, self.new, self.changed = feeds, 0, 0, 0
        self.done = 0
        self.failures: list[Failure] = []

    def count(self, feed: Feed, outcome: Stored | Failure | None) -> None:
        self.done += 1
        match outcome:
            case None:
                self.unchanged += 1
            case Failure():
                self.failures.append(outcome)
            case Stored():
                self.new += len(outcome.new)
                self.changed += len(outcome.changed)
        if self._on_feed:
            self._on_feed(FeedDone(feed, self.done, self.feeds, outcome))

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


def _take(workspace: Workspace, feed: Feed, state: FeedState, answer: Fetched | Failure) -> Brought:
    """What an answer brings: its entries as documents, or why there are none."""
    from curator.pull.normalise import normalise_all
    from curator.pull.parse import ParseFailure
    from curator.workflow.sources import entries_of

    now = workspace.now()
    if isinstance(answer, Failure):
        return _failed(feed, state, answer, now)
    if answer.body is None:
        return Brought(feed, went_well(state, answer, now), now)
    try:
        entries = entries_of(workspace, feed, answer, state)
    except ParseFailure as failure:
        return _failed(feed, state, Failure(feed.slug, "parse", failure.message, illness=failure.illness), now)
    return Brought(feed, went_well(state, answer, now, entries), now, normalise_all(entries, feed, now))


def _failed(feed: Feed, state: FeedState, failure: Failure, now: datetime) -> Brought:
    return Brought(feed, went_wrong(state, failure, now), now, failure=failure)
