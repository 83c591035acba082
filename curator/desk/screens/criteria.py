"""The selection criteria of the workspace, to be read beside the work."""

from __future__ import annotations

from typing import ClassVar

from rich.markdown import Markdown
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

NONE_YET = (
    "There are no criteria yet. Write what you keep and what you drop into **criteria.md**, beside feeds.toml; "
    "it is shown here."
)


class Criteria(ModalScreen[None]):
    """Scrolls with the keys of lists; Esc or q closes it. Markdown's links are words here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("ctrl+d,space,pagedown", "scroll(10)", show=False),
        Binding("ctrl+u,pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="criteria"):
            yield Static(Markdown(self._text or NONE_YET, hyperlinks=False), id="criteria-body", markup=False)

    def action_scroll(self, by: int) -> None:
        self.query_one("#criteria", VerticalScroll).scroll_relative(y=by, animate=False)

    def action_leave(self) -> None:
        self.dismiss(None)
