"""The line one searches in, with what is wrong about the query under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from curator.desk.widgets.words import plain

PAUSE_SECONDS = 0.12
"""How long typing must rest before the search runs."""


class SearchBar(Vertical):
    """Posts `Asked` when typing rests or Enter is pressed. It knows nothing of what is found."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "done", show=False)]

    @dataclass
    class Asked(Message):
        text: str

    @dataclass
    class Done(Message):
        """The editor is through with typing."""

    _pause: Timer | None = None

    def compose(self) -> ComposeResult:
        hint = "words  “a phrase”  country:SE  theme:recovery  -has:blurb  OR …"
        yield Input(placeholder=hint, id="search-input", compact=True, select_on_focus=False)
        yield Static(id="search-fault", markup=False)

    def open(self, text: str) -> None:
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = text
        field.cursor_position = len(text)
        self.display = True
        field.focus()

    def close(self) -> None:
        self.fault("")
        self.display = False

    faulty = False
    """Whether what stands in the line means nothing."""

    def fault(self, sentence: str) -> None:
        """One sentence under the line; '' for none."""
        self.faulty = bool(sentence)
        note = self.query_one("#search-fault", Static)
        note.update(plain(sentence))
        note.display = bool(sentence)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self._ask)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_done()

    def action_done(self) -> None:
        self._ask()
        self.post_message(self.Done())

    def _ask(self) -> None:
        if self._pause:
            self._pause.stop()
            self._pause = None
        self.post_message(self.Asked(self.query_one(Input).value))
