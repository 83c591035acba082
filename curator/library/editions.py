"""Editions: drafts that editors change, seals, and the frozen bytes of what was sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from curator.errors import SealError, UsageError
from curator.library.journal import Record
from curator.library.rows import instant_or_none, text_or_none, to_instant
from curator.library.store import Row, Store
from curator.models import Comparison, Edition, OwnWords, Placement, Rendered, Seal


class Editions:
    """The editions of all digests. What stands in one is decided elsewhere; here only its state is kept straight:
    a draft changes, a sealed one does not, a sent one never will."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ------------------------------------------------------------ reading

    def get(self, name: str) -> Edition:
        """Raises UsageError when there is no such edition."""
        row = self._store.row("SELECT * FROM editions WHERE id = ?", (name,))
        if not row:
            raise UsageError(f"There is no edition {name}. `curator editions` lists them.")
        return self._edition(row)

    def all(self, digest: str | None = None) -> list[Edition]:
        """Newest first; with `digest`, of that one only."""
        rows = self._store.rows(
            "SELECT * FROM editions WHERE ? IS NULL OR digest = ? ORDER BY date DESC, digest, number DESC",
            (digest, digest),
        )
        return [self._edition(row) for row in rows]

    def used(self, digest: str, *, besides: str = "") -> set[int]:
        """The documents that stand in any edition of `digest`, the edition `besides` left out, and their
        families."""
        rows = self._store.rows(_USED, {"digest": digest, "besides": besides})
        return {row["document"] for row in rows}

    def seen(self, documents: Sequence[int], edition: Edition) -> dict[int, list[tuple[str, int]]]:
        """In which editions, sealed or sent, of a day before that of `edition` or of its digest's smaller numbers,
        each of `documents` or one of its family stands: digest and number, the latest first."""
        wanted: dict[str, object] = {"documents": json.dumps(documents), "id": edition.id, "digest": edition.digest}
        wanted |= {"number": edition.number, "date": edition.date.isoformat()}
        found: dict[int, list[tuple[str, int]]] = {}
        for row in self._store.rows(_SEEN, wanted):
            found.setdefault(row["document"], []).append((row["digest"], row["number"]))
        return found

    def placed(self, documents: Sequence[int]) -> set[int]:
        """Those of `documents` that stand in any edition."""
        rows = self._store.rows(
            "SELECT DISTINCT document FROM placements WHERE document IN (SELECT value FROM json_each(?))",
            (json.dumps(documents),),
        )
        return {row["document"] for row in rows}

    def _edition(self, row: Row) -> Edition:
        placements = self._store.rows(
            'SELECT * FROM placements WHERE edition = ? ORDER BY section, "group", rank', (row["id"],)
        )
        left_out = self._store.rows("SELECT document FROM left_out WHERE edition = ? ORDER BY 1", (row["id"],))
        carried = self._store.rows("SELECT document FROM carried WHERE edition = ? ORDER BY 1", (row["id"],))
        words = self._store.rows("SELECT * FROM edition_words WHERE edition = ? ORDER BY document", (row["id"],))
        accepted = self._store.rows("SELECT finding FROM accepted WHERE edition = ? ORDER BY 1", (row["id"],))
        compared = self._store.rows("SELECT * FROM comparisons WHERE edition = ? ORDER BY country", (row["id"],))
        seal = Seal(row["seal_hash"], row["sealed_by"], to_instant(row["sealed_at"])) if row["seal_hash"] else None
        return Edition(
            id=row["id"],
            digest=row["digest"],
            number=row["number"],
            date=date.fromisoformat(row["date"]),
            status=row["status"],
            topic=row["topic"],
            subject=row["subject"],
            introduction=row["introduction"],
            key_messages=row["key_messages"],
            placements=tuple(_placement(one) for one in placements),
            left_out=tuple(one["document"] for one in left_out),
            carried=tuple(one["document"] for one in carried),
            words=tuple(OwnWords(one["document"], one["title"], one["blurb"]) for one in words),
            accepted=tuple(one["finding"] for one in accepted),
            comparisons=tuple(_comparison(one) for one in compared),
            seal=seal,
            sent_at=instant_or_none(row["sent_at"]),
        )

    # ------------------------------------------------------------ changing

    def next_number(self, digest: str, first: int) -> int:
        latest = self._store.value("SELECT max(number) FROM editions WHERE digest = ?", (digest,))
        return first if latest is None else max(first, latest + 1)

    def put(self, edition: Edition) -> None:
        """Write the record as it stands, new or not; without the journal and without asking its status."""
        seal = edition.seal
        self._store.run(
            _PUT,
            (
                edition.id,
                edition.digest,
                edition.number,
                edition.date.isoformat(),
                edition.status,
                edition.topic,
                edition.subject,
                edition.introduction,
                edition.key_messages,
                seal.hash if seal else None,
                seal.by if seal else None,
                text_or_none(seal.at) if seal else None,
                text_or_none(edition.sent_at),
            ),
        )
        for table in ("placements", "left_out", "carried", "edition_words", "accepted", "comparisons"):
            self._store.run(f"DELETE FROM {table} WHERE edition = ?", (edition.id,))
        self._store.run_many(
            'INSERT INTO placements (edition, document, section, "group", rank, by_hand) VALUES (?, ?, ?, ?, ?, ?)',
            [(edition.id, p.document, p.section, p.group, p.rank, int(p.by_hand)) for p in edition.placements],
        )
        self._store.run_many(
            "INSERT INTO left_out (edition, document) VALUES (?, ?)", [(edition.id, one) for one in edition.left_out]
        )
        self._store.run_many(
            "INSERT INTO carried (edition, document) VALUES (?, ?)", [(edition.id, one) for one in edition.carried]
        )
        self._store.run_many(
            "INSERT INTO edition_words (edition, document, title, blurb) VALUES (?, ?, ?, ?)",
            [(edition.id, one.document, one.title, one.blurb) for one in edition.words],
        )

        self._store.run_many(
            "INSERT INTO accepted (edition, finding) VALUES (?, ?)", [(edition.id, one) for one in edition.accepted]
        )
        self._store.run_many(
            "INSERT INTO comparisons (edition, country, law, policy, practice, data) VALUES (?, ?, ?, ?, ?, ?)",
            [(edition.id, one.country, *one.fields) for one in edition.comparisons],
        )

    def draft(self, name: str) -> Edition:
        """The edition, if it may still be changed. Raises SealError otherwise."""
        edition = self.get(name)
        if edition.status == "sealed":
            raise SealError(f"{name} is sealed. `curator unseal {name}` opens it again.")
        if edition.status == "sent":
            raise SealError(f"{name} has been sent and is frozen.")
        return edition

    # ------------------------------------------------------------ sealed and sent

    def freeze(self, name: str, rendered: Rendered, addresses: Sequence[str]) -> None:
        """Keep what a seal stands for."""
        self._store.run(
            _FREEZE,
            (
                name,
                rendered.subject,
                rendered.preheader,
                rendered.html,
                rendered.text,
                rendered.mailing_list,
                json.dumps(dict(rendered.headers)),
                json.dumps(sorted(addresses)),
            ),
        )

    def frozen(self, name: str) -> tuple[Rendered, tuple[str, ...]] | None:
        """What the seal stands for: the rendering and the sorted addresses; None when never sealed."""
        row = self._store.row("SELECT * FROM renderings WHERE edition = ?", (name,))
        if not row:
            return None
        headers = json.loads(row["headers"])
        words = (row["subject"], row["preheader"], row["html"], row["text"])
        rendered = Rendered(*words, mailing_list=row["mailing_list"], headers=headers)
        return rendered, tuple(json.loads(row["addresses"]))

    def sizes(self) -> list[tuple[str, str, date, int]]:
        """Mailing list, edition, its date, and for how many it was approved, of every edition sealed, oldest first."""
        rows = self._store.rows(
            "SELECT r.mailing_list, e.id, e.date, json_array_length(r.addresses) AS n "
            "FROM renderings r JOIN editions e ON e.id = r.edition ORDER BY e.date, e.id"
        )
        return [(row["mailing_list"], row["id"], date.fromisoformat(row["date"]), row["n"]) for row in rows]

    def thaw(self, name: str) -> None:
        self._store.run("DELETE FROM renderings WHERE edition = ?", (name,))

    # ------------------------------------------------------------ for the journal

    def record(self, subject: str) -> Record | None:
        """The editor's hand on `edition:update-3`: what undo brings back. None when there is no such edition."""
        name = subject.partition(":")[2]
        row = self._store.row("SELECT * FROM editions WHERE id = ?", (name,))
        return as_record(self._edition(row)) if row else None

    def restore(self, subject: str, record: Record | None) -> None:
        """Raises SealError when the edition is no draft any more."""
        edition = self.draft(subject.partition(":")[2])
        if record is None:
            raise UsageError(f"{edition.id} was drafted then; it cannot be undone, only left unsent.")
        hand = msgspec.convert(record, _Hand)
        self.put(
            replace(
                edition,
                introduction=hand.introduction,
                key_messages=hand.key_messages,
                placements=hand.placements,
                left_out=hand.left_out,
                carried=hand.carried,
                words=hand.words,
                accepted=hand.accepted,
                comparisons=hand.comparisons,
            )
        )


class _Hand(msgspec.Struct, omit_defaults=True):
    """What is not there is left away, so that acts written down before there was such a thing can be undone."""

    introduction: str
    key_messages: str
    placements: tuple[Placement, ...]
    left_out: tuple[int, ...]
    carried: tuple[int, ...] = ()
    words: tuple[OwnWords, ...] = ()
    accepted: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()


def as_record(edition: Edition) -> Record:
    ordered = sorted(edition.placements, key=lambda p: (p.section, p.group, p.rank, p.document))
    hand = _Hand(
        introduction=edition.introduction,
        key_messages=edition.key_messages,
        placements=tuple(ordered),
        left_out=tuple(sorted(edition.left_out)),
        carried=tuple(sorted(edition.carried)),
        words=tuple(sorted(edition.words, key=lambda one: one.document)),
        accepted=tuple(sorted(edition.accepted)),
        comparisons=tuple(sorted(edition.comparisons, key=lambda one: one.country)),
    )
    plain = msgspec.to_builtins(hand)
    assert isinstance(plain, dict)
    return plain


def _placement(row: Row) -> Placement:
    return Placement(row["document"], row["section"], row["group"], row["rank"], bool(row["by_hand"]))


def _comparison(row: Row) -> Comparison:
    return Comparison(row["country"], row["law"], row["policy"], row["practice"], row["data"])


_USED = """
WITH used AS (
    SELECT p.document FROM placements p JOIN editions e ON e.id = p.edition
    WHERE e.digest = :digest AND e.id <> :besides
), leads AS (
    SELECT coalesce(k.lead, u.document) AS lead FROM used u LEFT JOIN relatives k ON k.document = u.document
)
SELECT document FROM used UNION SELECT lead FROM leads
UNION SELECT k.document FROM relatives k JOIN leads ON leads.lead = k.lead
"""
_SEEN = """
WITH mine AS (
    SELECT j.value AS document, coalesce(k.lead, j.value) AS lead
    FROM json_each(:documents) j LEFT JOIN relatives k ON k.document = j.value
), kin AS (
    SELECT document, lead AS relative FROM mine
    UNION SELECT m.document, k.document FROM mine m JOIN relatives k ON k.lead = m.lead
)
SELECT DISTINCT kin.document, e.digest, e.number, e.date
FROM kin JOIN placements p ON p.document = kin.relative JOIN editions e ON e.id = p.edition
WHERE e.status <> 'draft' AND e.id <> :id
  AND ((e.digest = :digest AND e.number < :number) OR (e.digest <> :digest AND e.date <= :date))
ORDER BY kin.document, e.date DESC, e.digest, e.number DESC
"""
_PUT = """
INSERT INTO editions (id, digest, number, date, status, topic, subject, introduction, key_messages,
                      seal_hash, sealed_by, sealed_at, sent_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    date = excluded.date, status = excluded.status, topic = excluded.topic, subject = excluded.subject,
    introduction = excluded.introduction, key_messages = excluded.key_messages, seal_hash = excluded.seal_hash,
    sealed_by = excluded.sealed_by, sealed_at = excluded.sealed_at, sent_at = excluded.sent_at
"""
_FREEZE = """
INSERT INTO renderings (edition, subject, preheader, html, text, mailing_list, headers, addresses)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (edition) DO UPDATE SET
    subject = excluded.subject, preheader = excluded.preheader, html = excluded.html, text = excluded.text,
    mailing_list = excluded.mailing_list, headers = excluded.headers, addresses = excluded.addresses
"""
