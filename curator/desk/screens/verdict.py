"""What an editor does to the document under the cursor or to all that are selected: decide, tag, word it, take back.

The list moves on at once; the writing is the clerk's. When it fails, the screen says so and looks again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from textual import on

from curator.days.moments import zones
from curator.desk.screens.asking import Asking
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.clerk import Clerk
from curator.desk.screens.copying import CopyingScreen
from curator.desk.screens.picker import Picked, Picker
from curator.desk.screens.survey import Acted, Asked, TakenBack, subjects
from curator.desk.screens.tagging import choices_of, section_choices, tagging_of, taken_of
from curator.desk.widgets.sidebar import Tally
from curator.desk.widgets.words import counted
from curator.models import Act, Axis, Counts, Decision, Filed, Suggestions
from curator.workflow import dates, triage
from curator.workflow.workspace import Workspace

BLURB_WORDS = 60
"""Two or three sentences: what a reader takes in before the next title."""
_DONE: dict[Decision, str] = {
    "kept": "kept",
    "dropped": "dropped",
    "later": "put off",
    "inbox": "put back into the inbox",
}
_READ_AT_ONCE = 200
_STOOD = 50
_TITLES: dict[Axis, str] = {"country": "Countries", "theme": "Themes", "audience": "Who it is for"}


class VerdictScreen(CopyingScreen):
    """The verbs. Which document is under the cursor, and what else is shown, the screen built on this knows."""

    asked: Asked
    tally: Tally
    suggested: Suggestions | None = None

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

    # ------------------------------------------------------------ deciding

    def action_keep(self) -> None:
        self._decide("kept", self.targets())

    def action_drop(self) -> None:
        self._decide("dropped", self.targets())

    def action_reopen(self) -> None:
        self._decide("inbox", self.targets())

    def action_later(self) -> None:
        numbers = self.targets()
        if not numbers:
            return

        def put_off(until: str | None) -> None:
            if until is not None:
                self._decide("later", numbers, triage.coming_day(self.workspace, until))

        question = f"Put off until when?\n\n{self.words_for(numbers)}"
        hint, keys = "3d  2w  2026-12-01", "Enter puts it off; no day: for good · Esc leaves it"
        check = partial(triage.coming_day, self.workspace)
        self.app.push_screen(Asking(question, hint, keys, check), put_off)

    def _decide(self, decision: Decision, numbers: list[int], until: date | None = None) -> None:
        if len(numbers) > 1:
            verb = triage.VERBS[decision].capitalize()
            self.once_sure(numbers, verb, lambda: self._decide_all(decision, numbers, until))
        elif numbers:
            self._decide_one(decision, numbers[0], until)

    def _decide_one(self, decision: Decision, number: int, until: date | None) -> None:
        """Where it already is what it is to be, nothing happens, unless that answers a revision."""
        filed = self.window.at(self.window.index(number) or 0)
        if filed is None or filed.id != number:
            return
        if (filed.review.decision, filed.review.later_until) == (decision, until) and not filed.revised:
            return
        self._act([number], lambda workspace: triage.decide(workspace, [filed], decision, until=until))
        self._move_on(filed, decision, until)

    def _decide_all(self, decision: Decision, numbers: list[int], until: date | None) -> None:
        """One act, however many; where a queue is shown, they have left it."""
        self._act_on_all(numbers, lambda some: partial(_decided, some, decision, until), _DONE[decision])
        self.selection.clear()
        if self.asked.queue and decision != self.asked.queue:
            cursor = self.window.index(numbers[0])
            self.window.remove_all(set(numbers))
            self.show_list(cursor or 0)
        self.show_selection()

    def _move_on(self, filed: Filed, decision: Decision, until: date | None) -> None:
        """What the list will be once it is written: where a queue is shown, the document has left it."""
        self.selection.clear()
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
        mixed = not self.asked.queue
        self.listing.show_documents(len(self.window), self.window.page, self.window.index, cursor, mixed=mixed)

    def action_accept(self) -> None:
        numbers = self.targets()
        if len(numbers) == 1:
            self._act(numbers, lambda workspace: _accepted(numbers, workspace))
        elif numbers:
            accept = partial(
                self._act_on_all, numbers, lambda some: partial(_accepted, some), "given what was suggested"
            )
            self.once_sure(numbers, "Accept the suggestions of", accept)

    # ------------------------------------------------------------ undo

    def action_undo(self) -> None:
        self.unsettled = True
        self.ask(lambda workspace: told_of(triage.undo(workspace), "Taken back", "Nothing is left to undo."))

    def action_redo(self) -> None:
        self.unsettled = True
        self.ask(lambda workspace: told_of(triage.redo(workspace), "Done again", "There is nothing to redo."))

    # ------------------------------------------------------------ tagging

    def action_tag_country(self) -> None:
        self._tag("country")

    def action_tag_theme(self) -> None:
        self._tag("theme")

    def action_tag_audience(self) -> None:
        self._tag("audience")

    def _tag(self, axis: Axis) -> None:
        numbers = self.targets()
        if not numbers:
            return
        members = self.workspace.config.network.countries
        suggested = (self.suggested or Suggestions()) if len(numbers) == 1 else Suggestions()
        choices = choices_of(axis, self.workspace.taxonomy, members, suggested)
        before = self._in_common(axis, numbers)

        def picked(after: Picked) -> None:
            if after is not None and set(after) != set(before):
                self._tag_all(numbers, tagging_of(axis, before, after))

        self.app.push_screen(Picker(f"{_TITLES[axis]} · {self.words_for(numbers)}", choices, before), picked)

    def _in_common(self, axis: Axis, numbers: list[int]) -> tuple[str, ...]:
        """What all of them have; of more than can be read at once nothing is known, and nothing taken away."""
        found = self.window.some(numbers) if len(numbers) <= _READ_AT_ONCE else ()
        taken = [taken_of(axis, filed) for filed in found]
        return tuple(code for code in taken[0] if all(code in codes for codes in taken)) if taken else ()

    def action_file(self) -> None:
        numbers = self.targets()
        if not numbers:
            return
        alone = self.window.some(numbers) if len(numbers) == 1 else ()
        suggested = self.suggested.section if self.suggested and alone else None
        default = alone[0].document.feed_section if alone else None
        choices = section_choices(self.workspace.taxonomy, suggested, default)

        def picked(after: Picked) -> None:
            if after is not None:
                self._tag_all(numbers, triage.Tagging(section=after[0]))

        taken = tuple(filed.review.section for filed in alone if filed.review.section)
        title = f"Section · {self.words_for(numbers)}"
        self.app.push_screen(Picker(title, choices, taken, several=False), picked)

    def action_dates(self) -> None:
        """The names of the time zones are read before, so that no answer waits for them."""
        if numbers := self.targets():
            self.once_known(lambda _: zones(), lambda _: self._ask_for_dates(numbers))

    def _ask_for_dates(self, numbers: list[int]) -> None:
        def said(text: str | None) -> None:
            if text is not None and text.strip() != before:
                self._tag_all(numbers, triage.dates_of_one_line(self.workspace, text))

        before = dates.in_one_line(self.window.some(numbers) if len(numbers) <= _READ_AT_ONCE else ())
        question = f"Starts, ends, deadline\n\n{self.words_for(numbers)}"
        hint, keys = "deadline 2026-12-03 15:00 America/Vancouver", "starts · ends · deadline · Enter sets, Esc leaves"
        check = partial(triage.dates_of_one_line, self.workspace)
        self.app.push_screen(Asking(question, hint, keys, check, value=before), said)

    def _tag_all(self, numbers: list[int], tagging: triage.Tagging) -> None:
        """The selection stays: what is tagged is often decided on next."""
        if len(numbers) == 1:
            self._act(numbers, partial(_tagged, numbers, tagging))
        else:
            act = partial(self._act_on_all, numbers, lambda some: partial(_tagged, some, tagging), "tagged")
            self.once_sure(numbers, "Tag", act)

    # ------------------------------------------------------------ wording

    def action_blurb(self) -> None:
        self._write_blurb(outside=False)

    def action_blurb_outside(self) -> None:
        self._write_blurb(outside=True)

    def _write_blurb(self, *, outside: bool) -> None:
        if (filed := self.current) is not None:
            write_blurb(self, filed, lambda work: self._act([filed.id], work), outside=outside)

    def action_browse(self) -> None:
        filed = self.current
        if filed and filed.document.link.startswith(("https://", "http://")):
            if not self.browse(filed.document.link):
                self.say(f"There is no browser to open here. The page is {filed.document.link}")
        elif filed:
            self.say("This document has no address that a browser could open.", severity="warning")

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


def write_blurb(
    screen: DeskScreen, filed: Filed, act: Callable[[Callable[[Workspace], object]], None], *, outside: bool = False
) -> None:
    """Open the blurb of `filed` for writing, and `act` when it is left."""
    from curator.desk.screens.writing import Piece, write  # brings Textual's text area, which is large
    from curator.workflow.words import blurb_of

    guide = filed.document.excerpt or filed.document.text[:2000]
    title = f"Blurb · {filed.document.title}"
    piece = Piece(f"blurb-{filed.id}", title, blurb_of(filed.id), guide=guide, most=BLURB_WORDS)

    def save(workspace: Workspace, text: str) -> None:
        triage.tag(workspace, [filed], triage.Tagging(blurb=text))

    write(screen, piece, save, act, outside=outside)


def _decided(numbers: Sequence[int], decision: Decision, until: date | None, workspace: Workspace) -> int:
    return triage.decide(workspace, triage.gathered(workspace, numbers), decision, until=until)


def _tagged(numbers: Sequence[int], tagging: triage.Tagging, workspace: Workspace) -> int:
    return triage.tag(workspace, triage.gathered(workspace, numbers), tagging)


def _accepted(numbers: Sequence[int], workspace: Workspace) -> int:
    return triage.accept(workspace, triage.gathered(workspace, numbers, texts=True))


def told_of(act: Act | None, word: str, nothing: str) -> TakenBack:
    if act is None:
        return TakenBack((), nothing)
    documents = subjects(act.subjects)
    return TakenBack(documents, f"{word}: {act.verb}", documents[0] if documents else None)


def _moved(counts: Counts, before: str, after: str) -> Counts:
    decisions = dict(counts.decisions)
    decisions[before] = max(decisions.get(before, 0) - 1, 0)
    decisions[after] = decisions.get(after, 0) + 1
    return replace(counts, decisions=decisions)
