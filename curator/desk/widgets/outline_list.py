"""An edition as it will be read: sections, groups and documents, which fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len
from textual import events
from textual.message import Message

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

    def on_mouse_up(self, _: events.MouseUp) -> None:
        held, self._held = self._held, None
        self.release_mouse()
        if self._dragged and held and self.current and self.current.key != held.key:
            self.post_message(self.Dragged(held, self.current))

    def on_click(self, event: events.Click) -> None:
        """The end of a drag is no click."""
        if self._dragged:
            event.prevent_default()

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
