"""The journal as a screen, the criteria, and what comes back on its day."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import force_setattr

from curator.desk.screens.criteria import Criteria
from curator.desk.screens.edition import EditionScreen
from curator.desk.screens.journal import JournalScreen
from curator.desk.widgets.act_list import ActList
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.workspace import Workspace
from tests.desk.conftest import NOW, Sit, drawn, store


async def test_the_journal_says_who_when_and_what_and_goes_there(workspace: Workspace, sit: Sit) -> None:
    first, second, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("s", "d", "A")
        assert isinstance(sitting.desk.screen, JournalScreen)
        acts = sitting.desk.screen.query_one(ActList)
        lines = drawn(acts).splitlines()
        assert "2026-11-23 22:00 anna" in lines[0] and "drop" in lines[0] and "Delivery plan" in lines[0]
        assert "keep" in lines[1] and "National strategy" in lines[1]
        await sitting.press("j", "enter")
        assert sitting.triage.is_current and sitting.current.id == first
        assert sitting.triage.asked.queue == ""
    assert triage.show(workspace, second).review.decision == "dropped"


async def test_undo_and_redo_from_the_journal(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("s", "A", "u")
        assert sitting.review(first).decision == "inbox"
        acts = sitting.desk.screen.query_one(ActList)
        assert "undo of keep" in drawn(acts) and "keep (undone)" in drawn(acts)
        await sitting.press("U")
        assert sitting.review(first).decision == "kept"
        await sitting.until(lambda: "redo of keep" in drawn(acts))
        await sitting.press("q")
        assert sitting.triage.is_current


async def test_the_journal_goes_to_an_edition(workspace: Workspace, sit: Sit) -> None:
    numbers = store(workspace)
    triage.decide(workspace, [triage.show(workspace, numbers[0])], "kept")
    editions.draft(workspace, "update")
    async with sit() as sitting:
        await sitting.press("A", "enter")
        assert isinstance(sitting.desk.screen, EditionScreen)
        await sitting.press("q")
        assert sitting.screen.place == "journal"


async def test_an_empty_journal_says_so(workspace: Workspace, sit: Sit) -> None:
    async with sit() as sitting:
        await sitting.press("A", "enter", "u")
        assert isinstance(sitting.desk.screen, JournalScreen)
        assert "Nobody has done anything yet." in drawn(sitting.desk.screen.query_one(ActList))


async def test_the_criteria_are_one_key_away_and_plain(workspace: Workspace, sit: Sit) -> None:
    text = "# We keep\n\n- what a *government* publishes\n  - [red]not[/red] news\x1b[31m\u202e\n\nSee [here](https://x.org)."
    (workspace.path / "criteria.md").write_text(text, encoding="utf-8")
    async with sit() as sitting:
        await sitting.press("g", "c")
        assert isinstance(sitting.desk.screen, Criteria)
        shown = drawn(sitting.desk.screen.query_one("#leaflet-body"))
        assert "We keep" in shown and "what a government publishes" in shown and "[red]not[/red] news" in shown
        assert not any(sign in shown for sign in "\x1b\u202e")
        await sitting.press("escape")
        (workspace.path / "criteria.md").unlink()
        await sitting.press("g", "c")
        assert "There are no criteria yet." in drawn(sitting.desk.screen.query_one("#leaflet-body"))


async def test_what_was_put_off_comes_back_at_start_and_is_no_act_of_the_editor(workspace: Workspace, sit: Sit) -> None:
    first, second, *_ = store(workspace)
    today = workspace.today()
    triage.decide(workspace, [triage.show(workspace, second)], "later", until=today)
    triage.decide(workspace, [triage.show(workspace, first)], "later", until=today + timedelta(days=1))
    async with sit() as sitting:
        assert sitting.review(second).decision == "inbox"
        assert sitting.review(first).decision == "later"
        assert any("1 document put off until today" in note for note in sitting.notes)
        await sitting.press("u")
        assert sitting.review(first).decision == "inbox"  # the editor's own act was taken back, not the desk's
        assert sitting.review(second).decision == "inbox"


async def test_what_was_put_off_comes_back_while_the_desk_is_open(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    day = workspace.today() + timedelta(days=1)
    triage.decide(workspace, [triage.show(workspace, first)], "later", until=day)
    async with sit() as sitting:
        assert sitting.review(first).decision == "later"
        force_setattr(sitting.triage.workspace, "now", lambda: NOW + timedelta(days=1))
        force_setattr(sitting.desk.clerk._opened(), "now", lambda: NOW + timedelta(days=1))
        sitting.triage._new_day()
        await sitting.settle()
        assert sitting.review(first).decision == "inbox"


async def test_a_mark_stays_on_its_act_when_newer_ones_come(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    triage.decide(workspace, workspace.library.documents.pick(ids[:1]), "kept")
    triage.decide(workspace, workspace.library.documents.pick(ids[1:2]), "dropped")
    async with sit() as sitting:
        await sitting.press("A")
        rows = sitting.screen.query_one(ActList)
        await sitting.until(lambda: rows.total == 2)
        await sitting.press("j", "m", "a", "k")
        marked = rows.lines[1].number
        with workspace.another() as other:
            triage.decide(other, other.library.documents.pick(ids[2:3]), "kept")
        await sitting.until(lambda: rows.total == 3)
        await sitting.press("g", "g", "apostrophe", "a")
        assert rows.current is not None and rows.current.number == marked
