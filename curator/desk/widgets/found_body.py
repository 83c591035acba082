"""A text with words marked in it, one of them the one the reader stands at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from rich.console import Group, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from curator.desk.widgets.extent import set_extent
from curator.desk.widgets.inks import Inked
from curator.desk.widgets.pane import PaneKeys
from curator.matches import NOTHING, Matcher

_HERE = Style(reverse=True)


class FoundBody(ScrollView, Inked, PaneKeys):
    """Breaks a text into lines, once for each text, and draws those that are seen; nothing around it is laid out
    anew. It knows in which line each word found stands. `here` is the number of the one the reader stands at, from 0;
    -1 for none."""

    here: reactive[int] = reactive(-1)
    sought: Matcher = NOTHING
    total = 0
    """How many words are marked."""
    _text: RenderableType = ""
    _lines: list[Strip | Text] = []  # noqa: RUF012
    """A line of words is drawn when it is first seen: of a long text few are."""
    _width = 0
    _owes = False

    def show_text(self, text: RenderableType) -> None:
        """Where one has gone on in a text, all of it is laid out at once, so that the place stays."""
        self._text = text
        self._lay_out(beginning=not round(self.scroll_y))
        if self._owes:
            self.call_after_refresh(self._lay_out_rest)

    def _lay_out_rest(self) -> None:
        if self._owes:
            self._lay_out()

    def on_key(self) -> None:
        """It may go anywhere in the text."""
        self._lay_out_rest()

    def on_resize(self) -> None:
        if self.scrollable_content_region.width != self._width:
            self._lay_out()

    def _lay_out(self, *, beginning: bool = False) -> None:
        """`beginning`: of a long text only what may be seen of it at once; the rest is owed."""
        self._width = self.scrollable_content_region.width
        if not self._width:
            return  # there is no place for it yet
        parts = self._text.renderables if isinstance(self._text, Group) else [self._text]
        most = self._width * self.size.height
        self._owes = beginning and any(_is_longer(part, most) for part in parts)
        begun = (part[:most] if self._owes and _is_longer(part, most) else part for part in parts)
        self._lines = [line for part in begun for line in self._broken(part)]
        set_extent(self, Size(self._width, len(self._lines)))
        self.refresh()

    def _broken(self, part: RenderableType) -> Iterator[Strip | Text]:
        console = self.app.console
        if isinstance(part, Text):
            yield from part.wrap(console, self._width, overflow=part.overflow, no_wrap=part.no_wrap)
        else:
            options = self.app.console_options.update(highlight=False, width=self._width, height=None)
            yield from map(Strip, console.render_lines(part, options, pad=False))

    def _drawn_line(self, y: int) -> Strip:
        line = self._lines[y]
        if isinstance(line, Text):
            styled = Text().join((line,))  # so that the style of all of it counts
            self._lines[y] = line = Strip(styled.render(self.app.console))
        return line

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
        strip = self._stood_at(self._drawn_line(line)) if 0 <= line < len(self._lines) else Strip([])
        return strip.apply_style(self.ink()).adjust_cell_length(self.scrollable_content_region.width, self.ink())

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


def _is_longer(part: RenderableType, most: int) -> TypeGuard[Text]:
    return isinstance(part, Text) and len(part) > most


def _numbers(strip: Strip) -> Iterator[int]:
    return (number for one in strip if (number := _number(one)) >= 0)


def _number(segment: Segment) -> int:
    """-1 for a piece that is no word found."""
    meta = segment.style.meta if segment.style else {}
    return int(meta.get("found", -1))
