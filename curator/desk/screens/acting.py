"""Doing something to documents and taking it back: the list moves on at once, the writing is the clerk's.

When it fails, the screen says so and looks again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from textual import on

from curator.desk.screens.clerk import Clerk
from curator.desk.screens.copying import CopyingScreen
from curator.desk.screens.survey import Acted, Asked, TakenBack, subjects
from curator.desk.widgets.sidebar import Tally
from curator.desk.widgets.words import counted
from curator.models import Act
from curator.workflow import triage
from curator.workflow.workspace import Workspace

_STOOD = 50


class ActingScreen(CopyingScreen):
    """What is shown besides the document under the cursor, the screen built on this knows."""

    asked: Asked
    tally: Tally

    def __init__(self, workspace: Workspace, clerk: Clerk) -> None:
        super().__init__(workspace, clerk)
        self._stood: list[int] = []
        """Where the cursor stood at each act on several documents, so that undo leads back there."""

    def look(self, **changed: object) -> None:
        raise NotImplementedError

    def look_soon(self) -> None:
        raise NotImplementedError

    def show_tally(self) -> None:
        raise NotImplementedError

    def show_list(self, cursor: int) -> None:
        mixed = not self.asked.queue
        self.listing.show_documents(len(self.window), self.window.page, self.window.index, cursor, mixed=mixed)

    # ------------------------------------------------------------ writing it down

    def _act(self, numbers: Sequence[int], work: Callable[[Workspace], object]) -> None:
        def act(workspace: Workspace) -> Acted:
            work(workspace)
            return Acted(tuple(numbers))

        self._outdate_looks()
        self.ask(act)

    def _outdate_looks(self) -> None:
        """What is being looked at just now will not know of this act: it is looked at anew once that is written."""
        self.asked = replace(self.asked, stamp=self.asked.stamp + 1)

    def _act_on_all(
        self, numbers: list[int], work: Callable[[list[int]], Callable[[Workspace], int]], done: str
    ) -> None:
        """One act of the journal on several, and say of how many it was true."""
        self._stood.append(self.current_id if self.current_id in numbers else numbers[0])
        del self._stood[:-_STOOD]

        def act(workspace: Workspace) -> Acted:
            changed = counted(work(numbers)(workspace), "document")
            return Acted(tuple(numbers), f"{changed} {done}; u takes it back.")

        self._outdate_looks()
        self.ask(act)

    @on(Acted)
    def _acted(self, event: Acted) -> None:
        if isinstance(event, TakenBack):
            self.unsettled = event.go_to is not None
        self.window.forget(event.documents)
        if event.said:
            self.say(event.said)
        if len(event.documents) > 1:
            self.look(go_to=self._stood_at(event.documents) if event.go_to is not None else None)
        elif event.go_to is None:
            self.listing.repaint()
            if self.current_id in event.documents:
                self.listing.cursor = self.listing.cursor
            self.look_soon()
        elif (index := self.window.bring_back(event.go_to, self.asked.queue)) is not None:
            self.unsettled = False
            self.show_list(index)
            self.look_soon()
        else:
            self.look(go_to=event.go_to)

    def _stood_at(self, documents: Sequence[int]) -> int:
        """Where the cursor was when these were acted on, as far as it is remembered."""
        among = set(documents)
        return next((number for number in reversed(self._stood) if number in among), documents[0])

    # ------------------------------------------------------------ undo

    def action_undo(self) -> None:
        self.unsettled = True
        self.ask(taken_back)

    def action_redo(self) -> None:
        self.unsettled = True
        self.ask(done_again)


def taken_back(workspace: Workspace) -> TakenBack:
    """Undo the editor's last act."""
    return _told_of(triage.undo(workspace), "Taken back", "Nothing is left to undo.")


def done_again(workspace: Workspace) -> TakenBack:
    """Redo what was undone last."""
    return _told_of(triage.redo(workspace), "Done again", "There is nothing to redo.")


def _told_of(act: Act | None, word: str, nothing: str) -> TakenBack:
    if act is None:
        return TakenBack((), nothing)
    documents = subjects(act.subjects)
    return TakenBack(documents, f"{word}: {act.verb}", documents[0] if documents else None)
