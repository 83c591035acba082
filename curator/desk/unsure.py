"""Signs of which terminals do not agree how wide they are: a family of emoji joined into one, a flag, a heart with a
selector, a word in Devanagari. Some draw two columns, some eight; what stands behind them, and the next line at the
edge, must stay.

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

_JOINERS = (
    "\u200d\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
    "\u0900-\u0dff\u0f00-\u109f\u1700-\u17ff\u1900-\u1cff\u302e\u302f\ua800-\uaaff\uabc0-\uabff"
    "\U00011000-\U00011fff\U00016d40-\U00016fff\U0001d165-\U0001d172"
    "\u2630-\u2637\u268a-\u268f\u3248-\u324f\u3164\uffa0\u4dc0-\u4dff\U0001d300-\U0001d37f"
)
"""Zero-width joiner, emoji selector, letters of flags, skin tones, tags; scripts of India and Southeast Asia, vowels
of which stand beside their letter (Unicode's Mc): Rich counts them with it, most terminals by themselves; signs that
became wide in Unicode 16, numbers in squares, Hangul's fillers."""
_JOINER = re.compile(f"[{_JOINERS}]")
_UNSURE = re.compile(f"[^\\x00-\\u02ff]*[{_JOINERS}][^\\x00-\\u02ff]*")
_NO_WRAP, _WRAP = "\x1b[?7l", "\x1b[?7h"


def joins(text: str) -> bool:
    """Whether signs of it may be one sign together."""
    return not text.isascii() and bool(_JOINER.search(text))


def anchored(strip: Strip, first: int, console: Console) -> str:
    """What to write for a strip that begins in column `first`, counted from 0."""
    if not joins(strip.text):
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
