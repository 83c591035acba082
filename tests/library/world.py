"""Feeds, documents and people for the library's tests, and the engines that have to pass them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from curator.library import Library
from curator.models import Edition, Feed, Filed, Match, NewDocument, Review, Stored

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
FEEDS = (
    Feed("scot", "Scotland", "https://example.org/scot.xml", "GB-SCT", "policy", None, "en"),
    Feed("sverige", "Sverige", "https://example.org/se.xml", "SE", None, None, "sv"),
    Feed("who", "WHO", "https://example.org/who.xml", None, "policy", "who", None),
)

ENGINES: Mapping[str, Callable[[Path], Library]] = {"sqlite": lambda folder: Library(folder / "curator.db")}
"""How each engine opens the library of a folder; opened twice, it is two connections onto one library."""


def document(number: int, feed: str = "scot", **changes: Any) -> NewDocument:
    """The `number`th document of a feed, a day younger than the one before."""
    link = f"https://example.org/{feed}/{number}"
    plain = NewDocument(
        guid=f"{feed}-{number}",
        link=link,
        canonical_url=link,
        title=f"Title {number}",
        feed=feed,
        publisher=None,
        published_at=NOW - timedelta(days=100 - number),
        dated="feed",
        language="en",
        excerpt=f"Excerpt {number}",
    )
    return replace(plain, **changes)


def store(library: Library, *documents: NewDocument, at: datetime = NOW) -> Stored:
    """Store new documents, newest first as a feed has them; their ids come back oldest first."""
    feed = documents[0].feed
    with library.write():
        return library.documents.store(feed, [Match("new", one) for one in documents], at)


def add(library: Library, *documents: NewDocument) -> list[int]:
    """Store documents one by one, of whatever feed; their ids in the same order."""
    return [store(library, one).new[0] for one in documents]


def review(library: Library, number: int, *, by: str = "ann", verb: str = "tag", **changes: Any) -> int:
    """Change one review as one act."""

    def change(filed: Filed, before: Review) -> Review:
        return replace(before, **changes)

    return library.review([library.documents.get(number)], change, verb=verb, by=by, at=NOW)


def edition(number: int = 1, digest: str = "update", **changes: Any) -> Edition:
    return replace(Edition(f"{digest}-{number}", digest, number, date(2026, 12, 1)), **changes)


def titles(found: Sequence[Filed]) -> list[str]:
    return [filed.document.title for filed in found]
