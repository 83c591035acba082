"""A feed, what is remembered about it, and what it answers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Stage = Literal["config", "fetch", "parse", "store"]
Illness = Literal["failing", "blocked", "gone", "not-a-feed", "too-big"]
Condition = Literal["new", "ok", "moved", "stale", "undated", "retired"] | Illness

BY_HAND = "by-hand"  # the feed of documents that an editor added one by one; never declared, pulled or listed


class Select(msgspec.Struct, frozen=True):
    """Where on a page its entries stand, as CSS selectors: `entry` on the page, the others inside an entry, whose
    first match counts. What is not given is found: the first link, its words, a `<time>`, the rest of the words."""

    entry: str
    title: str | None = None
    link: str | None = None
    date: str | None = None
    excerpt: str | None = None


class Feed(msgspec.Struct, frozen=True):
    """A subscribed source as `feeds.toml` declares it; `country`, `section`, `publisher`, `themes` are defaults for
    what it brings. `country` is a code of the taxonomy, `publisher` an organisation's slug or any short name.
    A `retired` one is not pulled any more; what it brought stays.
    At most one of `page`, `sitemap`, `folder`: what stands at `url` where it is no feed. `match` is a pattern for the
    paths of what it brings."""

    slug: str
    name: str
    url: str
    country: str | None = None
    section: str | None = None
    publisher: str | None = None
    language: str | None = None
    themes: tuple[str, ...] = ()
    page: bool = False
    sitemap: bool = False
    folder: bool = False
    match: str | None = None
    select: Select | None = None
    retired: bool = False


class FeedState(msgspec.Struct, frozen=True):
    """What is remembered about a feed between pulls. `content_hash` is of the last body that was stored whole;
    `failures` counts pulls failed in a row since `failing_since`, without those in which no server was asked, `moves`
    the pulls in a row that were led to `moved_to` for good. Until `fresh_until` the server says there is nothing new;
    until `wait_until` it is not asked."""

    slug: str
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    last_pulled_at: datetime | None = None
    last_new_at: datetime | None = None
    error: str | None = None
    failing_since: datetime | None = None
    failures: int = 0
    illness: Illness | None = None
    moved_to: str | None = None
    moves: int = 0
    moved_since: datetime | None = None
    undated_since: datetime | None = None
    fresh_until: datetime | None = None
    wait_until: datetime | None = None

    @property
    def health(self) -> Condition:
        """`new` (never pulled), `ok`, or how it failed last; `pull.health.judge` knows more."""
        if self.error:
            return self.illness or "failing"
        return "ok" if self.last_pulled_at else "new"


class Health(msgspec.Struct, frozen=True):
    """How a feed is, why in one sentence, and since when; no reason and no instant where it is well."""

    condition: Condition
    reason: str | None = None
    since: datetime | None = None

    @property
    def ill(self) -> bool:
        """Whether the editor should look at it; what is undated only is as it is, and who retired it knows."""
        return self.condition not in ("new", "ok", "undated", "retired")


class Fetched(msgspec.Struct, frozen=True):
    """A feed's answer. `body` is None when nothing changed (304, or the same content hash). `moved_to` is where
    permanent redirects led, `max_age` for how many seconds the server calls this fresh."""

    slug: str
    url: str
    body: bytes | None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    moved_to: str | None = None
    max_age: float | None = None


class Failure(msgspec.Struct, frozen=True):
    """A feed that could not be pulled: at which stage, why in one sentence, and whether that is `passing`.
    `retry_after` are the seconds the server asks to wait, `reached` is whether it was there and asked at all."""

    feed: str
    stage: Stage
    error: str
    passing: bool = False
    illness: Illness = "failing"
    retry_after: float | None = None
    reached: bool = True


class Entry(msgspec.Struct, frozen=True):
    """One raw thing in a feed, as the parser found it, inside `pull` only. Title and excerpt may hold HTML; `text` is
    plain, and only a file has one. `translations` are languages and the addresses that it names as itself in these."""

    guid: str
    link: str
    title: str
    excerpt: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None
    text: str = ""
    translations: tuple[tuple[str, str], ...] = ()


class PullReport(msgspec.Struct, frozen=True):
    """What a pull did. `new` and `changed` count documents, the rest feeds."""

    feeds: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    new: int = 0
    changed: int = 0
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()
