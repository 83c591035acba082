"""Names that stand nowhere as they are written but nearly so: abbreviations of organisations, months and days of the
week. A word with a capital is taken for a name by the spelling, so these would pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set

from curator.clean import fold
from curator.lint.calendar import DAYS, MONTHS
from curator.lint.distance import distance
from curator.lint.passages import Mark, Passage

_CAPITALS = re.compile(r"\b[A-Z]{4,12}\b")
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_BESIDE_A_NUMBER = re.compile(
    rf"\b{_DAY}(?: of)? (?P<after>[A-Z][a-z]{{5,9}})\b|\b(?P<before>[A-Z][a-z]{{5,9}})(?:,? the)?,? {_DAY}\b"
)
_CALENDAR = tuple(name for name in (*MONTHS, *DAYS[0]) if len(name) > 5)
_TIME = re.compile(
    r"\b(?:at|from|until|to|by)\s+(?P<time>(?:2[5-9]|[3-9]\d):[0-5]\d|(?:[01]?\d|2[0-4]):[6-9]\d|24:(?!00)[0-5]\d)\b(?!:)"
)

_HUNDRED = 100
"""What the parts of a ratio come to: 70:30 is no time."""


def near(passage: Passage, short: Set[str], knows: Callable[[str], bool]) -> Iterator[Mark]:
    """`short` are the abbreviations that are known; `knows` says whether a dictionary has a word."""
    yield from _abbreviations(passage, short)
    if passage.language == "en":
        yield from _days(passage, knows)
    for found in _TIME.finditer(passage.text):
        if sum(map(int, found["time"].split(":"))) != _HUNDRED:
            yield Mark("no-such-day", found.start("time"), found.end("time"), f"There is no {found['time']}.")


def _abbreviations(passage: Passage, short: Set[str]) -> Iterator[Mark]:
    """Two letters of one exchanged: in capitals nothing else is told from another abbreviation."""
    for found in _CAPITALS.finditer(passage.text):
        right = [each for each in _exchanged(found[0]) if each in short]
        if found[0] not in short and len(right) == 1:
            yield Mark("name", *found.span(), f"“{found[0]}” is nothing that is known; {right[0]} is.", right[0])


def _exchanged(word: str) -> Iterator[str]:
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _most(name: str) -> int:
    """How many letters of it may be wrong."""
    return 2 if len(name) > 7 else 1


def _days(passage: Passage, knows: Callable[[str], bool]) -> Iterator[Mark]:
    for found in _BESIDE_A_NUMBER.finditer(passage.text):
        which = "after" if found["after"] else "before"
        said = found[which]
        close = [name for name in _CALENDAR if 0 < distance(fold(said), fold(name), _most(name)) <= _most(name)]
        if len(close) == 1 and not knows(said) and not knows(said.lower()):
            yield Mark("spelling", *found.span(which), f"“{said}” is no day or month; {close[0]} is.", close[0])
