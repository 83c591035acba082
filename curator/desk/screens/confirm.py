"""Asking before what cannot be taken back: the editor types `yes`."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from curator.clean import plain_text


class Confirm(ModalScreen[bool]):
    """True only when `yes` was typed and Enter pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        with Vertical(id="confirm"):
            yield Static(plain_text(self._question), id="confirm-question", markup=False)
            yield Input(placeholder="yes", id="confirm-input", compact=True)
            yield Static("type yes and Enter · Esc leaves it", id="confirm-keys", markup=False)

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip().lower() == "yes")

    def action_leave(self) -> None:
        self.dismiss(False)
