"""An entry into a document: plain clean text, dates that make sense, an identity that stays. Pure.

A document dated by the pull's clock gets another date at every pull; `NewDocument.said` leaves dates out, so that
it does not count as changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Literal, TypeGuard
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from curator.clean import fold, plain_line, plain_text
from curator.models import Entry, Feed, NewDocument
from curator.pull.text import text_of
from curator.pull.urls import canonical_url, is_home_page, is_web, without_user

EXCERPT = 2_000
TITLE = 300
LINK = 2_000  # longer ones are dropped: no browser and no mail programme takes them
FALLBACK_WORDS = 12
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the Web there were no feeds: a date of 1970 is a machine's zero
_AHEAD = timedelta(days=1)  # time zones and embargoes; beyond it is a mistake or the day of an event

Dated = Literal["feed", "updated", "pull"]


def normalise_all(entries: Sequence[Entry], feed: Feed, now: datetime) -> list[NewDocument]:
    """All entries of one body. A guid that several of them share though they are different things (one guid for all,
    the home page's address, one page linked by every entry) identifies none of them, so each gets one of its own."""
    found = [normalise(entry, feed, now) for entry in entries]
    things: dict[str, set[tuple[str, str]]] = {}
    for entry, new in zip(entries, found, strict=True):
        things.setdefault(new.guid, set()).add(_thing(entry, new))
    return [with_own_guid(new) if len(things[new.guid]) > 1 else new for new in found]


def _thing(entry: Entry, new: NewDocument) -> tuple[str, str]:
    """What an entry is apart from its guid: its page, which may be titled anew; where guid or page say nothing, the
    title too."""
    is_page = new.canonical_url and not is_home_page(new.canonical_url)
    return new.canonical_url, "" if is_page and plain_line(entry.guid) else fold(new.title)


def with_own_guid(new: NewDocument) -> NewDocument:
    """Under a guid made of what it is, where the feed's own says nothing."""
    return replace(new, guid=_hash(new.guid, new.canonical_url, fold(new.title)))


def normalise(entry: Entry, feed: Feed, now: datetime) -> NewDocument:
    """`entry` as `feed` brings it at `now` (aware). Never raises on what a feed says."""
    link = _link(entry.link)
    excerpt = _bounded(plain_text(text_of(entry.excerpt)), EXCERPT)
    title = plain_line(text_of(entry.title), TITLE) or _title_from(excerpt, link)
    published_at, dated = _date(entry, now)
    return NewDocument(
        guid=_guid(entry, link, title),
        link=link,
        canonical_url=canonical_url(link),
        title=title,
        feed=feed.slug,
        publisher=feed.publisher,
        published_at=published_at,
        dated=dated,
        language=_language(feed.language) or _language(entry.language),
        excerpt="" if excerpt == title else excerpt,
        text=entry.text,
        translations=tuple((code, canonical_url(address)) for code, address in entry.translations),
    )


# ---------------------------------------------------------------- texts


def _bounded(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words where there are any."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit // 2)
    return (cut[:space] if space > 0 else cut).rstrip() + "…"


def _title_from(excerpt: str, link: str) -> str:
    """The first words of the excerpt, else the last part of the address, else "Untitled"."""
    words = plain_line(excerpt).split(" ")
    if words != [""]:
        return plain_line(" ".join(words[:FALLBACK_WORDS]) + ("…" if len(words) > FALLBACK_WORDS else ""), TITLE)
    last = unquote(urlsplit(link).path.rstrip("/").rpartition("/")[2])
    name = re.sub(r"[-_+]+", " ", re.sub(r"\.\w{1,5}$", "", last))
    return plain_line(name, TITLE).capitalize() or "Untitled"


# ---------------------------------------------------------------- identity


def _link(link: str) -> str:
    """Only addresses a reader may be sent to; a feed may say `javascript:`."""
    address = without_user(plain_line(link).replace(" ", "%20"))
    return address if len(address) <= LINK and is_web(address) else ""


def _guid(entry: Entry, link: str, title: str) -> str:
    """The publisher's id; else the link, where it names a page; else a hash of title and the feed's own date."""
    guid = plain_line(entry.guid)
    if guid:
        return guid if len(guid) <= LINK else _hash(guid)
    if link and not is_home_page(canonical_url(link)):
        return link
    own = entry.published or entry.updated
    return _hash(title, own.isoformat() if own else "")


def _hash(*words: str) -> str:
    return "sha256:" + sha256("\n".join(words).encode("utf-8", "replace")).hexdigest()


# ---------------------------------------------------------------- dates and language


def _date(entry: Entry, now: datetime) -> tuple[datetime, Dated]:
    """The feed's own date, else its `updated`, else `now`; one that cannot be true counts as missing."""
    if is_possible(entry.published, now):
        return entry.published.astimezone(UTC), "feed"
    if is_possible(entry.updated, now):
        return entry.updated.astimezone(UTC), "updated"
    return now.astimezone(UTC), "pull"


def is_possible(at: datetime | None, now: datetime) -> TypeGuard[datetime]:
    """Whether a document can have been published then: since the Web, and not after tomorrow."""
    return at is not None and at.tzinfo is not None and _OLDEST <= at <= now + _AHEAD


def _language(said: str | None) -> str | None:
    """The language without its country, as a library searches it: `en` for `en-GB`."""
    found = re.match(r"([a-zA-Z]{2,3})(?:[-_].*)?$", said.strip()) if said else None
    return found[1].lower() if found else None
