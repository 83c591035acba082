"""Where curator is started and there is no workspace: the ways to one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from curator.config import FEEDS_FILE
from curator.desk.screens.asking import something
from curator.desk.screens.asking_path import AskingPath, path_typed
from curator.desk.screens.base import STYLES, DeskApp
from curator.desk.screens.sample import SAMPLE_HELP, SampleScreen
from curator.desk.widgets.bars import Bar
from curator.desk.widgets.beginning import Beginning, Way, WayList
from curator.errors import CuratorError, UsageError
from curator.workflow.setup import init
from curator.workflow.workspace import Clock

_WAYS = (
    Way("sample", "See a sample", SAMPLE_HELP),
    Way("here", "Start a workspace", "a folder for your feeds, templates and library"),
    Way("another", "Open another one", "the folder of a workspace that is there already"),
)


def choose_workspace(now: Clock, environ: Mapping[str, str]) -> Path | None:
    """Ask the editor for a workspace: the sample, a new one, or another; None when they leave. Needs a terminal."""
    return Entrance(now, environ).sit()


class EntranceScreen(SampleScreen):
    """The three ways, in the middle of an otherwise empty screen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape,ctrl+q", "leave", show=False)]

    def __init__(self, now: Clock, environ: Mapping[str, str]) -> None:
        super().__init__()
        self._now, self._environ = now, environ

    def compose(self) -> ComposeResult:
        yield Bar(id="top")
        yield Beginning()
        yield Bar(id="keys")

    def on_mount(self) -> None:
        self.query_one("#top", Bar).left = "curator · reads what many countries publish, and mails what matters"
        self.query_one("#keys", Bar).left = "1 2 3 or Enter takes a way · q leaves"
        here = Path.cwd()
        foot = "curator looks for feeds.toml in the folder it is started in and above; -w names one elsewhere."
        beginning = self.query_one(Beginning)
        beginning.show(f"There is no workspace in {here} or above it. Take one of these ways:", _WAYS, foot)
        beginning.list.focus()

    @on(WayList.Taken)
    def _go(self, event: WayList.Taken) -> None:
        if self.making:
            return
        here = Path.cwd()
        match event.code:
            case "sample":
                self.ask_for_sample(self._now, self._environ)
            case "here":
                question = "In which folder does the workspace begin? What is in it stays as it is."
                self._ask(AskingPath(question, here, partial(_begin, here), value="."))
            case "another":
                question = "Which workspace? The folder with its feeds.toml."
                self._ask(AskingPath(question, here, partial(_known, here)))

    def _ask(self, question: AskingPath) -> None:
        def opened(typed: str | None) -> None:
            if typed is not None:
                self.app.exit(path_typed(typed, Path.cwd()).resolve())

        self.app.push_screen(question, opened)

    def action_leave(self) -> None:
        self.app.exit(None)


class Entrance(DeskApp):
    """Ends with the workspace to open."""

    CSS_PATH: ClassVar = STYLES

    def __init__(self, now: Clock, environ: Mapping[str, str]) -> None:
        super().__init__()
        self._now, self._environ = now, environ
        self.ascii_signs = environ.get("CURATOR_SIGNS") == "ascii"

    def on_mount(self) -> None:
        self.push_screen(EntranceScreen(self._now, self._environ))


def _begin(here: Path, typed: str) -> None:
    """Make the folder a workspace, or say why it cannot be one."""
    something("Name a folder; . is this one. Esc leaves it.")(typed)
    try:
        init(path_typed(typed, here))
    except UsageError:
        raise
    except CuratorError as error:
        raise UsageError(error.message) from error


def _known(here: Path, typed: str) -> None:
    folder = path_typed(typed, here)
    something("Name a folder; Esc leaves it.")(typed)
    if not (folder / FEEDS_FILE).is_file():
        raise UsageError(f"There is no {FEEDS_FILE} in {folder}. The second way starts a workspace there.")
