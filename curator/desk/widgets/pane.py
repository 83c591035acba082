"""A text that is longer than its place, with the keys of vim and the plain ones."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget


class PaneKeys(Widget):
    """What scrolls, by vim's keys. Arrows, Home, End, PgUp and PgDn are Textual's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
        Binding("ctrl+d", "half(1)", show=False),
        Binding("ctrl+u", "half(-1)", show=False),
        Binding("ctrl+f,space", "page_down", show=False),
        Binding("ctrl+b", "page_up", show=False),
    ]

    def _scroll_to(self, *places: float | None, **how: Any) -> bool:
        """At once. Textual glides for most of a second, painting sixty times; over a slow line nothing else is then
        heard. Leans on a private name of Textual's, which `textual>=8.2,<8.3` holds still."""
        return super()._scroll_to(*places, **(how | {"animate": False}))

    def action_half(self, pages: int) -> None:
        self.scroll_relative(y=pages * max(self.size.height // 2, 1), animate=False)


class Pane(VerticalScroll, PaneKeys, can_focus=True):
    """Holds what is scrolled as widgets."""
