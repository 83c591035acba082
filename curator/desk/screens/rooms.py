"""The way from triage to the other rooms: editions, coverage, feeds, people. None is read before it is wanted: the list
of documents waits for none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.desk.screens.finding import FindingScreen

if TYPE_CHECKING:
    from curator.workflow.report import Cell


class RoomsScreen(FindingScreen):
    """Opens them; what comes back is searched among the kept."""

    _coverage_at: Cell | None = None

    def action_editions(self) -> None:
        from curator.desk.screens.editions import EditionsScreen

        self.app.push_screen(EditionsScreen(self.workspace, self.clerk))

    def action_coverage(self) -> None:
        from curator.desk.screens.coverage import CoverageScreen

        self.app.push_screen(CoverageScreen(self.workspace, self.clerk, self._behind, self._coverage_at))

    def action_feeds(self) -> None:
        from curator.desk.screens.feeds import FeedsScreen

        self.app.push_screen(FeedsScreen(self.workspace, self.clerk))

    def action_people(self) -> None:
        from curator.desk.screens.people import PeopleScreen

        self.app.push_screen(PeopleScreen(self.workspace, self.clerk))

    def _behind(self, text: str, cell: Cell) -> None:
        self._coverage_at = cell
        self.show_kept(text)
