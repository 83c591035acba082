"""The keys of a list: those of vim whole, the plain ones, the mouse, and jumping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from curator.desk.widgets.drawn_rows import DrawnRows
from curator.desk.widgets.list_keys import COUNTED, Typed


class Jumpable(Protocol):
    """What can be jumped to beside a list: so many places, each shown with its label while one jumps."""

    def places(self) -> int: ...

    def label(self, labels: Sequence[str]) -> None: ...

    def go(self, place: int) -> None: ...


class Rows(DrawnRows, can_focus=True):
    """Rows with a cursor that is moved.

    It posts `Highlighted` when the row under the cursor changes, `Chosen` on Enter or a second click, `Missed` where a
    mark leads nowhere. `chords` are actions of two keys (`g i`), `counted` the keys that mean something with a count
    before them, `beside` what else can be jumped to."""

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

    beside: Jumpable | None = None
    counted: frozenset[str] = COUNTED
    chords: Mapping[str, str] = {}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.typed = Typed()
        self._marks: dict[str, object] = {}

    @property
    def awaits_key(self) -> bool:
        """Whether the first key of two was typed last: nothing has come of it yet."""
        return self.typed.half

    # ------------------------------------------------------------ what a mark remembers

    def key_of(self, index: int) -> object:
        """What a mark on this row remembers, so that it finds the row wherever it stands later."""
        return index

    def find(self, key: object) -> int | None:
        """Where the row of that key is now."""
        return key if isinstance(key, int) and 0 <= key < self.total else None

    # ------------------------------------------------------------ events up

    def cursor_moved(self, index: int) -> None:
        self.post_message(self.Highlighted(self, index))

    # ------------------------------------------------------------ keys and mouse

    async def on_key(self, event: events.Key) -> None:
        """Counts, commands of two keys, and the letters of a jump; every other key is left to the bindings."""
        if self.jump.on:
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
        self._label(self.jump.begin(top, max(bottom - top + 1, 0), self.beside.places() if self.beside else 0))

    def _label(self, beside: Sequence[str] = ()) -> None:
        if self.beside:
            self.beside.label(beside)
        self.refresh()

    def _jump_by(self, key: str) -> None:
        if (reached := self.jump.take(key)) is None:
            return
        self._label()
        row, place = reached
        if row is not None:
            self._go_to(row)
        elif place is not None and self.beside:
            self.beside.go(place)

    def _jump_over(self) -> None:
        if self.jump.on:
            self.jump.end()
            self._label()

    def show_focus(self) -> None:
        super().show_focus()
        if not self.has_focus:
            self._jump_over()
