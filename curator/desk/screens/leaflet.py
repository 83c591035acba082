"""Something to read over the desk: it scrolls with the keys of lists, and Esc takes it away."""

from __future__ import annotations

from typing import ClassVar

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from curator.desk.screens.layer import Dialog


class Leaflet(Dialog[None]):
    """Shows what `written` answers. Esc, q or Enter closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("ctrl+d,space", "half(1)", show=False),
        Binding("ctrl+u", "half(-1)", show=False),
        Binding("ctrl+f,pagedown", "half(2)", show=False),
        Binding("ctrl+b,pageup", "half(-2)", show=False),
        Binding("g,home", "end(-1)", show=False),
        Binding("G,end", "end(1)", show=False),
    ]

    def written(self) -> RenderableType:
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="leaflet"):
            yield Static(self.written(), id="leaflet-body", markup=False)

    @property
    def _body(self) -> VerticalScroll:
        return self.query_one("#leaflet", VerticalScroll)

    def action_scroll(self, by: int) -> None:
        self._body.scroll_relative(y=by, animate=False)

    def action_half(self, halves: int) -> None:
        self.action_scroll(halves * max(self._body.size.height // 2, 1))

    def action_end(self, way: int) -> None:
        if way < 0:
            self._body.scroll_home(animate=False)
        else:
            self._body.scroll_end(animate=False)

    def action_leave(self) -> None:
        self.dismiss(None)
