"""What feeds said before: the earlier versions of documents, kept when a feed says one differently."""

from __future__ import annotations

from curator.library.rows import to_instant
from curator.library.store import Store
from curator.models import NewDocument, Version

MOST = 20
"""Versions of one document: the first and the latest. Some feeds count their readers in every excerpt."""


def keep_version(store: Store, number: int, new: NewDocument, at: str) -> bool:
    """Keep what a document says, where `new` says other words or leads elsewhere; answers whether it does. Words that
    were kept before are not kept twice: a feed that goes back and forth has two versions, not thousands."""
    was = store.row("SELECT title, link, canonical_url, excerpt FROM documents WHERE id = ?", (number,))
    if was is None or (was["title"], was["canonical_url"], was["excerpt"]) == (
        new.title,
        new.canonical_url,
        new.excerpt,
    ):
        return False
    said = (was["title"], was["link"], was["excerpt"])
    if not store.run(
        "UPDATE versions SET at = ? WHERE document = ? AND title = ? AND link = ? AND excerpt = ?", (at, number, *said)
    ):
        store.run(
            "INSERT INTO versions (document, number, title, link, excerpt, at) "
            "SELECT ?, 1 + coalesce(max(number), 0), ?, ?, ?, ? FROM versions WHERE document = ?",
            (number, *said, at, number),
        )
        store.run(
            "DELETE FROM versions WHERE document = ? AND number > 1 "
            "AND number <= (SELECT max(number) - ? FROM versions WHERE document = ?)",
            (number, MOST - 1, number),
        )
    return True


def versions(store: Store, number: int) -> list[Version]:
    """What a document said before, the latest first."""
    rows = store.rows(
        "SELECT title, link, excerpt, at FROM versions WHERE document = ? ORDER BY at DESC, number DESC", (number,)
    )
    return [Version(row["title"], row["link"], row["excerpt"], to_instant(row["at"])) for row in rows]
