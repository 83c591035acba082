"""Days in a text: which there are, in the words of the languages the networks use."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

import msgspec

_ENGLISH = """
    January February March April May June July August September October November December
"""
MONTHS = _ENGLISH.split()
_SHORT = {name[:3].casefold(): place for place, name in enumerate(MONTHS, 1)} | {"sept": 9}
_OTHERS = (
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
)
MONTH_OF = {name.casefold(): place for place, name in enumerate(MONTHS, 1)} | _SHORT
for _names in _OTHERS:
    MONTH_OF |= {name: place for place, name in enumerate(_names.split(), 1)}
DAYS = (
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ["Mon", "Tues", "Wed", "Thurs", "Fri", "Sat", "Sun"],
)
_WEEKDAY = "|".join(sorted({day for names in DAYS for day in names}, key=len, reverse=True))
_MONTH = "|".join(sorted((re.escape(name) for name in MONTH_OF), key=len, reverse=True))
_DAY_OF = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY})\b\.?(?:,| the| den| le| der)?\s+(?:the )?)?"
    rf"(?<![\d.:/-])(?P<day>\d{{1,2}})(?P<ordinal>st|nd|rd|th|er|\.|:e)?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?"
    rf"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY})\b\.?,?\s+)?"
    rf"\b(?P<month>{'|'.join([*MONTHS, *(name[:3] for name in MONTHS), 'Sept'])})\b\.?\s+"
    rf"(?P<day>\d{{1,2}})(?P<ordinal>st|nd|rd|th)?\b(?![:.]\d|%|/)(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
)
_ISO = re.compile(r"(?<![\d/-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d/-])")


class Dated(msgspec.Struct, frozen=True):
    """A day as it is written: `month` 1 to 12 or wrong, `year` None where it is not said. `form` names how it is
    written; `weekday` is the word and its place in the week."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    form: str
    weekday: tuple[str, int] | None = None

    def on(self, year: int | None = None) -> date | None:
        """The day itself; None where there is none such, or no year is known."""
        wanted = self.year or year
        try:
            return date(wanted, self.month, self.day) if wanted else None
        except ValueError:
            return None

    @property
    def exists(self) -> bool:
        """Whether there can be such a day, in its year where that is said."""
        return is_day(self.year or 2024, self.month, self.day)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def days(text: str) -> list[Dated]:
    """Every day that the text names with its month, in order."""
    found = [*_named(_DAY_OF, text, "1 June"), *_iso(text)]
    taken = {place for one in found for place in range(one.start, one.end)}
    for one in _named(_MONTH_DAY, text, "June 1"):
        if one.start not in taken and one.end - 1 not in taken:
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _named(pattern: re.Pattern[str], text: str, form: str) -> Iterator[Dated]:
    for found in pattern.finditer(text):
        month = MONTH_OF[found["month"].casefold()]
        ordinal = found["ordinal"] in ("st", "nd", "rd", "th")
        shape = form.replace("1", "1st") if ordinal else form
        year = int(found["year"]) if found["year"] else None
        yield Dated(*found.span(), int(found["day"]), month, year, shape, weekday_of(found["weekday"]))


def _iso(text: str) -> Iterator[Dated]:
    for found in _ISO.finditer(text):
        yield Dated(*found.span(), int(found["day"]), int(found["month"]), int(found["year"]), "2018-06-01")


def weekday_of(word: str | None) -> tuple[str, int] | None:
    """The word and its place in the week, whatever its capitals; None where it is no day."""
    if not word:
        return None
    for names in DAYS:
        for place, name in enumerate(names):
            if name.casefold() == word.casefold():
                return word, place
    return None


def weekday_like(word: str, place: int) -> str:
    """The name of a day of the week, in the language and with the capital of `word`."""
    for names in DAYS:
        if word.casefold() in (name.casefold() for name in names):
            right = names[place]
            return right.upper() if word.isupper() else right.capitalize() if word[0].isupper() else right
    return DAYS[0][place]
