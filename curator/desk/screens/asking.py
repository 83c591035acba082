"""Asking for one line, with what is wrong about it under it. Enter gives it, Esc leaves everything as it was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from curator.clean import plain_text
from curator.desk.screens.layer import Dialog
from curator.desk.widgets.typing import Field
from curator.errors import UsageError


class Asking(Dialog[str]):
    """Answers the line, once `check` takes it without a UsageError; None when the editor leaves. `value` stands there
    selected, so that what is typed takes its place. `grave`: it cannot be taken back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self,
        question: str,
        hint: str,
        keys: str,
        check: Callable[[str], object],
        *,
        value: str = "",
        grave: bool = False,
    ) -> None:
        super().__init__(classes="-grave" if grave else "")
        self._question, self._hint, self._keys, self._check = question, hint, keys, check
        self._value = value

    def compose(self) -> ComposeResult:
        with Vertical(id="asking", classes="-sheet"):
            yield Static(plain_text(self._question), id="asking-question", markup=False)
            yield Field(self._value, placeholder=self._hint, id="asking-input", compact=True)
            yield Static(id="asking-found", markup=False)
            yield Static(id="asking-fault", markup=False)
            yield Static(self._keys, id="asking-keys", markup=False)

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one("#asking-fault", Static).display = False

    @on(Input.Submitted)
    async def _answered(self, event: Input.Submitted) -> None:
        """A check may look at files, so that it has a thread of its own."""
        try:
            await asyncio.to_thread(self._check, event.value)
        except UsageError as error:
            fault = self.query_one("#asking-fault", Static)
            fault.update(plain_text(error.message))
            fault.display = True
        else:
            self.dismiss(event.value)

    def action_leave(self) -> None:
        self.dismiss(None)


def something(otherwise: str) -> Callable[[str], None]:
    """A check that takes whatever is typed; `otherwise` is what it says where nothing is."""

    def check(typed: str) -> None:
        if not typed.strip():
            raise UsageError(otherwise)

    return check


def yes_to(question: str, does: str, *, grave: bool = False) -> Asking:
    """A question that takes nothing but yes; `does` says what that does to it."""

    def check(typed: str) -> None:
        if typed.strip().lower() != "yes":
            raise UsageError(f"Only yes {does} it; Esc leaves it.")

    return Asking(question, "yes", "type yes and Enter · Esc leaves it", check, grave=grave)
