"""Moments as an editor writes them: `2026-12-03`, `2026-12-03 15:00`, `2026-12-03 15:00 America/Vancouver`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from curator.clean import plain_line
from curator.errors import UsageError
from curator.models import Moment

_FORM = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T]+(\d\d?:\d\d)(?:\s+([A-Za-z][\w+/ -]*))?)?", re.ASCII)
_YEARS = range(1970, 2200)
_WRITTEN = "Write it as 2026-12-03, or with a time and whose clock it is: 2026-12-03 15:00 America/Vancouver"


def moment(text: str, zone: str) -> Moment:
    """What `text` says; a time without a zone is by the clock of `zone`. Raises UsageError for what is none, for a
    zone nobody knows, and for a time that a clock there skips."""
    found = _FORM.fullmatch(text.strip())
    if not found:
        raise UsageError(f"“{plain_line(text, 60)}” is no day. {_WRITTEN}.")
    day, clock, place = found.groups()
    try:
        on, at = date.fromisoformat(day), _time(clock) if clock else None
    except ValueError:
        raise UsageError(f"There is no {plain_line(text, 60)}. {_WRITTEN}.") from None
    if on.year not in _YEARS:
        raise UsageError(f"{on.isoformat()} is too far away: the year is {_YEARS[0]} to {_YEARS[-1]}.")
    return _sound(Moment(on, at, zone_named(place) if place else zone)) if at else Moment(on)


def _time(clock: str) -> time:
    hours, minutes = clock.split(":")
    return time(int(hours), int(minutes))


@cache
def zones() -> Mapping[str, str]:
    """The IANA names by the same in small letters: read from this machine's files, some hundreds, once."""
    return {each.lower(): each for each in available_timezones()}


def zone_named(name: str) -> str:
    """The IANA name of a time zone, whatever its letters' case; the city alone will do. Raises UsageError."""
    wanted = "_".join(name.split()).lower()
    by_name = zones()
    if found := by_name.get(wanted):
        return found
    cities = [each for each in by_name.values() if each.lower().rpartition("/")[2] == wanted and "/" in each]
    if len(cities) == 1:
        return cities[0]
    like = cities or _like(wanted, by_name)
    mend = f"Is it {' or '.join(like[:3])}?" if like else "It is called as America/Vancouver is."
    raise UsageError(f"There is no time zone “{plain_line(name, 40)}”. {mend}")


def _like(wanted: str, by_name: Mapping[str, str]) -> list[str]:
    """Zones whose city is written nearly so, or begins so."""
    cities = {name.rpartition("/")[2]: zone for name, zone in sorted(by_name.items()) if "/" in name}
    begun = [zone for city, zone in cities.items() if city.startswith(wanted.rpartition("/")[2])]
    return begun or [cities[city] for city in get_close_matches(wanted.rpartition("/")[2], cities, n=3, cutoff=0.8)]


def _sound(said: Moment) -> Moment:
    """`said`, unless clocks there are put forward over that time."""
    instant = said.instant
    assert instant is not None
    there = instant.astimezone(UTC).astimezone(ZoneInfo(said.zone))
    if there.replace(tzinfo=None) != datetime.combine(said.on, said.at or time()):
        raise UsageError(f"There is no {said}: clocks there are put forward then. Name a time an hour later.")
    return said
