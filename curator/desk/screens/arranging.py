"""The editor's hand in an edition: what moves, what is left out, what is said at its head."""

from __future__ import annotations

from collections.abc import Callable

from curator.desk.screens.base import DeskScreen
from curator.desk.screens.clerk import Clerk
from curator.desk.screens.drawing import Drawn, check, draw, place_choices
from curator.desk.screens.picker import Picked, Picker
from curator.desk.screens.verdict import write_blurb
from curator.desk.screens.writing import Piece, write
from curator.desk.widgets.outline_list import OutlineList
from curator.errors import CuratorError
from curator.models import Act
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.workspace import Workspace


class ArrangingScreen(DeskScreen):
    """Each verb is the clerk's: it acts, then draws. `drawn` is what is shown; moves made meanwhile add up."""

    drawn: Drawn | None = None

    def __init__(self, workspace: Workspace, clerk: Clerk, name: str) -> None:
        super().__init__(workspace, clerk)
        self.name_of_edition = name
        self._moves: dict[int, int] = {}
        self._asked = 0

    @property
    def outline(self) -> OutlineList:
        raise NotImplementedError

    @property
    def document(self) -> int | None:
        """The document under the cursor."""
        row = self.outline.current
        return row.document if row else None

    def draw(self) -> None:
        name = self.name_of_edition
        self.ask(lambda workspace: draw(workspace, name), looking=True)

    def check_soon(self) -> None:
        """Text and findings, unless something newer is asked for before their turn comes."""
        if self.drawn is None:
            return
        self._asked += 1
        asked, edition = self._asked, self.drawn.edition
        self.ask(lambda workspace: check(workspace, edition) if asked == self._asked else None, looking=True)

    def recover(self) -> None:
        self._moves.clear()
        self.draw()

    def _act(self, work: Callable[[Workspace], object], *, go_to: int | None = None, said: str = "") -> None:
        name = self.name_of_edition
        self._asked += 1

        def act(workspace: Workspace) -> Drawn:
            work(workspace)
            return draw(workspace, name, go_to, said)

        self.ask(act)

    # ------------------------------------------------------------ places

    def action_move(self, by: int) -> None:
        document, name = self.document, self.name_of_edition
        if document is None:
            return
        waiting = document in self._moves
        self._moves[document] = self._moves.get(document, 0) + by
        if waiting:
            return

        def move(workspace: Workspace) -> None:
            if steps := self._moves.pop(document, 0):
                editions.move(workspace, name, document, steps)

        self._act(move, go_to=document)

    def action_place(self) -> None:
        document, name = self.document, self.name_of_edition
        if document is None or self.drawn is None:
            return
        try:
            digest = self.workspace.digest(self.drawn.edition.digest)
        except CuratorError as error:
            self.tell(error)
            return
        seat = next((one for one in self.drawn.edition.placements if one.document == document), None)
        choices = place_choices(self.workspace, self.drawn.edition, digest, seat.section if seat else "")

        def picked(place: Picked) -> None:
            if place:
                section, _, group = place[0].partition("/")
                self._act(lambda workspace: editions.place(workspace, name, document, section, group), go_to=document)

        self.app.push_screen(Picker("Place it where?", choices, several=False), picked)

    def action_leave_out(self) -> None:
        document, name = self.document, self.name_of_edition
        if document is not None:
            self._act(
                lambda workspace: editions.leave_out(workspace, name, document), said="Left out; u takes it back."
            )

    def action_refresh_draft(self) -> None:
        if self.drawn:
            edition = self.drawn.edition
            self._act(
                lambda workspace: editions.draft(workspace, edition.digest, topic=edition.topic, on=edition.date),
                said="Selected anew; what you placed by hand stayed.",
            )

    # ------------------------------------------------------------ words

    def action_introduce(self) -> None:
        if self.drawn:
            self._write("introduction", "Introduction (Markdown)", self.drawn.edition.introduction, editions.introduce)

    def action_key_messages(self) -> None:
        if self.drawn:
            self._write(
                "key-messages", "Key messages (Markdown)", self.drawn.edition.key_messages, editions.key_messages
            )

    def _write(self, what: str, title: str, text: str, verb: Callable[[Workspace, str, str], object]) -> None:
        name = self.name_of_edition
        if self.drawn and self.drawn.edition.status != "draft":
            self.say(f"{name} is {self.drawn.edition.status}; its words do not change any more.", severity="warning")
            return
        piece = Piece(f"{name}-{what}", f"{title} · {name}", text)
        write(self, piece, lambda workspace, words: verb(workspace, name, words), self._act)

    def action_blurb(self) -> None:
        if self.document is None:
            return
        try:
            filed = triage.show(self.workspace, self.document)
        except CuratorError as error:
            self.tell(error)
            return
        write_blurb(self, filed, lambda work: self._act(work, go_to=filed.id))

    # ------------------------------------------------------------ undo

    def action_undo(self) -> None:
        self._take_back(triage.undo, "Taken back", "Nothing is left to undo.")

    def action_redo(self) -> None:
        self._take_back(triage.redo, "Done again", "There is nothing to redo.")

    def _take_back(self, verb: Callable[[Workspace], Act | None], word: str, nothing: str) -> None:
        name = self.name_of_edition

        def take_back(workspace: Workspace) -> Drawn:
            act = verb(workspace)
            return draw(workspace, name, said=f"{word}: {act.verb}" if act else nothing)

        self.ask(take_back)
