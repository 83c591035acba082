"""The line one searches in: what may stand where the cursor is, and what is wrong about the query under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.message import Message
from textual.suggester import SuggestionReady
from textual.timer import Timer
from textual.widgets import Input, Static

from curator.completion import Completion, Vocabulary, completions
from curator.desk.keyboard import KeyboardApp
from curator.desk.widgets.choices import Choice, ChoiceList
from curator.desk.widgets.extent import set_extent
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.typing import Field
from curator.desk.widgets.words import plain

PAUSE_SECONDS = 0.01
"""How often it is looked whether what was struck behind a letter has been answered and left the line as it is."""
MOST_SEEN = 8
_HINT = "Tab completes · Enter goes to what is found · Esc ends the search"


class SearchBar(Vertical):
    """Posts `Asked` when all is typed that was struck, or Enter is pressed. It knows nothing of what is found. Tab
    takes what is proposed for the word at the cursor, and Enter too, once one has moved there; without a word, Tab
    shows every field. `vocabulary` is what the fields can be."""

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

    @dataclass
    class Typing(Message):
        """Whether letters go to the line, from now on."""

        on: bool

    vocabulary: Vocabulary = MappingProxyType({})
    _pause: Timer | None = None
    _proposed: list[Completion] = []  # noqa: RUF012
    _moved = False
    _sentence = ""

    def compose(self) -> ComposeResult:
        hint = "words  “a phrase”  country:SE  theme:recovery  -has:blurb  OR …"
        yield _Line(placeholder=hint, id="search-input", compact=True, select_on_focus=False)
        yield Static(_HINT, id="search-fault", markup=False)
        yield ChoiceList(id="search-choices")

    def on_mount(self) -> None:
        self._list.several = False

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def open(self, text: str) -> None:
        self.become(text)
        self.display = True
        self.query_one(Input).focus()

    def become(self, text: str) -> None:
        """Stand for what is shown, which is not asked for again."""
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = text
        field.cursor_position = len(text)

    def close(self) -> None:
        """What was typed last is not asked any more."""
        self._stop_waiting()
        self.fault("")
        self.display = False

    def stands_for(self, text: str) -> bool:
        """Whether the line is open and says this; what it said before is answered too late."""
        return bool(self.display) and text == self.text

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
        self._foresee(field, found)
        if len(found) == 1 and found[0].text == field.value[found[0].start : found[0].end]:
            found = []
        if found != self._proposed:
            self._show_proposed(found)

    def _show_proposed(self, found: list[Completion]) -> None:
        self._proposed, self._moved = found, False
        self._list.display = bool(found)
        self._list.styles.height = min(len(found), MOST_SEEN)
        self._list.show_choices([Choice(one.text, one.text, plain(one.label)) for one in found], ())

    def _foresee(self, field: Input, found: Sequence[Completion]) -> None:
        """The query as it is likely to go on, drawn dim behind the cursor, where the first that is proposed only goes
        on with what is typed; the right arrow takes it."""
        typed = field.value
        if found and field.cursor_position == len(typed):
            begun, first = typed[found[0].start :], found[0].text
            if begun and first.lower().startswith(begun.lower()):
                field.post_message(SuggestionReady(typed, typed + first[len(begun) :]))

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

    def on_descendant_focus(self) -> None:
        self.post_message(self.Typing(True))

    def on_descendant_blur(self) -> None:
        self._show_proposed([])
        self.post_message(self.Typing(False))

    # ------------------------------------------------------------ typing

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._stop_waiting()
        if event.value == self.text:  # else more is typed already, which is told as well
            self._propose()
            self.query_one(Input).call_later(self._ask_once_whole, event.value)

    def _ask_once_whole(self, text: str) -> None:
        """Of a word that is struck at once the whole is searched, not each beginning of it; a single letter is not
        held up."""
        if not self.stands_for(text):
            return
        if isinstance(self.app, KeyboardApp) and self.app.more_struck:
            self._pause = self.set_timer(PAUSE_SECONDS, partial(self._ask_once_whole, text))
        else:
            self._ask()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._proposed and self._moved:
            self._take()
        else:
            self.action_done()

    def action_done(self) -> None:
        self._show_proposed([])
        self._ask()
        self.post_message(self.Done())

    def _ask(self) -> None:
        self._stop_waiting()
        self.post_message(self.Asked(self.text))

    def _stop_waiting(self) -> None:
        if self._pause:
            self._pause.stop()
            self._pause = None


class _Line(Field):
    """Only it is drawn anew with a letter: Textual lays the whole screen out whenever a text has another length. Leans
    on a private name of Textual's, which `textual>=8.2,<8.3` holds still."""

    def _watch_value(self, value: str) -> None:
        set_extent(self, Size(self.content_width, 1))
        super()._watch_value(value)
