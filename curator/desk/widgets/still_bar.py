"""A scroll bar that is drawn anew only where its thumb has moved: in a long list a step moves it once in a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

_EIGHTHS = len(ScrollBarRender.VERTICAL_BARS)


class StillBar(ScrollBar):
    """Textual's, but that says each time, too, that it has changed."""

    _drawn: tuple[object, ...] = ()

    def refresh(self, *args: Any, repaint: bool = True, layout: bool = False, recompose: bool = False) -> StillBar:
        looks = self._looks() if self.is_attached else ()
        if layout or recompose or not looks or looks != self._drawn:
            self._drawn = looks
            super().refresh(*args, repaint=repaint, layout=layout, recompose=recompose)
        return self

    def straight_lines(self, crop: Region) -> list[Strip]:
        """As `render_lines`: most lines are the same one."""
        segments, strips = self._segments(), dict[int, Strip]()
        for one in segments:
            if id(one) not in strips:
                strips[id(one)] = self._filtered(Strip([one], self.size.width))
        return [strips[id(segments[y])].crop(*crop.column_span) for y in crop.line_range]

    def _segments(self) -> Sequence[Segment]:
        """One for each line."""
        bar = self._bar
        assert isinstance(bar.style, Style)
        back, thumb = bar.style.bgcolor or Color.default(), bar.style.color or Color.default()
        place = (self.size.height, bar.virtual_size, bar.window_size, bar.position, self.size.width)
        return list(bar.render_bar(*place, vertical=True, back_color=back, bar_color=thumb).segments)

    def _filtered(self, strip: Strip) -> Strip:
        _, background = self.background_colors
        for one in self.get_line_filters():
            strip = strip.apply_filter(one, background)
        return strip

    def _looks(self) -> tuple[object, ...]:
        """All that its drawing depends on."""
        bar = self._bar
        return (self.size, _thumb(self.size.height, bar), bar.style)

    @property
    def _bar(self) -> ScrollBarRender:
        bar = self.render()
        assert isinstance(bar, ScrollBarRender)
        return bar


class StillScroll(ScrollView):
    """What is scrolled with such a bar."""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = StillBar(name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar


def _thumb(size: int, bar: ScrollBarRender) -> tuple[int, int]:
    """Where Textual draws it, in eighths of a cell; (0, 0) for none."""
    if not (size and bar.window_size and bar.virtual_size) or size == bar.virtual_size:
        return 0, 0
    length = max(1, bar.window_size / (bar.virtual_size / size))
    start = int((size - length) * (bar.position / (bar.virtual_size - bar.window_size)) * _EIGHTHS)
    return start, start + ceil(length * _EIGHTHS)
