"""A text with words marked in it, one of them the one the reader stands at."""

from __future__ import annotations

from collections.abc import Iterator

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Static

from curator.matches import NOTHING, Matcher

_HERE = Style(reverse=True)


class FoundBody(Static):
    """Knows in which line of what is drawn each word found stands, however it was wrapped. `here` is the number of the
    one the reader stands at, from 0; -1 for none."""

    here: reactive[int] = reactive(-1)
    sought: Matcher = NOTHING
    total = 0
    """How many words are marked."""

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
        strip = super().render_line(y)
        if self.here < 0 or not any(number == self.here for number in _numbers(strip)):
            return strip
        return Strip(
            [one if _number(one) != self.here else Segment(one.text, (one.style or _HERE) + _HERE) for one in strip],
            strip.cell_length,
        )

    def line_of(self, number: int) -> int | None:
        """The line the word of that number begins in; None where it is not drawn."""
        lines = range(self.size.height)
        return next((y for y in lines if number in _numbers(super(FoundBody, self).render_line(y))), None)

    def first_below(self, y: int) -> int:
        """The number of the first word in line `y` or below it; the last where none is."""
        found = (
            min(numbers) for line in range(y, self.size.height) if (numbers := [*_numbers(self.render_line(line))])
        )
        return next(found, self.total - 1)


def _numbers(strip: Strip) -> Iterator[int]:
    return (number for one in strip if (number := _number(one)) >= 0)


def _number(segment: Segment) -> int:
    """-1 for a piece that is no word found."""
    meta = segment.style.meta if segment.style else {}
    return int(meta.get("found", -1))
