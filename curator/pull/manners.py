"""When a feed is not asked: what its server said about freshness and waiting, and how it has failed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal
from zlib import crc32

from curator.models import Failure, Feed, FeedState, Stage

FRESHEST = timedelta(hours=6)  # a server that calls its feed fresh for longer is asked all the same
LONGEST_WAIT = timedelta(hours=24)
_SLACK = timedelta(minutes=1)  # an hour's freshness must not turn an hourly pull into one every two hours
NO_WORD = 1.0  # seconds: 429 without Retry-After
_PATIENCE = 2  # failures in a row without a pause
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=30), timedelta(hours=12)


def at_rest(feed: Feed, state: FeedState, now: datetime) -> Failure | Literal["fresh"] | None:
    """None: ask it. A Failure, its last one with what it waits for, where it fails still and is not asked now.
    What lies in a file is always read; an hour from a clock that was wrong holds nothing up."""
    if is_file(feed):
        return None
    if state.error and state.illness == "gone":
        return _still(
            state, f"not asked again: `curator feeds retire {state.slug}`, or `curator pull {state.slug}` to try"
        )
    if state.error and state.wait_until and now < state.wait_until <= now + LONGEST_WAIT:
        return _still(state, f"waits until {state.wait_until.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
    if not state.error and state.fresh_until and now < state.fresh_until <= now + FRESHEST:
        return "fresh"
    return None


def is_file(feed: Feed) -> bool:
    """Whether it lies in the workspace, with no server to be polite to."""
    return feed.url[:5].lower() == "file:"


def _still(state: FeedState, waits: str) -> Failure:
    stage, _, said = (state.error or "").partition(": ")
    stages: dict[str, Stage] = {"config": "config", "parse": "parse", "store": "store"}
    return Failure(state.slug, stages.get(stage, "fetch"), f"{said}; {waits}", illness=state.illness or "failing")


# ---------------------------------------------------------------- what is remembered


def fresh_until(max_age: float | None, now: datetime) -> datetime | None:
    """Until when an answer need not be asked for again."""
    fresh = min(timedelta(seconds=max_age or 0), FRESHEST) - _SLACK
    return now + fresh if fresh > timedelta() else None


def wait_until(failure: Failure, failures: int, now: datetime) -> datetime | None:
    """When to ask a feed again that has failed so often in a row; None: at the next pull. Whoever could not be
    reached at all costs no server anything, and this machine may just have been offline."""
    asked = timedelta(seconds=failure.retry_after or 0)
    wait = max(asked, _back_off(failure.feed, failures)) if failure.reached else asked
    return now + min(wait, LONGEST_WAIT) if wait else None


def _back_off(slug: str, failures: int) -> timedelta:
    """Half an hour after the third failure, then twice as long each time, up to twelve hours; a quarter more or less,
    always the same for the same feed and failure, so that feeds do not come back all at once."""
    if failures <= _PATIENCE:
        return timedelta()
    pause = min(_FIRST_PAUSE * (1 << min(failures - _PATIENCE - 1, 10)), _LONGEST_PAUSE)
    return pause * (0.75 + 0.5 * crc32(f"{slug} {failures}".encode()) / 0xFFFFFFFF)


# ---------------------------------------------------------------- what servers say


def max_age(caching: Mapping[str, str]) -> float | None:
    """Seconds for which the server calls its answer fresh (RFC 9111); None where it says nothing or not to keep it."""
    if "cache-control" not in caching and "expires" not in caching:
        return None
    said = {}
    for part in caching.get("cache-control", "").lower().split(","):
        name, _, value = part.partition("=")
        said[name.strip()] = value.strip(' "')
    if "no-cache" in said or "no-store" in said:
        return None
    if "max-age" in said:
        return (_seconds(said["max-age"]) or 0) - (_seconds(caching.get("age", "")) or 0)
    expires, date = _date(caching.get("expires", "")), _date(caching.get("date", ""))
    return (expires - date).total_seconds() if expires and date else None


def retry_seconds(text: str, now: datetime) -> float:
    """Seconds to wait for a `Retry-After`, which is a number or a date; a second where it is neither."""
    if (seconds := _seconds(text)) is not None:
        return seconds
    at = _date(text)
    return max(0.0, (at - now).total_seconds()) if at else NO_WORD


def _seconds(text: str) -> float | None:
    return float(text[:9]) if text.isascii() and text.isdigit() else None


def _date(text: str) -> datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
