"""A text broken into lines, as Rich does it and several times as fast: one waits for it. Pure.

Only of a word that just fills its last line no blank is left over as a line of its own. A line is only where it begins
and ends in its text; it is drawn when it is seen. Signs of several parts and tabs are left to Rich.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import msgspec
from rich.cells import get_character_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Span, Text

from curator.desk.unsure import joins
from curator.desk.widgets.words import fit

NAME_CELLS = 8
_MANY_CELLS = re.compile(r"[^ -~\xa0-\xac\xae-\u02ff\u0370-\u0482]")
"""What may be wider or narrower than a cell."""


class Named(msgspec.Struct, frozen=True):
    """A text with a name before its first line; the others stand beneath that."""

    name: str
    text: Text
    style: Style
    """Of the name."""


Part = Text | Named


class Line(NamedTuple):
    """`text` from `start` up to, not including, `end`, behind `lead`."""

    text: Text
    start: int
    end: int
    lead: Segment | None = None

    def segments(self, console: Console) -> list[Segment]:
        """Its pieces in their styles."""
        return [self.lead, *self._pieces(console)] if self.lead else self._pieces(console)

    def _pieces(self, console: Console) -> list[Segment]:
        text, start, end = self.text, self.start, self.end
        spans = [
            Span(max(one.start - start, 0), min(one.end, end) - start, one.style)
            for one in text.spans
            if one.start < end and one.end > start
        ]
        if not spans:
            return [Segment(text.plain[start:end], console.get_style(text.style))]
        return list(Text(text.plain[start:end], text.style, spans=spans).render(console))


def broken(parts: Iterable[Part], width: int, console: Console) -> Iterator[Line]:
    """The lines of all parts, none wider than `width` cells."""
    for part in parts:
        if isinstance(part, Named):
            yield from _named(part, width, console)
        else:
            yield from _lines(part, width, console)


def _named(part: Named, width: int, console: Console) -> Iterator[Line]:
    name = fit(part.name, NAME_CELLS) + " "
    for line in _lines(part.text, max(width - len(name), 1), console):
        yield Line(line.text, line.start, line.end, Segment(name, part.style))
        name = " " * len(name)


def _lines(text: Text, width: int, console: Console) -> Iterator[Line]:
    if text.no_wrap:
        yield from (Line(one, 0, len(one)) for one in text.wrap(console, width, overflow=text.overflow, no_wrap=True))
        return
    start = 0
    for paragraph in text.plain.split("\n"):
        end = start + len(paragraph)
        if _is_simple(paragraph):
            yield from (Line(text, start + one, start + other) for one, other in _breaks(paragraph, width))
        else:
            yield from (Line(one, 0, len(one)) for one in text[start:end].wrap(console, width))
        start = end + 1


def _is_simple(paragraph: str) -> bool:
    return not (paragraph.startswith(" ") or "  " in paragraph or "\t" in paragraph or joins(paragraph))


def _breaks(paragraph: str, width: int) -> Iterator[tuple[int, int]]:
    """Where its lines begin and end: at the last blank that fits, within a word only where that is too long for any
    line."""
    reach, start, length = _reach(paragraph, width), 0, len(paragraph)
    while (most := reach(start)) < length:
        blank = paragraph.rfind(" ", start, most + 1)
        end, after = (most, most) if blank < 0 else (min(blank + 1, most), blank + 1)
        yield start, end
        start = after + (paragraph[after] == " ")
    yield start, length


def _reach(paragraph: str, width: int) -> Callable[[int], int]:
    """How far a line reaches that begins there."""
    if not _MANY_CELLS.search(paragraph):
        return lambda start: start + width
    cells: Sequence[int] = [0, *accumulate(map(get_character_cell_size, paragraph))]
    return lambda start: max(bisect_right(cells, cells[start] + width) - 1, start + 1)
