"""Days as people write them on pages, in the languages of the networks: pure, never raising.

    "Published 21 November 2026" ─→ 2026-11-21

A day of two numbers that could each be the month is read by what else the page says; where nothing tells, it is no
day at all: a wrong date is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Literal

from curator.days.months import NAMES, SHORT

Order = Literal["day-first", "month-first"]


def _folded(text: str) -> str:
    """Lower case, no accents, single spaces; unlike `curator.clean.fold`, `-` and `/` stay."""
    bare = unicodedata.normalize("NFKD", text[:_LOOKED_AT]).casefold()
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


_LOOKED_AT = 5_000  # characters of a text that are searched for a day


def _months(*tables: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for table in tables:
        for place, name in enumerate(table.split()):
            found[_folded(name)] = place % 12 + 1
    return found | {"february": 2}


_MONTHS = _months(NAMES, SHORT)
_MONTH = "|".join(sorted((re.escape(name) for name in _MONTHS), key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_WRITTEN = (
    rf"(?<!\d){_YEAR}(?P<dash>[-./])(?P<month>1[0-2]|0?[1-9])(?P=dash){_DAY}(?!\d)",
    rf"(?<!\d){_YEAR} ?年 ?(?P<month>1[0-2]|0?[1-9]) ?月 ?{_DAY} ?日",
    rf"(?<!\d){_DAY}(?:st|[nr]d|th|er|\.|º|ª)?,? (?:de |d'|of |o |na )?(?P<name>{_MONTH})(?:ta)?[.,]? "
    rf"(?:de |del )?{_YEAR}(?!\d)",
    rf"(?<![a-z])(?P<name>{_MONTH})\.? {_DAY}(?:st|[nr]d|th)?,? {_YEAR}(?!\d)",
    rf"(?<!\d){_YEAR},? (?P<name>{_MONTH})\.? {_DAY}(?!\d)",
    rf"(?<!\d)(?P<one>3[01]|[12]\d|0?[1-9])(?P<mark> ?[./] ?)(?P<two>3[01]|[12]\d|0?[1-9])(?P=mark){_YEAR}(?!\d)",
)
_MONTH_FIRST = ("US", "PH")  # CLDR: the territories whose short dates put the month first


@cache
def _forms() -> list[re.Pattern[str]]:
    """Compiled when a day is first looked for."""
    return [re.compile(pattern) for pattern in _WRITTEN]


def day_in(text: str, order: Order | None = None) -> datetime | None:
    """The first day a text names, as its first instant in UTC, or an ISO instant with its time; None where there is
    none, or none that is certain. `order` settles 11/12/2026."""
    if at := _instant(text.strip()):
        return at
    return min(_days(_folded(text), order), default=(0, None))[1]


def order_of(texts: Iterable[str], language: str | None, country: str | None) -> Order | None:
    """Which of two numbers is the day: as the texts' own unmistakable dates have it, else as the page's language
    (`en-US`) or the feed's country does; None where none of them says."""
    seen = {_told(found) for text in texts for found in _forms()[-1].finditer(_folded(text))} - {None}
    if len(seen) == 1:
        return seen.pop()
    place = (language or "").replace("_", "-").upper().partition("-")[2] or (country or "").partition("-")[0].upper()
    if place:
        return "month-first" if place in _MONTH_FIRST else "day-first"
    return "day-first" if language and not language.lower().startswith("en") else None


def _told(found: re.Match[str]) -> Order | None:
    """Unmistakable: one of the numbers is no month, or dots part them, which only those do who begin with the day."""
    one, two = int(found["one"]), int(found["two"])
    if one > 12 or "." in found["mark"]:
        return "day-first"
    return "month-first" if two > 12 else None


def _days(text: str, order: Order | None) -> Iterator[tuple[int, datetime]]:
    """Where a day stands and which it is, the first of each form."""
    for form in _forms()[:-1]:
        for found in form.finditer(text):
            said = found.groupdict()
            month = _MONTHS[said["name"]] if "name" in said else int(said["month"])
            if at := _at(int(said["year"]), month, int(said["day"])):
                yield found.start(), at
                break
    for found in _forms()[-1].finditer(text):
        one, two = int(found["one"]), int(found["two"])
        which = _told(found) or order or ("day-first" if one == two else None)
        day, month = (one, two) if which == "day-first" else (two, one)
        if which and (at := _at(int(found["year"]), month, day)):
            yield found.start(), at
            return


def _at(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?")


def _instant(text: str) -> datetime | None:
    """An ISO day or instant, as machines write it; one without a zone is taken for UTC."""
    if not _ISO.fullmatch(text):
        return None
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
