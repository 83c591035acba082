"""Full text, the part that only SQLite understands (FTS5). Rows carry the document's id as their rowid."""

from __future__ import annotations

from typing import Any

from curator.library.store import Store
from curator.query import Term


def index(store: Store, document: int) -> None:
    """Bring one document's searchable words up to date with its record and its blurb."""
    store.run(
        "INSERT OR REPLACE INTO documents_fts (rowid, title, blurb, excerpt, text) "
        "SELECT d.id, d.title, coalesce(r.blurb, ''), d.excerpt, d.text "
        "FROM documents d LEFT JOIN reviews r ON r.document = d.id WHERE d.id = ?",
        (document,),
    )


def matching(term: Term) -> tuple[str, list[Any]]:
    """The condition that a document's words hold `term`; inside quotation marks FTS5 knows no operators."""
    quoted = '"' + term.text.replace('"', '""').replace("\0", " ") + '"'
    return "d.id IN (SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?)", [quoted + "*" * term.prefix]
