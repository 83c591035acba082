from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.digest.schedule import Schedule, drafted_from, duration, next_date, schedule_faults, window

AUCKLAND = ZoneInfo("Pacific/Auckland")
NEW_YORK = ZoneInfo("America/New_York")
TWICE = Schedule(days=(1, 15))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 23), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 12, 2), date(2026, 12, 15)),
        (date(2026, 12, 16), date(2027, 1, 1)),
    ],
)
def test_the_next_date_is_today_or_later(today: date, expected: date) -> None:
    assert next_date(TWICE, today) == expected


def test_a_day_the_month_does_not_have_is_its_last() -> None:
    assert next_date(Schedule(days=(31,)), date(2027, 2, 3)) == date(2027, 2, 28)
    assert next_date(Schedule(days=(31,)), date(2028, 2, 3)) == date(2028, 2, 29)
    assert next_date(Schedule(days=(30, 31)), date(2027, 3, 1)) == date(2027, 3, 30)


def test_months_narrow_the_year() -> None:
    thrice = Schedule(days=(10,), months=(3, 7, 11))
    assert next_date(thrice, date(2026, 11, 11)) == date(2027, 3, 10)


def test_without_days_nothing_is_due() -> None:
    assert next_date(Schedule(), date(2026, 11, 23)) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sets(st.integers(1, 31), min_size=1))
def test_the_next_date_comes_within_two_months(today: date, days: set[int]) -> None:
    found = next_date(Schedule(days=tuple(days)), today)
    assert found is not None
    assert today <= found <= today + timedelta(days=62)


def test_the_window_follows_the_networks_clock_through_the_year() -> None:
    summer = window(TWICE, date(2026, 12, 1), AUCKLAND)
    winter = window(TWICE, date(2026, 7, 1), AUCKLAND)
    assert summer == (datetime(2026, 11, 30, 18, tzinfo=UTC), datetime(2026, 12, 1, 18, tzinfo=UTC))
    assert winter[0] == datetime(2026, 6, 30, 19, tzinfo=UTC)


def test_a_time_the_clock_jumps_over_or_passes_twice() -> None:
    night = Schedule(days=(1,), at="02:30", late="30m")
    assert window(night, date(2026, 3, 8), NEW_YORK)[0] == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert window(Schedule(at="01:30"), date(2026, 11, 1), NEW_YORK)[0] == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_window_over_a_change_of_clocks_is_as_long_as_it_says() -> None:
    opens_at, closes_at = window(TWICE, date(2026, 9, 27), AUCKLAND)
    assert closes_at - opens_at == timedelta(hours=24)


def test_drafting_begins_ahead() -> None:
    assert drafted_from(TWICE, date(2026, 12, 1), AUCKLAND) == datetime(2026, 11, 28, 18, tzinfo=UTC)


@pytest.mark.parametrize(("text", "hours"), [("24h", 24), ("2d", 48), ("30m", 0.5), ("1w", 168), ("1d12h", 36)])
def test_durations(text: str, hours: float) -> None:
    assert duration(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "24", "h", "0h", "-2h", "2 d", "1y", "9999w", "2d\n"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a length of time|longer than a year"):
        duration(text)


def test_every_fault_of_a_schedule_is_named() -> None:
    faults = schedule_faults(Schedule(days=(0, 32), months=(13,), at="7:00", late="soon", ahead="2"))
    assert [fault.where for fault in faults] == [
        "schedule.days", "schedule.days", "schedule.months", "schedule.at", "schedule.late", "schedule.ahead",
    ]  # fmt: skip
