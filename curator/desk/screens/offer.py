"""Something shown before it is done: Enter does it, Esc leaves everything as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from curator.desk.screens.layer import Dialog
from curator.desk.widgets.line_list import Line, LineList
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import plain


class Offer(Dialog[bool]):
    """Answers whether it is to be done; `able` says whether there is anything to do."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", show=False)]

    def __init__(self, title: str, lines: Sequence[Line], does: str, *, able: bool = True) -> None:
        super().__init__()
        self._title, self._lines, self._does, self._able = title, lines, does, able

    def compose(self) -> ComposeResult:
        with Vertical(id="offer", classes="-sheet"):
            yield Static(plain(self._title), id="offer-title", markup=False)
            yield LineList(id="offer-list")
            keys = f"Enter {self._does} · Esc leaves it" if self._able else "Esc closes this"
            yield Static(keys, id="offer-keys", markup=False)

    def on_mount(self) -> None:
        found = self.query_one(LineList)
        found.styles.max_height = max(len(self._lines), 1)
        found.show_lines(self._lines, 0)
        found.focus()

    @on(Rows.Chosen)
    def _yes(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(self._able)

    def action_leave(self) -> None:
        self.dismiss(False)
