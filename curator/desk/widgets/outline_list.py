"""An edition as it will be read: sections, groups and documents, which fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec
from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from curator.desk.widgets.keyed_rows import KeyedRows
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import fit


class OutlineRow(msgspec.Struct, frozen=True):
    """One line. `key` is the section's slug, `section/group`, or the document's number; `count` how many documents
    are under it, None for a document; `mark` is short and stands at the right."""

    kind: Literal["section", "group", "seat", "note"]
    key: str
    text: str
    count: int | None = None
    document: int | None = None
    folded: bool = False
    mark: str = ""


HERE = " ▾ here "
"""Stands at the end of the line under which a dragged document would land."""
_DEPTH = {"section": 0, "group": 1, "seat": 3, "note": 0}


class OutlineList(Rows):
    """Draws the rows it is given."""

    rows: Sequence[OutlineRow] = ()
    _held: OutlineRow | None = None
    _dragged = False

    @dataclass
    class Dragged(Message):
        """A document was let go over another row."""

        row: OutlineRow
        over: OutlineRow

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

    # ------------------------------------------------------------ dragging

    def on_mouse_down(self, event: events.MouseDown) -> None:
        index = round(self.scroll_y) + event.y
        self._dragged = False
        if 0 <= index < len(self.rows) and self.rows[index].document is not None:
            self._held = self.rows[index]
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The cursor goes along, so that one sees where it would be let go; at the edge the list scrolls."""
        if self._held is None:
            return
        index = max(0, min(round(self.scroll_y) + event.y, len(self.rows) - 1))
        if self._dragged or (self.rows and self.rows[index].key != self._held.key):
            self._dragged = True
            self._go_to(index)
            self.refresh()

    def on_mouse_up(self, _: events.MouseUp) -> None:
        held, self._held = self._held, None
        self.release_mouse()
        self.refresh()
        if self._dragged and held and self.current and self.current.key != held.key:
            self.post_message(self.Dragged(held, self.current))

    def on_click(self, event: events.Click) -> None:
        """The end of a drag is no click."""
        if self._dragged:
            event.prevent_default()

    @property
    def drop_after(self) -> int | None:
        """The row under which a dragged document would land; None while nothing is dragged, or where it stands."""
        if self._held is None or not self._dragged:
            return None
        return drop_after(self.rows, self._held, self.cursor)

    def _row(self, index: int, width: int) -> Strip:
        """The line under which it would land is drawn under the whole row."""
        strip = super()._row(index, width)
        return strip.apply_style(Style(underline=True)) if index == self.drop_after else strip

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        row = self.rows[index]
        if index == self.drop_after:
            return [*self._pieces(row, width - len(HERE)), (HERE, "accent")]
        return self._pieces(row, width)

    def _pieces(self, row: OutlineRow, width: int) -> list[tuple[str, str]]:
        lead = "  " * _DEPTH[row.kind] + _sign(row)
        end = f"  {row.mark or row.count or ''} "
        words = row.text.upper() if row.kind == "section" else row.text
        text = fit(words, max(width - cell_len(lead) - cell_len(end), 0))
        gap = row.kind == "group" and not row.count
        name = "attention" if gap or row.kind == "note" else "" if row.kind == "seat" else "strong"
        return [(lead, "dim"), (text, name), (end, "attention" if gap else "dim")]


def drop_after(rows: Sequence[OutlineRow], held: OutlineRow, over: int) -> int | None:
    """The row under which `held` lands when it is let go over another: behind it where it comes from above in the same
    group, else before it; at the head of a group, or of its own group in a section. None where it would stand as it
    stands, and over what takes no document."""
    row = rows[over] if 0 <= over < len(rows) else None
    start = next((index for index, one in enumerate(rows) if one.key == held.key), None)
    if row is None or start is None or over == start or row.kind == "note":
        return None
    if row.kind == "section":
        over = _same_group(rows, start, row) or over
    if row.kind != "seat":
        return over if over != start - 1 else None
    together = all(one.kind == "seat" for one in rows[min(start, over) : max(start, over) + 1])
    return over if together and start < over else over - 1


def _same_group(rows: Sequence[OutlineRow], start: int, section: OutlineRow) -> int | None:
    """Where in the section the group stands in which the document at `start` is."""
    group = next((one.key.partition("/")[2] for one in reversed(rows[:start]) if one.kind == "group"), None)
    return next((n for n, one in enumerate(rows) if one.key == f"{section.key}/{group}"), None)


def _sign(row: OutlineRow) -> str:
    if row.kind in ("seat", "note"):
        return ""
    if not row.count:
        return "  "
    return "▸ " if row.folded else "▾ "


class Listed(msgspec.Struct, frozen=True):
    """One edition in the list of editions, in words."""

    id: str
    name: str
    day: str
    status: str
    documents: int
    subject: str


class EditionList(KeyedRows[Listed]):
    """The editions, newest first."""

    def key(self, line: Listed) -> object:
        return line.id

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        one = self.lines[index]
        named = {"draft": "accent", "sealed": "attention"}.get(one.status, "dim")
        pieces = [
            (fit(one.id, 18) + " ", "strong"),
            (fit(one.day, 11) + " ", "dim"),
            (fit(one.status, 6) + " ", named),
            (f"{one.documents:>4}  ", ""),
        ]
        return [*pieces, (fit(one.subject or one.name, max(width - 44, 0)), "")]
