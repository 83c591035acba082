"""The line one searches in: what may stand where the cursor is, and what is wrong about the query under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widgets import Input, Static

from curator.completion import Completion, Vocabulary, completions
from curator.desk.widgets.choices import Choice, ChoiceList
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import plain

PAUSE_SECONDS = 0.01
"""How long typing must rest before the search runs."""
MOST_SEEN = 8
_HINT = "Tab completes · Enter goes to what is found · Esc ends the search"


class SearchBar(Vertical):
    """Posts `Asked` when typing rests or Enter is pressed. It knows nothing of what is found. Tab takes what is
    proposed for the word at the cursor, and Enter too, once one has moved there; without a word, Tab shows every
    field. `vocabulary` is what the fields can be."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "take", show=False, priority=True),
        Binding("down,ctrl+n", "go(1)", show=False),
        Binding("up,ctrl+p,shift+tab", "go(-1)", show=False, priority=True),
    ]

    @dataclass
    class Asked(Message):
        text: str

    @dataclass
    class Done(Message):
        """The editor is through with typing."""

    vocabulary: Vocabulary = MappingProxyType({})
    _pause: Timer | None = None
    _proposed: Sequence[Completion] = ()
    _moved = False
    _sentence = ""

    def compose(self) -> ComposeResult:
        hint = "words  “a phrase”  country:SE  theme:recovery  -has:blurb  OR …"
        yield Input(
            placeholder=hint, id="search-input", compact=True, select_on_focus=False, suggester=_Ghost(self._ghost)
        )
        yield Static(_HINT, id="search-fault", markup=False)
        yield ChoiceList(id="search-choices")

    def on_mount(self) -> None:
        self._list.several = False

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

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

    # ------------------------------------------------------------ what is wrong

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one(Input).value

    @property
    def faulty(self) -> bool:
        """Whether what stands in the line means nothing."""
        return bool(self._sentence)

    def fault(self, sentence: str) -> None:
        """One sentence under the line; '' for none. It waits while the word at the cursor may still become right."""
        self._sentence = sentence
        self._show_fault(hold=bool(self._proposed))

    def _show_fault(self, *, hold: bool) -> None:
        note, words = self.query_one("#search-fault", Static), "" if hold else self._sentence
        if note.has_class("-fault") != bool(words) or words:
            note.set_class(bool(words), "-fault")
            note.update(plain(words) or _HINT)

    # ------------------------------------------------------------ what it may become

    def _propose(self, *, every: bool = False) -> None:
        field = self.query_one(Input)
        found = completions(field.value, field.cursor_position, self.vocabulary, every=every)
        if len(found) == 1 and found[0].text == field.value[found[0].start : found[0].end]:
            found = []
        if found != self._proposed:
            self._show_proposed(found)

    def _show_proposed(self, found: Sequence[Completion]) -> None:
        self._proposed, self._moved = found, False
        self._list.display = bool(found)
        self._list.styles.height = min(len(found), MOST_SEEN)
        self._list.show_choices([Choice(one.text, one.text, plain(one.label)) for one in found], ())

    def _ghost(self, typed: str) -> str | None:
        """The query with the first that is proposed, where that only goes on with what is typed."""
        if self.query_one(Input).cursor_position != len(typed):
            return None
        found = completions(typed, len(typed), self.vocabulary)
        if not found:
            return None
        begun, first = typed[found[0].start :], found[0].text
        return typed + first[len(begun) :] if begun and first.lower().startswith(begun.lower()) else None

    def action_go(self, by: int) -> None:
        """Through what is proposed; down out of the line where nothing is."""
        if self._proposed:
            self._moved = True
            self._list.action_go(by)
        elif by > 0:
            self.action_done()

    def action_take(self) -> None:
        """Take what is proposed, once the letters typed just before are seen."""
        self.query_one(Input).call_later(self._take)

    def _take(self) -> None:
        if not self._proposed:
            self._propose(every=True)
            return
        field, chosen = self.query_one(Input), self._proposed[max(self._list.cursor, 0)]
        field.value, field.cursor_position = chosen.taken(field.value)
        self._propose()

    @on(Rows.Highlighted)
    def _passed_over(self, event: Rows.Highlighted) -> None:
        event.stop()

    @on(Rows.Chosen)
    def _clicked(self, event: Rows.Chosen) -> None:
        event.stop()
        self._take()

    def on_descendant_blur(self) -> None:
        self._show_proposed(())

    # ------------------------------------------------------------ typing

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._propose()
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self._ask)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._proposed and self._moved:
            self._take()
        else:
            self.action_done()

    def action_done(self) -> None:
        self._show_proposed(())
        self._ask()
        self.post_message(self.Done())

    def _ask(self) -> None:
        if self._pause:
            self._pause.stop()
            self._pause = None
        self.post_message(self.Asked(self.text))


class _Ghost(Suggester):
    """How the line is likely to go on, drawn dim behind the cursor; the right arrow takes it."""

    def __init__(self, going_on: Callable[[str], str | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._going_on = going_on

    async def get_suggestion(self, value: str) -> str | None:
        return self._going_on(value)
