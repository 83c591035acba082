"""The picture of what was covered: a row for each theme, a column for each country, the count in its shaded cell.

Shade is a letter first (░ ▒ ▓ █) and a colour second, so that 16 colours and NO_COLOR lose nothing; silence is an
empty cell with its outline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import msgspec
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from curator.desk.widgets.list_keys import COUNTED
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import fit

_SHADES = "░▒▓█"
_NARROWEST, _WIDEST = 16, 44
_TOTAL = 6
"""Cells for what a row adds up to."""


class Picture(msgspec.Struct, frozen=True):
    """What is drawn. `rows` and `columns` are (key, label) in order, `of_row` and `of_column` their totals by key;
    cells that are not named are silent, `shades` says of the others how full they are, 1 to 4."""

    rows: Sequence[tuple[str, str]] = ()
    columns: Sequence[tuple[str, str]] = ()
    cells: Mapping[tuple[str, str], int] = msgspec.field(default_factory=dict)
    shades: Mapping[tuple[str, str], int] = msgspec.field(default_factory=dict)
    of_row: Mapping[str, int] = msgspec.field(default_factory=dict)
    of_column: Mapping[str, int] = msgspec.field(default_factory=dict)

    @property
    def cell_width(self) -> int:
        """Cells of the terminal for one of the grid: a shade, two figures or three, a gap."""
        return 4 if max(self.cells.values(), default=0) < 100 and max(self.of_column.values(), default=0) < 1000 else 5

    def label_width(self, width: int) -> int:
        """What the columns leave for the names of the rows, within bounds."""
        return max(_NARROWEST, min(_WIDEST, width - self.cell_width * len(self.columns) - _TOTAL))


class CoverageGrid(Rows):
    """`cursor` is the row, `column` the column. It posts `Highlighted` when either changes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--1", "grid--2", "grid--3", "grid--4", "grid--here", "grid--silent"}

    picture = Picture()
    counted = COUNTED | {"h", "l", "left", "right"}
    column: reactive[int] = reactive(0, init=False)

    def show_picture(self, picture: Picture, row: int, column: int) -> None:
        self.picture = picture
        self.column = max(0, min(column, len(picture.columns) - 1))
        self.show_rows(len(picture.rows), row)

    def move_column(self, by: int) -> None:
        """So many columns, or as many times that as the count says."""
        by *= max(self.typed.taken(), 1)
        self.column = max(0, min(self.column + by, len(self.picture.columns) - 1))

    def watch_column(self) -> None:
        self.refresh()
        self.post_message(self.Highlighted(self, self.cursor))

    @property
    def current(self) -> tuple[str, str] | None:
        """The keys of the cell under the cursor."""
        if not 0 <= self.cursor < len(self.picture.rows) or not self.picture.columns:
            return None
        return self.picture.rows[self.cursor][0], self.picture.columns[self.column][0]

    def shown(self, width: int) -> range:
        """The columns there is room for, the one under the cursor among them."""
        columns = len(self.picture.columns)
        room = max((width - self.picture.label_width(width) - _TOTAL) // self.picture.cell_width, 1)
        first = max(0, min(self.column - room // 2, columns - room))
        return range(first, min(first + room, columns))

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        key, label = self.picture.rows[index]
        total = self.picture.of_row.get(key, 0)
        pieces = [(fit(label, self.picture.label_width(width) - 1) + " ", "" if total else "dim")]
        for column in self.shown(width):
            cell = key, self.picture.columns[column][0]
            here = index == self.cursor and column == self.column
            pieces += [self._here(cell) if here else self._cell(cell), (" ", "")]
        return [*pieces, (f"{total:>5,}" if total else "", "dim")]

    def _cell(self, cell: tuple[str, str]) -> tuple[str, str]:
        count, level = self.picture.cells.get(cell, 0), self.picture.shades.get(cell, 0)
        figures = self.picture.cell_width - 2
        return (f"{_SHADES[level - 1]}{count:>{figures}}", str(level)) if count else (f"[{'':{figures - 1}}]", "silent")

    def _here(self, cell: tuple[str, str]) -> tuple[str, str]:
        """The cell under the cursor, told from the others without colour too."""
        figures = self.picture.cell_width - 2
        count = self.picture.cells.get(cell, 0)
        return (f"<{count or '':>{figures - 1}}>" if count < 10 ** (figures - 1) else f">{count:>{figures}}"), "here"

    def _named(self, name: str) -> Style:
        if name not in ("1", "2", "3", "4", "here", "silent"):
            return super()._named(name)
        full = self.get_component_rich_style(f"grid--{name}")
        if name == "silent":  # on whatever ground the row has
            return Style(color=full.color)
        return Style(color=full.color, bgcolor=full.bgcolor, bold=full.bold, reverse=full.reverse)

    def on_click(self, event: events.Click) -> None:
        width = self.scrollable_content_region.width - 2
        at = (event.x - 2 - self.picture.label_width(width)) // self.picture.cell_width
        shown = self.shown(width)
        if 0 <= at < len(shown) and shown[at] != self.column and round(self.scroll_y) + event.y < self.total:
            self.column = shown[at]
            self.cursor = round(self.scroll_y) + event.y
            return
        super().on_click(event)


class GridHead(Widget):
    """The names of the columns over a grid, and under it what they add up to."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid-head--name", "grid-head--here"}

    def __init__(self, grid: CoverageGrid, *, sums: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._grid, self._sums = grid, sums

    def render_line(self, y: int) -> Strip:
        grid, picture = self._grid, self._grid.picture
        width = self.size.width - 2 - grid.scrollbar_size_vertical * grid.show_vertical_scrollbar
        wide = picture.cell_width - 1
        segments = [Segment("  " + fit("all" if self._sums else "", picture.label_width(width)), self.rich_style)]
        for column in grid.shown(width) if picture.columns else ():
            key, label = picture.columns[column]
            text = f"{picture.of_column.get(key, 0):>{wide}}" if self._sums else f"{fit(label, wide).rstrip():>{wide}}"
            style = self.get_component_rich_style(f"grid-head--{'here' if column == grid.column else 'name'}")
            segments.append(Segment(text + " ", self.rich_style + Style(color=style.color, bold=style.bold)))
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)
