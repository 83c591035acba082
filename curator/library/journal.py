"""The journal: every editorial act, who and when, what before, what after. Append-only.

Undo is an editor's own: it never takes back what another editor or cron did. Where they have changed other parts of the
same record since (its themes, while the act was a decision), those stay.
An act is *live* when no undo names it that has not itself been redone. Undo takes back the latest live act; redo takes
back the latest undo, as long as no new act came after it. Undo and redo are acts too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import NamedTuple

import msgspec

from curator.clean import plain_line
from curator.errors import UsageError
from curator.library.rows import to_instant, to_text
from curator.library.store import Row, Store
from curator.models import Act

Record = Mapping[str, object]
Restore = Callable[[str, Record | None], None]
"""Puts a subject's record back as it was; None: there was none."""
_AT_ONCE = 5000
_TITLED = {"document": "", "family": "The family of "}
Change = tuple[str, Record | None, Record]
"""Subject, before, after."""


class Kind(NamedTuple):
    """How a kind of subject is read and put back. `blank` is what stands for one of which nothing had been said;
    without it a record is one whole, of which no part is put back alone."""

    read: Callable[[str], Record | None]
    restore: Restore
    blank: Callable[[str], Record | None] | None = None


class Journal:
    """Acts in, acts out. What a record means is known by who restores it."""

    def __init__(self, store: Store, kinds: Mapping[str, Kind]) -> None:
        """`kinds` of subjects: `document`, `edition`, `family`."""
        self._store = store
        self._kinds = kinds

    def append(
        self,
        verb: str,
        by: str,
        at: datetime,
        changes: Iterable[Change],
        *,
        undoable: bool = True,
        undoes: int | None = None,
    ) -> int:
        """Write down one act, inside the transaction that did it. `changes` may be made as they are written, so that
        those of a whole library are never in memory together."""
        act = self._store.value(
            "INSERT INTO acts (at, by, verb, undoable, undoes) VALUES (?, ?, ?, ?, ?) RETURNING id",
            (to_text(at), by, verb, int(undoable), undoes),
        )
        made = iter(changes)
        while some := [
            (act, subject, _json(before), _json(after)) for subject, before, after in islice(made, _AT_ONCE)
        ]:
            self._store.run_many("INSERT INTO act_changes (act, subject, before, after) VALUES (?, ?, ?, ?)", some)
        return int(act)

    def undo(self, by: str, at: datetime) -> Act | None:
        """Take the latest live act of `by` back; None when there is nothing left to undo. Raises UsageError when the
        very part that it changed has been changed since by somebody else, SealError when it may not change any more."""
        with self._store.write():
            row = self._store.row(_LATEST_LIVE, (by,))
            return self._take_back(row, "undo", by, at) if row else None

    def redo(self, by: str, at: datetime) -> Act | None:
        """Do again what the latest undo of `by` took back; None when there is nothing to redo."""
        with self._store.write():
            row = self._store.row(_LATEST_UNDONE, (by, by))
            return self._take_back(row, "redo", by, at) if row else None

    def _take_back(self, row: Row, verb: str, by: str, at: datetime) -> Act:
        """Restore what was before the act of `row`; answers the editor's own act that this undoes or does again."""
        self.append(verb, by, at, self._restored(row["id"]), undoes=row["id"])
        original = row["id"] if row["undoes"] is None else row["undoes"]
        return self.get(original)

    def _restored(self, act: int) -> Iterator[Change]:
        """Put back what an act changed, some thousand at a time: those of one family, or of one edition, together."""
        last = ""
        while changes := self._store.rows(_SOME_CHANGES, (act, last, _AT_ONCE)):
            before = {change["subject"]: self._read(change["subject"]) for change in changes}
            earlier = {change["subject"]: self._earlier(change, before[change["subject"]]) for change in changes}
            for subject, record in earlier.items():
                self._kind(subject).restore(subject, record)
            yield from ((subject, was, self._read(subject) or {}) for subject, was in before.items())
            last = changes[-1]["subject"]

    def _read(self, subject: str) -> Record | None:
        return self._kind(subject).read(subject)

    def _kind(self, subject: str) -> Kind:
        return self._kinds[subject.partition(":")[0]]

    def _earlier(self, change: Row, now: Record | None) -> Record | None:
        """What is put back: the record before the act, and of one that was changed since only what the act changed."""
        if _json(now) == change["after"]:
            return _record(change["before"])
        subject = change["subject"]
        if (blank := self._kind(subject).blank) is not None:
            was = _record(change["before"] or _json(blank(subject)))
            if (parted := _parted(was, _record(change["after"]), _record(_json(now)))) is not None:
                return parted
        raise UsageError(self._overtaken(change["act"], subject))

    def _overtaken(self, act: int, subject: str) -> str:
        last = self._store.row(_LATEST_ON, (subject, act))
        by = f" by {last['by']} ({last['verb']})" if last else ""
        return f"{self._named(subject)} was changed since{by}; that has to be undone first."

    def _named(self, subject: str) -> str:
        """As people know it: a document by its title, a family by that of the document it is asked of."""
        kind, _, name = subject.partition(":")
        title = self._store.value("SELECT title FROM documents WHERE id = ?", (name,)) if kind in _TITLED else ""
        return f"{_TITLED[kind]}“{plain_line(title)}”" if title else f"{kind} {name}"

    def get(self, number: int) -> Act:
        row = self._store.row(f"{_ACTS} WHERE a.id = ?", (number,))
        if not row:
            raise UsageError(f"There is no act {number} in the journal.")
        return _act(row)

    def newest(self) -> int:
        """The highest number of an act; 0 where there is none."""
        return int(self._store.value("SELECT coalesce(max(id), 0) FROM acts"))

    def latest(self, limit: int = 50) -> list[Act]:
        """The newest acts first, undos and redos among them; `limit` 0 is all."""
        return [_act(row) for row in self._store.rows(f"{_ACTS} ORDER BY a.id DESC LIMIT ?", (limit or -1,))]

    def history(self, *subjects: str) -> list[tuple[Act, Record | None, Record]]:
        """Every act on `document:12`, `family:12` or `edition:update-3`, oldest first, with its record before and
        after."""
        acts = f"SELECT x.*, h.subject AS about, h.before, h.after FROM ({_ACTS}) x JOIN act_changes h ON h.act = x.id"
        rows = self._store.rows(
            f"{acts} WHERE h.subject IN (SELECT value FROM json_each(?)) ORDER BY x.id, h.subject",
            (json.dumps(subjects),),
        )
        return [(_act(row), _record(row["before"]), _record(row["after"]) or {}) for row in rows]


def _parted(was: Record | None, became: Record | None, now: Record | None) -> Record | None:
    """What stands now, with those parts as they were that an act changed; None where one of them is another by now than
    the act made it, and not what it was before either."""
    if was is None or became is None or now is None:
        return None
    changed = {part for part in {*was, *became} if was.get(part) != became.get(part)}
    if any(now.get(part) not in (became.get(part), was.get(part)) for part in changed):
        return None
    return {part: said for part, said in now.items() if part not in changed} | {
        part: was[part] for part in changed if part in was
    }


def _json(record: Record | None) -> str | None:
    return None if record is None else msgspec.json.encode(record, order="sorted").decode()


def _record(text: str | None) -> Record | None:
    return None if text is None else json.loads(text)


def _act(row: Row) -> Act:
    return Act(
        id=row["id"],
        at=to_instant(row["at"]),
        by=row["by"],
        verb=row["verb"],
        subjects=tuple(json.loads(row["subjects"])),
        undoes=row["undoes"],
        undone=bool(row["undone"]),
    )


_UNDONE = (
    "EXISTS (SELECT 1 FROM acts u WHERE u.undoes = a.id AND NOT EXISTS (SELECT 1 FROM acts v WHERE v.undoes = u.id))"
)
_ACTS = f"""
SELECT a.*, {_UNDONE} AS undone,
    (SELECT json_group_array(subject) FROM act_changes c WHERE c.act = a.id) AS subjects
FROM acts a
"""
_LATEST_ON = (
    "SELECT a.by, a.verb FROM acts a JOIN act_changes c ON c.act = a.id "
    "WHERE c.subject = ? AND a.id > ? ORDER BY a.id DESC LIMIT 1"
)
_SOME_CHANGES = "SELECT * FROM act_changes WHERE act = ? AND subject > ? ORDER BY subject LIMIT ?"
_LATEST_LIVE = f"""
SELECT a.* FROM acts a
WHERE a.undoable = 1 AND a.undoes IS NULL AND a.by = ? AND NOT {_UNDONE}
ORDER BY a.id DESC LIMIT 1
"""
_LATEST_UNDONE = """
SELECT a.* FROM acts a
WHERE a.verb = 'undo' AND a.by = ? AND NOT EXISTS (SELECT 1 FROM acts v WHERE v.undoes = a.id)
AND NOT EXISTS (SELECT 1 FROM acts n WHERE n.undoes IS NULL AND n.undoable = 1 AND n.by = ? AND n.id > a.id)
ORDER BY a.id DESC LIMIT 1
"""
