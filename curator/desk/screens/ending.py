"""How the desk ends otherwise than by its own key: its terminal is closed, the machine shuts down, or curator has a
defect. Words being typed are kept, the terminal is left as it was found, and a sentence says what happened."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from curator.desk.events import Ended
from curator.desk.keyboard import KeyboardApp
from curator.desk.screens.layer import Layer
from curator.errors import Defect


class EndingApp(KeyboardApp):
    """Ends in order, whoever ends it."""

    _number = 0

    def sit(self, *, mouse: bool = True) -> Path | None:
        """Run until the editor leaves; answers the workspace to go to, if any. Raises Defect where curator failed,
        and SystemExit as the shell counts it (128 and the signal) where somebody else ended it."""
        goal = self.run(mouse=mouse)
        if self._exception is not None:
            raise _defect(self._exception, self.report(self._exception)) from self._exception
        if self._number:
            raise SystemExit(128 + self._number)
        return goal

    def report(self, error: Exception) -> str:
        """Where its trace was written; '' for nowhere."""
        return ""

    def put_away(self) -> None:
        """Have every screen keep what it does not keep yet."""
        for screen in self.screen_stack:
            if isinstance(screen, Layer):
                screen.put_away()

    def on_ended(self, event: Ended) -> None:
        """Once what was struck before is answered."""
        if self.typed_ahead:
            self.set_timer(0.01, partial(self.post_message, Ended(event.number)))
            return
        self._number = event.number
        self.put_away()
        self.exit(None)

    def _fatal_error(self) -> None:
        """Textual would print the trace with the values of all variables, which feeds have their words in."""
        with suppress(Exception):  # the defect that ends the desk is told, not what that breaks besides
            self.put_away()
        self._close_messages_no_wait()


def _defect(error: Exception, report: str) -> Defect:
    what = f"{type(error).__name__}: {error}".rstrip(": ").rstrip(".")
    trace = f"Its trace is in {report}." if report else "Run it again with -v before the command for its trace."
    return Defect(f"The desk ended by a defect in curator: {what}. {trace} What you did before is saved.")
