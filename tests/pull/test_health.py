"""How a feed is: every state with its reason and since when, and no alarm before its time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from curator.models import Entry, Failure, FeedState, Fetched
from curator.pull.health import Appeared, are_dated, judge, went_well, went_wrong

NOW = datetime(2026, 10, 1, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PULLED = FeedState("a", last_pulled_at=NOW)
NEW_PLACE = "https://example.org/new"


def every(days: int, *, last: int, times: int = 10) -> Appeared:
    """Published every so many days, the last one so many days ago, all first seen at the first pull."""
    return [(NOW - timedelta(days=last + days * n), NOW - 400 * DAY) for n in range(times)]


def answer(moved_to: str | None = None) -> Fetched:
    return Fetched("a", "https://example.org/", b"<rss/>", moved_to=moved_to)


def test_new_and_ok() -> None:
    assert judge(FeedState("a"), [], NOW).condition == "new"
    assert judge(PULLED, [], NOW).condition == "ok"
    assert judge(PULLED, every(7, last=20), NOW).condition == "ok"


@pytest.mark.parametrize(
    ("gap", "last", "condition"),
    [(1, 30, "ok"), (1, 31, "stale"), (30, 120, "ok"), (30, 121, "stale"), (0, 364, "ok"), (0, 366, "stale")],
)
def test_stale_by_its_own_rhythm(gap: int, last: int, condition: str) -> None:
    health = judge(PULLED, every(gap, last=last), NOW)
    assert health.condition == condition
    if health.ill:
        assert health.since == NOW - last * DAY
        assert f"{last} days" in (health.reason or "")


def test_what_came_after_the_first_pull_is_a_sign_of_life_whatever_its_date() -> None:
    old = every(1, last=100)
    alive = replace(PULLED, last_new_at=NOW - 3 * DAY)
    assert judge(alive, [*old, (NOW - 99 * DAY, NOW - 3 * DAY)], NOW).condition == "ok"
    assert judge(replace(PULLED, last_new_at=old[0][1]), old, NOW).condition == "stale"


def test_a_date_to_come_is_no_sign_of_life() -> None:
    assert judge(PULLED, [(NOW + 900 * DAY, NOW - 400 * DAY), *every(1, last=50)], NOW).condition == "stale"


def test_moved_is_believed_the_third_time_and_forgotten_at_once() -> None:
    state = PULLED
    for times in (1, 2, 3, 4):
        state = went_well(state, answer(NEW_PLACE), NOW + times * DAY)
        health = judge(state, [], NOW)
        assert health.condition == ("moved" if times > 2 else "ok")
    assert (health.since, health.ill) == (NOW + DAY, True)
    assert NEW_PLACE in (health.reason or "")
    failed = went_wrong(state, Failure("a", "fetch", "no answer"), NOW)
    assert judge(went_well(failed, answer(NEW_PLACE), NOW), [], NOW).condition == "moved"
    assert judge(went_well(state, answer(), NOW), [], NOW).condition == "ok"
    elsewhere = went_well(state, answer("https://example.org/newer"), NOW)
    assert (judge(elsewhere, [], NOW).condition, elsewhere.moves) == ("ok", 1)


@pytest.mark.parametrize("address", ["https://example.org/" + "x" * 500, "https://example.org/\u202e"])
def test_an_address_nobody_could_write_down_is_not_proposed(address: str) -> None:
    assert went_well(PULLED, answer(address), NOW).moved_to is None


def test_undated_until_a_date_is_seen() -> None:
    bare, dated = Entry("1", "", "x"), Entry("2", "", "y", updated=NOW)
    state = went_well(PULLED, answer(), NOW - DAY, are_dated([bare]))
    state = went_well(state, answer(), NOW)  # unchanged
    state = went_well(state, answer(), NOW, are_dated([bare, bare]))
    health = judge(state, [], NOW)
    assert (health.condition, health.since, health.ill) == ("undated", NOW - DAY, False)
    assert judge(went_well(state, answer(), NOW, are_dated([bare, dated])), [], NOW).condition == "ok"


def test_a_failure_tells_its_kind_reason_and_since_when() -> None:
    failure = Failure("a", "fetch", "the server answered 410 Gone", illness="gone")
    state = went_wrong(went_wrong(PULLED, failure, NOW - DAY), failure, NOW)
    health = judge(state, every(1, last=300), NOW)
    assert (health.condition, health.reason, health.since) == ("gone", f"fetch: {failure.error}", NOW - DAY)
    assert judge(went_well(state, answer(), NOW), [], NOW).condition == "ok"


def test_a_night_offline_does_not_make_a_feed_wait() -> None:
    offline = Failure("a", "fetch", "the name example.org cannot be found", passing=True, reached=False)
    state = FeedState("a")
    for hour in range(40):
        state = went_wrong(state, offline, NOW + timedelta(hours=hour))
    assert (state.failures, state.failing_since, state.health) == (0, NOW, "failing")
    state = went_wrong(state, Failure("a", "fetch", "the server answered 500", passing=True), NOW)
    assert (state.failures, state.wait_until) == (1, None)
