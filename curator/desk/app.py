"""The desk, opened: themes, what is possible everywhere, and an orderly way out."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from curator.desk.commands import NAMES, Command, beyond, bindings_of, commands_of, with_keys
from curator.desk.mouse import switch_mouse
from curator.desk.screens.base import STYLES, DeskApp, DeskScreen
from curator.desk.screens.clerk import Clerk, noted
from curator.desk.screens.help import Help
from curator.desk.screens.opening import look_ahead
from curator.desk.screens.picker import PICKER, Picker
from curator.desk.screens.triage import TriageScreen
from curator.desk.settings import faults_told, settings_of
from curator.desk.themes import DARK, LIGHT
from curator.workflow.bookmark import kept_bookmark
from curator.workflow.desk_file import DESK_FILE, read_desk_file
from curator.workflow.workspace import Workspace

READY_SECONDS = 0.3
"""So long after the start the picker is made."""
TURN_SECONDS = 0.0001
"""How long a thread goes on while another wants to: with Python's own 5 ms, a key waits that long for each turn of the
clerk's or a pull's, and what is painted for its turn at being written."""


def open_desk(workspace: Workspace) -> Path | None:
    """Sit down at `workspace`, until the editor leaves; answers the workspace to go to, if any. Needs a terminal.
    Raises as `EndingApp.sit`. What is in memory by now stays there, so that no key ever waits while it is looked
    through for garbage."""
    desk = Desk(workspace)
    sys.setswitchinterval(TURN_SECONDS)
    gc.freeze()
    gc.enable()
    return desk.sit(mouse=desk.settings.mouse)


class Desk(DeskApp):
    """Owns the clerk and the screens' order; what an editor does is the screens' matter."""

    TITLE = "curator"
    CSS_PATH: ClassVar = STYLES
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("everywhere")]
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ENABLE_COMMAND_PALETTE = True
    SCREENS: ClassVar = {PICKER: Picker}

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.clerk = Clerk(workspace)
        self._warned = False
        self.mouse_taken = True
        self._goal: Path | None = None
        file = read_desk_file(workspace.path, workspace.taxonomy)
        self.settings = settings_of(file, self.available_themes)
        self.ascii_signs = "ascii" in (workspace.environ.get("CURATOR_SIGNS"), self.settings.marks)
        mark = kept_bookmark(workspace)
        self._opening = look_ahead(workspace, self.clerk, mark)
        last = mark.colours
        self.begin_in(self.settings.theme or (last if last in self.available_themes else DARK.name))

    def on_mount(self) -> None:
        self.set_keymap(dict(self.settings.keys))
        self.set_timer(READY_SECONDS, self._make_picker)
        if self.settings.fault:
            self.notify(
                faults_told(self.settings.fault, self.size.height),
                title=DESK_FILE,
                severity="warning",
                markup=False,
                timeout=20,
            )

    def _make_picker(self) -> None:
        """Before it is asked for, so that the first is there as fast as the others; not while the desk closes."""
        if self.is_screen_installed(PICKER):
            self._get_screen(PICKER)

    def get_default_screen(self) -> Screen[None]:
        return TriageScreen(self.workspace, self.clerk, self._opening)

    def report(self, error: Exception) -> str:
        return noted(self.workspace, error)

    def on_unmount(self) -> None:
        self.clerk.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: everything possible on this screen, then everywhere, then what other places have: of that it
        says where it is done."""
        if isinstance(screen, DeskScreen):
            for one in with_keys(commands_of(screen.place), self.settings.keys):
                yield SystemCommand(_titled(one.label), _help(one), partial(screen.act_on, one.action))
        for one in with_keys(commands_of("everywhere"), self.settings.keys):
            if one.action != "command_palette":
                yield SystemCommand(
                    _titled(one.label), _help(one), partial(self.call_next, self.run_action, one.action)
                )
        yield SystemCommand("Colours", "Choose among all colour themes", self.action_change_theme)
        if isinstance(screen, DeskScreen):
            for one in with_keys(beyond(screen.place), self.settings.keys):
                where = NAMES[one.place]
                tell = partial(self.notify, _help(one), title=where, markup=False)
                yield SystemCommand(_titled(one.label), f"{where}: {_help(one)}", tell)

    def action_help(self) -> None:
        if isinstance(self.screen, DeskScreen):
            self.push_screen(Help(self.screen.place, self.settings.keys))

    def action_shade(self) -> None:
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def action_mouse(self) -> None:
        """A terminal selects text itself only while the desk does not ask for the mouse."""
        self.mouse_taken = not self.mouse_taken
        if self._driver is not None:
            switch_mouse(self._driver, on=self.mouse_taken)
        left = "The mouse is the terminal's now: select text with it. ^g takes it back."
        self.notify("The desk has the mouse again." if self.mouse_taken else left, markup=False)

    def action_shell(self) -> None:
        """To the shell that the desk was started in, if it was; `fg` comes back."""
        if self._driver is None or not self._driver.can_suspend or _is_alone():
            self.notify("There is no shell under this desk that you could go to.", severity="warning", markup=False)
        else:
            self.action_suspend_process()

    async def action_leave(self) -> None:
        await self.action_quit()

    async def action_quit(self) -> None:
        """Leave, unless a send runs: it would go on without anyone to tell how it ended. Words that could not be
        saved are said once."""
        busy = next((one.busy for one in self.screen_stack if isinstance(one, DeskScreen) and one.busy), "")
        if not busy and self.clerk.unsaved and not self._warned:
            self._warned = True
            busy = "Some words are not saved yet: b, i or y opens them again. Leaving once more loses them."
        if busy:
            self.notify(busy, severity="warning", markup=False)
            return
        self.put_away()
        self.exit(self._goal)

    def move_to(self, folder: Path) -> None:
        self._goal = folder
        self.call_next(self.action_quit)


def _is_alone() -> bool:
    """Whether nobody would wake this process who sent it to sleep: it is all that runs in its terminal."""
    return not hasattr(os, "getsid") or os.getsid(0) == os.getpid()


def _titled(label: str) -> str:
    return label[:1].upper() + label[1:]


def _help(command: Command) -> str:
    return f"{command.shown_key}  {command.help}"
