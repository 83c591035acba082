"""Beside triage: the journal, the selection criteria, and what comes back on its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace
from textual import on
from textual.message import Message

from curator.desk.screens.selecting import SelectingScreen
from curator.desk.widgets.search_bar import SearchBar
from curator.desk.widgets.words import counted
from curator.workflow import triage
from curator.workflow.workspace import Workspace

DAY_SECONDS = 30.0
"""How often it is looked whether a new day has begun."""


@dataclass
class CameBack(Message):
    """So many documents, put off until today, are in the inbox again."""

    documents: int


@dataclass
class CriteriaRead(Message):
    text: str


class BesideScreen(SelectingScreen):
    """Opens what stands beside the list, and looks every half minute whether another day has begun."""

    _day: date | None = None

    def action_journal(self) -> None:
        from curator.desk.screens.journal import JournalScreen  # with all that editions need: not before it is wanted

        self.app.push_screen(JournalScreen(self.workspace, self.clerk, self._go_to_document))

    def _go_to_document(self, document: int) -> None:
        """Wherever it stands now."""
        self.query_one(SearchBar).close()
        self.look(queue="", country="", theme="", feed="", saved="", within="", text="", go_to=document)

    # ------------------------------------------------------------ the criteria

    def action_criteria(self) -> None:
        self.ask(_criteria_read, looking=True)

    @on(CriteriaRead)
    def _show_criteria(self, event: CriteriaRead) -> None:
        from curator.desk.screens.criteria import Criteria  # with a reader of Markdown

        self.app.push_screen(Criteria(event.text))

    # ------------------------------------------------------------ what comes back on its day

    def watch_days(self) -> None:
        self._new_day()
        self.set_interval(DAY_SECONDS, self._new_day)

    def _new_day(self) -> None:
        """Bring back what was put off until today, once for each day that the desk is open."""
        today = self.workspace.today()
        if today != self._day:
            self._day = today
            self.ask(_brought_back)

    @on(CameBack)
    def _came_back(self, event: CameBack) -> None:
        self.say(f"{counted(event.documents, 'document')} put off until today: back in the inbox.")
        self.look(go_to=self.current_id)


def _criteria_read(workspace: Workspace) -> CriteriaRead:
    from curator.workflow.criteria import criteria

    return CriteriaRead(criteria(workspace))


def _brought_back(workspace: Workspace) -> CameBack | None:
    """The clerk does this: it is no act of the editor's, so that undo does not take it back."""
    documents = triage.bring_back(replace(workspace, editor="curator"))
    return CameBack(documents) if documents else None
