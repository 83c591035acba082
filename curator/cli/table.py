"""Plain columns for a terminal: aligned by cells, as East Asian letters take two and combining marks none. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from curator.clean import plain_line

_GAP = 2
_NARROWEST = 8


def table(
    rows: Sequence[Sequence[str]], *, width: int | None = None, shrink: Sequence[int] = (), right: Sequence[int] = ()
) -> Iterator[str]:
    """The rows as lines. `shrink` are the columns cut with … to fit `width` (None: as wide as it comes), the last
    named first; `right` are those aligned to the right. Cells are made safe here, whatever a feed put into them."""
    cells = [[plain_line(cell) for cell in row] for row in rows]
    widths = _fit([max((cell_width(row[n]) for row in cells), default=0) for n in range(_columns(rows))], width, shrink)
    for row in cells:
        padded = (_pad(cell, widths[n], n in right) for n, cell in enumerate(row))
        yield (" " * _GAP).join(padded).rstrip()


def _columns(rows: Sequence[Sequence[str]]) -> int:
    return max((len(row) for row in rows), default=0)


def _fit(widths: list[int], width: int | None, shrink: Sequence[int]) -> list[int]:
    if width is None or not widths:
        return widths
    over = sum(widths) + _GAP * (len(widths) - 1) - width
    for column in reversed(shrink):
        cut = max(0, min(over, widths[column] - _NARROWEST))
        widths[column] -= cut
        over -= cut
    return widths


def _pad(cell: str, width: int, right: bool) -> str:
    cell = cut(cell, width)
    space = " " * (width - cell_width(cell))
    return space + cell if right else cell + space


def cell_width(text: str) -> int:
    """How many cells `text` takes on a terminal."""
    return sum(map(_cells, text))


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, with … where something was cut off."""
    if cell_width(text) <= width:
        return text
    room, end = width - 1, 0
    for end, letter in enumerate(text):  # noqa: B007 - where it stopped is the answer
        room -= _cells(letter)
        if room < 0:
            break
    return text[:end].rstrip() + "…" if width > 0 else ""


def _cells(letter: str) -> int:
    if letter.isascii():
        return 1
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
