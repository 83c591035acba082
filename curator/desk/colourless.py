"""The desk without colours (NO_COLOR, no-color.org): bold, underlined and reversed, and not one code of a colour.

What only a ground tells apart, as the cursor of a field or what is selected in it, is reversed.
"""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

APART = 0.25
"""A ground so much lighter or darker than the one beneath it, of 1, stands for something."""


class NoColours(LineFilter):
    """Takes every colour away, on the way to the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments without colours."""
        return [
            Segment(text, _plain(style, background) if style else style, control) for text, style, control in segments
        ]


@lru_cache(1024)
def _plain(style: Style, background: Color) -> Style:
    reverse = bool(style.reverse) != _stands_out(style, background)
    return Style(bold=style.bold, italic=style.italic, underline=style.underline, strike=style.strike, reverse=reverse)


def _stands_out(style: Style, background: Color) -> bool:
    if style.bgcolor is None or style.bgcolor.is_default or style.reverse:
        return False
    return abs(Color.from_rich_color(style.bgcolor).brightness - background.brightness) > APART
