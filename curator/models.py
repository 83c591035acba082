"""The values that travel through curator. They hold no behaviour beyond reading themselves.

What the feed said (`Document`) and what the editor thinks (`Review`) are two records; a pull never
touches a Review. `_at` is an instant (aware, UTC), `_on` a day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Decision = Literal["inbox", "kept", "dropped", "later"]
DECISIONS: tuple[Decision, ...] = ("inbox", "kept", "dropped", "later")
Status = Literal["draft", "sealed", "sent"]
Axis = Literal["country", "theme", "audience"]
Stage = Literal["config", "fetch", "parse", "store"]

BY_HAND = "by-hand"  # the feed of documents that an editor added one by one; never declared, pulled or listed

# ---------------------------------------------------------------- feeds and what they bring


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscribed source as `feeds.toml` declares it; `country`, `section`, `publisher` are defaults for
    what it brings. `country` is a code of the taxonomy, `publisher` an organisation's slug or any short name."""

    slug: str
    name: str
    url: str
    country: str | None = None
    section: str | None = None
    publisher: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered about a feed between pulls. `content_hash` is of the last body that was stored whole;
    `failures` counts pulls failed in a row since `failing_since`."""

    slug: str
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    last_pulled_at: datetime | None = None
    last_new_at: datetime | None = None
    error: str | None = None
    failing_since: datetime | None = None
    failures: int = 0

    @property
    def health(self) -> str:
        """`new` (never pulled), `ok` or `failing`."""
        if self.error:
            return "failing"
        return "ok" if self.last_pulled_at else "new"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A feed's answer. `body` is None when nothing changed (304, or the same content hash)."""

    slug: str
    url: str
    body: bytes | None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A feed that could not be pulled: at which stage, why in one sentence, and whether that is `passing`."""

    feed: str
    stage: Stage
    error: str
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One raw thing in a feed, as the parser found it, inside `pull` only. Texts may hold HTML."""

    guid: str
    link: str
    title: str
    excerpt: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A normalised entry, ready for matching: plain clean text, aware UTC dates, no id yet.
    `dated` says where `published_at` comes from: the feed's own date, its `updated`, or the pull's clock."""

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

    @property
    def said(self) -> tuple[str, str, str, str | None]:
        """What counts as a change when the feed says it differently."""
        return (self.title, self.link, self.excerpt, self.language)


@dataclass(frozen=True, slots=True)
class KnownDocument:
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


@dataclass(frozen=True, slots=True)
class Known:
    """`by_guid`: this feed's guids. `by_url`: documents of any feed with one of the incoming canonical addresses,
    oldest first; under '' this feed's documents without an address that have one of the incoming titles."""

    by_guid: Mapping[str, KnownDocument] = field(default_factory=dict)
    by_url: Mapping[str, Sequence[KnownDocument]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """`document` is the id of the one it is; None where it is new, or where it repeats a new one of the same call:
    then `repeats` is that one's index in the list. A known document under a guid not yet stored is a sighting."""

    kind: Literal["new", "changed", "known"]
    incoming: NewDocument
    document: int | None = None
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What the feed said. `feed` is the one whose words these are; `feeds` all that brought it.
    `feed_country` and `feed_section` are that feed's defaults; `family` the ids of its relatives, itself left out."""

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
    feeds: tuple[str, ...] = ()
    family: tuple[int, ...] = ()


# ---------------------------------------------------------------- what the editor thinks


@dataclass(frozen=True, slots=True)
class Review:
    """The editor's record of one document. None means: the editor has said nothing, the feed's default stands;
    an empty tuple is the editor's word that there is none. Countries are codes, themes and audiences slugs."""

    document: int
    decision: Decision = "inbox"
    later_until: date | None = None
    section: str | None = None
    countries: tuple[str, ...] | None = None
    themes: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    blurb: str = ""
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """A document with its review: what a list, the reading pane and an edition need to know of it."""

    document: Document
    review: Review

    @property
    def id(self) -> int:
        return self.document.id

    @property
    def countries(self) -> tuple[str, ...]:
        """The editor's word, or the feed's default."""
        if self.review.countries is not None:
            return self.review.countries
        return (self.document.feed_country,) if self.document.feed_country else ()

    @property
    def section(self) -> str | None:
        """The editor's word, or the feed's default."""
        return self.review.section or self.document.feed_section

    @property
    def blurb(self) -> str:
        return self.review.blurb


@dataclass(frozen=True, slots=True)
class Suggested:
    """One proposal and why: `reason` is a short phrase an editor can judge by (`feed; "Scotland" ×14`)."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    countries: tuple[Suggested, ...] = ()
    themes: tuple[Suggested, ...] = ()
    section: Suggested | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One editorial act in the journal. `verb` reads as the command did (`keep`, `tag`, `blurb`, `move`);
    `undoes` names the act it took back, `undone` says whether it has itself been taken back."""

    id: int
    at: datetime
    by: str
    verb: str
    subjects: tuple[str, ...]
    undoes: int | None = None
    undone: bool = False


# ---------------------------------------------------------------- editions


@dataclass(frozen=True, slots=True)
class Placement:
    """A document's seat in an edition. `group` is a country code, an organisation's slug or ''; `rank` counts
    from 1 within the group. `by_hand` says the editor set section, group or rank: a refresh leaves it there."""

    document: int
    section: str
    group: str
    rank: int
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Seal:
    """Approval of exactly these bytes: `hash` is SHA-256 over headers, subject, HTML, text and list."""

    hash: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """A dated instance of a digest. `id` is `<digest>-<number>`; `left_out` are documents the editor took out
    by hand; `introduction` and `key_messages` are Markdown."""

    id: str
    digest: str
    number: int
    date: date
    status: Status = "draft"
    topic: str | None = None
    subject: str = ""
    introduction: str = ""
    key_messages: str = ""
    placements: tuple[Placement, ...] = ()
    left_out: tuple[int, ...] = ()
    seal: Seal | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """An edition as it will be mailed: `\\n` line ends; `headers` are those every mail of it bears, by name."""

    subject: str
    preheader: str
    html: str
    text: str
    mailing_list: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the check or the doctor found. An `error` blocks; `where` names the place."""

    level: Level
    code: str
    message: str
    where: str = ""


# ---------------------------------------------------------------- people and deliveries


@dataclass(frozen=True, slots=True)
class Subscriber:
    address: str
    name: str = ""
    organisation: str = ""
    role: str = ""
    country: str = ""
    interests: str = ""
    language: str = ""
    format: str = ""
    lists: tuple[str, ...] = ()


Fate = Literal["pending", "sending", "sent", "failed", "unknown", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One line of the ledger. `sending` outside a running send means its fate is `unknown`."""

    edition: str
    address: str
    fate: Fate
    at: datetime
    detail: str = ""


# ---------------------------------------------------------------- reports


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing one feed's entries did to the library."""

    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull did. `new` and `changed` count documents, the rest feeds."""

    feeds: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    new: int = 0
    changed: int = 0
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class SendReport:
    """How many of an edition's mails stand where. `unknown` are those a crash left in doubt."""

    sent: int = 0
    failed: int = 0
    already: int = 0
    pending: int = 0
    unknown: int = 0
    problems: tuple[Delivery, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents stand where: by decision, and within one decision by country and feed."""

    decisions: Mapping[str, int] = field(default_factory=dict)
    countries: Mapping[str, int] = field(default_factory=dict)
