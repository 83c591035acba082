"""Something to read over the desk: it scrolls with the keys of lists, and Esc takes it away."""

from __future__ import annotations

from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from curator.desk.screens.layer import Dialog
from curator.desk.widgets.pane import Pane


class Once:
    """Something written, worked out once for each width: Textual asks some six times before it is on the screen."""

    def __init__(self, written: RenderableType) -> None:
        self._written = written
        self._drawn: dict[int, list[Segment]] = {}

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        if width not in self._drawn:
            self._drawn[width] = list(console.render(self._written, options))
        return iter(self._drawn[width])


class Leaflet(Dialog[None]):
    """Shows what is `written`. Esc, q or Enter closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "leave", show=False)]

    def __init__(self, written: RenderableType) -> None:
        super().__init__()
        self._written = Once(written)

    def compose(self) -> ComposeResult:
        with Pane(id="leaflet", classes="-sheet"):
            yield Static(self._written, id="leaflet-body", markup=False)

    def action_leave(self) -> None:
        self.dismiss(None)
