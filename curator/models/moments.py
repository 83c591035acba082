"""A day, or an instant on it by the clock of a place: when something starts, ends or closes."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Self
from zoneinfo import ZoneInfo

import msgspec


class Moment(msgspec.Struct, frozen=True):
    """`on` is the day there; `at` the time by that clock, None for the whole day; `zone` whose clock it is, a name
    of the IANA time zone database, '' where there is no time."""

    on: date
    at: time | None = None
    zone: str = ""

    def __str__(self) -> str:
        """`2026-12-03`, or `2026-12-03 15:00 America/Vancouver`."""
        return f"{self.on.isoformat()} {self.at:%H:%M} {self.zone}" if self.at else self.on.isoformat()

    @classmethod
    def stored(cls, text: str) -> Self:
        """What `str` gave; `curator.days.moments` reads what people write."""
        day, _, rest = text.partition(" ")
        clock, _, zone = rest.partition(" ")
        return cls(date.fromisoformat(day), time.fromisoformat(clock) if clock else None, zone)

    @property
    def instant(self) -> datetime | None:
        """Aware, by its own clock; None for a whole day."""
        return datetime.combine(self.on, self.at, ZoneInfo(self.zone)) if self.at else None

    def day_in(self, zone: ZoneInfo) -> date:
        """The day it is by another clock; a whole day is that day everywhere."""
        return instant.astimezone(zone).date() if (instant := self.instant) else self.on

    def before(self, other: Moment) -> bool:
        """Whether it is over when `other` begins; where one is a whole day, only the days count."""
        mine, theirs = self.instant, other.instant
        return mine < theirs if mine and theirs else self.on < other.on
