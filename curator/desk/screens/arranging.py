"""The editor's hand in an edition: what moves, what is left out, what is said at its head."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from textual import on

from curator.desk.screens.acting import NOT_REDONE, NOT_UNDONE, done_again, taken_back
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.clerk import Clerk
from curator.desk.screens.drawing import Drawn, check, draw, landing, place_choices
from curator.desk.screens.picker import Picked, pick
from curator.desk.screens.survey import TakenBack
from curator.desk.screens.verdict import write_blurb
from curator.desk.screens.writing import Piece, write
from curator.desk.widgets.choices import Choice
from curator.desk.widgets.outline_list import OutlineList
from curator.digest.outline import Seat
from curator.models import Filed
from curator.workflow import edition as editions
from curator.workflow import hand, triage
from curator.workflow.compare import FIELDS, compare, compared_in, from_text
from curator.workflow.words import own_words_of, words_of
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
        return self.query_one(OutlineList)

    @property
    def document(self) -> int | None:
        """The document under the cursor."""
        row = self.outline.current
        return row.document if row else None

    def _here(self) -> int | None:
        """The document under the cursor; where there is none, that is said."""
        if self.document is None:
            self.say("That is done to a document: go to one first.")
        return self.document

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

    def _act(
        self,
        work: Callable[[Workspace], object],
        done: str,
        *,
        go_to: int | None = None,
        about: int | None = None,
        said: str = "",
    ) -> None:
        """`done` is what the document `about`, or the one that the cursor goes to, or else the edition, is then: moved,
        sealed."""
        name, subject = self.name_of_edition, self._subject(go_to if about is None else about)
        self._asked += 1

        def act(workspace: Workspace) -> Drawn:
            work(workspace)
            return draw(workspace, name, go_to, said)

        self.ask(act, undone=f"Not {done}: {subject}")

    def _take_out(self, document: int, work: Callable[[Workspace], object], done: str, said: str) -> None:
        """An act after which the document stands there no more: the cursor goes to the one below, or else above."""
        stands = [row.document for row in self.outline.rows if row.document is not None]
        at = stands.index(document)
        self.unsettled = True  # the next key is about the next document
        beside = next(iter(stands[at + 1 :] or stands[:at][-1:]), None)
        self._act(work, done, go_to=beside, about=document, said=said)

    def _subject(self, document: int | None) -> str:
        title = next((seat.title for seat in self._seats if seat.document == document), "")
        return f"“{title}” in {self.name_of_edition}" if title else self.name_of_edition

    # ------------------------------------------------------------ places

    def action_move(self, by: int) -> None:
        document, name = self._here(), self.name_of_edition
        if document is None:
            return
        waiting = document in self._moves
        self._moves[document] = self._moves.get(document, 0) + by
        if waiting:
            return

        def move(workspace: Workspace) -> None:
            if steps := self._moves.pop(document, 0):
                editions.move(workspace, name, document, steps)

        self._act(move, "moved", go_to=document)

    def action_place(self) -> None:
        document = self._here()
        if document is None or self.drawn is None:
            return
        edition = self.drawn.edition
        seat = next((one for one in edition.placements if one.document == document), None)
        section = seat.section if seat else ""

        def places(own: Workspace) -> list[Choice]:
            return place_choices(own, edition, own.digest(edition.digest), section)

        self.once_known(places, partial(self._place, document))

    def _place(self, document: int, choices: list[Choice]) -> None:
        def picked(place: Picked) -> None:
            if place:
                section, _, group = place[0].partition("/")
                self._place_at(document, section, group)

        pick(self.app, "Place it where?", choices, picked)

    def _place_at(self, document: int, section: str, group: str, rank: int | None = None) -> None:
        name = self.name_of_edition
        self._act(lambda own: editions.place(own, name, document, section, group, rank), "moved", go_to=document)

    @on(OutlineList.Dragged)
    def _dragged(self, event: OutlineList.Dragged) -> None:
        document = event.row.document
        goal = landing(self.drawn.edition, event.row, event.over) if self.drawn else None
        if document is not None and goal is not None:
            self._place_at(document, *goal)

    def action_pin(self) -> None:
        document, name = self._here(), self.name_of_edition
        if document is not None:
            self._act(lambda workspace: hand.pin(workspace, name, [document], None), "pinned", go_to=document)

    def action_carry(self) -> None:
        document, name = self._here(), self.name_of_edition
        if document is not None:
            said = "Kept for the next edition; u takes it back."
            self._take_out(document, lambda own: hand.carry(own, name, [document]), "kept for the next", said)

    def action_leave_out(self) -> None:
        document, name = self._here(), self.name_of_edition
        if document is not None:
            said = "Left out; u takes it back."
            self._take_out(document, lambda own: editions.leave_out(own, name, document), "left out", said)

    def action_refresh_draft(self) -> None:
        if self.drawn:
            edition = self.drawn.edition
            self._act(
                lambda workspace: editions.draft(workspace, edition.digest, topic=edition.topic, on=edition.date),
                "selected anew",
                said="Selected anew; what you placed by hand stayed.",
            )

    # ------------------------------------------------------------ words

    def action_introduce(self) -> None:
        self._write("introduction", "Introduction (Markdown)", editions.introduce)

    def action_key_messages(self) -> None:
        self._write("key_messages", "Key messages (Markdown)", editions.key_messages)

    def _write(
        self,
        what: Literal["introduction", "key_messages"],
        title: str,
        verb: Callable[[Workspace, str, str], object],
    ) -> None:
        name = self.name_of_edition
        if self.drawn is None or self._is_shut():
            return
        piece = Piece(f"{name}-{what}", f"{title} · {name}", words_of(name, what))
        write(self, piece, lambda workspace, words: verb(workspace, name, words), self._put)

    def _put(self, work: Callable[[Workspace], object], document: int | None = None) -> None:
        """What was written, of the edition or of a document there."""
        self._act(work, "saved", go_to=document)

    def _is_shut(self) -> bool:
        """Whether the edition's words do not change any more, which is then said."""
        if self.drawn is None or self.drawn.edition.status == "draft":
            return False
        words = f"{self.name_of_edition} is {self.drawn.edition.status}; its words do not change any more."
        self.say(words, severity="warning")
        return True

    def action_blurb(self) -> None:
        if (number := self._here()) is None:
            return

        def opened(filed: Filed) -> None:
            write_blurb(self, filed, lambda work: self._put(work, filed.id))

        self.once_known(lambda own: triage.show(own, number), opened)

    def action_title_here(self) -> None:
        self._word("title")

    def action_blurb_here(self) -> None:
        self._word("blurb")

    def _word(self, what: Literal["title", "blurb"]) -> None:
        """Write a document's title or blurb for this edition alone."""
        if self._here() is None or (seat := self._seat) is None or self._is_shut():
            return
        name, document = self.name_of_edition, seat.document
        text = seat.title if what == "title" else seat.blurb
        guide = "" if what == "title" else "Empty, or as it was: the document's own blurb stands."
        title = f"{what.title()} in {name} alone · {seat.title}"
        piece = Piece(
            f"{name}-{what}-{document}", title, own_words_of(name, document, what), text, guide, line=what == "title"
        )
        write(
            self,
            piece,
            lambda workspace, words: hand.word(workspace, name, document, **{what: words}),
            lambda work: self._put(work, document),
        )

    def action_compare(self) -> None:
        """Write how the country under the cursor stands on the edition's topic."""
        self.compare_country(self._country)

    def compare_country(self, code: str) -> None:
        """Write how a country stands; '' and what is no country of the network is refused."""
        edition = self.drawn.edition if self.drawn else None
        if edition is None or self._is_shut():
            return
        if edition.topic is None or code not in self.workspace.config.network.countries:
            self.say("Countries are compared in editions with a topic: stand on a country of the network.")
            return
        name, label = edition.id, self.workspace.taxonomy.country_label(code)
        spot = compared_in(name, code)
        stood = f"It stands here {self.drawn.stood[code]}. " if self.drawn and code in self.drawn.stood else ""
        piece = Piece(f"{name}-compare-{code}", f"How {label} stands · {name}", spot, guide=stood + FIELDS)
        write(self, piece, lambda workspace, words: compare(workspace, name, code, **from_text(words)), self._put)

    @property
    def _country(self) -> str:
        """The heading under the cursor, or that of the document there: a country's code, an organisation or ''."""
        row, edition = self.outline.current, self.drawn.edition if self.drawn else None
        if row is None or edition is None:
            return ""
        if row.kind == "group":
            return row.key.partition("/")[2]
        return next((seat.group for seat in edition.placements if seat.document == row.document), "")

    @property
    def _seats(self) -> tuple[Seat, ...]:
        shown = self.drawn.outline if self.drawn else None
        return (*shown.seats, *shown.unplaced) if shown else ()

    @property
    def _seat(self) -> Seat | None:
        """The document under the cursor, as this edition shows it."""
        return next((one for one in self._seats if one.document == self.document), None)

    # ------------------------------------------------------------ undo

    def action_undo(self) -> None:
        self._take_back(taken_back, NOT_UNDONE)

    def action_redo(self) -> None:
        self._take_back(done_again, NOT_REDONE)

    def _take_back(self, verb: Callable[[Workspace], TakenBack], undone: str) -> None:
        name = self.name_of_edition
        self.ask(lambda workspace: draw(workspace, name, said=verb(workspace).said), undone=undone)
