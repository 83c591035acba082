"""Writes to the terminal only what it does not show already: over a slow line every line drawn twice is felt.

Textual draws a region anew whenever something in it may have changed. What it then has to say is compared, line by line
and widget by widget, with what was last written there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from curator.desk.unsure import anchored

Piece = tuple[int, int, int, Strip]
"""A line's part: its row, its first column, the column behind its last, and what stands there."""


class Shown:
    """What the terminal shows, as far as it is known. `forget` it whenever somebody else has written there."""

    def __init__(self) -> None:
        self._lines: dict[int, dict[int, tuple[int, str]]] = {}
        self._size = (0, 0)

    def forget(self) -> None:
        self._lines = {}

    def resized(self, size: tuple[int, int]) -> None:
        """A terminal of another size shows nothing that is known."""
        if size != self._size:
            self._size = size
            self.forget()

    def news(self, piece: Piece, console: Console) -> str:
        """What to write for `piece`; '' where it stands there already."""
        row, first, end, strip = piece
        text, line = anchored(strip, first, console), self._lines.setdefault(row, {})
        if line.get(first) == (end, text):
            return ""
        for start in [start for start, (stop, _) in line.items() if start < end and stop > first]:
            del line[start]
        line[first] = end, text
        return Control.move_to(first, row).segment.text + text


class Pieces(CompositorUpdate):
    """What is to be drawn, and nothing else of the screen."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """All of it, for whoever draws it elsewhere."""
        for row, first, _, strip in self.pieces:
            yield Control.move_to(first, row)
            yield from strip

    def render_segments(self, console: Console) -> str:
        return "".join(Shown().news(piece, console) for piece in self.pieces)


class LeanUpdate(CompositorUpdate):
    """An update of Textual's without what is shown already."""

    def __init__(self, update: Known, shown: Shown) -> None:
        self._update, self._shown = update, shown

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """All of it, for whoever draws it elsewhere."""
        return self._update.__rich_console__(console, options)

    def render_segments(self, console: Console) -> str:
        return "".join(self._shown.news(piece, console) for piece in _pieces(self._update))


Known = ChopsUpdate | LayoutUpdate | Pieces


def lean(update: RenderableType | None, shown: Shown) -> RenderableType | None:
    """`update` made lean; as it is, with nothing known any more, where it is of a kind that is not known."""
    if isinstance(update, Known):
        return LeanUpdate(update, shown)
    if update is not None:
        shown.forget()
    return update


def _pieces(update: Known) -> Iterable[Piece]:
    if isinstance(update, Pieces):
        return update.pieces
    return _of_layout(update) if isinstance(update, LayoutUpdate) else _of_chops(update)


def _of_layout(update: LayoutUpdate) -> Iterator[Piece]:
    for row, line in enumerate(update.strips, update.region.y):
        yield from _beside(row, update.region.x, line)


def _beside(row: int, at: int, strips: Iterable[Strip | None]) -> Iterator[Piece]:
    for strip in strips:
        if strip is not None:
            yield row, at, at + strip.cell_length, strip
            at += strip.cell_length


def _of_chops(update: ChopsUpdate) -> Iterator[Piece]:
    """Those that lie in what is to be drawn, cut at its right end."""
    for row, first, last in update.spans:
        for end, (at, strip) in zip(update.chop_ends[row], update.chops[row].items(), strict=False):
            stop = min(end, last)
            if strip is not None and at < stop and end > first:
                yield row, at, stop, strip if stop == end else strip.crop(0, stop - at)
