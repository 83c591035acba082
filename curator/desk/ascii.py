"""The desk in ASCII signs, for terminals and fonts that have no others.

Every sign of the desk becomes another one as wide, on the way to the terminal: no widget knows of it. Letters stay what
they are; only what the desk draws itself, and quotation marks and dashes in titles, are replaced.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

SIGNS = {
    **dict.fromkeys("▂▃▄▅▆▇", "#"),  # parts of a scrollbar
    "▌": ">", "▐": "|", "▏": "|", "▕": "|", "│": "|", "┃": "|", "▎": "|", "▊": "|", "█": "#",
    "░": ".", "▒": ":", "▓": "%",
    "▁": "_", "×": "x", "▔": "-", "─": "-", "━": "-", "✓": "x", "▸": "+", "▾": "-", "▲": "!", "…": "~",
    "·": "-", "•": "*", "●": "*", "○": "o", "›": ">", "→": ">", "↑": "^", "↓": "v", "“": '"', "”": '"',
    "‘": "'", "’": "'", "–": "-", "—": "-",
}  # fmt: skip
"""Each is one cell wide, before and after."""
_TABLE = str.maketrans(SIGNS)


class AsciiSigns(LineFilter):
    """Off until somebody asks for it."""

    def __init__(self) -> None:
        super().__init__(enabled=False)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments in ASCII signs."""
        return [Segment(one.text.translate(_TABLE), one.style, one.control) for one in segments]
