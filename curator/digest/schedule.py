"""When a digest's editions fall due. Pure: dates and zones in, instants in UTC out."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from curator.errors import Fault

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_DURATION = re.compile(r"(?:[1-9]\d{0,3}[mhdw])+")
_AT = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_LONGEST = timedelta(days=366)


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """`days` are days of the month; one a month does not have means that month's last. Without `days` cron drafts
    nothing, and a sealed edition goes at `at` on its date. `months` narrows the months (1 to 12). `at` is the
    network's wall clock; `late` how long after it cron may still send; `ahead` how long before it cron drafts."""

    days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    at: str = "07:00"
    late: str = "24h"
    ahead: str = "2d"


def duration(text: str) -> timedelta:
    """`30m`, `24h`, `2d`, `1w`, or several in a row (`1d12h`); ValueError otherwise or beyond a year."""
    if not _DURATION.fullmatch(text):
        raise ValueError(f"“{text[:40]}” is not a length of time")
    length = sum((int(count) * _UNITS[unit] for count, unit in re.findall(r"(\d+)([mhdw])", text)), timedelta())
    if length > _LONGEST:
        raise ValueError(f"“{text[:40]}” is longer than a year")
    return length


def next_date(schedule: Schedule, today: date) -> date | None:
    """The first edition date on or after `today`; None where the schedule names no days."""
    year, month = today.year, today.month
    for _ in range(13 if schedule.days else 0):
        for day in _dates(schedule, year, month):
            if day >= today:
                return day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return None


def _dates(schedule: Schedule, year: int, month: int) -> list[date]:
    if schedule.months and month not in schedule.months:
        return []
    last = monthrange(year, month)[1]
    return sorted({date(year, month, min(day, last)) for day in schedule.days})


def window(schedule: Schedule, edition_date: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When an edition of that date may go: from `at` on the network's clock until `late` afterwards, both in UTC.

    A time the clock jumps over counts as the hour after it; one it passes twice as the first."""
    opens_at = datetime.combine(edition_date, time.fromisoformat(schedule.at), zone).astimezone(UTC)
    return opens_at, opens_at + duration(schedule.late)


def drafted_from(schedule: Schedule, edition_date: date, zone: ZoneInfo) -> datetime:
    """The instant (UTC) from which cron drafts the edition of that date."""
    return window(schedule, edition_date, zone)[0] - duration(schedule.ahead)


def schedule_faults(schedule: Schedule) -> list[Fault]:
    """What is wrong with the values of a decoded schedule."""
    faults = [
        Fault(
            "schedule.days", f"{day} is not a day of a month", "Use 1 to 31; 31 is also the last day of a short month."
        )
        for day in schedule.days
        if not 1 <= day <= 31
    ]
    faults += [
        Fault("schedule.months", f"{month} is not a month", "Use 1 to 12.")
        for month in schedule.months
        if not 1 <= month <= 12
    ]
    if not _AT.fullmatch(schedule.at):
        faults.append(Fault("schedule.at", f"“{schedule.at[:40]}” is not a time of day", 'Write it as "07:00".'))
    for key in ("late", "ahead"):
        try:
            duration(getattr(schedule, key))
        except ValueError as error:
            faults.append(Fault(f"schedule.{key}", str(error), 'Write it as "30m", "24h" or "2d".'))
    return faults
