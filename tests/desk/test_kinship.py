"""Families at the desk: one row for several documents, and the editor's word on which are one."""

from __future__ import annotations

from msgspec.structs import replace

from curator.desk.screens.picker import Picker
from curator.desk.widgets.document_list import DocumentList
from curator.desk.widgets.reader import Reader
from curator.models import Feed, Filed
from curator.workflow import families
from curator.workflow.families import take_in
from curator.workflow.workspace import Workspace
from tests.desk.conftest import NOW, Sit, Sitting, drawn, new_document

TITLE = "Recovery colleges in every region of the country"


def come(workspace: Workspace, number: int, feed: str, title: str = TITLE, host: str = "example.org") -> None:
    link = f"https://{host}/{feed}/{number}"
    new = replace(new_document(number, title, feed), link=link, canonical_url=link, excerpt="", published_at=NOW)
    take_in(workspace.library, Feed(feed, feed, ""), [new], NOW)


def members(workspace: Workspace, number: int) -> list[int]:
    return [filed.id for filed in families.family(workspace, number).members]


def read(sitting: Sitting) -> str:
    return " ".join(drawn(sitting.triage.query_one(Reader)).split())


async def test_a_family_is_one_row_and_the_reading_pane_names_it(workspace: Workspace, sit: Sit) -> None:
    come(workspace, 1, "scotland")
    come(workspace, 1, "sweden")
    come(workspace, 2, "sweden", host="example.com")
    async with sit() as sitting:
        await sitting.until(lambda: "perhaps one with" in read(sitting))
        assert sitting.titles == [TITLE, TITLE]
        assert "+1" in drawn(sitting.triage.query_one(DocumentList))
        await sitting.press("g", "g")
        shown = read(sitting)
        assert "from another publisher" in shown
        await sitting.press("G")
        await sitting.until(lambda: "family" in read(sitting))
        assert "Sweden's health pages · the same title and publisher" in read(sitting)


async def test_a_proposal_is_joined_refused_and_taken_back(workspace: Workspace, sit: Sit) -> None:
    come(workspace, 1, "scotland")
    come(workspace, 2, "sweden", host="example.com")
    async with sit() as sitting:
        await sitting.press("plus")
        assert isinstance(sitting.desk.screen, Picker)
        await sitting.press("enter")
        assert members(workspace, 1) == [1, 2]
        assert [filed.id for filed in sitting.triage.window.page(0, 9)] == [1]
        await sitting.press("u")
        assert members(workspace, 1) == [1]
        assert len(sitting.titles) == 2
        await sitting.press("minus")
        await sitting.press("enter")
        assert families.proposals(workspace) == []
        await sitting.press("minus")
        assert "Nothing is proposed to be one with this document." in sitting.notes


async def test_any_document_is_joined_by_its_number(workspace: Workspace, sit: Sit) -> None:
    come(workspace, 1, "scotland")
    come(workspace, 2, "sweden", "Quite another title, of another thing")
    async with sit() as sitting:
        here: Filed = sitting.current
        await sitting.press("plus")
        await sitting.type("x")
        await sitting.press("enter")
        await sitting.press("backspace")
        await sitting.type(str(3 - here.id))
        await sitting.press("enter")
        assert members(workspace, here.id) == [here.id, 3 - here.id]


async def test_a_relative_is_split_off_or_made_the_lead(workspace: Workspace, sit: Sit) -> None:
    come(workspace, 1, "scotland")
    come(workspace, 1, "sweden")
    async with sit() as sitting:
        await sitting.press("i", "enter")
        assert members(workspace, 1) == [2, 1]
        assert sitting.current.id == 2
        await sitting.press("x", "enter")
        assert members(workspace, 1) == [1]
        assert len(sitting.titles) == 2
        await sitting.press("x")
        assert "This document has no relatives." in sitting.notes
        await sitting.press("u")
        assert members(workspace, 1) == [2, 1]


async def test_on_nothing_nothing_happens(workspace: Workspace, sit: Sit) -> None:
    async with sit() as sitting:
        await sitting.press("plus", "minus", "x", "i")
        assert sitting.notes == []
        assert workspace.library.documents.count() == 0
