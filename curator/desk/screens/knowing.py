"""What a screen has to know before it goes on, found in the background; what is typed for it reaches nothing else.

Keys wait until it is known. Where it cannot be, or the library takes longer than keys wait, a dialog lies over the
screen: letters meant for an editor or a picker that did not open are no commands over documents.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from curator.clean import plain_text
from curator.desk.events import Broke, Failed, Known
from curator.desk.screens.clerk import Clerk
from curator.desk.screens.layer import Dialog
from curator.desk.screens.telling import DEFECT, Severity, TellingScreen, words_of_defect
from curator.workflow.workspace import Workspace

Found = TypeVar("Found")
GoOn = Callable[[], object]

UNREAD_SECONDS = 1.0
"""A dialog that is closed sooner was closed by a key struck before it could be read."""
_WAITS = "The library has not answered yet. What you asked for opens as soon as it does."
_LOST = "What you typed for it went nowhere · Esc goes back"


class Stopped(Dialog[GoOn]):
    """Says why something does not open. Esc closes it and nothing else does: Enter may stand among the words that were
    typed ahead. Answers how it goes on after all."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, words: str, title: str = "") -> None:
        super().__init__()
        self._words, self._title = plain_text(words), title
        self._since = monotonic()

    @property
    def was_read(self) -> bool:
        return monotonic() - self._since > UNREAD_SECONDS

    def compose(self) -> ComposeResult:
        with Vertical(id="stopped", classes="-sheet"):
            if self._title:
                yield Static(plain_text(self._title), id="stopped-title", markup=False)
            yield Static(self._words, id="stopped-words", markup=False)
            yield Static(_LOST, id="stopped-keys", markup=False)

    def action_leave(self) -> None:
        self.dismiss(None)


class KnowingScreen(TellingScreen):
    """A screen with a clerk, which finds things out for it."""

    def __init__(self, workspace: Workspace, clerk: Clerk) -> None:
        super().__init__()
        self.workspace, self.clerk = workspace, clerk
        self._wanted = 0
        """How much is being found out that the editor waits for."""
        self._given_up = 0
        """How often the editor has waited no longer: what was asked for before that opens no more."""
        self._waits: Stopped | None = None

    def once_known(
        self, find: Callable[[Workspace], Found], go_on: Callable[[Found], object], *, in_turn: bool = False
    ) -> None:
        """Have something small found in the background, and go on with it; the next key waits so long. `in_turn`:
        after all that was asked before."""
        self.unsettled = True
        self._wanted += 1
        ask = partial(self.clerk.ask, looking=True) if in_turn else self.clerk.fetch
        known = partial(self._if_here, go_on)
        ask(lambda workspace: Known(partial(known, find(workspace))), partial(self._post_known, self._given_up))

    def _post_known(self, given_up: int, message: Message) -> None:
        """From the thread that found it, or failed."""
        go_on = message.go_on if isinstance(message, Known) else partial(self._stop, message)
        self.post_message(Known(go_on, given_up))

    def on_known(self, event: Known) -> None:
        if event.given_up < self._given_up:
            return
        self._wanted -= 1
        if self._waits is not None:
            self._waits.dismiss(event.go_on)
        else:
            self._go_on(event.go_on)

    def _go_on(self, go_on: GoOn) -> None:
        self.unsettled = self._wanted > 0
        go_on()

    def _if_here(self, go_on: Callable[[Found], object], found: Found) -> None:
        """Not where the editor is somewhere else by now: it would open over that."""
        if self.is_active:
            go_on(found)

    def held_up(self) -> None:
        """Keys have waited as long as they do: from now on they go to a dialog."""
        if self._wanted and not self._typing:
            self._waits = Stopped(_WAITS)
            self.app.push_screen(self._waits, self._waited)

    def _waited(self, go_on: GoOn | None) -> None:
        self._waits = None
        if go_on is None:
            self.unsettled, self._wanted, self._given_up = False, 0, self._given_up + 1
        else:
            self._go_on(go_on)

    @property
    def _typing(self) -> bool:
        """Whether keys go into a field of this screen, where they do no harm."""
        return bool(getattr(self.focused, "is_typed_into", False))

    def _stop(self, failure: Message) -> None:
        if isinstance(failure, Failed):
            self._say_stopped(failure.error.message, failure.error.title, "warning")
        elif isinstance(failure, Broke):
            self._say_stopped(words_of_defect(failure), DEFECT, "error")

    def _say_stopped(self, words: str, title: str, severity: Severity) -> None:
        say = partial(self.say, words, title=title, severity=severity)
        if self._typing or not self.is_active:
            say()
            return
        stopped = Stopped(words, title)
        self.app.push_screen(stopped, lambda _: None if stopped.was_read else say())
