"""Texts and dates as feedparser mends, guesses and reads them, where that can be said in a line; Declined elsewhere."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from html.entities import entitydefs

from curator.pull.names import words


class Declined(Exception):
    """Something that is not ordinary: feedparser has to read the feed."""


# ---------------------------------------------------------------- texts as feedparser mends and guesses them

_CONTROLS = re.compile("[\x80-\x9f]")
_CLOSING, _ENTITY = re.compile(r"</(\w+)>"), re.compile(r"&#?\w+;")
_ELEMENT, _NAME = re.compile(r"</?(\w+)"), re.compile(r"&(\w+);")
# Of the elements feedparser takes for HTML, those that titles have.
ACCEPTED = words("a abbr b br cite code del em h1 h2 h3 i img ins li p q s small span strong sub sup u ul")


def mended(text: str) -> str:
    """UTF-8 that was taken for Latin-1, read as what it is."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    if _CONTROLS.search(text):
        raise Declined  # feedparser takes them for Windows-1252
    return text


def looks_like_html(text: str) -> bool:
    if not (_CLOSING.search(text) or _ENTITY.search(text)):
        return False
    if any(name.lower() not in ACCEPTED for name in _ELEMENT.findall(text)):
        raise Declined
    return all(name in entitydefs for name in _NAME.findall(text))


# ---------------------------------------------------------------- dates

_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RFC822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?([0-9]{1,2}) "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (19[7-9][0-9]|20[0-9][0-9]) "
    r"([0-9]{1,2}):([0-9]{2}):([0-9]{2}) (GMT|UTC|UT|Z|[A-Z][DS]T|[+-][0-9]{4})"
)
_W3C = re.compile(
    r"(19[7-9][0-9]|20[0-9][0-9])-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]{1,9})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)
_UTC = frozenset(("GMT", "Z", "+0000", "+00:00"))
_ZONES = {"GMT": 0, "UTC": 0, "UT": 0, "Z": 0, "ADT": -3, "AST": -4, "EDT": -4, "EST": -5} | {
    "CDT": -5,
    "CST": -6,
    "MDT": -6,
    "MST": -7,
    "PDT": -7,
    "PST": -8,
}


def date(text: str) -> datetime:
    """A date in the one form of RFC 822 or of RFC 3339 that everybody writes."""
    if found := _RFC822.fullmatch(text):
        day, month, year, *clock, zone = found.groups()
    elif found := _W3C.fullmatch(text):
        year, month, day, *clock, zone = found.groups()
    else:
        raise Declined
    hour, minute, second = clock
    numbers = int(year), int(month if month.isdigit() else _MONTHS.index(month)), int(day)
    try:
        at = datetime(*numbers, int(hour), int(minute), int(second), 0, UTC)
    except ValueError as error:
        raise Declined from error
    return at if zone in _UTC else at - _offset(zone)


def _offset(zone: str) -> timedelta:
    if zone[0] in "+-":
        off = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return -off if zone[0] == "-" else off
    if zone not in _ZONES:
        raise Declined
    return timedelta(hours=_ZONES[zone])
