"""The journal: every editorial act, who, when and what; from there to the document or edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from curator.desk.commands import bindings_of, footer_of
from curator.desk.events import Elsewhere
from curator.desk.screens.acting import NOT_REDONE, NOT_UNDONE, done_again, taken_back
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.clerk import Clerk
from curator.desk.screens.edition import EditionScreen
from curator.desk.screens.survey import Acted, subjects
from curator.desk.widgets.act_list import ActList, Line
from curator.desk.widgets.bars import Bar, KeyBar
from curator.desk.widgets.rows import Rows
from curator.models import Act
from curator.workflow.journal import journal
from curator.workflow.workspace import Workspace

MOST = 2000
"""Acts that are shown: some months of work. `curator journal --limit 0` has all."""


@dataclass
class Read(Message):
    lines: list[Line]


class JournalScreen(DeskScreen):
    """`go_to` shows a document in triage."""

    place = "journal"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("journal")]

    def __init__(self, workspace: Workspace, clerk: Clerk, go_to: Callable[[int], None]) -> None:
        super().__init__(workspace, clerk)
        self._go_to = go_to

    def compose(self) -> ComposeResult:
        yield Bar(id="top")
        yield ActList(id="acts")
        yield KeyBar(footer_of("journal"), id="keys")

    def on_mount(self) -> None:
        self._list.empty = ("Nobody has done anything yet.",)
        self._list.focus()
        self.watch_others()

    def on_screen_resume(self) -> None:
        self._look()

    @property
    def _list(self) -> ActList:
        return self.query_one(ActList)

    def _look(self) -> None:
        self.ask(_read, looking=True)

    @on(Elsewhere)
    def _changed_elsewhere(self) -> None:
        self._look()

    @on(Read)
    def _show(self, event: Read) -> None:
        self._list.show_acts(event.lines)
        short = self.workspace.config.network.short
        self.query_one("#top", Bar).left = f"{short} · journal · you are {self.workspace.editor}"

    # ------------------------------------------------------------ what can be done

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        line = self._list.current
        if line is None:
            return
        if documents := subjects(line.subjects):
            self.dismiss()
            self._go_to(documents[0])
        elif line.subjects:
            name = line.subjects[0].partition(":")[2]
            self.open_over(EditionScreen(self.workspace, self.clerk, name))

    def action_undo(self) -> None:
        self.ask(taken_back, undone=NOT_UNDONE)

    def action_redo(self) -> None:
        self.ask(done_again, undone=NOT_REDONE)

    @on(Acted)
    def _acted(self, event: Acted) -> None:
        self.say(event.said)
        self._look()

    def recover(self) -> None:
        self._look()

    def action_back(self) -> None:
        self.dismiss()


def _read(workspace: Workspace) -> Read:
    zone, found = workspace.config.network.zone, journal(workspace, MOST)
    acts = {one.act.id: one.act for one in found}
    return Read(
        [
            Line(
                one.act.id,
                f"{one.act.at.astimezone(zone):%Y-%m-%d %H:%M}",
                one.act.by,
                one.act.verb + (f" of {_original(one.act, acts)}" if one.act.undoes else ""),
                one.about,
                one.act.undone,
                one.act.subjects,
            )
            for one in found
        ]
    )


def _original(act: Act, acts: Mapping[int, Act]) -> str:
    """What an undo took back, or a redo did again; the act's number where that is older than what is shown."""
    number = act.undoes
    while number is not None and number in acts:
        act, number = acts[number], acts[number].undoes
    return act.verb if number is None else str(number)
