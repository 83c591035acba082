"""What every screen of the desk shares: its workspace, its clerk, and how it tells the editor what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, ClassVar

from rich.console import RenderableType
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter
from textual.message import Message
from textual.notifications import Notify
from textual.screen import Screen

from curator.config import FEEDS_FILE
from curator.desk.ascii import AsciiSigns
from curator.desk.colourless import NoColours
from curator.desk.commands import Place
from curator.desk.events import Elsewhere, Failed
from curator.desk.lean import Shown, lean
from curator.desk.screens.clerk import Clerk, Work
from curator.desk.screens.ending import EndingApp
from curator.desk.screens.knowing import KnowingScreen
from curator.desk.screens.outside import open_in_browser
from curator.desk.screens.telling import TellingScreen
from curator.desk.settings import Settings
from curator.desk.themes import DARK, LIGHT
from curator.desk.widgets.bars import KeyBar
from curator.desk.widgets.rows import Rows
from curator.taxonomy import TAXONOMY_FILE
from curator.workflow.desk_file import DESK_FILE
from curator.workflow.themes import catch_up
from curator.workflow.workspace import Workspace

POLL_SECONDS = 1.0
"""How often a screen asks whether another process changed the library: one pragma, some microseconds."""
PATIENCE_SECONDS = 1.0
"""How long the clerk may be at one thing before the editor is told that it waits."""

STYLES: list[str | PurePath] = sorted(Path(__file__).parents[1].rglob("*.tcss"))


class DeskApp(EndingApp):
    """An app that has an editor's settings, the desk's colours and its signs. It ends with the workspace to go to."""

    settings = Settings()

    def __init__(self) -> None:
        super().__init__()
        self._signs, self._no_colours = AsciiSigns(), NoColours()
        self._shown = Shown()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.begin_in(DARK.name)

    def get_driver_class(self) -> type[Driver]:
        """On a terminal the one that does not wait long after Esc; in a browser, in tests and on Windows Textual's."""
        found = super().get_driver_class()
        if found.__module__ != "textual.drivers.linux_driver":
            return found
        from curator.desk.driver import DeskDriver  # needs what Windows has not

        return DeskDriver

    def on_notify(self, event: Notify) -> None:
        """A warning that stands at the corner already is not said again: Textual does not add it."""
        new = event.notification
        if new.severity != "information" and any(note.message == new.message for note in self._notifications):
            event.prevent_default()

    def begin_in(self, theme: str) -> None:
        """Set the colours before the CSS is read: afterwards, all of it would be read again, twice, before the first
        document is painted."""
        self.set_reactive(App.theme, theme)
        dark = self.current_theme.dark
        self.remove_class(*(name for name in self.classes if name.startswith("-theme-")), update=False)
        for name, holds in (("-dark-mode", dark), ("-light-mode", not dark), (f"-theme-{theme}", True)):
            self.set_class(holds, name, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        """Also of the apps built on this, beside what theirs do: another program draws over the desk."""
        for signal in (self.app_suspend_signal, self.app_resume_signal):
            signal.subscribe(self, lambda _: self.action_redraw())

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Textual's way to the terminal, without what that shows already."""
        self._shown.resized(self.size)
        super()._display(screen, lean(renderable, self._shown))

    def action_redraw(self) -> None:
        """Where something else has written into the terminal."""
        self._shown.forget()
        self.screen.refresh()

    @property
    def ascii_signs(self) -> bool:
        """Whether the desk's own signs are drawn in ASCII."""
        return self._signs.enabled

    @ascii_signs.setter
    def ascii_signs(self, wanted: bool) -> None:
        self._signs.enabled = wanted
        if self.is_running:
            self.refresh_css(animate=False)

    def get_line_filters(self) -> Sequence[LineFilter]:
        own = ((self._signs, self.ascii_signs), (self._no_colours, self.no_color))
        return [*super().get_line_filters(), *(one for one, wanted in own if wanted)]

    @property
    def unsettled(self) -> bool:
        return isinstance(self.screen, TellingScreen) and self.screen.unsettled

    def held_up(self) -> None:
        if isinstance(self.screen, KnowingScreen):
            self.screen.held_up()

    def move_to(self, folder: Path) -> None:
        """Leave this workspace, if there is one, for another."""
        self.exit(folder)


class DeskScreen(KnowingScreen):
    """A screen where an editor works. `place` names its commands."""

    place: ClassVar[Place]

    def __init__(self, workspace: Workspace, clerk: Clerk) -> None:
        super().__init__(workspace, clerk)
        self._known: tuple[int, ...] = ()

    def on_mount(self) -> None:
        """Of every screen, whatever else it does when it comes: the footer shows the editor's own keys."""
        for bar in self.query(KeyBar):
            bar.use_keys(self.settings.keys)

    @property
    def noted_in(self) -> Workspace:
        return self.workspace

    @property
    def settings(self) -> Settings:
        assert isinstance(self.app, DeskApp)
        return self.app.settings

    def browse(self, address: str) -> bool:
        """Open a page in the editor's browser, where the desk itself is shown in one, in that; whether one took it."""
        if self.app.is_web and address.startswith(("https://", "http://")):
            self.app.open_url(address)
            return True
        return open_in_browser(address, self.workspace.environ)

    def ask(
        self,
        work: Work,
        *,
        looking: bool = False,
        yielding: bool = False,
        pressing: bool | None = None,
        undone: str = "",
    ) -> None:
        """Have it done in the background; the answer comes as an event to this screen. As `Clerk.ask`; `undone` as in
        `Failed`."""

        def post(message: Message) -> None:
            self.post_message(replace(message, undone=undone) if isinstance(message, Failed) else message)

        told = post if undone else self.post_message
        self.clerk.ask(work, told, looking=looking, yielding=yielding, pressing=pressing)

    def on_rows_missed(self, event: Rows.Missed) -> None:
        self.say(event.words)

    def watch_others(self) -> None:
        """Post `Elsewhere` whenever another process, or a thread other than the clerk, has changed the library, or
        somebody the files that are read anew. Call it before the first look, so that nothing falls between."""
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
        """Asked through the clerk's connection: what the clerk itself wrote into the library is no news."""
        before, self._known = self._known, (workspace.library.version(), *map(_written, _files(workspace)))
        if before and before[1] != self._known[1]:
            workspace.config.catch_up(workspace.taxonomy)
        if before and before[-1] != self._known[-1]:
            catch_up(workspace)
        return Elsewhere() if before not in ((), self._known) else None

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


def _files(workspace: Workspace) -> tuple[Path, ...]:
    """Those that people write and the desk reads anew; the feeds are the first, the taxonomy is the last."""
    return workspace.path / FEEDS_FILE, workspace.path / DESK_FILE, workspace.path / TAXONOMY_FILE


def _written(file: Path) -> int:
    """When, in nanoseconds; 0 where there is none."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
