"""An edition as it will be read: sections, groups and documents, which fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len

from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import fit


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One line. `key` is the section's slug, `section/group`, or the document's number; `count` how many documents
    are under it, None for a document; `mark` is short and stands at the right."""

    kind: Literal["section", "group", "seat", "note"]
    key: str
    text: str
    count: int | None = None
    document: int | None = None
    folded: bool = False
    mark: str = ""


_DEPTH = {"section": 0, "group": 1, "seat": 3, "note": 0}


class OutlineList(Rows):
    """Draws the rows it is given."""

    rows: Sequence[OutlineRow] = ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """`M` mails an edition; there is no middle of the screen here."""
        return (action, parameters) != ("seen", ("middle",))

    def show_outline(self, rows: Sequence[OutlineRow], cursor: int) -> None:
        self.rows = rows
        self.show_rows(len(rows), cursor)

    @property
    def current(self) -> OutlineRow | None:
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def key_of(self, index: int) -> object:
        return self.rows[index].key

    def find(self, key: object) -> int | None:
        return next((index for index, row in enumerate(self.rows) if row.key == key), None)

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        row = self.rows[index]
        lead = "  " * _DEPTH[row.kind] + _sign(row)
        end = f"  {row.mark if not row.count else row.count} "
        words = row.text.upper() if row.kind == "section" else row.text
        text = fit(words, max(width - cell_len(lead) - cell_len(end), 0))
        gap = row.kind == "group" and not row.count
        name = "attention" if gap or row.kind == "note" else "" if row.kind == "seat" else "strong"
        return [(lead, "dim"), (text, name), (end, "attention" if gap else "dim")]


def _sign(row: OutlineRow) -> str:
    if row.kind in ("seat", "note"):
        return ""
    if not row.count:
        return "  "
    return "▸ " if row.folded else "▾ "


@dataclass(frozen=True, slots=True)
class Listed:
    """One edition in the list of editions, in words."""

    id: str
    name: str
    day: str
    status: str
    documents: int
    subject: str


class EditionList(Rows):
    """The editions, newest first."""

    editions: Sequence[Listed] = ()

    def show_editions(self, editions: Sequence[Listed], cursor: int) -> None:
        self.editions = editions
        self.show_rows(len(editions), cursor)

    @property
    def current(self) -> Listed | None:
        return self.editions[self.cursor] if 0 <= self.cursor < len(self.editions) else None

    def key_of(self, index: int) -> object:
        return self.editions[index].id

    def find(self, key: object) -> int | None:
        return next((index for index, one in enumerate(self.editions) if one.id == key), None)

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        one = self.editions[index]
        named = {"draft": "accent", "sealed": "attention"}.get(one.status, "dim")
        pieces = [
            (fit(one.id, 18) + " ", "strong"),
            (fit(one.day, 11) + " ", "dim"),
            (fit(one.status, 6) + " ", named),
            (f"{one.documents:>4}  ", ""),
        ]
        return [*pieces, (fit(one.subject or one.name, max(width - 44, 0)), "")]
