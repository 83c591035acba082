"""Screens lie over one another, and only the one on top is closed."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen, ScreenResultType


class Layer(Screen[ScreenResultType]):
    """A screen that closes itself alone. What was struck or clicked twice asks twice, and is answered after the first
    has closed this: Textual would then close whatever lies beneath."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Dialog(ModalScreen[ScreenResultType], Layer[ScreenResultType]):
    """A layer that asks one thing and lets what lies beneath shine through."""
