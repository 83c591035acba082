"""Between rows and values: explicit converters, both ways."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import msgspec

from curator.library.store import Row
from curator.models import Document, Feed, FeedState, Moment, Review, Select, Subscriber

DOCUMENT_COLUMNS = (
    "id, feed, guid, link, canonical_url, title, publisher, published_at, dated, first_seen_at, changed_at, "
    "language, excerpt"
)


def to_text(at: datetime) -> str:
    """An aware instant as the schema keeps it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


def to_instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def instant_or_none(text: str | None) -> datetime | None:
    return to_instant(text) if text else None


def text_or_none(at: datetime | None) -> str | None:
    return to_text(at) if at else None


def day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def moment_or_none(text: str | None) -> Moment | None:
    return Moment.stored(text) if text else None


FEED_COLUMNS = ("slug", "name", "url", "country", "section", "publisher", "language", "themes", "source")


def feed_of(row: Row) -> Feed:
    source = json.loads(row["source"]) if row["source"] else {}
    select = Select(**source.pop("select")) if "select" in source else None
    said = {key: row[key] for key in FEED_COLUMNS[:-2]}
    return Feed(**said, themes=tuple(row["themes"].split()), **source, select=select)


def feed_row(feed: Feed) -> tuple[str | None, ...]:
    """Its FEED_COLUMNS; `source` says how it is read where it is no ordinary feed."""
    said = msgspec.to_builtins(feed)
    source = {key: said[key] for key in ("page", "sitemap", "folder", "match", "select", "retired") if said[key]}
    plain = (said[key] for key in FEED_COLUMNS[:-2])
    return (*plain, " ".join(feed.themes), json.dumps(source, ensure_ascii=False) if source else "")


def state_of(row: Row) -> FeedState:
    return FeedState(
        slug=row["slug"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        content_hash=row["content_hash"],
        last_pulled_at=instant_or_none(row["last_pulled_at"]),
        last_new_at=instant_or_none(row["last_new_at"]),
        error=row["error"],
        failing_since=instant_or_none(row["failing_since"]),
        failures=row["failures"],
        illness=row["illness"],
        moved_to=row["moved_to"],
        moves=row["moves"],
        moved_since=instant_or_none(row["moved_since"]),
        undated_since=instant_or_none(row["undated_since"]),
        fresh_until=instant_or_none(row["fresh_until"]),
        wait_until=instant_or_none(row["wait_until"]),
    )


def document_of(row: Row, feeds: tuple[str, ...], text: str, family: tuple[int, ...]) -> Document:
    """`row` holds DOCUMENT_COLUMNS with `feed_country`, `feed_section`, `feed_themes` and `shown_publisher` beside
    them; `family` is the whole of it, the lead first."""
    return Document(
        id=row["id"],
        guid=row["guid"],
        link=row["link"],
        canonical_url=row["canonical_url"],
        title=row["title"],
        feed=row["feed"],
        publisher=row["shown_publisher"],
        published_at=to_instant(row["published_at"]),
        dated=row["dated"],
        first_seen_at=to_instant(row["first_seen_at"]),
        changed_at=instant_or_none(row["changed_at"]),
        language=row["language"],
        excerpt=row["excerpt"],
        text=text,
        feed_country=row["feed_country"],
        feed_section=row["feed_section"],
        feed_themes=tuple((row["feed_themes"] or "").split()),
        feeds=feeds,
        family=tuple(one for one in family if one != row["id"]),
        lead=family[0] if family[0] != row["id"] else None,
    )


def review_of(row: Row, tags: dict[str, tuple[str, ...]]) -> Review:
    return Review(
        document=row["document"],
        decision=row["decision"],
        later_until=day_or_none(row["later_until"]),
        section=row["section"],
        countries=tags.get("country", ()) if row["says_countries"] else None,
        themes=tags.get("theme", ()),
        audiences=tags.get("audience", ()),
        blurb=row["blurb"],
        by=row["by"],
        at=instant_or_none(row["at"]),
        starts=moment_or_none(row["starts"]),
        ends=moment_or_none(row["ends"]),
        deadline=moment_or_none(row["deadline"]),
    )


def subscriber_of(row: Row) -> Subscriber:
    return Subscriber(
        address=row["address"],
        name=row["name"],
        organisation=row["organisation"],
        role=row["role"],
        country=row["country"],
        interests=row["interests"],
        language=row["language"],
        format=row["format"],
        lists=tuple(sorted(row["lists"].split())) if row["lists"] else (),
    )
