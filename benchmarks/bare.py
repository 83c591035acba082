"""The floors the desk is measured against.

`empty` is a Textual application with nothing in it. `list` is one list drawn line by line, with none of what the desk
does besides: each key draws the rows that are seen, reading them from SQLite. That is the floor of a key, since the
desk's list does it too whenever a document leaves it or another queue is shown. `sparing` draws only the two rows that
a step changes, the least that can be done in Textual: the desk's steps are shown beside it too. `t` lays over either
the least that a picker can be in Textual, a title, a line to type in and such a list, and Esc closes that.

    python benchmarks/bare.py empty
    python benchmarks/bare.py list LIBRARY
    python benchmarks/bare.py sparing LIBRARY
"""

from __future__ import annotations

import sqlite3
import sys
from array import array

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.geometry import Region, Size
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Static

READY, OVER = "READY", "Themes"


class Empty(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(READY)


class BareList(ScrollView, can_focus=True):
    BINDINGS = [Binding("j", "go(1)"), Binding("k", "go(-1)")]  # noqa: RUF012

    def __init__(self, path: str) -> None:
        super().__init__()
        self.db = sqlite3.connect(path)
        self.ids = array(
            "q", (row[0] for row in self.db.execute("SELECT id FROM documents ORDER BY published_at DESC LIMIT 1000"))
        )
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
        below = self.cursor - self.scroll_offset.y - self.size.height + 1
        if below > 0:
            self.scroll_to(y=self.scroll_offset.y + below, animate=False, immediate=True, force=True)
        self.repaint(was)

    def repaint(self, was: int) -> None:
        """Once the cursor has left the row `was`."""
        self.refresh()


class SparingList(BareList):
    def repaint(self, was: int) -> None:
        for index in (was, self.cursor):
            self.refresh(Region(0, index - self.scroll_offset.y, self.size.width, 1))


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


if __name__ == "__main__":
    (Empty if sys.argv[1] == "empty" else Bare)().run()
