"""How long a text is, and how long it should be."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from curator.desk.widgets.words import counted

_CELLS = 20


class Meter(Widget):
    """`38 words  ██████░░░░`; what is over `most` words wants attention. `most` 0 only counts."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"meter--full", "meter--empty", "meter--over"}
    words: reactive[int] = reactive(0)

    def __init__(self, most: int, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._most = most

    def measure(self, text: str) -> None:
        self.words = len(text.split())

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        over = self._most and self.words > self._most
        full = min(_CELLS, round(_CELLS * self.words / self._most)) if self._most else 0
        segments = [Segment("█" * full, base + self._named("over" if over else "full"))]
        if self._most:
            segments.append(Segment("░" * (_CELLS - full) + "  ", base + self._named("empty")))
        segments.append(Segment(counted(self.words, "word"), base + self._named("over" if over else "empty")))
        if over:
            segments.append(Segment(f", {self.words - self._most} over", base + self._named("over")))
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _named(self, name: str) -> Style:
        return Style(color=self.get_component_rich_style(f"meter--{name}").color)
