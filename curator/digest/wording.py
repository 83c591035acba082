"""What of a document's words the reader sees: its title, its address, its blurb. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from curator.clean import fold, plain_line, plain_text
from curator.models import Document, Filed
from curator.taxonomy import Country

TITLE_LIMIT = 300
BLURB_LIMIT = 300
LINK_LIMIT = 2048
_SCHEMES = ("http", "https")
_UNTITLED = "Untitled document"
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_SENTENCE_END = re.compile(r"(?<=[.!?])[”’\"')]?\s+(?=[“‘\"'(]?[^\Wa-z_])")
_ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_]|\b(?:Dr|Mr|Mrs|Ms|St|No|vs|cf|etc|Prof|Rev|Vol|pp|approx))\.$", re.IGNORECASE
)
_UNSAFE_IN_LINK = re.compile(r'[\s"<>\\^`{|}]')


def shown_title(document: Document, country: Country | None = None) -> str:
    """The title on one line, without a trailing bracket that only repeats the country it stands under."""
    title = plain_line(document.title, TITLE_LIMIT)
    bracket = _BRACKET.search(title)
    if bracket and country and _names(bracket[1], country):
        title = title[: bracket.start()].rstrip(" -–—,;:") or title
    return title or _UNTITLED


def _names(words: str, country: Country) -> bool:
    names = {fold(country.label), fold(country.code), *(fold(alias.rstrip("*")) for alias in country.aliases)}
    return fold(words) in names


def safe_link(link: str) -> str:
    """The link where it may stand in a mail: http, https or mailto and no longer than 2,048 characters; else ''."""
    link = plain_line(link)
    try:
        parts = urlsplit(link)
        on_the_web = parts.scheme.lower() in _SCHEMES and bool(parts.hostname)
    except ValueError:
        return ""
    if not on_the_web and not (parts.scheme.lower() == "mailto" and "@" in parts.path):
        return ""
    link = _UNSAFE_IN_LINK.sub(lambda found: f"%{ord(found[0]):02X}", link)
    return link if len(link) <= LINK_LIMIT else ""


def shown_blurb(filed: Filed) -> str:
    """The editor's blurb whole, else the first sentences of the excerpt; '' where the excerpt only says the title."""
    if filed.blurb.strip():
        return plain_text(filed.blurb)
    return shorten(_without_title(plain_line(filed.document.excerpt), plain_line(filed.document.title)))


def _without_title(excerpt: str, title: str) -> str:
    """Feeds often begin the excerpt with the title, alone, before a stop or before the first sentence."""
    if not title or not excerpt.casefold().startswith(title.casefold()):
        return excerpt
    rest = excerpt[len(title) :]
    if rest and rest[0] not in " .:;|–—-":
        return excerpt
    rest = rest.lstrip(" .:;|–—-")
    said_apart = not rest or rest[0].isupper() or excerpt[len(title) :].lstrip()[0] in ".:;|–—-"
    return rest if said_apart else excerpt


def shorten(text: str, limit: int = BLURB_LIMIT) -> str:
    """The first two sentences of `text`, or its first words and … where those are longer than `limit` characters."""
    line = plain_line(text)
    two = _sentences(line, 2)
    if len(two) <= limit:
        return two
    one = _sentences(line, 1)
    return one if len(one) <= limit else line[:limit].rsplit(" ", 1)[0].rstrip(" .,;:–—-(") + "…"


def _sentences(line: str, count: int) -> str:
    for found in _SENTENCE_END.finditer(line):
        if not _ABBREVIATION.search(line[: found.start()].rstrip("”’\"')")):
            count -= 1
            if not count:
                return line[: found.end()].rstrip()
    return line


def published_on(document: Document, zone: ZoneInfo) -> date | None:
    """The day it came out on the network's calendar; None where only the pull's clock is known.

    A feed that gives days alone says midnight UTC, and that day is meant everywhere."""
    if document.dated == "pull":
        return None
    at = document.published_at.astimezone(UTC)
    return at.date() if at.time() == time(0) else at.astimezone(zone).date()


def newest_first(filed: Filed) -> tuple[float, str, int]:
    """A sort key: newest first, then by title, then by id."""
    return -filed.document.published_at.timestamp(), fold(filed.document.title), filed.id
