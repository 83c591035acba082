"""How a feed is: what is remembered of it after a pull, and what that means now. Pure.

FeedState + Fetched | Failure ─→ FeedState ─judge→ Health
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from msgspec.structs import replace

from curator.clean import plain_line
from curator.models import Entry, Failure, FeedState, Fetched, Health
from curator.pull.manners import fresh_until, wait_until

MOVES = 3  # pulls in a row that a permanent redirect has to be seen in before it is believed
QUIET = timedelta(days=30)  # a feed is never stale earlier
QUIET_GAPS = 4  # nor before so many times its own median gap
QUIET_UNKNOWN = timedelta(days=365)  # where it has shown too few dates for a rhythm
_RHYTHM = 4  # days with something new that make one

Appeared = Sequence[tuple[datetime, datetime]]
"""When a feed's newest documents were published and first seen."""


def are_dated(entries: Sequence[Entry]) -> bool | None:
    """Whether any of them has a date; None where there are none."""
    return any(entry.published or entry.updated for entry in entries) if entries else None


def went_well(state: FeedState, answer: Fetched, now: datetime, dated: bool | None = None) -> FeedState:
    """What is remembered after a feed answered; `dated` as `are_dated` says of its entries, None where it was
    unchanged."""
    state = _moved(state, answer, now)
    return replace(
        state,
        etag=answer.etag,
        last_modified=answer.last_modified,
        content_hash=answer.content_hash or state.content_hash,
        last_pulled_at=now,
        error=None,
        failing_since=None,
        failures=0,
        illness=None,
        fresh_until=fresh_until(answer.max_age, now),
        wait_until=None,
        undated_since=None if dated else state.undated_since if dated is None else state.undated_since or now,
    )


def _moved(state: FeedState, answer: Fetched, now: datetime) -> FeedState:
    there = answer.moved_to
    if there is None and not state.moves:
        return state
    if not there or len(there) > 500 or plain_line(there) != there:
        return replace(state, moved_to=None, moves=0, moved_since=None)
    if there == state.moved_to:
        return replace(state, moves=state.moves + 1)
    return replace(state, moved_to=there, moves=1, moved_since=now)


def went_wrong(state: FeedState, failure: Failure, now: datetime) -> FeedState:
    """What is remembered after a feed failed: what it said before stays. Where no server was asked, the feed has not
    failed once more: a night offline must not make it wait."""
    failures = state.failures + failure.reached
    return replace(
        state,
        last_pulled_at=now,
        error=f"{failure.stage}: {failure.error}",
        failing_since=state.failing_since or now,
        failures=failures,
        illness=failure.illness,
        fresh_until=None,
        wait_until=wait_until(failure, failures, now),
    )


# ---------------------------------------------------------------- what it means


def judge(state: FeedState, appeared: Appeared, now: datetime) -> Health:
    """The worst that can be said of a feed now, and since when."""
    if state.error:
        return Health(state.health, state.error, state.failing_since)
    if state.last_pulled_at is None:
        return Health("new")
    if state.moved_to and state.moves >= MOVES:
        reason = f"it has moved for good to {state.moved_to}; `curator feeds accept {state.slug}` takes that over"
        return Health("moved", reason, state.moved_since)
    last, quiet = last_sign(state, appeared, now), rhythm(appeared, now)
    if last and now - last > quiet:
        return Health("stale", f"nothing new for {_days(now - last)}; {_usual(quiet)}", last)
    if state.undated_since:
        return Health("undated", "none of its entries has a date; they get the day of the pull", state.undated_since)
    return Health("ok")


def last_sign(state: FeedState, appeared: Appeared, now: datetime) -> datetime | None:
    """When the feed last had something new: its newest date, or the pull that brought something, unless that was
    the first one, which brings what may be years old. Dates to come do not count."""
    published = [one for one, _ in appeared if one <= now]
    seen = [one for _, one in appeared]
    last = max(published, default=None)
    if state.last_new_at and seen and min(seen) < state.last_new_at:
        return max(last or state.last_new_at, state.last_new_at)
    return last


def rhythm(appeared: Appeared, now: datetime) -> timedelta:
    """For how long this feed may be silent before that is news."""
    days = sorted({one.date() for one, _ in appeared if one <= now})
    if len(days) < _RHYTHM:
        return QUIET_UNKNOWN
    gaps = sorted(later - earlier for earlier, later in pairwise(days))
    return max(QUIET, QUIET_GAPS * gaps[len(gaps) // 2])


def _days(span: timedelta) -> str:
    return "1 day" if span.days == 1 else f"{span.days} days"


def _usual(quiet: timedelta) -> str:
    return f"by its own rhythm {_days(quiet)} would be long"
