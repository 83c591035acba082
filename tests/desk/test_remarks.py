"""The check's findings at the desk: going there, correcting with one key, saying that it is right so."""

from __future__ import annotations

import pytest

from curator.desk.screens.remarks import Remarks
from curator.desk.widgets.line_list import LineList
from curator.desk.widgets.outline_list import OutlineList
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.hand import own_words
from curator.workflow.known_words import known_words
from curator.workflow.links import look_at_links
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, Sitting, drawn, store, subscribe
from tests.http_server import Site
from tests.http_server import site as site


@pytest.fixture
def name(workspace: Workspace) -> str:
    """A draft with a word twice and one that no dictionary has in its introduction."""
    ids = store(workspace)
    triage.decide(workspace, workspace.library.documents.pick(ids), "kept")
    subscribe(workspace)
    name = editions.draft(workspace, "update").id
    return editions.introduce(workspace, name, "From the the zorblet team.").id


async def open_findings(sitting: Sitting, code: str) -> None:
    """Open the edition and its findings, and go to the first of a code."""
    await sitting.open_edition()
    await sitting.press("f")
    await go_to(sitting, code)


async def go_to(sitting: Sitting, code: str) -> None:
    await sitting.until(lambda: isinstance(sitting.desk.screen, Remarks))
    lines = sitting.desk.screen.query_one(LineList)
    steps = next(index for index, line in enumerate(lines.lines) if line.end.startswith(code))
    await sitting.press("g", "g", *("j" for _ in range(steps)))


def remarks(sitting: Sitting) -> list[str]:
    """The codes in the list that is open."""
    return [line.end.split()[0] for line in sitting.desk.screen.query_one(LineList).lines]


async def test_enter_goes_to_the_document(workspace: Workspace, name: str, sit: Sit) -> None:
    async with sit() as sitting:
        await open_findings(sitting, "no-blurb")
        await sitting.press("j", "enter")
        row = sitting.screen.query_one(OutlineList).current
        assert row and row.document == editions.find(workspace, name).placements[1].document


async def test_c_writes_what_is_proposed_the_list_opens_again_and_u_takes_it_back(
    workspace: Workspace, name: str, sit: Sit
) -> None:
    async with sit() as sitting:
        await open_findings(sitting, "doubled-word")
        assert "c: “the the” → “the”" in drawn(sitting.desk.screen.query_one("#remarks-detail"))
        await sitting.press("c")
        await sitting.until(lambda: editions.find(workspace, name).introduction == "From the zorblet team.")
        await sitting.until(lambda: isinstance(sitting.desk.screen, Remarks))
        assert "doubled-word" not in remarks(sitting) and "spelling" in remarks(sitting)
        await sitting.press("escape", "u")
        await sitting.until(lambda: editions.find(workspace, name).introduction == "From the the zorblet team.")


async def test_a_says_that_it_is_right_so(workspace: Workspace, name: str, sit: Sit) -> None:
    async with sit() as sitting:
        await open_findings(sitting, "doubled-word")
        await sitting.press("a")
        await sitting.until(lambda: len(editions.find(workspace, name).accepted) == 1)
        await sitting.until(lambda: isinstance(sitting.desk.screen, Remarks))
        assert "doubled-word" not in remarks(sitting)


async def test_w_makes_a_word_known(workspace: Workspace, name: str, sit: Sit) -> None:
    async with sit() as sitting:
        await open_findings(sitting, "spelling")
        await sitting.press("w")
        await sitting.until(lambda: known_words(workspace.path) == {"zorblet"})
        await sitting.until(lambda: isinstance(sitting.desk.screen, Remarks))
        assert "spelling" not in remarks(sitting)


async def test_what_cannot_be_done_is_said(workspace: Workspace, name: str, sit: Sit) -> None:
    async with sit() as sitting:
        await open_findings(sitting, "no-blurb")
        await sitting.press("c")
        assert sitting.notes[-1] == "Here only you can tell what is meant; Enter goes there."
        await sitting.press("f")
        await go_to(sitting, "no-blurb")
        await sitting.press("w")
        assert sitting.notes[-1] == "This is not about a word's spelling; a says that it is right so."


async def test_a_sealed_edition_is_not_corrected(workspace: Workspace, name: str, sit: Sit) -> None:
    editions.seal(workspace, name)
    async with sit() as sitting:
        await open_findings(sitting, "doubled-word")
        await sitting.press("c")
        assert sitting.notes[-1] == "update-1 is sealed; its words do not change any more."
        assert editions.find(workspace, name).introduction == "From the the zorblet team."


async def test_l_asks_the_links(workspace: Workspace, name: str, sit: Sit, site: Site) -> None:
    for seat in editions.find(workspace, name).placements:
        editions.leave_out(workspace, name, seat.document)
    editions.introduce(workspace, name, f"See {site.url('/gone')} today.")
    async with sit() as sitting:
        await open_findings(sitting, "empty")
        await sitting.press("l")
        await sitting.until(lambda: any("1 link asked: 1 is dead" in note for note in sitting.notes))
        assert look_at_links(workspace, name)[site.url("/gone")].answer == "dead"
        await sitting.press("f")
        await go_to(sitting, "dead-link")
        assert own_words(editions.find(workspace, name), 1).blurb == ""
