"""The verdict on the document under the cursor or on all that are selected: keep, drop, put off, accept; its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from msgspec.structs import replace

from curator.desk.screens.asking import Asking
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.filing import FilingScreen
from curator.desk.screens.targets import Targets
from curator.models import Counts, Decision, Filed
from curator.workflow import triage
from curator.workflow.workspace import Workspace

BLURB_WORDS = 60
"""Two or three sentences: what a reader takes in before the next title."""
_DONE: dict[Decision, str] = {
    "kept": "kept",
    "dropped": "dropped",
    "later": "put off",
    "inbox": "put back into the inbox",
}
_ACCEPTED = "given what was suggested"


class VerdictScreen(FilingScreen):
    """The verbs. Which document is under the cursor, and what else is shown, the screen built on this knows."""

    # ------------------------------------------------------------ deciding

    def action_keep(self) -> None:
        self._decide("kept", self.targets())

    def action_drop(self) -> None:
        self._decide("dropped", self.targets())

    def action_reopen(self) -> None:
        self._decide("inbox", self.targets())

    def action_later(self) -> None:
        targets = self.targets()
        if not targets:
            return

        def put_off(until: str | None) -> None:
            if until is not None:
                self._decide("later", targets, triage.coming_day(self.workspace, until))

        question = f"Put off until when?\n\n{self.words_for(targets)}"
        hint, keys = "3d  2w  2026-12-01", "Enter puts it off; no day: for good · Esc leaves it"
        check = partial(triage.coming_day, self.workspace)
        self.app.push_screen(Asking(question, hint, keys, check), put_off)

    def _decide(self, decision: Decision, targets: Targets, until: date | None = None) -> None:
        if targets.alone is not None:
            self._decide_one(decision, targets.alone, until)
        elif targets:
            verb = triage.VERBS[decision].capitalize()
            self.once_sure(targets, verb, lambda: self._decide_all(decision, targets, until))

    def _decide_one(self, decision: Decision, number: int, until: date | None) -> None:
        """Where it already is what it is to be, nothing happens, unless that answers a revision."""
        filed = self.window.at(self.window.index(number) or 0)
        if filed is None or filed.id != number:
            return
        if (filed.review.decision, filed.review.later_until) == (decision, until) and not filed.revised:
            return
        self._act(number, lambda workspace: triage.decide(workspace, [filed], decision, until=until), _DONE[decision])
        self._move_on(filed, decision, until)

    def _decide_all(self, decision: Decision, targets: Targets, until: date | None) -> None:
        """One act, however many; where a queue is shown, they have left it."""

        def decide(workspace: Workspace, found: Iterable[Filed]) -> int:
            return triage.decide(workspace, found, decision, until=until)

        self._act_on_all(targets, decide, _DONE[decision])
        self.selection.clear()
        if self.asked.queue and decision != self.asked.queue:
            cursor = self.window.index(targets.numbers[0]) if targets.numbers else 0
            self.window.remove_all(targets)
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

    def action_accept(self) -> None:
        targets = self.targets()
        if (number := targets.alone) is not None:
            self._act(number, lambda workspace: triage.accept(workspace, [triage.show(workspace, number)]), _ACCEPTED)
        elif targets:
            accept = partial(self._act_on_all, targets, triage.accept, _ACCEPTED, texts=True)
            self.once_sure(targets, "Accept the suggestions of", accept)

    # ------------------------------------------------------------ wording

    def action_blurb(self) -> None:
        self._write_blurb(outside=False)

    def action_blurb_outside(self) -> None:
        self._write_blurb(outside=True)

    def _write_blurb(self, *, outside: bool) -> None:
        if (filed := self.current) is not None:
            write_blurb(self, filed, lambda work: self._act(filed.id, work, "worded"), outside=outside)

    def action_browse(self) -> None:
        filed = self.current
        if filed and filed.document.link.startswith(("https://", "http://")):
            if not self.browse(filed.document.link):
                self.say(f"There is no browser to open here. The page is {filed.document.link}")
        elif filed:
            self.say("This document has no address that a browser could open.", severity="warning")


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


def _moved(counts: Counts, before: str, after: str) -> Counts:
    decisions = dict(counts.decisions)
    decisions[before] = max(decisions.get(before, 0) - 1, 0)
    decisions[after] = decisions.get(after, 0) + 1
    return replace(counts, decisions=decisions)
