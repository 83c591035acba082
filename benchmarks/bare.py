"""The floors the desk is measured against.

`empty` is a Textual application with nothing in it. `list` is one list drawn line by line, with none of what the desk
does besides: each key draws the rows that are seen, reading them from SQLite. That is the floor of a key, since the
desk's list does it too whenever a document leaves it or another queue is shown. `sparing` draws only the two rows that
a step changes, the least that can be done in Textual: the desk's steps are shown beside it too. `t` lays over either
the least that a picker can be in Textual, a title, a line to type in and such a list, and Esc closes that. `beside` is
the list with a pane at its right that draws its lines itself: Enter brings a document's text there, as much as fills
it, and gives it the keys; Esc gives them back. It is the floor of opening a document.

    python benchmarks/bare.py empty
    python benchmarks/bare.py list LIBRARY
    python benchmarks/bare.py sparing LIBRARY
    python benchmarks/bare.py beside LIBRARY
"""

from __future__ import annotations

import sqlite3
import sys
import textwrap
from array import array

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.geometry import Region, Size
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Static

READY, OVER = "READY", "Themes"
_NEWEST = """
    SELECT d.id FROM documents d LEFT JOIN reviews r ON r.document = d.id WHERE r.document IS NULL
    ORDER BY d.published_at DESC LIMIT 1000
"""
"""Those that nobody has decided on."""


class Empty(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(READY)


class BareList(ScrollView, can_focus=True):
    BINDINGS = [  # noqa: RUF012
        Binding("j", "go(1)"),
        Binding("k", "go(-1)"),
        Binding("g", "go(-1000)"),
        Binding("G", "go(1000)"),
    ]

    def __init__(self, path: str) -> None:
        super().__init__()
        self.db = sqlite3.connect(path)
        self.ids = array("q", (row[0] for row in self.db.execute(_NEWEST)))
        self.cursor = 0

    def on_mount(self) -> None:
        self.virtual_size = Size(160, len(self.ids))

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        if index >= len(self.ids):
            return Strip.blank(self.size.width)
        sql = "SELECT published_at, feed, title FROM documents WHERE id = ?"
        at, feed, title = self.db.execute(sql, (self.ids[index],)).fetchone()
        style = Style(reverse=True) if index == self.cursor else Style()
        return Strip([Segment(f"{at[:10]}  {feed:<10} {title}"[: self.size.width].ljust(self.size.width), style)])

    def action_go(self, by: int) -> None:
        was, self.cursor = self.cursor, max(0, min(self.cursor + by, len(self.ids) - 1))
        top = max(min(self.scroll_offset.y, self.cursor), self.cursor - self.size.height + 1)
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True, force=True)
        self.repaint(was)

    def repaint(self, was: int) -> None:
        """Once the cursor has left the row `was`."""
        self.refresh()


class SparingList(BareList):
    def repaint(self, was: int) -> None:
        for index in (was, self.cursor):
            self.refresh(Region(0, index - self.scroll_offset.y, self.size.width, 1))


class BarePane(ScrollView, can_focus=True):
    """The beginning of one text."""

    lines: list[str] = []  # noqa: RUF012

    def show(self, text: str) -> None:
        self.lines = textwrap.wrap(text, self.size.width)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        text = self.lines[y] if y < len(self.lines) else ""
        return Strip([Segment(text.ljust(self.size.width))])


class Over(ModalScreen[None]):
    CSS = "Over { align: center middle; } Over Vertical { width: 90; height: 24; } Over BareList { height: 1fr; }"
    BINDINGS = [Binding("escape", "dismiss", priority=True)]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(OVER)
            yield Input(compact=True)
            yield BareList(sys.argv[2])


class Bare(App[None]):
    BINDINGS = [Binding("t", "lay_over")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Static(READY)
        yield (SparingList if sys.argv[1] == "sparing" else BareList)(sys.argv[2])

    def on_mount(self) -> None:
        self.query_one(BareList).focus()

    def action_lay_over(self) -> None:
        self.push_screen(Over())


class Beside(App[None]):
    CSS = "BareList { width: 3fr; } BarePane { width: 2fr; }"
    BINDINGS = [Binding("enter", "read"), Binding("escape", "leave")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Static(READY)
        with Horizontal():
            yield BareList(sys.argv[2])
            yield BarePane()

    def on_mount(self) -> None:
        self.query_one(BareList).focus()

    def action_read(self) -> None:
        listed, pane = self.query_one(BareList), self.query_one(BarePane)
        sql = "SELECT substr(text, 1, ?) FROM documents WHERE id = ?"
        most = pane.size.width * pane.size.height
        (text,) = listed.db.execute(sql, (most, listed.ids[listed.cursor])).fetchone()
        pane.show(text)
        pane.focus()

    def action_leave(self) -> None:
        self.query_one(BareList).focus()


if __name__ == "__main__":
    {"empty": Empty, "beside": Beside}.get(sys.argv[1], Bare)().run()
