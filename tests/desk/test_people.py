"""People and deliveries: lists with their growth, somebody found by letters, what became of every mail."""

from __future__ import annotations

from datetime import date

import pytest
from textual.widgets import Static

from curator.desk.screens.people import PeopleScreen
from curator.desk.screens.roster import RosterScreen
from curator.desk.widgets.line_list import LineList
from curator.library.deliveries import erased
from curator.models import Edition, Rendered, Subscriber
from curator.workflow.workspace import Workspace
from tests.desk.conftest import NOW, Sit, Sitting, drawn

ADDRESSES = tuple(f"reader{number}@example.org" for number in range(4))


@pytest.fixture
def mailed(workspace: Workspace) -> None:
    """Four members; the first Update was for two of them, the second for all and did not reach everybody."""
    people = [
        Subscriber(one, name=f"Åsa {n}", organisation="WFMH", lists=("members",)) for n, one in enumerate(ADDRESSES)
    ]
    workspace.library.people.put(people)
    for number, addresses in ((1, ADDRESSES[:2]), (2, ADDRESSES)):
        name = f"update-{number}"
        workspace.library.editions.put(Edition(name, "update", number, date(2026, 10, number), "sent", subject="News"))
        workspace.library.editions.freeze(name, Rendered("News", "", "", "", "members"), addresses)
    ledger = workspace.library.deliveries
    ledger.open("update-2", ADDRESSES, NOW)
    for address, fate in zip(ADDRESSES, ("sent", "failed", "unknown", "sent"), strict=True):
        ledger.settle("update-2", address, fate, NOW, f"said {fate}")  # type: ignore[arg-type]


def lines(sitting: Sitting) -> list[str]:
    return [line for line in drawn(sitting.screen.query_one(LineList)).splitlines() if line.strip()]


def note(sitting: Sitting) -> str:
    return str(sitting.screen.query_one("#line-note", Static).content)


@pytest.mark.usefixtures("mailed")
async def test_lists_have_size_and_growth_and_editions_their_fates(sit: Sit) -> None:
    async with sit() as sitting:
        await sitting.press("P")
        assert isinstance(sitting.desk.screen, PeopleScreen)
        members = next(line for line in lines(sitting) if " members " in line)
        assert "▄█" in members and members.rstrip().endswith("4")
        edition = next(line for line in lines(sitting) if "update-2" in line)
        assert "2 sent · 1 failed · 1 unknown" in edition
        await sitting.press("home")
        while "members:" not in note(sitting):
            await sitting.press("j")
        assert "2 for update-1 (Oct 2026) · 4 for update-2 (Oct 2026)" in note(sitting)
        assert not any(one in drawn(sitting.screen.query_one(LineList)) for one in ADDRESSES)


@pytest.mark.usefixtures("mailed")
async def test_somebody_is_found_by_letters(sit: Sit) -> None:
    async with sit() as sitting:
        await sitting.press("P")
        rows = sitting.screen.query_one(LineList).lines
        await sitting.press(*["j"] * [line.key for line in rows].index("list:members"))
        await sitting.press("enter")
        assert isinstance(sitting.desk.screen, RosterScreen)
        assert len(lines(sitting)) == 4
        await sitting.press("slash")
        await sitting.type("asa 2")
        assert len(lines(sitting)) == 1 and "reader2@example.org" in lines(sitting)[0]
        assert "1 of 4 people" in sitting.top
        await sitting.press("enter")
        assert "Åsa 2 · WFMH" in note(sitting) and "on members" in note(sitting)
        await sitting.press("escape")
        assert len(lines(sitting)) == 4
        await sitting.press("escape")
        assert sitting.screen.place == "people"


@pytest.mark.usefixtures("mailed")
async def test_what_wants_attention_stands_first_with_its_mend(sit: Sit, workspace: Workspace) -> None:
    workspace.library.people.erase(ADDRESSES[3])
    workspace.library.deliveries.erase(ADDRESSES[3], NOW)
    async with sit() as sitting:
        await sitting.press("P")
        await sitting.press("end")
        await sitting.press("enter")
        shown = lines(sitting)
        assert "unknown" in shown[0] and "said unknown" in shown[0]
        assert "failed" in shown[1]
        assert "curator send update-2 --unknown sent" in note(sitting)
        assert any("somebody who asked to be forgotten" in line for line in shown)
        assert erased(ADDRESSES[3]) not in "".join(shown)


async def test_nobody_yet_says_how_to_begin(sit: Sit) -> None:
    async with sit(80, 24) as sitting:
        await sitting.press("P")
        assert any("members" in line for line in lines(sitting))
        await sitting.press("enter")
        assert "Nobody." in drawn(sitting.screen.query_one(LineList))
        await sitting.press("q", "q")
        assert sitting.screen is sitting.triage
