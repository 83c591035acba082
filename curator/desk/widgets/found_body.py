"""A text with words marked in it, one of them the one the reader stands at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from curator.desk.widgets.broken import Line, Part, broken
from curator.desk.widgets.extent import set_extent
from curator.desk.widgets.inks import Inked
from curator.desk.widgets.pane import PaneKeys
from curator.desk.widgets.still_bar import StillScroll
from curator.desk.widgets.with_keys import WithKeys
from curator.matches import NOTHING, Matcher

_HERE = Style(reverse=True)


class FoundBody(StillScroll, Inked, WithKeys, PaneKeys):
    """Breaks a text into lines, once for each text, and draws those that are seen; nothing around it is laid out
    anew. It knows in which line each word found stands. `here` is the number of the one the reader stands at, from 0;
    -1 for none."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"body--with-keys"}

    here: reactive[int] = reactive(-1)
    sought: Matcher = NOTHING
    total = 0
    """How many words are marked."""
    _parts: Sequence[Part] = ()
    _lines: Sequence[Line] = ()
    _strips: dict[int, Strip] = {}  # noqa: RUF012
    """Of those lines that were seen, as they were drawn on `_drawn_on`."""
    _drawn_on = Style()
    _width = 0

    def show_text(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._lay_out()

    def on_resize(self) -> None:
        self._fit()

    def watch_show_vertical_scrollbar(self) -> None:
        self._fit()

    def _fit(self) -> None:
        if self.scrollable_content_region.width != self._width:
            self._lay_out()

    def show_focus(self) -> None:
        """Its ground is another one."""
        ground = self.get_component_styles("body--with-keys").background
        self.styles.background = ground if self.has_focus else None

    def _lay_out(self) -> None:
        self._width, self._strips = self.scrollable_content_region.width, {}
        if not self._width:
            return  # there is no place for it yet
        self._lines = list(broken(self._parts, self._width, self.app.console))
        set_extent(self, Size(self._width, len(self._lines)))
        self.refresh()

    def _drawn_line(self, y: int) -> Strip:
        """A line that is seen again stays the one it was."""
        if (ground := self.ink()) != self._drawn_on:
            self._drawn_on, self._strips = ground, {}
        if (strip := self._strips.get(y)) is None:
            plain = Strip(self._lines[y].segments(self.app.console))
            self._strips[y] = strip = plain.apply_style(ground).adjust_cell_length(self._width, ground)
        return strip

    def count_anew(self) -> None:
        """The text is to be marked from its beginning; where the reader stands is its own matter."""
        self.total = 0

    def mark(self, text: Text, style: Style) -> Text:
        """`text` with what is sought in it marked and numbered."""
        for start, end in self.sought.spans(text.plain):
            text.stylize(style + Style(meta={"found": self.total}), start, end)
            self.total += 1
        return text

    def render_line(self, y: int) -> Strip:
        line = round(self.scroll_y) + y
        if not 0 <= line < len(self._lines):
            return Strip.blank(self._width, self.ink())
        return self._stood_at(self._drawn_line(line))

    def _stood_at(self, strip: Strip) -> Strip:
        """The line, with the word the reader stands at reversed."""
        if self.here < 0 or self.here not in _numbers(strip):
            return strip
        return Strip(
            [one if _number(one) != self.here else Segment(one.text, (one.style or _HERE) + _HERE) for one in strip],
            strip.cell_length,
        )

    def line_of(self, number: int) -> int | None:
        """The line the word of that number begins in; None where it is not drawn."""
        return next((y for y in range(len(self._lines)) if number in _numbers(self._drawn_line(y))), None)

    def first_below(self, y: int) -> int:
        """The number of the first word in line `y` or below it; the last where none is."""
        found = (
            min(numbers) for line in range(y, len(self._lines)) if (numbers := [*_numbers(self._drawn_line(line))])
        )
        return next(found, self.total - 1)


def _numbers(strip: Strip) -> Iterator[int]:
    return (number for one in strip if (number := _number(one)) >= 0)


def _number(segment: Segment) -> int:
    """-1 for a piece that is no word found."""
    meta = segment.style.meta if segment.style else {}
    return int(meta.get("found", -1))
