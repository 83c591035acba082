"""A list drawn line by line: only what is seen is asked for and painted, so that 100,000 rows cost what 50 do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from curator.desk.widgets.extent import set_extent
from curator.desk.widgets.inks import Inked
from curator.desk.widgets.list_keys import COUNTED, Typed, jump_labels

SELECTED = "✓"
"""Stands before a row that is selected."""


class Jumpable(Protocol):
    """What can be jumped to beside a list: so many places, each shown with its label while one jumps."""

    def places(self) -> int: ...

    def label(self, labels: Sequence[str]) -> None: ...

    def go(self, place: int) -> None: ...


class Rows(ScrollView, Inked, can_focus=True):
    """A cursor over `total` rows, with the keys of vim lists and a mouse. What a row looks like is `paint`'s matter.

    `cursor` is an index, -1 in an empty list. It posts `Highlighted` when the row under the cursor changes,
    `Chosen` on Enter or a second click, `Missed` where a mark leads nowhere. `empty` is said where there is no row.
    `chords` are actions of two keys (`g i`), `counted` the keys that mean something with a count before them, `beside`
    what else can be jumped to."""

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

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "go(1)", "next", show=False),
        Binding("k,up", "go(-1)", "previous", show=False),
        Binding("home", "first", "first", show=False),
        Binding("G", "last", "last", show=False),
        Binding("end", "last", "last", show=False),
        Binding("H", "seen('top')", "top of what is seen", show=False),
        Binding("M", "seen('middle')", "middle of what is seen", show=False),
        Binding("L", "seen('bottom')", "bottom of what is seen", show=False),
        Binding("ctrl+d", "page(0.5)", "half a page down", show=False),
        Binding("ctrl+u", "page(-0.5)", "half a page up", show=False),
        Binding("pagedown,ctrl+f", "page(1)", "page down", show=False),
        Binding("pageup,ctrl+b", "page(-1)", "page up", show=False),
        Binding("semicolon", "jump", "jump", show=False),
        Binding("enter", "choose", "open", show=False),
    ]

    cursor: reactive[int] = reactive(-1, always_update=True, repaint=False)
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

    @dataclass
    class Missed(Message):
        """A mark leads nowhere, for the reason `words`."""

        words: str

    total = 0
    beside: Jumpable | None = None
    counted: frozenset[str] = COUNTED
    chords: Mapping[str, str] = {}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.typed = Typed()
        self._marks: dict[str, object] = {}
        self._labels: list[str] = []
        self._jump_rows = 0
        self._jumping_from = 0
        self._jumping_to = ""

    # ------------------------------------------------------------ what a kind of list says

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        """The pieces of a row, each with the name of its style: '', dim, strong, accent, attention."""
        raise NotImplementedError

    def forget_page(self) -> None:
        """Whatever was kept for painting is out of date."""

    def is_selected(self, index: int) -> bool:
        """Whether the row is selected."""
        return False

    def key_of(self, index: int) -> object:
        """What a mark on this row remembers, so that it finds the row wherever it stands later."""
        return index

    def find(self, key: object) -> int | None:
        """Where the row of that key is now."""
        return key if isinstance(key, int) and 0 <= key < self.total else None

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
        set_extent(self, Size(self.scrollable_content_region.width or 1, self.total))
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
            return Strip.blank(width, self.ink())
        return self._row(index, width)

    def _row(self, index: int, width: int) -> Strip:
        here = index == self.cursor
        on = ("cursor" if self.active else "cursor-blurred") if here else ""
        segments = self._lead(index, here, on)
        for text, name in self.paint(index, width - 2):
            segments.append(Segment(text, self.ink(name, on)))
        return Strip(segments).adjust_cell_length(width, self.ink("", on)).simplify()

    def _lead(self, index: int, here: bool, on: str) -> list[Segment]:
        """Two cells: the cursor and whether the row is selected, or the label to jump by."""
        place = index - self._jumping_from
        if self._labels and 0 <= place < self._jump_rows:
            return [Segment(f"{self._labels[place]:<2}", self.ink("attention", on))]
        bar = Segment("▌", self.ink("bar", on)) if here else Segment(" ", self.ink())
        selected = Segment(SELECTED, self.ink("bar", on)) if self.is_selected(index) else Segment(" ", self.ink("", on))
        return [bar, selected]

    @property
    def jumping(self) -> bool:
        """Whether rows show the labels to jump by."""
        return bool(self._labels)

    @property
    def active(self) -> bool:
        """Whether keys go to this list."""
        return self.has_focus

    def _empty_line(self, y: int, width: int) -> Strip:
        line = self.empty[y - 1] if 0 < y <= len(self.empty) else ""
        style = self.ink("strong" if y == 1 else "dim")
        return Strip([Segment("  " + line, style)]).adjust_cell_length(width, self.ink())

    # ------------------------------------------------------------ keys and mouse

    async def on_key(self, event: events.Key) -> None:
        """Counts, commands of two keys, and the letters of a jump; every other key is left to the bindings."""
        if self._labels:
            self._jump_by(event.character or event.key)
        elif (whole := self.typed.take(event.key, self.counted)) is None:
            return
        elif whole:
            await self._complete(whole)
        event.stop()
        event.prevent_default()

    async def _complete(self, whole: str) -> None:
        first, _, key = whole.partition(" ")
        count = self.typed.taken()
        if whole in self.chords:
            await self.run_action(self.chords[whole])
        elif whole == "g g":
            self._go_to(max(count, 1) - 1)
        elif first == "m" and self.cursor >= 0:
            self._marks[key] = self.key_of(self.cursor)
        elif first == "apostrophe":
            self._go_to_mark(key)

    def _go_to_mark(self, name: str) -> None:
        index = self.find(self._marks[name]) if name in self._marks else None
        if index is not None:
            self._go_to(index)
        elif name in self._marks:
            self.post_message(self.Missed("What was marked so is not in this list now."))
        else:
            self.post_message(self.Missed("Nothing is marked so; m and a letter mark the row."))

    def action_go(self, by: int) -> None:
        self._go_to(self.cursor + by * max(self.typed.taken(), 1))

    def action_first(self) -> None:
        self._go_to(0)

    def action_last(self) -> None:
        """With a count: the row of that number, the first being 1."""
        self._go_to((self.typed.taken() or self.total) - 1)

    def action_page(self, pages: float) -> None:
        self._go_to(self.cursor + round(pages * max(self.size.height - 1, 1)) * max(self.typed.taken(), 1))

    def action_seen(self, where: Literal["top", "middle", "bottom"]) -> None:
        """A row by where it stands on the screen; with a count, that many from its edge."""
        top, bottom = self._seen_rows()
        off = max(self.typed.taken(), 1) - 1
        target = {"top": top + off, "middle": (top + bottom) // 2, "bottom": bottom - off}[where]
        self._go_to(max(top, min(target, bottom)))

    def _seen_rows(self) -> tuple[int, int]:
        """The first and the last row on the screen."""
        top = round(self.scroll_y)
        return top, min(top + self.scrollable_content_region.height, self.total) - 1

    def action_choose(self) -> None:
        if self.cursor >= 0:
            self.post_message(self.Chosen(self, self.cursor))

    def _go_to(self, index: int) -> None:
        if self.total:
            target = max(0, min(index, self.total - 1))
            if target != self.cursor:
                self.cursor = target

    def on_click(self, event: events.Click) -> None:
        self._jump_over()
        self.typed.taken()
        index = round(self.scroll_y) + event.y
        if not 0 <= index < self.total:
            return
        if index == self.cursor:
            self.action_choose()
        else:
            self.cursor = index

    # ------------------------------------------------------------ jumping

    def action_jump(self) -> None:
        """Show a letter at everything on the screen; typing it goes there, any other key ends it."""
        top, bottom = self._seen_rows()
        rows = max(bottom - top + 1, 0)
        labels = jump_labels(rows + (self.beside.places() if self.beside else 0))
        self._labels, self._jumping_from, self._jumping_to = labels, top, ""
        self._label(labels[:rows], labels[rows:])

    def _label(self, here: list[str], beside: Sequence[str]) -> None:
        self._jump_rows = len(here)
        if self.beside:
            self.beside.label(beside)
        self.refresh()

    def _jump_by(self, key: str) -> None:
        self._jumping_to += key
        labels, rows = self._labels, self._jump_rows
        if any(one.startswith(self._jumping_to) and one != self._jumping_to for one in labels):
            return
        place = labels.index(self._jumping_to) if self._jumping_to in labels else -1
        self._jump_over()
        if 0 <= place < rows:
            self._go_to(self._jumping_from + place)
        elif self.beside and place >= rows:
            self.beside.go(place - rows)

    def _jump_over(self) -> None:
        if self._labels:
            self._labels = []
            self._label([], ())

    def on_blur(self) -> None:
        self._jump_over()
