"""pull: bring new documents. One feed's entries and what is remembered about it are stored together or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from pathlib import Path

import msgspec

from curator.config import FEEDS_FILE
from curator.decode import did_you_mean
from curator.errors import UsageError
from curator.models import Failure, Feed, FeedState, Fetched, PullReport, Stored
from curator.pull.bring import Came, Errand, Idle, bring
from curator.pull.health import went_well, went_wrong
from curator.pull.manners import at_rest
from curator.pull.private import private_headers
from curator.workflow.catching_up import catch_up
from curator.workflow.locks import lock
from curator.workflow.unwritten import Brought, Unwritten
from curator.workflow.workspace import Workspace


class FeedDone(msgspec.Struct, frozen=True):
    """Progress: one feed is done. `outcome` is what was stored, or why it failed; None: unchanged."""

    feed: Feed
    done: int
    of: int
    outcome: Stored | Failure | None


WORTH = 40
"""Feeds never read, all of which bring a body; with fewer, all is nearly done when a second process is ready."""

Progress = Callable[[FeedDone], None]


def pull(workspace: Workspace, slugs: Sequence[str] = (), *, on_feed: Progress | None = None) -> PullReport:
    """Fetch, parse, match and store all feeds, or those of `slugs`.

        feeds ─bring→ Came ─match→ Match ─store→ Stored

    A feed that fails is a line in the report; one that rests is not asked unless it is named.
    Raises UsageError for an unknown slug or a retired feed, TryLater when another pull runs.
    """
    feeds = chosen_feeds(workspace, slugs)
    _refuse_retired(feeds)
    with lock(workspace.path, "pull"):
        started, tally = time.monotonic(), _Tally(len(feeds), on_feed)
        catch_up(workspace.library)
        states = workspace.library.feeds.states()
        by_slug = {feed.slug: feed for feed in feeds}
        asked = feeds if slugs else _awake(workspace, feeds, states, tally)
        errand = _errand(workspace, asked, states)
        with (
            closing(Unwritten(workspace.library, tally.count)) as unwritten,
            closing(_bringing(errand, unwritten.look)) as coming,
        ):
            for came in coming:
                feed = by_slug[came.slug]
                unwritten.add(_take(workspace, feed, states.get(feed.slug, FeedState(feed.slug)), came))
        return tally.report(time.monotonic() - started)


def _errand(workspace: Workspace, feeds: Sequence[Feed], states: Mapping[str, FeedState]) -> Errand:
    return Errand(
        feeds=tuple(feeds),
        states={feed.slug: states[feed.slug] for feed in feeds if feed.slug in states},
        settings=workspace.config.pull,
        workspace=workspace.path,
        site=workspace.config.network.site,
        private=private_headers([feed.slug for feed in feeds], workspace.environ),
        began=workspace.now(),
    )


def _bringing(errand: Errand, idle: Idle) -> Generator[Came, None, None]:
    """In a second process where so much is new that it pays."""
    unread = [
        feed for feed in errand.feeds if feed.slug not in errand.states or not errand.states[feed.slug].content_hash
    ]
    if len(unread) >= WORTH:
        from curator.pull.beside import bring_beside, is_possible

        if is_possible():
            return bring_beside(errand, idle)
    return bring(errand, idle)


def ahead(path: Path) -> AbstractContextManager[None]:
    """Around opening a workspace and the pull in it. Where many feeds have no library yet, a second process gets ready
    while that is made, which takes as long."""
    if (path / "curator.db").exists() or _declared(path / FEEDS_FILE) < WORTH:
        return nullcontext()
    from curator.pull.beside import at_hand

    return at_hand()


def _declared(feeds: Path) -> int:
    """How many feeds a file seems to declare; 0 where it cannot be read, which is told later."""
    with suppress(OSError):
        return feeds.read_bytes().count(b"[[feeds]]")
    return 0


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


def _take(workspace: Workspace, feed: Feed, state: FeedState, came: Came) -> Brought:
    """What an answer brings: its documents, or why there are none."""
    now = workspace.now()
    if isinstance(came.answer, Fetched) and came.answer.body is not None:
        from curator.workflow.folder import read_folder

        came = read_folder(workspace, feed, came.answer, state)
    if isinstance(came.answer, Failure):
        return Brought(feed, went_wrong(state, came.answer, now), now, failure=came.answer)
    return Brought(feed, went_well(state, came.answer, now, came.dated), now, came.incoming)
