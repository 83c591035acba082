"""What every screen of the desk shares: its workspace, its clerk, and how it tells the editor what went wrong."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import App
from textual.screen import Screen

from curator.clean import plain_line, plain_text
from curator.desk.commands import Place
from curator.desk.events import Broke, Elsewhere, Failed
from curator.desk.screens.clerk import Clerk, Work
from curator.desk.screens.layer import Layer
from curator.desk.settings import Settings
from curator.desk.widgets.bars import KeyBar
from curator.desk.widgets.rows import Rows
from curator.errors import CuratorError
from curator.workflow.workspace import Workspace

POLL_SECONDS = 1.0
"""How often a screen asks whether another process changed the library: one pragma, some microseconds."""


PATIENCE_SECONDS = 1.0
"""How long the clerk may be at one thing before the editor is told that it waits."""


class DeskApp(App[None]):
    """An app that has an editor's settings."""

    settings: Settings


class DeskScreen(Layer[None]):
    """A screen where an editor works. `place` names its commands."""

    place: ClassVar[Place]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-medium"), (116, "-wide")]  # noqa: RUF012

    def __init__(self, workspace: Workspace, clerk: Clerk) -> None:
        super().__init__()
        self.workspace, self.clerk = workspace, clerk
        self._version = -1

    def on_mount(self) -> None:
        """Of every screen, whatever else it does when it comes: the footer shows the editor's own keys."""
        for bar in self.query(KeyBar):
            bar.use_keys(self.settings.keys)

    @property
    def settings(self) -> Settings:
        assert isinstance(self.app, DeskApp)
        return self.app.settings

    def ask(self, work: Work, *, looking: bool = False, yielding: bool = False) -> None:
        """Have it done in the background; the answer comes as an event to this screen. As `Clerk.ask`."""
        self.clerk.ask(work, self.post_message, looking=looking, yielding=yielding)

    def say(
        self, words: str, *, title: str = "", severity: Literal["information", "warning", "error"] = "information"
    ) -> None:
        """A note at the corner: plain text, whatever it quotes."""
        self.notify(plain_text(words), title=plain_line(title), severity=severity, markup=False)

    def tell(self, error: CuratorError) -> None:
        self.say(error.message, title=error.title, severity="warning")

    def on_failed(self, event: Failed) -> None:
        self.tell(event.error)
        if not event.looking:
            self.recover()

    def on_broke(self, event: Broke) -> None:
        where = f" Its trace is in {event.report}." if event.report else ""
        self.say(
            f"{type(event.error).__name__}: {event.error}.{where} The rest of the desk works on.",
            title="A defect in curator",
            severity="error",
        )
        if not event.looking:
            self.recover()

    def on_rows_missed(self, event: Rows.Missed) -> None:
        self.say(event.words)

    def recover(self) -> None:
        """Show what is really there, after a write failed."""

    def watch_others(self) -> None:
        """Post `Elsewhere` whenever another process, or a thread other than the clerk, has changed the library.
        Call it before the first look, so that nothing falls between."""
        self.ask(self._news, looking=True, yielding=True)
        self.set_interval(POLL_SECONDS, self._poll)

    def _poll(self) -> None:
        """Say when the clerk is held up; ask it for news when it is not."""
        waits = self.clerk.at_it > PATIENCE_SECONDS
        for keys in self.query(KeyBar):
            keys.note = "waiting for the library …" if waits else ""
        if not waits:
            self.ask(self._news, looking=True, yielding=True)

    def _news(self, workspace: Workspace) -> Elsewhere | None:
        """Asked through the clerk's connection: what the clerk itself wrote is no news."""
        before, self._version = self._version, workspace.library.version()
        return Elsewhere() if before not in (-1, self._version) else None

    @property
    def busy(self) -> str:
        """Why one should not leave now, in a sentence; '' where nothing speaks against it."""
        return ""

    def open_over(self, screen: Screen[None]) -> None:
        """Lay a screen over this one, unless another lies there: Enter struck twice opens once."""
        if self.is_active:
            self.app.push_screen(screen)

    def act_on(self, action: str) -> None:
        """Do what a command says, once whatever lies over this screen has closed."""
        self.call_next(self.run_action, action)
