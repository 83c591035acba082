"""Reviews: what the editor thinks. Every change is an act in the journal; a pull never comes here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain

import msgspec
from msgspec.structs import replace

from curator.errors import UsageError
from curator.library import fts
from curator.library.journal import Change, Journal, Record
from curator.library.rows import review_of, text_or_none
from curator.library.store import Store
from curator.models import Filed, Review


class Reviews:
    """Reading and changing reviews. It knows nothing of what a decision is for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, document: int) -> Review:
        """The review as it stands; an untouched document has an empty one."""
        row = self._store.row("SELECT * FROM reviews WHERE document = ?", (document,))
        if not row:
            return Review(document)
        tags: dict[str, tuple[str, ...]] = {}
        for tag in self._store.rows(
            "SELECT axis, value FROM review_tags WHERE document = ? ORDER BY axis, position", (document,)
        ):
            tags[tag["axis"]] = (*tags.get(tag["axis"], ()), tag["value"])
        return review_of(row, tags)

    def put(self, review: Review) -> None:
        """Write the record, without the journal: for `change` and for undo."""
        self._store.run(
            "INSERT INTO reviews (document, decision, later_until, section, says_countries, blurb, by, at, starts, "
            "ends, deadline) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (document) DO UPDATE SET decision = excluded.decision, "
            "later_until = excluded.later_until, section = excluded.section, "
            "says_countries = excluded.says_countries, blurb = excluded.blurb, by = excluded.by, at = excluded.at, "
            "starts = excluded.starts, ends = excluded.ends, deadline = excluded.deadline",
            (
                review.document,
                review.decision,
                review.later_until.isoformat() if review.later_until else None,
                review.section,
                int(review.countries is not None),
                review.blurb,
                review.by,
                text_or_none(review.at),
                *(str(moment) if moment else None for moment in (review.starts, review.ends, review.deadline)),
            ),
        )
        self._store.run("DELETE FROM review_tags WHERE document = ?", (review.document,))
        axes = (("country", review.countries or ()), ("theme", review.themes), ("audience", review.audiences))
        self._store.run_many(
            "INSERT INTO review_tags (document, axis, value, position) VALUES (?, ?, ?, ?)",
            [(review.document, axis, value, place) for axis, values in axes for place, value in enumerate(values)],
        )

    def hand_on(self, document: int, to: int) -> None:
        """Say of `to` what is said of `document`, without the journal."""
        self.put(replace(self.get(document), document=to))
        fts.index(self._store, [to])

    # ------------------------------------------------------------ for the journal

    def record(self, subject: str) -> Record | None:
        """The journal's form of `document:12` now; None while the editor has said nothing."""
        document = int(subject.partition(":")[2])
        exists = self._store.row("SELECT 1 FROM reviews WHERE document = ?", (document,))
        return as_record(self.get(document)) if exists else None

    def restore(self, subject: str, record: Record | None) -> None:
        document = int(subject.partition(":")[2])
        review = msgspec.convert(record, Review) if record is not None else Review(document)
        searched = self._store.value("SELECT blurb FROM reviews WHERE document = ?", (document,)) or ""
        self.put(review)
        if review.blurb != searched:
            fts.index(self._store, [document])


def blank_review(subject: str) -> Record:
    """The journal's form of `document:12` before the editor says anything."""
    return as_record(Review(int(subject.partition(":")[2])))


def as_record(review: Review) -> Record:
    """Plain values that survive JSON, without who and when: the act says that."""
    plain = msgspec.to_builtins(replace(review, by=None, at=None))
    assert isinstance(plain, dict)
    return plain


def change_reviews(
    store: Store,
    reviews: Reviews,
    journal: Journal,
    documents: Iterable[Filed],
    change: Callable[[Filed, Review], Review],
    *,
    verb: str,
    by: str,
    at: datetime,
) -> int:
    """Read, change and write the reviews of `documents` as one act; answers how many really changed. Saying the same
    again of a document that its feed has revised is an act too: the editor stands by it.

    `change` sees the review as it stands inside the transaction, so that two editors never overwrite each other.
    """
    with store.write():
        changes = _changes(store, reviews, documents, change, by, at)
        if (first := next(changes, None)) is None:
            return 0
        act = journal.append(verb, by, at, chain([first], changes))
        return int(store.value("SELECT count(*) FROM act_changes WHERE act = ?", (act,)))


def _changes(
    store: Store,
    reviews: Reviews,
    documents: Iterable[Filed],
    change: Callable[[Filed, Review], Review],
    by: str,
    at: datetime,
) -> Iterator[Change]:
    """Change one after the other, as they are asked for."""
    for filed in documents:
        before = reviews.get(filed.id)
        filed = Filed(filed.document, before)
        after = change(filed, before)
        if after.document != filed.id:
            raise UsageError("A review belongs to its document.")
        if replace(after, by=before.by, at=before.at) == before and not filed.revised:
            continue
        was = reviews.record(f"document:{filed.id}")
        reviews.put(replace(after, by=by, at=at))
        if after.blurb != before.blurb:
            fts.index(store, [filed.id])
        yield f"document:{filed.id}", was, as_record(after)
