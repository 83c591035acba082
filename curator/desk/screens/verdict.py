"""What an editor does to the document under the cursor: decide, tag, word it, take it back.

The list moves on at once; the writing is the clerk's. When it fails, the screen says so and looks again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from textual import on

from curator.desk.screens.asking import Asking
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.clerk import Clerk
from curator.desk.screens.outside import open_in_browser
from curator.desk.screens.picker import Picked, Picker
from curator.desk.screens.survey import Acted, Asked, subjects
from curator.desk.screens.tagging import choices_of, section_choices, tagging_of, taken_of
from curator.desk.screens.window import Window
from curator.desk.screens.writing import Piece, write
from curator.desk.widgets.document_list import DocumentList
from curator.desk.widgets.sidebar import Tally
from curator.models import Act, Axis, Counts, Decision, Filed, Suggestions
from curator.workflow import triage
from curator.workflow.workspace import Workspace

BLURB_WORDS = 60
"""Two or three sentences: what a reader takes in before the next title."""
_TITLES: dict[Axis, str] = {"country": "Countries", "theme": "Themes", "audience": "Who it is for"}


class VerdictScreen(DeskScreen):
    """The verbs. Which document is under the cursor, and what else is shown, the screen built on this knows."""

    asked: Asked
    tally: Tally
    suggested: Suggestions | None = None

    def __init__(self, workspace: Workspace, clerk: Clerk) -> None:
        super().__init__(workspace, clerk)
        self.window = Window(workspace, self.tell)

    @property
    def listing(self) -> DocumentList:
        raise NotImplementedError

    def look(self, **changed: object) -> None:
        raise NotImplementedError

    def look_soon(self) -> None:
        raise NotImplementedError

    def show_tally(self) -> None:
        raise NotImplementedError

    @property
    def current(self) -> Filed | None:
        return self.window.at(self.listing.cursor)

    @property
    def current_id(self) -> int | None:
        index = self.listing.cursor
        return self.window.ids[index] if 0 <= index < len(self.window) else None

    # ------------------------------------------------------------ deciding

    def action_keep(self) -> None:
        self._decide("kept")

    def action_drop(self) -> None:
        self._decide("dropped")

    def action_later(self) -> None:
        filed = self.current
        if filed is None:
            return

        def put_off(until: str | None) -> None:
            if until is not None:
                self._decide("later", filed, triage.coming_day(self.workspace, until))

        question = f"Put off until when?\n\n{filed.document.title}"
        hint, keys = "3d  2w  2026-12-01", "Enter puts it off; no day: for good · Esc leaves it"
        check = partial(triage.coming_day, self.workspace)
        self.app.push_screen(Asking(question, hint, keys, check), put_off)

    def action_reopen(self) -> None:
        self._decide("inbox")

    def _decide(self, decision: Decision, filed: Filed | None = None, until: date | None = None) -> None:
        """Decide on `filed`, else on what is under the cursor."""
        filed = filed or self.current
        if filed is None or (filed.review.decision, filed.review.later_until) == (decision, until):
            return
        self._act(filed, lambda workspace: triage.decide(workspace, [filed], decision, until=until))
        self._move_on(filed, decision, until)

    def _move_on(self, filed: Filed, decision: Decision, until: date | None) -> None:
        """What the list will be once it is written: where a queue is shown, the document has left it."""
        self.tally = replace(self.tally, counts=_moved(self.tally.counts, filed.review.decision, decision))
        review = replace(filed.review, decision=decision, later_until=until)
        self.window.remember([replace(filed, review=review)])
        cursor = self.listing.cursor
        if not self.asked.queue:
            cursor += 1
        elif decision != self.asked.queue:
            self.window.remove(filed.id)
        self.show_list(cursor)
        self.show_tally()

    def show_list(self, cursor: int) -> None:
        self.listing.show_documents(len(self.window), self.window.page, cursor, mixed=not self.asked.queue)

    def action_accept(self) -> None:
        filed = self.current
        if filed:
            self._act(filed, lambda workspace: _accepted(workspace, filed.id))

    # ------------------------------------------------------------ undo

    def action_undo(self) -> None:
        self.ask(lambda workspace: told_of(triage.undo(workspace), "Taken back", "Nothing is left to undo."))

    def action_redo(self) -> None:
        self.ask(lambda workspace: told_of(triage.redo(workspace), "Done again", "There is nothing to redo."))

    # ------------------------------------------------------------ tagging

    def action_tag_country(self) -> None:
        self._tag("country")

    def action_tag_theme(self) -> None:
        self._tag("theme")

    def action_tag_audience(self) -> None:
        self._tag("audience")

    def _tag(self, axis: Axis) -> None:
        filed = self.current
        if filed is None:
            return
        members = self.workspace.config.network.countries
        choices = choices_of(axis, self.workspace.taxonomy, members, self.suggested or Suggestions())
        before = taken_of(axis, filed)

        def picked(after: Picked) -> None:
            if after is not None and set(after) != set(before):
                tagging = tagging_of(axis, before, after)
                self._act(filed, lambda workspace: triage.tag(workspace, [filed], tagging))

        self.app.push_screen(Picker(f"{_TITLES[axis]} · {filed.document.title}", choices, before), picked)

    def action_file(self) -> None:
        filed = self.current
        if filed is None:
            return
        suggested = self.suggested.section if self.suggested else None
        choices = section_choices(self.workspace.taxonomy, suggested, filed.document.feed_section)

        def picked(after: Picked) -> None:
            if after is not None:
                tagging = triage.Tagging(section=after[0])
                self._act(filed, lambda workspace: triage.tag(workspace, [filed], tagging))

        taken = (filed.review.section,) if filed.review.section else ()
        self.app.push_screen(Picker(f"Section · {filed.document.title}", choices, taken, several=False), picked)

    # ------------------------------------------------------------ wording

    def action_blurb(self) -> None:
        self._write_blurb(outside=False)

    def action_blurb_outside(self) -> None:
        self._write_blurb(outside=True)

    def _write_blurb(self, *, outside: bool) -> None:
        if (filed := self.current) is not None:
            write_blurb(self, filed, lambda work: self._act(filed, work), outside=outside)

    def action_browse(self) -> None:
        filed = self.current
        if filed and filed.document.link.startswith(("https://", "http://")):
            if not open_in_browser(filed.document.link, self.workspace.environ):
                self.say(f"There is no browser to open here. The page is {filed.document.link}")
        elif filed:
            self.say("This document has no address that a browser could open.", severity="warning")

    # ------------------------------------------------------------ writing it down

    def _act(self, filed: Filed, work: Callable[[Workspace], object]) -> None:
        def act(workspace: Workspace) -> Acted:
            work(workspace)
            return Acted((filed.id,))

        self.ask(act)

    @on(Acted)
    def _acted(self, event: Acted) -> None:
        self.window.forget(event.documents)
        if event.said:
            self.say(event.said)
        if event.go_to is None:
            self.listing.repaint()
            if self.current_id in event.documents:
                self.listing.cursor = self.listing.cursor
            self.look_soon()
        elif (index := self.window.bring_back(event.go_to, self.asked.queue)) is not None:
            self.show_list(index)
            self.look_soon()
        else:
            self.look(go_to=event.go_to)


def write_blurb(
    screen: DeskScreen, filed: Filed, act: Callable[[Callable[[Workspace], object]], None], *, outside: bool = False
) -> None:
    """Open the blurb of `filed` for writing, and `act` when it is left."""
    guide = filed.document.excerpt or filed.document.text[:2000]
    title = f"Blurb · {filed.document.title}"
    piece = Piece(f"blurb-{filed.id}", title, filed.blurb, guide, BLURB_WORDS)

    def save(workspace: Workspace, text: str) -> None:
        triage.tag(workspace, [filed], triage.Tagging(blurb=text))

    write(screen, piece, save, act, outside=outside)


def _accepted(workspace: Workspace, number: int) -> None:
    triage.accept(workspace, [triage.show(workspace, number)])


def told_of(act: Act | None, word: str, nothing: str) -> Acted:
    if act is None:
        return Acted((), nothing)
    documents = subjects(act.subjects)
    return Acted(documents, f"{word}: {act.verb}", documents[0] if documents else None)


def _moved(counts: Counts, before: str, after: str) -> Counts:
    decisions = dict(counts.decisions)
    decisions[before] = max(decisions.get(before, 0) - 1, 0)
    decisions[after] = decisions.get(after, 0) + 1
    return replace(counts, decisions=decisions)
