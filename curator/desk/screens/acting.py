"""Doing something to documents and taking it back: the list moves on at once, the writing is the clerk's.

When it fails, the screen says so and looks again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from textual import on

from curator.desk.screens.clerk import Clerk
from curator.desk.screens.copying import CopyingScreen
from curator.desk.screens.survey import Acted, TakenBack, subjects
from curator.desk.screens.targets import Targets
from curator.desk.widgets.bars import Bar
from curator.desk.widgets.sidebar import QUEUES, Sidebar
from curator.desk.widgets.words import counted
from curator.models import Act, Filed
from curator.workflow import triage
from curator.workflow.chosen import gathered
from curator.workflow.workspace import Workspace

_STOOD = 50
NOT_UNDONE, NOT_REDONE = "Nothing was taken back", "Nothing was done again"


class ActingScreen(CopyingScreen):
    """`coming` is the next edition in a few words."""

    coming = ""

    def __init__(self, workspace: Workspace, clerk: Clerk) -> None:
        super().__init__(workspace, clerk)
        self._stood: list[int] = []
        """Where the cursor stood at each act on several documents, so that undo leads back there."""

    def show_tally(self) -> None:
        self.query_one(Sidebar).show_tally(self.tally)
        short, kept = self.workspace.config.network.short, self.tally.of("kept")
        label = self.asked.saved or dict(QUEUES)[self.asked.queue]
        country = self.workspace.taxonomy.country_label(self.asked.country) if self.asked.country else ""
        words = (short, label, country, self.coming, f"{kept:,} kept")
        self.query_one("#top", Bar).left = " · ".join(word for word in words if word)
        self.show_count()

    def show_list(self, cursor: int) -> None:
        mixed = not self.asked.queue
        self.listing.show_documents(len(self.window), self.window.page, self.window.index, cursor, mixed=mixed)

    # ------------------------------------------------------------ writing it down

    def _act(self, number: int, work: Callable[[Workspace], object], done: str) -> None:
        """On one document. `done` is what it is then: kept, tagged."""

        def act(workspace: Workspace) -> Acted:
            work(workspace)
            return Acted((number,))

        self.lookout.outdate()
        self.ask(act, undone=f"Not {done}: {self._title(number)}")

    def _title(self, number: int) -> str:
        index = self.window.index(number)
        filed = None if index is None else self.window.at(index)
        return f"“{filed.document.title}”" if filed else f"document {number}"

    def _act_on_all(
        self, targets: Targets, work: Callable[[Workspace, Iterator[Filed]], int], done: str, *, texts: bool = False
    ) -> None:
        """One act of the journal on several, and say of how many it was true. They are read as the act goes, with
        `texts` where it needs them."""
        self._stand(targets)

        def act(workspace: Workspace) -> Acted:
            found = gathered(workspace, targets.chosen(workspace), texts=texts)
            if not (changed := work(workspace, found)):
                return Acted((), "Nothing is changed by that.", many=True)
            return Acted((), f"{counted(changed, 'document')} {done}; u takes it back.", many=True)

        self.lookout.outdate()
        self.ask(act, undone=f"Not {done}: {self.words_for(targets)}")

    def _stand(self, targets: Targets) -> None:
        """Remember where the cursor is, or else the first of them."""
        here = self.current_id
        if here is None or not targets.have(here):
            here = next((number for number in self.window.ids if targets.have(number)), None)
        if here is not None:
            self._stood.append(here)
            del self._stood[:-_STOOD]

    @on(Acted)
    def _acted(self, event: Acted) -> None:
        if isinstance(event, TakenBack):
            self.unsettled = event.go_to is not None
        self.window.forget(event.documents)
        if event.said:
            self.say(event.said)
        if event.many:
            self.window.forget_all()
            self.look(go_to=event.go_to)
        elif event.go_to is None:
            self.listing.repaint()
            if self.current_id in event.documents:
                self.listing.cursor = self.listing.cursor
            self.lookout.look_soon()
        elif (index := self.window.bring_back(event.go_to, self.asked.queue)) is not None:
            self.unsettled = False
            self.show_list(index)
            self.lookout.look_soon()
        else:
            self.look(go_to=event.go_to)

    # ------------------------------------------------------------ undo

    def action_undo(self) -> None:
        self.unsettled = True
        self.ask(partial(taken_back, stood=tuple(self._stood)), undone=NOT_UNDONE)

    def action_redo(self) -> None:
        self.unsettled = True
        self.ask(partial(done_again, stood=tuple(self._stood)), undone=NOT_REDONE)


def taken_back(workspace: Workspace, stood: Sequence[int] = ()) -> TakenBack:
    """Undo the editor's last act. `stood` is where the cursor was at each act on several, the latest last."""
    return _told_of(triage.undo(workspace), "Taken back", "Nothing is left to undo.", stood)


def done_again(workspace: Workspace, stood: Sequence[int] = ()) -> TakenBack:
    """Redo what was undone last."""
    return _told_of(triage.redo(workspace), "Done again", "There is nothing to redo.", stood)


def _told_of(act: Act | None, word: str, nothing: str, stood: Sequence[int]) -> TakenBack:
    if act is None:
        return TakenBack((), nothing)
    documents, said = subjects(act.subjects), f"{word}: {act.verb}"
    if len(documents) < 2:
        return TakenBack(documents, said, documents[0] if documents else None)
    among = set(documents)
    there = next((number for number in reversed(stood) if number in among), documents[0])
    return TakenBack((), said, there, many=True)
