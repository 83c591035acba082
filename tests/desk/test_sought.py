"""Enter on a finding: to the words it is about, or to a sentence that says where they are mended."""

from __future__ import annotations

from datetime import date

import pytest
from textual.widgets import Static

from curator.desk.screens.drawing import Sought
from curator.desk.screens.remarks import Remarks
from curator.desk.screens.writing import Writing
from curator.desk.widgets.line_list import LineList
from curator.desk.widgets.outline_list import OutlineList
from curator.models import Finding, Spot
from curator.workflow import edition as editions
from curator.workflow.compare import compare
from curator.workflow.stood import stale
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit


@pytest.mark.usefixtures("kept")
async def test_enter_on_a_finding_opens_what_is_to_be_mended(workspace: Workspace, sit: Sit) -> None:
    name = editions.draft(workspace, "make-it-so", topic="crisis-care", on=date(2027, 1, 1)).id
    compare(workspace, name, "SE", law="It is in the the law.")
    editions.introduce(workspace, name, "From the the editors.")
    async with sit() as sitting:
        await sitting.open_edition()
        for title in ("Introduction", "How Sweden stands"):
            await sitting.press("f")
            await sitting.until(lambda: isinstance(sitting.desk.screen, Remarks))
            lines = [line.text for line in sitting.desk.screen.query_one(LineList).lines]
            at = [index for index, text in enumerate(lines) if "“the” stands here twice" in text]
            await sitting.press("g", "g", *("j" for _ in range(at[title != "Introduction"])), "enter")
            await sitting.until(lambda: isinstance(sitting.desk.screen, Writing))
            assert title in str(sitting.desk.screen.query_one("#writing-title", Static).render())
            await sitting.press("escape")
            await sitting.until(lambda: not isinstance(sitting.desk.screen, Writing))
        row = sitting.screen.query_one(OutlineList).current
        assert row and row.key.endswith("/SE")


@pytest.mark.usefixtures("kept")
async def test_enter_on_what_stands_as_before_goes_to_the_first_such_country(workspace: Workspace, sit: Sit) -> None:
    first = editions.draft(workspace, "make-it-so", topic="crisis-care", on=date(2026, 1, 1))
    compare(workspace, first.id, "SE", law="An act of 2017.")
    editions.draft(workspace, "make-it-so", topic="crisis-care", on=date(2027, 1, 1))
    async with sit() as sitting:
        await sitting.open_edition()
        sitting.screen.post_message(Sought(next(stale(workspace, editions.find(workspace, "make-it-so-2")))))
        await sitting.settle()
        row = sitting.screen.query_one(OutlineList).current
        assert row and row.key.endswith("/SE")


@pytest.mark.usefixtures("kept")
async def test_of_a_finding_in_a_summary_the_file_is_named(workspace: Workspace, sit: Sit) -> None:
    editions.draft(workspace, "make-it-so", topic="crisis-care", on=date(2027, 1, 1))
    finding = Finding("warning", "slip", "It is wrong.", "make-it-so-1, summaries/law.md, One", Spot("summary", 0, "x"))
    async with sit() as sitting:
        await sitting.open_edition()
        sitting.screen.post_message(Sought(finding))
        await sitting.settle()
        assert "It is wrong. It is mended in summaries/law.md, by hand." in " ".join(sitting.notes)
