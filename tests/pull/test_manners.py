"""Freshness, waiting and back-off: as long as servers ask, never for longer than is bearable."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from curator.models import Failure, Feed, FeedState
from curator.pull.manners import (
    FRESHEST,
    LONGEST_WAIT,
    NO_WORD,
    at_rest,
    fresh_until,
    max_age,
    retry_seconds,
    wait_until,
)

NOW = datetime(2026, 10, 1, 6, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FEED = Feed("a", "A", "https://example.org/")
DATE = "Thu, 01 Oct 2026 06:00:00 GMT"
LATER = "Thu, 01 Oct 2026 06:30:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "public, Max-Age=600"}, 600),
        ({"cache-control": 'max-age="600"', "age": "100", "expires": "0"}, 500),
        ({"cache-control": "max-age=600, no-cache"}, None),
        ({"cache-control": "no-store"}, None),
        ({"cache-control": "max-age=soon"}, 0),
        ({"expires": LATER, "date": DATE}, 1800),
        ({"expires": DATE, "date": LATER}, -1800),
        ({"expires": LATER}, None),
        ({"expires": "0", "date": DATE}, None),
    ],
)
def test_for_how_long_an_answer_is_fresh(headers: dict[str, str], seconds: float | None) -> None:
    assert max_age(headers) == seconds


@pytest.mark.parametrize(
    ("seconds", "fresh"), [(None, None), (-5, None), (60, None), (3600, 59 * MINUTE), (1e9, FRESHEST - MINUTE)]
)
def test_fresh_is_bounded_and_never_skips_an_hourly_pull(seconds: float | None, fresh: timedelta | None) -> None:
    assert fresh_until(seconds, NOW) == (NOW + fresh if fresh else None)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120), ("0", 0), (LATER, 1800), ("Thu, 01 Oct 2020 06:00:00 GMT", 0), ("", NO_WORD), ("-1", NO_WORD)],
)
def test_retry_after_is_a_number_or_a_date(text: str, seconds: float) -> None:
    assert retry_seconds(text, NOW) == seconds


def failure(retry_after: float | None = None, reached: bool = True) -> Failure:
    return Failure("a", "fetch", "503", True, retry_after=retry_after, reached=reached)


def test_back_off_grows_with_jitter_and_is_bounded() -> None:
    waits = [wait_until(failure(), failures, NOW) for failures in range(1, 30)]
    assert waits[:2] == [None, None]
    spans = [at - NOW for at in waits[2:] if at]
    assert len(spans) == 27
    assert 0.75 * 30 * MINUTE <= spans[0] <= 1.25 * 30 * MINUTE
    assert max(spans) <= 15 * HOUR
    others = {wait_until(Failure(f"f{n}", "fetch", "x"), 9, NOW) for n in range(50)}
    assert len(others) > 40


def test_a_server_that_asks_is_heard_and_one_that_is_not_there_costs_nothing() -> None:
    assert wait_until(failure(7200), 1, NOW) == NOW + 2 * HOUR
    assert wait_until(failure(1e8), 1, NOW) == NOW + LONGEST_WAIT
    assert wait_until(failure(reached=False), 50, NOW) is None


def test_at_rest() -> None:
    ill = FeedState("a", error="parse: the feed breaks off", wait_until=NOW + HOUR)
    still = at_rest(FEED, ill, NOW)
    assert isinstance(still, Failure)
    assert (still.stage, still.error) == ("parse", "the feed breaks off; waits until 2026-10-01 07:00 UTC")
    assert at_rest(FEED, ill, NOW + HOUR) is None
    assert at_rest(FEED, ill, NOW - 30 * HOUR) is None  # the clock was wrong
    fresh = FeedState("a", fresh_until=NOW + HOUR)
    assert at_rest(FEED, fresh, NOW) == "fresh"
    assert at_rest(FEED, fresh, NOW + HOUR) is None
    assert at_rest(FEED, fresh, NOW - 30 * HOUR) is None
    assert at_rest(Feed("a", "A", "file:feeds/a.xml"), ill, NOW) is None
