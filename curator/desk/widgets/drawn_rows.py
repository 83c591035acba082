"""A list drawn line by line: only what is seen is asked for and painted, so that 100,000 rows cost what 50 do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from curator.desk.widgets.extent import set_extent
from curator.desk.widgets.inks import Inked
from curator.desk.widgets.jump import Jump
from curator.desk.widgets.still_bar import StillScroll
from curator.desk.widgets.with_keys import WithKeys

SELECTED = "✓"
"""Stands before a row that is selected."""


class DrawnRows(StillScroll, Inked, WithKeys):
    """`total` rows and the cursor over them. What a row looks like is `paint`'s matter.

    `cursor` is an index, -1 in an empty list. `empty` is said where there is no row."""

    inks = "rows"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--cursor",
        "rows--cursor-blurred",
        "rows--bar",
        "rows--dim",
        "rows--strong",
        "rows--accent",
        "rows--attention",
        "rows--found",
    }

    cursor: reactive[int] = reactive(-1, always_update=True, repaint=False)
    empty: reactive[tuple[str, ...]] = reactive((), init=False)
    total = 0
    _room = 0
    """The width of a row, while rows are painted."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.jump = Jump()

    # ------------------------------------------------------------ what a kind of list says

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        """The pieces of a row, each with the name of its style: '', dim, strong, accent, attention."""
        raise NotImplementedError

    def forget_page(self) -> None:
        """Whatever was kept for painting is out of date."""

    def is_selected(self, index: int) -> bool:
        """Whether the row is selected."""
        return False

    def cursor_moved(self, index: int) -> None:
        """The cursor stands on another row now, or on another's place."""

    # ------------------------------------------------------------ data down

    def show_rows(self, total: int, cursor: int) -> None:
        """There are `total` rows now and the cursor belongs on `cursor`; repaints what is seen."""
        self.total = total
        self.forget_page()
        set_extent(self, Size(self.scrollable_content_region.width or 1, total))
        self.cursor = max(0, min(cursor, total - 1)) if total else -1
        self.refresh()

    def repaint(self) -> None:
        """The same rows say something new."""
        self.forget_page()
        self.refresh()

    def watch_cursor(self, was: int, now: int) -> None:
        self._bring_into_view(now)
        for index in {was, now}:
            self._refresh_row(index)
        self.cursor_moved(now)

    def show_focus(self) -> None:
        self._refresh_row(self.cursor)

    def _refresh_row(self, index: int) -> None:
        y = index - round(self.scroll_y)
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _bring_into_view(self, index: int) -> None:
        height = self.scrollable_content_region.height
        if index < 0 or height <= 0:
            return
        margin = min(2, (height - 1) // 2)
        top = round(self.scroll_y)
        if index - margin < top:
            top = max(0, index - margin)
        elif index + margin >= top + height:
            top = min(max(self.total - height, 0), index + margin - height + 1)
        if top != round(self.scroll_y):
            self.scroll_to(y=top, animate=False, immediate=True, force=True)

    def on_resize(self) -> None:
        set_extent(self, Size(self.scrollable_content_region.width or 1, self.total))
        self.forget_page()
        self._bring_into_view(self.cursor)

    def watch_empty(self) -> None:
        self.refresh()

    # ------------------------------------------------------------ painting

    def begin_painting(self) -> None:
        super().begin_painting()
        self._room = self.scrollable_content_region.width

    def render_line(self, y: int) -> Strip:
        width = self._room if self.painting else self.scrollable_content_region.width
        index = round(self.scroll_y) + y
        if not self.total:
            return self._empty_line(y, width)
        if not 0 <= index < self.total:
            return Strip.blank(width, self.ink())
        return self._row(index, width)

    def _row(self, index: int, width: int) -> Strip:
        here = index == self.cursor
        on = ("cursor" if self.active else "cursor-blurred") if here else ""
        segments = self._lead(index, here, on)
        for text, name in self.paint(index, width - 2):
            segments.append(Segment(text, self.ink(name, on)))
        return Strip(_joined(segments)).adjust_cell_length(width, self.ink("", on))

    def _lead(self, index: int, here: bool, on: str) -> list[Segment]:
        """Two cells: the cursor and whether the row is selected, or the label to jump by."""
        if label := self.jump.label(index):
            return [Segment(f"{label:<2}", self.ink("attention", on))]
        bar = Segment("▌", self.ink("bar", on)) if here else Segment(" ", self.ink())
        selected = Segment(SELECTED, self.ink("bar", on)) if self.is_selected(index) else Segment(" ", self.ink("", on))
        return [bar, selected]

    @property
    def active(self) -> bool:
        """Whether keys go to this list."""
        return self.has_focus

    def _empty_line(self, y: int, width: int) -> Strip:
        line = self.empty[y - 1] if 0 < y <= len(self.empty) else ""
        style = self.ink("strong" if y == 1 else "dim")
        return Strip([Segment("  " + line, style)]).adjust_cell_length(width, self.ink())


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    """Neighbours in one ink as one, those without words left out."""
    joined: list[Segment] = []
    for one in segments:
        if joined and joined[-1].style is one.style:
            joined[-1] = Segment(joined[-1].text + one.text, one.style)
        elif one.text:
            joined.append(one)
    return joined
