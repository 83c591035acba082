"""A list drawn line by line: only what is seen is asked for and painted, so that 100,000 rows cost what 50 do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

Painter = Callable[[int, int, bool], list[tuple[str, str]]]


class Rows(ScrollView, can_focus=True):
    """A cursor over `total` rows, with the keys of vim lists and a mouse. What a row looks like is `paint`'s matter.

    `cursor` is an index, -1 in an empty list. It posts `Highlighted` when the row under the cursor changes and
    `Chosen` on Enter or a second click. `empty` is said where there is no row."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--cursor",
        "rows--cursor-blurred",
        "rows--bar",
        "rows--dim",
        "rows--strong",
        "rows--accent",
        "rows--attention",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "go(1)", "next", show=False),
        Binding("k,up", "go(-1)", "previous", show=False),
        Binding("g,home", "first", "first", show=False),
        Binding("G,end", "last", "last", show=False),
        Binding("ctrl+d", "page(0.5)", "half a page down", show=False),
        Binding("ctrl+u", "page(-0.5)", "half a page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("enter", "choose", "open", show=False),
    ]

    cursor: reactive[int] = reactive(-1, always_update=True)
    empty: reactive[tuple[str, ...]] = reactive((), init=False)

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row."""

        rows: Rows
        index: int

        @property
        def control(self) -> Rows:
            return self.rows

    @dataclass
    class Chosen(Message):
        """Enter, or a click on the row under the cursor."""

        rows: Rows
        index: int

        @property
        def control(self) -> Rows:
            return self.rows

    total = 0

    # ------------------------------------------------------------ what a kind of list says

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        """The pieces of a row, each with the name of its style: '', dim, strong, accent, attention."""
        raise NotImplementedError

    def forget_page(self) -> None:
        """Whatever was kept for painting is out of date."""

    # ------------------------------------------------------------ data down

    def show_rows(self, total: int, cursor: int) -> None:
        """There are `total` rows now and the cursor belongs on `cursor`; repaints what is seen."""
        self.total = total
        self.forget_page()
        self.virtual_size = Size(self.scrollable_content_region.width or 1, total)
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
        self.post_message(self.Highlighted(self, now))

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
        self.virtual_size = Size(self.scrollable_content_region.width or 1, self.total)
        self.forget_page()
        self._bring_into_view(self.cursor)

    def watch_empty(self) -> None:
        self.refresh()

    # ------------------------------------------------------------ painting

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index = round(self.scroll_y) + y
        if not self.total:
            return self._empty_line(y, width)
        if not 0 <= index < self.total:
            return Strip.blank(width, self.rich_style)
        return self._row(index, width)

    def _row(self, index: int, width: int) -> Strip:
        here = index == self.cursor
        base = self.rich_style
        if here:
            base = base + self._named("cursor" if self.active else "cursor-blurred")
        segments = [Segment("▌" if here else " ", base + self._named("bar") if here else base), Segment(" ", base)]
        for text, name in self.paint(index, width - 2):
            segments.append(Segment(text, base + self._named(name) if name else base))
        return Strip(segments).adjust_cell_length(width, base).simplify()

    @property
    def active(self) -> bool:
        """Whether keys go to this list."""
        return self.has_focus

    def _named(self, name: str) -> Style:
        """The colour of a piece, or the ground of the cursor, mixed with what lies beneath."""
        full = self.get_component_rich_style(f"rows--{name}")
        if name.startswith("cursor"):
            return Style(bgcolor=full.bgcolor, reverse=full.reverse)
        return Style(color=full.color, bold=full.bold)

    def _empty_line(self, y: int, width: int) -> Strip:
        line = self.empty[y - 1] if 0 < y <= len(self.empty) else ""
        style = self.rich_style + self._named("strong" if y == 1 else "dim")
        return Strip([Segment("  " + line, style)]).adjust_cell_length(width, self.rich_style)

    # ------------------------------------------------------------ keys and mouse

    def action_go(self, by: int) -> None:
        self._go_to(self.cursor + by)

    def action_first(self) -> None:
        self._go_to(0)

    def action_last(self) -> None:
        self._go_to(self.total - 1)

    def action_page(self, pages: float) -> None:
        self._go_to(self.cursor + round(pages * max(self.size.height - 1, 1)))

    def action_choose(self) -> None:
        if self.cursor >= 0:
            self.post_message(self.Chosen(self, self.cursor))

    def _go_to(self, index: int) -> None:
        if self.total:
            target = max(0, min(index, self.total - 1))
            if target != self.cursor:
                self.cursor = target

    def on_click(self, event: events.Click) -> None:
        index = round(self.scroll_y) + event.y
        if not 0 <= index < self.total:
            return
        if index == self.cursor:
            self.action_choose()
        else:
            self.cursor = index
