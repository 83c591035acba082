"""Days and times that cannot be, or that contradict each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from curator.lint.calendar import DAYS, MONTHS, Dated, days, is_day, weekday_like, weekday_of
from curator.lint.passages import Mark, Passage

_NEAR = timedelta(days=200)
_TIME = re.compile(
    r"(?<![\d:.,])(?:[01]?\d|2[0-3])(?::[0-5]\d|\.[0-5]\d(?=\s?[ap]\.?m))?\s?(?:[ap]\.?m\b\.?)|"
    r"(?<![\d:.,/])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\b(?:UTC|GMT|[ABCEIMNPJKW][DES]?[SD]?T|[CEW]ES?T|A[CEW][SD]T|NZ[SD]T|BST|IST|[ECMP]T|Z)\b|\btime\b|"
    r"\bo['’]clock in\b|"
    r"[+-]\d\d:?\d\d\b|\b[A-Z][a-z]+/[A-Z][a-z]+\b|\bkl\.? [^\n]*tid\b"
)
_RANGE_MARK = re.compile(r"\s*(?:-|–|—|to|until|till|and|&)\s*(?:the\s+)?", re.IGNORECASE)
_SAME_MONTH = re.compile(
    rf"(?<![\d.:/-])(?P<one>\d{{1,2}})(?P<o1>st|nd|rd|th)?(?P<between>\s*(?:-|–|—)\s*|\s+(?:to|until|and|&)\s+)"
    rf"(?P<two>\d{{1,2}})(?P<o2>st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{'|'.join(MONTHS)})\b(?:,?\s+(?P<year>(?:19|20)\d\d))?"
)
_YEARS = re.compile(
    r"(?<![\d/.-])((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)(?![\d/-])|\bfrom ((?:19|20)\d\d) to ((?:19|20)\d\d)\b"
)
_NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})([/.-])(\d{1,2})\2(?:19|20)\d\d(?![\w/-]|\.\d)")
_CLOCKS = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)\s?(?:-|–|to)\s?([01]?\d|2[0-3]):([0-5]\d)(?![\d:])(?!\s?[ap]\.?m)",
    re.IGNORECASE,
)
_HALVES = re.compile(
    r"(?<![\d:.])(1[0-2]|[1-9])(?:[:.]([0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?\s?(?:-|–|to|until)\s?"
    r"(1[0-2]|[1-9])(?:[:.]([0-5]\d))?\s?(?P=half)\.?m\b",
    re.IGNORECASE,
)
_NO_NIGHT = 180
"""Minutes by which a time may seem to end before it begins, and be wrong: nothing lasts until that hour next day."""
_MONTHS_APART = re.compile(
    rf"\b(?P<first>{'|'.join(MONTHS)}) (?P<one>(?:19|20)\d\d)\s?(?:-|–|to|until)\s?"
    rf"(?P<last>{'|'.join(MONTHS)}) (?P<two>(?:19|20)\d\d)\b"
)
_AFTER = re.compile(rf"(?:\s\((?:an? )?|, a )(?P<word>{'|'.join(name for names in DAYS for name in names)})\b")


@lru_cache(maxsize=256)
def _days(text: str) -> tuple[Dated, ...]:
    """Each passage's are asked for by two rules."""
    return tuple(days(text))


def dates(passage: Passage, on: date | None) -> Iterator[Mark]:
    """`on` is the day of the edition, by which a day without a year is understood; None where there is none."""
    found = _days(passage.text)
    for one in (*found, *_followed(passage.text, found)):
        if not one.exists:
            yield Mark(
                "no-such-day", one.start, one.end, f"There is no {passage.text[one.start : one.end].rstrip('.')}."
            )
        elif one.weekday:
            yield from _weekday(passage, one, on)
    yield from _in_figures(passage)
    yield from _ranges(passage, found)
    yield from _backward(passage, found)
    if passage.live:
        yield from _zoneless(passage)


def _followed(text: str, found: Sequence[Dated]) -> Iterator[Dated]:
    """Days behind which their weekday stands: `3 December 2026 (Friday)`."""
    for one in found:
        if one.exists and not one.weekday and (after := _AFTER.match(text, one.end)):
            yield replace(one, end=after.end(), weekday=weekday_of(after["word"]))


def _in_figures(passage: Passage) -> Iterator[Mark]:
    """`31/02/2027`: what looks like a day and is none, whether the month is written first or second."""
    for found in _NUMERIC.finditer(passage.text):
        one, two, year = int(found[1]), int(found[3]), int(found[0][-4:])
        looks_so = (1 <= one <= 31 and 1 <= two <= 12) or (1 <= two <= 31 and 1 <= one <= 12)
        if looks_so and not (is_day(year, two, one) or is_day(year, one, two)):
            yield Mark("no-such-day", *found.span(), f"There is no {found[0]}.")


def _weekday(passage: Passage, one: Dated, on: date | None) -> Iterator[Mark]:
    """A day without a year is the one next to the edition; one far from it tells nothing."""
    assert one.weekday
    word, place = one.weekday
    day = one.on() or _nearest(one, on)
    if day is None or day.weekday() == place:
        return
    right = DAYS[0][day.weekday()]
    fits = [year for year in (day.year - 1, day.year + 1) if (other := one_in(one, year)) and other.weekday() == place]
    wrong_year = f" In {fits[0]} it would be a {DAYS[0][place]}." if fits and one.year else ""
    message = f"{day.day} {MONTHS[day.month - 1]} {day.year} is a {right}.{wrong_year}"
    start = one.start + passage.text[one.start : one.end].index(word)
    yield Mark("weekday", start, start + len(word), message, weekday_like(word, day.weekday()))


def one_in(one: Dated, year: int) -> date | None:
    """The same day and month in another year."""
    return replace(one, year=year).on()


def _nearest(one: Dated, on: date | None) -> date | None:
    if on is None:
        return None
    near = [day for year in (on.year - 1, on.year, on.year + 1) if (day := one_in(one, year))]
    best = min(near, key=lambda day: abs(day - on), default=None)
    return best if best and abs(best - on) <= _NEAR else None


# ---------------------------------------------------------------- from … to


def _ranges(passage: Passage, found: Sequence[Dated]) -> Iterator[Mark]:
    for first, second in pairwise(found):
        between = passage.text[first.end : second.start]
        if _RANGE_MARK.fullmatch(between) and "and" not in between:
            one, two = first.on(second.year), second.on(first.year)
            if one and two and one > two and (first.year is not None or (one - two).days < 300):
                yield Mark("range", first.start, second.end, "It ends before it begins.")
    yield from _in_one_month(passage.text)
    yield from _months_and_years(passage.text)
    yield from _clocks(passage.text)


def _in_one_month(text: str) -> Iterator[Mark]:
    for each in _SAME_MONTH.finditer(text):
        one_day, two_day = int(each["one"]), int(each["two"])
        if one_day == two_day:
            yield Mark("range", *each.span(), f"The {each['one']}{each['o1'] or ''} stands here twice.")
        elif one_day > two_day and ("and" not in each["between"] or text[: each.start()].endswith("between ")):
            yield Mark("range", *each.span(), "It ends before it begins.")


def _months_and_years(text: str) -> Iterator[Mark]:
    for each in _YEARS.finditer(text):
        begin, end = (int(year) for year in each.groups() if year)
        if begin > end:
            yield Mark("range", *each.span(), "It ends before it begins.")
    for each in _MONTHS_APART.finditer(text):
        if _month_in(each["one"], each["first"]) > _month_in(each["two"], each["last"]):
            yield Mark("range", *each.span(), "It ends before it begins.")


def _month_in(year: str, month: str) -> tuple[int, int]:
    return int(year), MONTHS.index(month)


def _clocks(text: str) -> Iterator[Mark]:
    """What ends at most three hours before it begins is no night, and what lacks a minute is a whole day."""
    for each in _CLOCKS.finditer(text):
        begin, end = (int(each[place]) * 60 + int(each[place + 1]) for place in (1, 3))
        if begin == end or (begin > end > 12 * 60 + 59) or 1 < begin - end <= _NO_NIGHT:
            yield Mark("range", *each.span(), "It ends when it begins, or before.")
    for each in _HALVES.finditer(text):
        begin, end = (int(each[place]) % 12 * 60 + int(each[place + 1] or 0) for place in (1, 4))
        if 0 <= begin - end <= _NO_NIGHT:
            yield Mark("range", *each.span(), "It ends when it begins, or before.")


def _backward(passage: Passage, found: Sequence[Dated]) -> Iterator[Mark]:
    """A row of days that follow one another (9 and 10 June, 11 June, 12 March): the month of the last is another's."""
    for before, one in pairwise(found):
        if "\n" in passage.text[before.end : one.start] or before.year != one.year:
            continue
        goes_on = one.day - before.day in (1, 2)
        if goes_on and one.month < before.month and before.weekday is one.weekday is None:
            right = MONTHS[before.month - 1]
            written = passage.text[one.start : one.end]
            here = MONTHS[one.month - 1]
            message = f"It comes after {passage.text[before.start : before.end]}; {right} may be meant."
            mend = written.replace(here, right) if here in written else None
            yield Mark("range", one.start, one.end, message, mend)


# ---------------------------------------------------------------- times


def _zoneless(passage: Passage) -> Iterator[Mark]:
    """A time of a live event in whose sentence no zone is named: readers sit from Vancouver to Auckland."""
    for found in _TIME.finditer(passage.text):
        begin, end = passage.sentence(found.start())
        if not _ZONE.search(passage.text, begin, end):
            message = f"{found[0].strip()}: in which time zone is not said, and readers sit in several."
            yield Mark("no-zone", found.start(), found.end(), message)
            return


# ---------------------------------------------------------------- forms


def mixed_forms(passages: Iterable[Passage]) -> Iterator[tuple[Passage, Mark]]:
    """The first day that the editor wrote otherwise than most (`1st June` among `1 June`), once for all passages."""
    written = [(passage, one) for passage in passages if passage.by_editor for one in _days(passage.text)]
    forms = Counter(one.form for _, one in written)
    if len(forms) < 2:
        return
    usual = forms.most_common(1)[0][0]
    passage, other = next((passage, one) for passage, one in written if one.form != usual)
    message = f"Days are written in {len(forms)} ways, mostly as {usual}; this one as {other.form}."
    yield passage, Mark("date-forms", other.start, other.end, message)
