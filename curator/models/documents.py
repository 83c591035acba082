"""A document on its way into the library and in it, and what matching says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec


class NewDocument(msgspec.Struct, frozen=True):
    """A normalised entry, ready for matching: plain clean text, aware UTC dates, no id yet.
    `dated` says where `published_at` comes from: the feed's own date, its `updated`, or the pull's clock.
    `translations` are languages and the canonical addresses of what it names as itself in these."""

    guid: str
    link: str
    canonical_url: str
    title: str
    feed: str
    publisher: str | None
    published_at: datetime
    dated: Literal["feed", "updated", "pull"]
    language: str | None
    excerpt: str
    text: str = ""
    translations: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> tuple[str, str, str, str | None]:
        """What counts as a change when the feed says it differently."""
        return (self.title, self.link, self.excerpt, self.language)


class KnownDocument(msgspec.Struct, frozen=True):
    """What the library knows of a document: `feed` is the one whose words it has, `said` as `NewDocument.said`,
    `guids_of_this_feed` the guids under which the feed now pulled has already brought it, `published_at` None where
    the feed gave no date."""

    id: int
    feed: str
    title: str
    canonical_url: str
    said: tuple[str, str, str, str | None]
    guids_of_this_feed: frozenset[str] = frozenset()
    published_at: datetime | None = None


class Known(msgspec.Struct, frozen=True):
    """`by_guid`: this feed's guids. `by_url`: documents of any feed with one of the incoming canonical addresses,
    oldest first; under '' this feed's documents without an address that have one of the incoming titles."""

    by_guid: Mapping[str, KnownDocument] = msgspec.field(default_factory=dict)
    by_url: Mapping[str, Sequence[KnownDocument]] = msgspec.field(default_factory=dict)


class Match(msgspec.Struct, frozen=True):
    """`document` is the id of the one it is; None where it is new, or where it repeats a new one of the same call:
    then `repeats` is that one's index in the list. A known document under a guid not yet stored is a sighting."""

    kind: Literal["new", "changed", "known"]
    incoming: NewDocument
    document: int | None = None
    repeats: int | None = None


class Stored(msgspec.Struct, frozen=True):
    """What storing one feed's entries did to the library."""

    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()


class Version(msgspec.Struct, frozen=True):
    """What a feed said of a document until `at`, when it said it differently."""

    title: str
    link: str
    excerpt: str
    at: datetime


class Document(msgspec.Struct, frozen=True):
    """What the feed said. `feed` is the one whose words these are; `feeds` all that brought it.
    `feed_country`, `feed_section` and `feed_themes` are that feed's defaults; `family` the ids of its relatives, itself
    left out; `lead` is the one that stands for them in lists, None where it is this one."""

    id: int
    guid: str
    link: str
    canonical_url: str
    title: str
    feed: str
    publisher: str | None
    published_at: datetime
    dated: str
    first_seen_at: datetime
    changed_at: datetime | None
    language: str | None
    excerpt: str
    text: str = ""
    feed_country: str | None = None
    feed_section: str | None = None
    feed_themes: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    family: tuple[int, ...] = ()
    lead: int | None = None
