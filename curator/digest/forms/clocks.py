"""The rules of a time zone as a calendar carries them (VTIMEZONE, RFC 5545 3.6.5), for the years it needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

_STEP = timedelta(days=1)
"""No zone changes its clock twice within it and back again."""
_EXACT = timedelta(seconds=1)


class _Kind(NamedTuple):
    """What a clock shows: how far from UTC, before and after a change, what it is called, whether it is summer time."""

    before: timedelta
    after: timedelta
    called: str
    summer: bool


def clock(name: str, first: int, last: int) -> Timezone:
    """Of a zone, right from the first hour of the year `first` to the last of `last`."""
    from icalendar import Timezone

    zone, begin = ZoneInfo(name), datetime(first - 1, 12, 30, tzinfo=UTC)
    opening = _kind(zone, begin, begin)
    onsets = {opening: [_onset(begin, opening)]}
    for at in _changes(zone, begin, datetime(last + 1, 1, 2, tzinfo=UTC)):
        kind = _kind(zone, at - _EXACT, at)
        onsets.setdefault(kind, []).append(_onset(at, kind))
    made = Timezone()
    made.add("tzid", name)
    for kind, times in onsets.items():
        _add(made, kind, times)
    return made


def _changes(zone: ZoneInfo, at: datetime, end: datetime) -> Iterator[datetime]:
    """The first second of each new offset or name."""
    while at < end:
        if _shown(zone, at) != _shown(zone, at + _STEP):
            yield _halved(zone, at, at + _STEP)
        at += _STEP


def _halved(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    shown = _shown(zone, before)
    while after - before > _EXACT:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        before, after = (middle, after) if _shown(zone, middle) == shown else (before, middle)
    return after


def _shown(zone: ZoneInfo, at: datetime) -> tuple[timedelta | None, str | None, timedelta | None]:
    there = at.astimezone(zone)
    return there.utcoffset(), there.tzname(), there.dst()


def _kind(zone: ZoneInfo, before: datetime, at: datetime) -> _Kind:
    (was, _, _), (offset, called, summer) = _shown(zone, before), _shown(zone, at)
    assert was is not None and offset is not None
    return _Kind(was, offset, called or "", bool(summer and summer > timedelta()))


def _onset(at: datetime, kind: _Kind) -> datetime:
    """On the clock as it was before the change, as the RFC has it."""
    return (at + kind.before).replace(tzinfo=None)


def _add(made: Timezone, kind: _Kind, times: list[datetime]) -> None:
    from icalendar import TimezoneDaylight, TimezoneStandard

    part = TimezoneDaylight() if kind.summer else TimezoneStandard()
    part.add("dtstart", times[0])
    if times[1:]:
        part.add("rdate", times[1:])
    part.add("tzname", kind.called)
    part.add("tzoffsetfrom", kind.before)
    part.add("tzoffsetto", kind.after)
    made.add_component(part)
