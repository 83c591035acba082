"""How a screen tells the editor what went wrong with what was asked for in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from textual.message import Message

from curator.clean import plain_line, plain_text
from curator.desk.events import Broke, Failed
from curator.desk.screens.clerk import guarded
from curator.desk.screens.layer import Layer
from curator.errors import CuratorError
from curator.workflow.workspace import Workspace

Severity = Literal["information", "warning", "error"]
DEFECT = "A defect in curator"


class TellingScreen(Layer[None]):
    """A screen that tells the editor what went wrong with what was asked for in the background."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-medium"), (116, "-wide")]  # noqa: RUF012
    unsettled = False
    """Whether something is under way that will move the cursor: the next key waits for it."""

    def say(self, words: str, *, title: str = "", severity: Severity = "information") -> None:
        """A note at the corner: plain text, whatever it quotes."""
        self.notify(plain_text(words), title=plain_line(title), severity=severity, markup=False)

    def tell(self, error: CuratorError, undone: str = "") -> None:
        """What is wrong; before it what was `undone` by that."""
        words = f"{undone}. {error.message}" if undone else error.message
        self.say(words, title=error.title, severity="warning")

    def in_thread(
        self, name: str, work: Callable[[], Message | None], *, over: Message | None = None, looking: bool = False
    ) -> None:
        """Do what takes long in a thread of its own: what it answers, or how it failed, comes as an event, and then
        `over`, however it ended. `looking` as in `Failed`."""

        def run() -> None:
            guarded(work, self.post_message, self.noted_in, looking=looking)
            if over is not None:
                self.post_message(over)

        self.run_worker(run, thread=True, group=name, exit_on_error=False)

    @property
    def noted_in(self) -> Workspace | None:
        """The workspace in which the trace of a defect is noted."""
        return None

    def on_failed(self, event: Failed) -> None:
        self.unsettled = False
        self.tell(event.error, event.undone)
        if not event.looking:
            self.recover()

    def on_broke(self, event: Broke) -> None:
        self.unsettled = False
        self.say(words_of_defect(event), title=DEFECT, severity="error")
        if not event.looking:
            self.recover()

    def recover(self) -> None:
        """Show what is really there, after a write failed."""


def words_of_defect(event: Broke) -> str:
    """What broke, and where its trace is."""
    where = f" Its trace is in {event.report}." if event.report else ""
    return f"{type(event.error).__name__}: {event.error}.{where} The rest of the desk works on."
