"""Full text, the part that only SQLite understands (FTS5). Rows carry the document's id as their rowid."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from curator.library.store import Store
from curator.query import Term


def index(store: Store, documents: Sequence[int]) -> None:
    """Bring the searchable words of documents up to date with their records and blurbs, in one pass."""
    store.run(
        "INSERT OR REPLACE INTO documents_fts (rowid, title, blurb, excerpt, text) "
        "SELECT d.id, d.title, coalesce(r.blurb, ''), d.excerpt, d.text "
        "FROM documents d LEFT JOIN reviews r ON r.document = d.id WHERE d.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(documents)),),
    )


def matching(term: Term, since: int = 0) -> tuple[str, list[Any]]:
    """The condition that the words of a document, or of one folded to it, hold `term`, both from the id `since` on;
    inside quotation marks FTS5 knows no operators. FTS5 skips to a rowid, so that the newest cost no more in a large
    library."""
    quoted = '"' + term.text.replace('"', '""').replace("\0", " ") + '"'
    found = "SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?"
    params: list[Any] = [quoted + "*" * term.prefix]
    if since:
        found, params = f"{found} AND rowid >= ?", [*params, since]
    return (
        f"d.id IN ({found} UNION SELECT k.lead FROM relatives k WHERE k.document IN ({found}))",
        [*params, *params],
    )
