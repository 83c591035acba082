"""The picture of what was covered: moving, the note under it, and the documents behind a cell."""

from __future__ import annotations

from datetime import date

import pytest
from textual.widgets import Input, Static

from curator.desk.screens.coverage import CoverageScreen
from curator.desk.screens.triage import TriageScreen
from curator.desk.widgets.coverage_grid import CoverageGrid, GridHead
from curator.desk.widgets.words import sparkline
from curator.models import Edition, Placement
from curator.workflow import triage
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, Sitting, drawn, store


@pytest.fixture
def kept(workspace: Workspace) -> tuple[int, ...]:
    """Five of Scotland on recovery, one of them on peer support too, and one of Sweden on housing."""
    numbers = store(workspace) + store(workspace, ["Bostad först"], "sweden", 40)
    filed = [triage.show(workspace, number) for number in numbers]
    triage.tag(workspace, filed[:5], Tagging(themes=("recovery",)))
    triage.tag(workspace, filed[:1], Tagging(themes=("peer-support",)))
    triage.tag(workspace, filed[5:], Tagging(themes=("housing-homelessness",)))
    triage.decide(workspace, filed, "kept")
    return numbers


def grid(sitting: Sitting) -> CoverageGrid:
    return sitting.screen.query_one(CoverageGrid)


def note(sitting: Sitting) -> str:
    return str(sitting.screen.query_one("#cell-note", Static).content)


async def go_to(sitting: Sitting, theme: str, country: str) -> None:
    """With keys, as an editor would."""
    await sitting.press("home")
    rows = [key for key, _ in grid(sitting).picture.rows]
    columns = [key for key, _ in grid(sitting).picture.columns]
    await sitting.press(*["j"] * rows.index(theme))
    by = columns.index(country) - grid(sitting).column
    await sitting.press(*["l" if by > 0 else "left"] * abs(by))
    assert grid(sitting).current == (theme, country)


@pytest.mark.usefixtures("kept")
async def test_the_grid_has_a_shaded_count_in_each_cell_and_an_outline_for_silence(sit: Sit) -> None:
    async with sit() as sitting:
        await sitting.press("O")
        assert isinstance(sitting.desk.screen, CoverageScreen)
        await go_to(sitting, "recovery", "GB-SCT")
        shown = drawn(grid(sitting))
        row = next(line for line in shown.splitlines() if line.startswith("▌"))
        assert "<5>" in row and "[ ]" in row
        await sitting.press("right")
        assert "█ 5 < >" in drawn(grid(sitting))
        head = drawn(sitting.screen.query_one("#grid-head", GridHead))
        assert head.split() == ["AU", "CA", "ENG", "IE", "NL", "NZ", "SCT", "SE", "US", "oth", "org"]
        sums = drawn(sitting.screen.query_one("#grid-sums", GridHead))
        assert sums.split() == ["all", "0", "0", "0", "0", "0", "0", "5", "1", "0", "0", "0"]
        assert "Coverage · 6 kept documents, Dec 2025 to Nov 2026" in sitting.top


@pytest.mark.usefixtures("kept")
async def test_under_the_grid_stand_the_cells_months_and_the_countrys_silence(sit: Sit, workspace: Workspace) -> None:
    workspace.library.editions.put(
        Edition("update-1", "update", 1, date(2026, 11, 1), "sent", placements=(Placement(1, "policy", "GB-SCT", 1),))
    )
    workspace.library.editions.put(Edition("update-2", "update", 2, date(2026, 11, 15), "sent"))
    async with sit() as sitting:
        await sitting.press("O")
        await go_to(sitting, "recovery", "GB-SCT")
        said = note(sitting).splitlines()
        assert said[0].endswith("· Scotland: 5 documents")
        assert said[1] == "Dec 2025 ···········█ Nov 2026"
        assert "update: no something since no. 1 (1 edition)" not in said[2]
        assert "update: nothing since no. 1 (1 edition)" in said[2]
        await sitting.press("l")
        assert "update: nothing in 2 editions" in note(sitting)


async def test_enter_shows_the_documents_behind_the_cell_and_the_way_back_leads_there(
    sit: Sit, kept: tuple[int, ...]
) -> None:
    async with sit() as sitting:
        await sitting.press("O")
        await go_to(sitting, "peer-support", "GB-SCT")
        await sitting.press("enter")
        assert isinstance(sitting.desk.screen, TriageScreen)
        assert sitting.triage.asked.queue == "kept"
        assert list(sitting.triage.window.ids) == [kept[0]]
        await sitting.press("O")
        assert grid(sitting).current == ("peer-support", "GB-SCT")
        await sitting.press("escape")
        assert isinstance(sitting.desk.screen, TriageScreen)


@pytest.mark.usefixtures("kept")
async def test_silence_has_no_documents_to_show(sit: Sit) -> None:
    async with sit() as sitting:
        await sitting.press("O")
        await go_to(sitting, "recovery", "AU")
        await sitting.press("enter")
        assert isinstance(sitting.desk.screen, CoverageScreen)
        assert "Nothing was kept there in these months." in sitting.notes


@pytest.mark.usefixtures("kept")
async def test_a_year_back_and_on_again_but_not_beyond_today(sit: Sit) -> None:
    async with sit() as sitting:
        await sitting.press("O")
        await sitting.press("left_square_bracket")
        assert "Dec 2024 to Nov 2025" in sitting.top
        assert "Nothing kept" in drawn(grid(sitting))
        await sitting.press("enter")
        assert isinstance(sitting.desk.screen, CoverageScreen)
        await sitting.press("right_square_bracket", "right_square_bracket")
        assert "Dec 2025 to Nov 2026" in sitting.top


async def test_what_others_keep_meanwhile_is_counted(sit: Sit, workspace: Workspace, kept: tuple[int, ...]) -> None:
    async with sit() as sitting:
        await sitting.press("O")
        with workspace.another() as other:
            triage.decide(other, [triage.show(other, kept[0])], "dropped")
        await sitting.until(lambda: "5 kept" in sitting.top)


@pytest.mark.usefixtures("kept")
async def test_at_80_columns_the_columns_scroll_with_the_cursor(sit: Sit) -> None:
    async with sit(80, 24) as sitting:
        await sitting.press("O")
        await go_to(sitting, "recovery", "organisations")
        head = drawn(sitting.screen.query_one("#grid-head", GridHead))
        assert "org" in head
        assert "░" in drawn(grid(sitting)) or "█" in drawn(grid(sitting)) or "[ ]" in drawn(grid(sitting))


@pytest.mark.usefixtures("kept")
async def test_a_click_takes_a_cell_and_a_second_opens_it(sit: Sit) -> None:
    async with sit() as sitting:
        await sitting.press("O")
        await go_to(sitting, "recovery", "GB-SCT")
        target, y = grid(sitting), grid(sitting).cursor - round(grid(sitting).scroll_y)
        x = drawn(target).splitlines()[y].index("<")
        await sitting.press("h", "h")
        await sitting.pilot.click(target, offset=(x, y))
        await sitting.settle()
        assert target.current == ("recovery", "GB-SCT")
        await sitting.pilot.click(target, offset=(x, y))
        await sitting.settle()
        assert isinstance(sitting.desk.screen, TriageScreen)


@pytest.mark.usefixtures("kept")
async def test_without_colour_the_shades_and_the_cursor_are_still_seen(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit() as sitting:
        await sitting.press("O")
        await go_to(sitting, "recovery", "GB-SCT")
        line = grid(sitting).render_line(grid(sitting).cursor - round(grid(sitting).scroll_y))
        assert any("<5>" in segment.text and segment.style and segment.style.reverse for segment in line)


async def test_the_picture_is_written_where_the_editor_says(workspace: Workspace, sit: Sit) -> None:
    async with sit() as sitting:
        await sitting.press("O", "w")
        field = sitting.desk.screen.query_one(Input)
        assert field.value == "coverage-2026-11.svg"
        field.value = "picture.gif"
        await sitting.press("enter")
        await sitting.until(lambda: any("picture.gif is neither" in one for one in sitting.notes))
        await sitting.press("w", "enter")
        await sitting.until(lambda: any("Written to" in one for one in sitting.notes))
        assert (workspace.path / "coverage-2026-11.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_a_sparkline_has_a_cell_for_each_value() -> None:
    assert sparkline([0, 1, 4, 8]) == "·▁▄█"
    assert sparkline([]) == "" and sparkline([0, 0]) == "··"


async def test_a_count_moves_so_many_countries(workspace: Workspace, sit: Sit) -> None:
    triage.decide(workspace, workspace.library.documents.pick(store(workspace)), "kept")
    async with sit() as sitting:
        await sitting.press("O")
        grid = sitting.screen.query_one(CoverageGrid)
        await sitting.until(lambda: grid.total > 0)
        before = grid.column
        await sitting.press("3", "l")
        assert grid.column == before + 3
        await sitting.press("2", "left")
        assert grid.column == before + 1
