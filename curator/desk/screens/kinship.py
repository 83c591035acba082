"""Which documents are one: joining, splitting, choosing who leads, from the document under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from curator.desk.screens.asking import Asking
from curator.desk.screens.picker import Picked, pick
from curator.desk.screens.survey import Acted
from curator.desk.screens.verdict import VerdictScreen
from curator.desk.widgets.choices import Choice
from curator.errors import UsageError
from curator.models import Family, Filed
from curator.workflow import families
from curator.workflow.workspace import Workspace


class KinshipScreen(VerdictScreen):
    """The verbs on families. What is folded leaves the list, so each act asks for the list anew."""

    def action_join(self) -> None:
        """With one of the proposals; where there is none, with the number that is asked for."""
        self._once_read(self._join)

    def _join(self, family: Family) -> None:
        number = family.lead.id
        if family.strangers:
            self._pick("Join with", _strangers(family), lambda space, one: families.accept(space, *_pair(family, one)))
            return

        def joined(word: str | None) -> None:
            if word is not None:
                self._relate(lambda workspace: families.join(workspace, [number, _number(word)]), number)

        question = f"Join with which document?\n\n{family.lead.document.title}"
        self.app.push_screen(Asking(question, "its number", "Enter joins · Esc leaves it", _number), joined)

    def action_refuse(self) -> None:
        self._once_read(self._refuse)

    def _refuse(self, family: Family) -> None:
        if not family.strangers:
            self.say("Nothing is proposed to be one with this document.")
            return
        self._pick("Is another one", _strangers(family), lambda space, one: families.refuse(space, *_pair(family, one)))

    def action_split(self) -> None:
        self._once_read(lambda family: self._among_relatives(family, "Split off", families.split))

    def action_lead(self) -> None:
        self._once_read(lambda family: self._among_relatives(family, "Leads from now on", families.lead))

    def _among_relatives(self, family: Family, title: str, verb: Callable[[Workspace, int], object]) -> None:
        if len(family.members) < 2:
            self.say("This document has no relatives.")
        else:
            self._pick(title, _choices(family.members[1:], family), verb)

    def _once_read(self, go_on: Callable[[Family], None]) -> None:
        """With the family under the cursor; not at all where there is no document."""
        if (number := self.current_id) is not None:
            self.once_known(lambda own: families.family(own, number), go_on)

    def _pick(self, title: str, choices: list[Choice], verb: Callable[[Workspace, int], object]) -> None:
        def picked(after: Picked) -> None:
            if after:
                self._relate(lambda workspace: verb(workspace, int(after[0])), int(after[0]))

        pick(self.app, title, choices, picked)

    def _relate(self, work: Callable[[Workspace], object], number: int) -> None:
        """Have it done; the cursor goes to who leads the document's family then."""

        def act(workspace: Workspace) -> Acted:
            work(workspace)
            told = families.family(workspace, number)
            return Acted(tuple(filed.id for filed in told.members), go_to=told.lead.id)

        self.ask(act, undone=f"The family stays as it was: {self._title(number)}")


def _strangers(family: Family) -> list[Choice]:
    return _choices(family.strangers, family)


def _choices(documents: Iterable[Filed], family: Family) -> list[Choice]:
    return [
        Choice(str(filed.id), filed.document.title, _reason(filed, family), " ".join(filed.document.feeds))
        for filed in documents
    ]


def _reason(filed: Filed, family: Family) -> str:
    ties = (tie.reason for tie in (*family.proposed, *family.ties) if filed.id in (tie.one, tie.other))
    return next(ties, ", ".join(filed.document.feeds))


def _pair(family: Family, stranger: int) -> tuple[int, int]:
    """The two of the proposal that brought the stranger."""
    return next((tie.one, tie.other) for tie in family.proposed if stranger in (tie.one, tie.other))


def _number(word: str) -> int:
    """Raises UsageError for what is no number."""
    if not (word.strip().isdecimal() and len(word) < 19):
        raise UsageError("Write a document's number, as `curator documents` lists them.")
    return int(word)
