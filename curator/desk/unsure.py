"""Signs of which terminals do not agree how wide they are: a family of emoji joined into one, a flag, a heart with a
selector. Some draw two columns, some eight; what stands behind them, and the next line at the edge, must stay.

After each of them the cursor is put where the desk counts it to be, on blanks, with wrapping off as long: too wide a
sign is cut by what follows, too narrow a one leaves no rest of what stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

_JOINERS = "\u200d\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
"""Zero-width joiner, emoji selector, letters of flags, skin tones, tags."""
_JOINER = re.compile(f"[{_JOINERS}]")
_UNSURE = re.compile(f"[^\\x00-\\u02ff]*[{_JOINERS}][^\\x00-\\u02ff]*")
_NO_WRAP, _WRAP = "\x1b[?7l", "\x1b[?7h"


def anchored(strip: Strip, first: int, console: Console) -> str:
    """What to write for a strip that begins in column `first`, counted from 0."""
    text = strip.text
    if text.isascii() or not _JOINER.search(text):
        return strip.render(console)
    return _NO_WRAP + "".join(_parts(strip, first, console)) + _WRAP


def _parts(strip: Strip, first: int, console: Console) -> Iterator[str]:
    """Cut by letters, not by columns: Rich cuts a joined sign in two."""
    column = first
    for segment in strip:
        at = column
        for text, sure in _cut(segment.text):
            width = cell_len(text)
            part = _rendered(text, segment.style, console)
            yield part if sure else _rendered(" " * width, segment.style, console) + _to(at) + part + _to(at + width)
            at += width
        column += segment.cell_length


def _cut(text: str) -> Iterator[tuple[str, bool]]:
    """Its parts, and whether all terminals draw them alike."""
    at = 0
    for one in _UNSURE.finditer(text):
        yield text[at : one.start()], True
        yield one[0], False
        at = one.end()
    yield text[at:], True


def _rendered(text: str, style: Style | None, console: Console) -> str:
    return Strip([Segment(text, style)]).render(console)


def _to(column: int) -> str:
    return f"\x1b[{column + 1}G"
