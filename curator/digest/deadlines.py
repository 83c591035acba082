"""The day until which a reader can still do something, as the editor's own words say it. Pure.

Only the editor's blurb counts, never a feed's, and only a whole day after a cue of the digest's language ("until 31
January 2027"): a deadline that is not one would be worse than none in the box."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import TypeVar

from curator.digest.words import Dates

_FIGURE = re.compile(r"\d")
T = TypeVar("T")


def nearest_first(listed: Iterable[T], day: Callable[[T], date | None]) -> tuple[T, ...]:
    """Those that have a deadline, by its day; within a day in reading order, in which `listed` comes."""
    due = [(on, each) for each in listed if (on := day(each))]
    return tuple(each for _, each in sorted(due, key=lambda one: one[0]))


def deadline(blurb: str, after: date, dates: Dates, cues: Sequence[str]) -> date | None:
    """The first deadline a blurb names that is not before `after`, the day the edition goes out; a day without its year
    is the next one. None where there is none."""
    if not cues or not _FIGURE.search(blurb):
        return None
    for found in _pattern(dates, tuple(cues)).finditer(blurb):
        day = _day(found, dates, after)
        if day and day >= after:
            return day
    return None


@lru_cache(maxsize=16)
def _pattern(dates: Dates, cues: tuple[str, ...]) -> re.Pattern[str]:
    """Cue, at most three words without a figure (a weekday, "the", "on"), day, month, perhaps the year."""
    cue, month, th = _any(cues), _any([*dates.months, *dates.months_short]), "(?:st|[nr]d|th|er)?"
    day = rf"(?:(?P<day>\d{{1,2}}){th}\s+(?P<month>{month})|(?P<us>{month})\s+(?P<usday>\d{{1,2}}){th})"
    between = r"(?:[\s:,]+[^\W\d_]+){0,3}?[\s:,]+"
    return re.compile(rf"(?<!\w)(?:{cue}){between}{day}(?:,?\s+(?P<year>\d{{4}}))?(?!\w)", re.IGNORECASE)


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))


def _day(found: re.Match[str], dates: Dates, after: date) -> date | None:
    month = _month(found["month"] or found["us"], dates)
    number = int(found["day"] or found["usday"])
    years = [int(found["year"])] if found["year"] else [after.year, after.year + 1]
    for year in years:
        with suppress(ValueError):  # 30 February
            day = date(year, month, number)
            if found["year"] or day >= after:
                return day
    return None


def _month(name: str, dates: Dates) -> int:
    names = [each.casefold() for each in (*dates.months, *dates.months_short)]
    return names.index(name.casefold()) % 12 + 1
