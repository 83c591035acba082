"""Moments: read as people write them, kept as text, compared across the clocks of two places."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.days.moments import moment, zone_named
from curator.errors import UsageError
from curator.models import Moment

HOME = "Pacific/Auckland"


@pytest.mark.parametrize(
    ("text", "is_"),
    [
        ("2026-12-03", Moment(date(2026, 12, 3))),
        (" 2026-12-03 15:00 ", Moment(date(2026, 12, 3), time(15), HOME)),
        ("2026-12-03T9:30 america/vancouver", Moment(date(2026, 12, 3), time(9, 30), "America/Vancouver")),
        ("2026-12-03 15:00 Vancouver", Moment(date(2026, 12, 3), time(15), "America/Vancouver")),
        ("2026-12-03 15:00 New York", Moment(date(2026, 12, 3), time(15), "America/New_York")),
        ("2026-12-03 15:00 UTC", Moment(date(2026, 12, 3), time(15), "UTC")),
    ],
)
def test_what_an_editor_writes(text: str, is_: Moment) -> None:
    assert moment(text, HOME) == is_


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tomorrow", "“tomorrow” is no day.*2026-12-03 15:00 America/Vancouver"),
        ("2026-13-03", "There is no 2026-13-03"),
        ("2026-12-03 25:00", "There is no 2026-12-03 25:00"),
        ("0001-01-01 10:00 UTC", "too far away"),
        ("2026-12-03 15:00 Vancover", "no time zone “Vancover”. Is it America/Vancouver"),
        ("2026-12-03 15:00 Xyzzy", "It is called as America/Vancouver is"),
        ("2026-12-03 15:00 Vanc", "Is it America/Vancouver"),
        ("2026-12-03 15:00 ../../etc/passwd", "is no day"),
        ("2026-03-08 02:30 America/Vancouver", "clocks there are put forward"),
        ("2026-12-03\n15:00", "is no day"),
    ],
)
def test_what_is_no_moment_is_told_in_one_sentence(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        moment(text, HOME)


@given(
    st.builds(Moment, st.dates(date(1970, 1, 1), date(2199, 12, 31)))
    | st.builds(
        Moment,
        st.dates(date(1970, 1, 1), date(2199, 12, 31)),
        st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        st.sampled_from(["UTC", "America/Vancouver", "Pacific/Auckland", "Europe/London"]),
    )
)
def test_what_is_kept_is_read_again(said: Moment) -> None:
    assert Moment.stored(str(said)) == said


def test_the_day_of_an_afternoon_in_vancouver_is_the_next_in_auckland() -> None:
    said = moment("2026-12-03 15:00 America/Vancouver", HOME)
    assert said.instant == datetime(2026, 12, 3, 23, tzinfo=UTC)
    assert said.day_in(ZoneInfo(HOME)) == date(2026, 12, 4)
    assert moment("2026-12-03", HOME).day_in(ZoneInfo("America/Vancouver")) == date(2026, 12, 3)


def test_before_looks_at_the_clocks_only_where_both_have_one() -> None:
    early, late = moment("2026-12-03 23:00 Europe/London", HOME), moment("2026-12-03 16:00 America/Vancouver", HOME)
    assert early.before(late) and not late.before(early)
    assert not moment("2026-12-03", HOME).before(late) and not late.before(moment("2026-12-03", HOME))


def test_every_zone_is_found_by_its_own_name() -> None:
    assert zone_named("pacific/auckland") == HOME
    with pytest.raises(UsageError, match="no time zone"):
        zone_named("Nowhere")
