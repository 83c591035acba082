"""A feed, what is remembered about it, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Stage = Literal["config", "fetch", "parse", "store"]

BY_HAND = "by-hand"  # the feed of documents that an editor added one by one; never declared, pulled or listed


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
