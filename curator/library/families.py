"""Families: which documents are one, by a pull's word or the editor's. Nothing is deleted by folding."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import msgspec

from curator.library.journal import Change, Journal, Record
from curator.library.reviews import Reviews
from curator.library.rows import to_instant
from curator.library.store import Row, Store
from curator.models import Kin, Tie

SHARED = 20
"""Documents that may share a key: what more have in common says nothing of any."""


class Families:
    """Leads, relatives and what was seen in them. It compares nothing: `pull.kinship` does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ------------------------------------------------------------ finding kin

    def sharing(self, keys: Iterable[int]) -> dict[int, list[int]]:
        """The documents under each of `keys`, oldest first."""
        found: dict[int, list[int]] = {}
        for row in self._store.rows(
            f"SELECT key, document FROM family_keys WHERE key IN ({_VALUES}) ORDER BY key, document",
            (json.dumps(list(keys)),),
        ):
            found.setdefault(row[0], []).append(row[1])
        return found

    def remember(self, keys: Sequence[tuple[int, int]]) -> None:
        """Keys and their documents, to be found again."""
        self._store.run_many(
            "INSERT INTO family_keys (key, document) VALUES (?, ?) ON CONFLICT (key, document) DO NOTHING", sorted(keys)
        )

    def name(self, translations: Sequence[tuple[str, int, str]]) -> None:
        """Note addresses, the documents that name them as themselves in another language, and that."""
        self._store.run_many(
            "INSERT INTO translations (address, document, language) VALUES (?, ?, ?) "
            "ON CONFLICT (address, document) DO UPDATE SET language = excluded.language",
            translations,
        )

    def naming(self, addresses: Iterable[str]) -> list[tuple[str, int]]:
        """Addresses of `addresses` that documents name so, and these documents."""
        if self._store.value("SELECT 1 FROM translations LIMIT 1") is None:  # as most libraries
            return []
        sql = f"SELECT address, document FROM translations WHERE address IN ({_VALUES})"
        return [tuple(row) for row in self._store.rows(sql, (json.dumps(list(addresses)),))]

    def standing_at(self, addresses: Iterable[str]) -> list[tuple[str, int]]:
        """Those of some canonical addresses that documents have, and these documents."""
        sql = f"SELECT canonical_url, id FROM documents WHERE canonical_url <> '' AND canonical_url IN ({_VALUES})"
        return [tuple(row) for row in self._store.rows(sql, (json.dumps(list(addresses)),))]

    def unkeyed(self, limit: int) -> list[int]:
        """Documents that came before families did and have left no keys yet, the newest first."""
        rows = self._store.rows(
            "SELECT id FROM documents WHERE id < (SELECT below FROM unkeyed) ORDER BY id DESC LIMIT ?", (limit,)
        )
        return [row[0] for row in rows]

    def keyed_down_to(self, document: int) -> None:
        """All from `document` on have left their keys."""
        self._store.run("UPDATE unkeyed SET below = ?", (document,))

    def kin(self, documents: Iterable[int]) -> dict[int, Kin]:
        """What comparing needs of documents, by id."""
        rows = self._store.rows(_KIN, (json.dumps(sorted(documents)),))
        return {row["id"]: _kin(row) for row in rows}

    def judged(self, documents: Iterable[int]) -> set[tuple[int, int]]:
        """The editor's word: what is apart, the older first, where one is among `documents`."""
        wanted = json.dumps(sorted(documents))
        rows = self._store.rows(
            "SELECT one, other FROM apart WHERE one IN (SELECT value FROM json_each(?)) "
            "UNION SELECT one, other FROM apart WHERE other IN (SELECT value FROM json_each(?))",
            (wanted, wanted),
        )
        return {(row["one"], row["other"]) for row in rows}

    def touched(self, documents: Iterable[int]) -> set[int]:
        """Those of `documents` that an editor has said something of."""
        rows = self._store.rows(
            "SELECT document FROM reviews r WHERE document IN (SELECT value FROM json_each(?)) AND ("
            "decision <> 'inbox' OR blurb <> '' OR section IS NOT NULL OR says_countries = 1 "
            "OR starts IS NOT NULL OR ends IS NOT NULL OR deadline IS NOT NULL "
            "OR EXISTS (SELECT 1 FROM review_tags t WHERE t.document = r.document))",
            (json.dumps(sorted(documents)),),
        )
        return {row["document"] for row in rows}

    def tie(self, ties: Sequence[Tie]) -> None:
        """Write down what a pull saw."""
        self._store.run_many(
            "INSERT INTO ties (one, other, certain, reason) VALUES (?, ?, ?, ?) ON CONFLICT (one, other) DO UPDATE SET "
            "certain = excluded.certain, reason = excluded.reason",
            [(tie.one, tie.other, tie.certain, tie.reason) for tie in ties],
        )

    # ------------------------------------------------------------ reading

    def leads(self, documents: Iterable[int]) -> dict[int, int]:
        """Who leads the family of each; itself where it is alone."""
        wanted = list(documents)
        rows = self._store.rows(
            "SELECT document, lead FROM relatives WHERE document IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        )
        return {one: one for one in wanted} | {row["document"]: row["lead"] for row in rows}

    def members(self, lead: int) -> list[int]:
        """The lead, then its relatives, oldest first."""
        rows = self._store.rows("SELECT document FROM relatives WHERE lead = ? ORDER BY document", (lead,))
        return [lead, *(row["document"] for row in rows)]

    def ties(self, documents: Iterable[int]) -> list[Tie]:
        """What pulls saw in any of `documents`, but what the editor said is apart."""
        wanted = json.dumps(sorted(documents))
        rows = self._store.rows(f"{_TIES} AND (t.one IN ({_VALUES}) OR t.other IN ({_VALUES}))", (wanted, wanted))
        return [_tie(row) for row in rows]

    def proposed(self, limit: int = 0) -> list[Tie]:
        """The ties that wait for the editor, newest first; `limit` 0 is all."""
        rows = self._store.rows(f"{_OPEN_TIES} ORDER BY t.other DESC, t.one DESC LIMIT ?", (limit or -1,))
        return [_tie(row) for row in rows]

    # ------------------------------------------------------------ changing

    def fold(self, document: int, lead: int) -> None:
        """Fold a document and what it led to `lead`, which leads or is alone."""
        self._store.run("UPDATE relatives SET lead = ? WHERE lead = ? AND document <> ?", (lead, document, lead))
        self._store.run(
            "INSERT INTO relatives (document, lead) VALUES (?, ?) "
            "ON CONFLICT (document) DO UPDATE SET lead = excluded.lead",
            (document, lead),
        )

    def free(self, document: int) -> None:
        """Let it lead itself."""
        self._store.run("DELETE FROM relatives WHERE document = ?", (document,))

    def keep_apart(self, one: int, other: int) -> None:
        """No pull joins or proposes them any more."""
        self._store.run(
            "INSERT INTO apart (one, other) VALUES (?, ?) ON CONFLICT (one, other) DO NOTHING", _pair(one, other)
        )

    def let_together(self, one: int, other: int) -> None:
        self._store.run("DELETE FROM apart WHERE one = ? AND other = ?", _pair(one, other))

    # ------------------------------------------------------------ for the journal

    def record(self, subject: str) -> Record:
        """Where `family:12` stands: who leads it, and whom the editor set it apart from."""
        number = int(subject.partition(":")[2])
        lead = self._store.value("SELECT lead FROM relatives WHERE document = ?", (number,))
        apart = {one for pair in self.judged([number]) for one in pair} - {number}
        return {"lead": lead, "apart": sorted(apart)}

    def restore(self, subject: str, record: Record | None) -> None:
        """Put one document's place back. All documents of an act are put back in turn; who was folded to one of them
        since goes where it goes, and so does who was folded to the lead because of it."""
        number = int(subject.partition(":")[2])
        place, led_by = msgspec.convert(record or {}, _Place), self.leads([number])[number]
        if place.lead is None:
            self.free(number)
        else:
            self.free(place.lead)
            self.fold(number, place.lead)
        self._take_along(number, led_by)
        now = {one for pair in self.judged([number]) for one in pair} - {number}
        for other in now - set(place.apart):
            self.let_together(number, other)
        for other in set(place.apart) - now:
            self.keep_apart(number, other)

    def _take_along(self, number: int, was: int) -> None:
        """Where a document leaves the family of `was`, those follow that are there for its sake: which a pull saw to be
        one with it, and with no other of those who stay."""
        lead = self.leads([number])[number]
        if lead != was:
            self._store.run(_FOLLOW, {"number": number, "was": was, "lead": lead})


class _Place(msgspec.Struct):
    lead: int | None = None
    apart: list[int] = []


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _tie(row: Row) -> Tie:
    return Tie(row["one"], row["other"], bool(row["certain"]), row["reason"])


def _kin(row: Row) -> Kin:
    return Kin(
        id=row["id"],
        feed=row["feed"],
        publisher=row["publisher"],
        country=row["country"],
        guid=row["guid"],
        link=row["link"],
        canonical_url=row["canonical_url"],
        title=row["title"],
        published_at=to_instant(row["published_at"]),
        language=row["language"],
        words=row["words"],
        translations=tuple(_pair_of(line) for line in (row["translations"] or "").splitlines()),
    )


def _pair_of(line: str) -> tuple[str, str]:
    language, _, address = line.partition(" ")
    return language, address


_VALUES = "SELECT value FROM json_each(?)"
_KIN = """
SELECT d.id, d.feed, coalesce(d.publisher, f.publisher) AS publisher, f.country, d.guid, d.link, d.canonical_url,
    d.title, d.published_at, d.language, substr(CASE WHEN d.text = '' THEN d.excerpt ELSE d.text END, 1, 6000) AS words,
    (SELECT group_concat(language || ' ' || address, char(10)) FROM translations WHERE document = d.id) AS translations
FROM documents d JOIN feeds f ON f.slug = d.feed WHERE d.id IN (SELECT value FROM json_each(?))
"""
_TIES = """
SELECT t.* FROM ties t WHERE NOT EXISTS (SELECT 1 FROM apart a WHERE a.one = t.one AND a.other = t.other)
"""
_OPEN = """coalesce((SELECT lead FROM relatives WHERE document = t.one), t.one)
    <> coalesce((SELECT lead FROM relatives WHERE document = t.other), t.other)"""
"""That the two of a tie `t` stand in two families."""
_OPEN_TIES = f"{_TIES} AND {_OPEN}"
_CERTAIN = (
    "(SELECT other AS seen, one AS by FROM ties WHERE certain UNION ALL SELECT one, other FROM ties WHERE certain)"
)
_FOLLOW = f"""
UPDATE relatives SET lead = :lead WHERE lead = :was AND document <> :lead
AND EXISTS (SELECT 1 FROM {_CERTAIN} WHERE seen = relatives.document AND by = :number)
AND NOT EXISTS (
    SELECT 1 FROM {_CERTAIN} JOIN relatives AS stays ON stays.lead = :was WHERE seen = relatives.document
    AND by IN (:was, stays.document) AND by <> :number
)
"""
PROPOSED = f"""
SELECT coalesce((SELECT lead FROM relatives WHERE document = o.one), o.one) FROM ({_OPEN_TIES}) o
UNION SELECT coalesce((SELECT lead FROM relatives WHERE document = o.other), o.other) FROM ({_OPEN_TIES}) o
"""
"""The leads, or lone documents, that a tie waits on."""


def change_families(
    store: Store,
    families: Families,
    reviews: Reviews,
    journal: Journal,
    documents: Iterable[int],
    change: Callable[[], None],
    verb: str,
    by: str,
    at: datetime,
) -> list[int]:
    """Run `change` and write down as one act what it did to the places and the reviews of `documents`."""
    with store.write():
        numbers = sorted(documents)
        places = {f"family:{number}": families.record(f"family:{number}") for number in numbers}
        said = {f"document:{number}": reviews.record(f"document:{number}") for number in numbers}
        change()
        changes: list[Change] = []
        for subject, was in places.items():
            if (now := families.record(subject)) != was:
                changes.append((subject, was, now))
        for subject, before in said.items():
            if (after := reviews.record(subject)) is not None and after != before:
                changes.append((subject, before, after))
        if changes:
            journal.append(verb, by, at, changes)
        return [int(subject.partition(":")[2]) for subject, *_ in changes if subject.startswith("family:")]
