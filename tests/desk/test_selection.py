"""What is selected, and what is done to all of it at once."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from textual.events import Key
from textual.widgets import Static

from curator.desk.screens.asking import Asking
from curator.desk.screens.selection import Selection
from curator.desk.screens.survey import GLANCE, Asked
from curator.desk.screens.targets import Targets, Whole
from curator.desk.widgets.bars import KeyBar
from curator.query import AsOf
from curator.workflow import triage
from curator.workflow.chosen import Chosen, gathered
from curator.workflow.workspace import Workspace, open_workspace
from tests.desk.conftest import NOW, TITLES, Sit, Sitting, drawn, store, until

MANY = [f"Crisis care, part {number}" for number in range(60)]


def selected(sitting: Sitting) -> list[int]:
    """The documents of the list that are painted as selected."""
    holds = sitting.triage.selection.holds
    return [number for index, number in enumerate(sitting.triage.window.ids) if holds(index, number)]


def below(sitting: Sitting) -> str:
    return sitting.triage.query_one(KeyBar).right


def decisions(sitting: Sitting, numbers: tuple[int, ...]) -> set[str]:
    return {sitting.review(one).decision for one in numbers}


def acts(workspace: Workspace) -> list[tuple[str, int]]:
    return [(act.verb, len(act.subjects)) for act in workspace.library.journal.latest()]


async def test_space_selects_shows_a_sign_and_moves_on(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("space", "j", "space")
        assert selected(sitting) == [ids[0], ids[2]]
        assert [line[1] for line in drawn(sitting.triage.listing).splitlines()[:4]] == ["✓", " ", "✓", " "]
        assert below(sitting) == "2 selected"
        await sitting.press("g", "g", "space")
        assert selected(sitting) == [ids[2]]
        await sitting.press("escape")
        assert selected(sitting) == [] and below(sitting) == "5 left"


async def test_a_range_follows_the_cursor_both_ways(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("2", "j", "v", "j")
        assert selected(sitting) == list(ids[2:4])
        await sitting.press("3", "k")
        assert selected(sitting) == list(ids[0:3])
        await sitting.press("v", "G")
        assert selected(sitting) == list(ids[0:3])
        await sitting.press("v", "k")
        assert below(sitting) == "5 selected"


async def test_a_range_lives_through_what_others_add(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("j", "v", "j")
        store(workspace, ["Newest of all"], first=-5)
        sitting.triage.look(elsewhere=True)
        await sitting.settle()
        assert sitting.titles[0] == "Newest of all"
        assert selected(sitting) == list(ids[1:3])
        await sitting.press("j")
        assert selected(sitting) == list(ids[1:4])


async def test_an_act_on_several_that_changes_nothing_does_not_offer_to_be_taken_back(
    workspace: Workspace, sit: Sit
) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("v", "j", "r")
        assert sitting.notes == ["Nothing is changed by that."]
        assert acts(workspace) == []


async def test_a_decision_on_the_selection_is_one_act_and_one_undo(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("j", "v", "j", "d")
        assert sitting.titles == [TITLES[0], *TITLES[3:]]
        assert acts(workspace) == [("drop", 2)]
        assert sitting.notes == ["2 documents dropped; u takes it back."]
        assert sitting.current.id == ids[3] and below(sitting) == "3 left"
        await sitting.press("u")
        assert decisions(sitting, ids) == {"inbox"}
        assert sitting.titles == list(TITLES) and sitting.current.id == ids[2]
        await sitting.press("U")
        assert sitting.titles == [TITLES[0], *TITLES[3:]]


async def test_a_count_decides_on_so_many(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("j", "3", "s")
        assert [sitting.review(one).decision for one in ids] == ["inbox", "kept", "kept", "kept", "inbox"]
        await sitting.press("2", "b", "escape", "d")
        assert [sitting.review(one).decision for one in ids][-1] == "dropped"
        assert sitting.review(ids[0]).decision == "inbox"


async def test_all_of_a_search_says_how_many_first_and_undo_brings_all_back(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    ids = store(workspace, MANY, first=100)
    async with sit(120, 24) as sitting:
        await sitting.press("slash")
        await sitting.type("crisis part")
        await sitting.press("enter")
        await sitting.press("1", "0", "G", "asterisk")
        assert below(sitting) == "60 selected"
        here = sitting.current.id
        await sitting.press("d")
        assert isinstance(sitting.desk.screen, Asking)
        assert "Drop all 60 documents?" in drawn(sitting.desk.screen.query_one("#asking-question"))
        await sitting.press("escape")
        assert decisions(sitting, ids) == {"inbox"} and below(sitting) == "60 selected"
        await sitting.press("d", "enter")
        assert decisions(sitting, ids) == {"dropped"} and acts(workspace) == [("drop", 60)]
        assert len(sitting.triage.window) == 0
        await sitting.press("u")
        assert decisions(sitting, ids) == {"inbox"}
        assert len(sitting.triage.window) == 60 and sitting.current.id == here


@pytest.fixture
def bo(workspace: Workspace) -> Iterator[Workspace]:
    """The same workspace, in another editor's hands."""
    with open_workspace(workspace.path, now=lambda: NOW, environ={"CURATOR_EDITOR": "bo"}) as opened:
        yield opened


@pytest.mark.parametrize("noticed", [True, False], ids=["shown", "not shown yet"])
async def test_what_came_in_meanwhile_is_not_among_all(workspace: Workspace, sit: Sit, noticed: bool) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("asterisk")
        new = store(workspace, ["Came later"], first=50)
        if noticed:
            sitting.triage.look(elsewhere=True)
            await sitting.settle()
            assert selected(sitting) == list(ids) and below(sitting) == "5 selected"
        await sitting.press("s")
        assert decisions(sitting, ids) == {"kept"} and decisions(sitting, new) == {"inbox"}
        await sitting.press("u")
        assert decisions(sitting, ids + new) == {"inbox"} and acts(workspace) == [("undo", 5), ("keep", 5)]


@pytest.mark.parametrize("noticed", [True, False], ids=["shown", "not shown yet"])
async def test_what_another_editor_has_acted_on_meanwhile_is_left_to_them(
    workspace: Workspace, bo: Workspace, sit: Sit, noticed: bool
) -> None:
    ids = store(workspace)
    triage.decide(bo, gathered(bo, Chosen(ids[:1])), "dropped")
    async with sit() as sitting:
        await sitting.press("asterisk")
        triage.decide(bo, gathered(bo, Chosen(ids[:1])), "inbox")
        triage.tag(bo, gathered(bo, Chosen(ids[4:])), triage.Tagging(themes=("recovery",)))
        if noticed:
            sitting.triage.look(elsewhere=True)
            await sitting.settle()
            assert selected(sitting) == list(ids[1:4]) and below(sitting) == "3 selected"
        await sitting.press("d")
        assert [sitting.review(one).decision for one in ids] == ["inbox", *["dropped"] * 3, "inbox"]
        assert sitting.notes == ["3 documents dropped; u takes it back."]


async def test_one_s_own_tags_leave_all_selected(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("asterisk", "t")
        assert "5 documents" in drawn(sitting.desk.screen.query_one("#picker-title"))
        await sitting.type("recovery")
        await sitting.press("tab", "enter")
        assert {sitting.review(one).themes for one in ids} == {("recovery",)} and below(sitting) == "5 selected"
        await sitting.press("d")
        assert decisions(sitting, ids) == {"dropped"} and acts(workspace) == [("drop", 5), ("tag", 5)]


async def test_all_but_those_given_back(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("asterisk", "j", "space", "space")
        assert selected(sitting) == [ids[0], *ids[3:]] and below(sitting) == "3 selected"
        await sitting.press("k", "space", "d")
        assert [sitting.review(one).decision for one in ids] == ["dropped", "inbox", "dropped", "dropped", "dropped"]
        assert sitting.titles == [TITLES[1]] and not selected(sitting)
        await sitting.press("u")
        assert decisions(sitting, ids) == {"inbox"} and sitting.titles == list(TITLES)


async def test_all_are_selected_before_the_list_is_read(workspace: Workspace, sit: Sit) -> None:
    """While the clerk is held up, at once; how many they are is said when that is known."""
    ids = store(workspace, [f"Document {number}" for number in range(GLANCE + 50)])
    held = Event()

    def hold(_: Workspace) -> None:
        held.wait(10)

    async with sit() as sitting:
        sitting.desk.clerk.ask(hold, lambda _: None)
        sitting.triage.look()
        sitting.desk.post_message(Key("asterisk", "*"))
        await until(lambda: below(sitting) == "all selected")
        sitting.desk.post_message(Key("d", "d"))
        await until(lambda: isinstance(sitting.desk.screen, Asking) and sitting.desk.screen.is_mounted)
        assert "Drop all 250 documents?" in str(sitting.desk.screen.query_one("#asking-question", Static).content)
        held.set()
        await sitting.settle()
        assert below(sitting) == "250 selected"
        await sitting.press("enter")
        assert decisions(sitting, ids) == {"dropped"} and acts(workspace) == [("drop", 250)]
        await sitting.press("u")
        assert decisions(sitting, ids) == {"inbox"}


async def test_another_list_ends_the_selection_of_all(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    triage.decide(workspace, gathered(workspace, Chosen(ids[:2])), "kept")
    async with sit() as sitting:
        await sitting.press("asterisk", "g", "k")
        assert not sitting.triage.selection and below(sitting) == "2 kept"
        await sitting.press("d")
        assert [sitting.review(one).decision for one in ids[:3]] == ["dropped", "kept", "inbox"]


def test_all_of_a_list_with_what_came_later_and_what_was_given_back() -> None:
    ids = list(range(110, 100, -1))
    selection = Selection()
    selection.take_all(Whole(Asked(), AsOf(108, 7, "anna")))
    selection.leave_out([110, 109, 103])
    assert selection.count(ids) == 7 and not selection.holds(0, 110) and selection.holds(9, 101)
    for number in (110, 103, 101):
        selection.toggle(number)
    targets = selection.of(ids)
    assert selection.count(ids) == 8 and [number for number in ids if targets.have(number)] == [
        *(110, 108, 107, 106, 105, 104, 103, 102),
    ]
    selection.begin(8, ids)
    selection.stretch(9)
    assert selection.count(ids) == 9
    selection.settle(ids)
    assert selection.count(ids) == 9 and selection.of(ids).without == {110, 109, 103}


async def test_what_leaves_the_list_leaves_the_selection(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("asterisk", "slash")
        await sitting.type("crisis")
        await sitting.press("enter")
        await sitting.until(lambda: selected(sitting) == [ids[3]])
        assert below(sitting) == "1 selected"


async def test_later_asks_once_for_all(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("space", "space", "l")
        assert "2 documents" in drawn(sitting.desk.screen.query_one("#asking-question"))
        await sitting.type("3d")
        await sitting.press("enter")
        assert [str(sitting.review(one).later_until) for one in ids[:3]] == ["2026-11-26", "2026-11-26", "None"]


async def test_tags_and_section_go_to_all_and_leave_the_selection(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    triage.tag(workspace, triage.find(workspace), triage.Tagging(themes=("recovery",)))
    async with sit() as sitting:
        await sitting.press("space", "space", "t")
        await sitting.type("recovery")
        await sitting.press("tab")
        await sitting.type("workforce")
        await sitting.press("tab", "enter")
        assert [sitting.review(one).themes for one in ids[:3]] == [("workforce",), ("workforce",), ("recovery",)]
        await sitting.press("f")
        await sitting.type("research")
        await sitting.press("enter")
        assert [sitting.review(one).section for one in ids[:3]] == ["research", "research", None]
        assert acts(workspace)[:2] == [("tag", 2), ("tag", 2)] and below(sitting) == "2 selected"
        await sitting.press("u", "u")
        assert sitting.review(ids[0]).themes == ("recovery",) and sitting.review(ids[0]).section is None


async def test_accept_takes_the_suggestions_of_all(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("asterisk", "a")
        assert all(sitting.review(one).themes for one in ids)
        assert len(acts(workspace)) == 1
        await sitting.press("u")
        assert not any(sitting.review(one).themes for one in ids)


async def test_marks_find_their_document_wherever_it_stands(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("2", "j", "m", "a", "g", "g", "d", "G", "apostrophe", "a")
        assert sitting.current.id == ids[2]
        await sitting.press("d", "apostrophe", "a", "apostrophe", "b")
        assert [note.split(";")[0] for note in sitting.notes] == [
            "What was marked so is not in this list now.",
            "Nothing is marked so",
        ]


async def test_the_rows_that_are_seen_have_keys_of_their_own(workspace: Workspace, sit: Sit) -> None:
    store(workspace, MANY)
    async with sit(120, 24) as sitting:
        listing = sitting.triage.listing
        await sitting.press("3", "0", "G")
        top = round(listing.scroll_y)
        height = listing.size.height
        for keys, index in (("H", 0), ("3 H", 2), ("L", height - 1), ("2 L", height - 2), ("M", (height - 1) // 2)):
            await sitting.press(*keys.split())
            top = round(listing.scroll_y)
            assert abs(listing.cursor - top - index) <= 2, keys  # two rows stay in view beyond it
        await sitting.press("g", "g", "ctrl+f", "ctrl+b")
        assert listing.cursor == 0


async def test_jumping_goes_to_rows_and_to_the_sidebar(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("semicolon")
        labels = [line[0] for line in drawn(sitting.triage.listing).splitlines()[:5]]
        assert len(set(labels)) == 5 and " " not in labels
        await sitting.press(labels[3])
        assert sitting.current.id == ids[3]
        assert drawn(sitting.triage.listing).splitlines()[0].startswith("  ")
        await sitting.press("semicolon")
        kept = next(line for line in drawn(sitting.triage.query_one("#sidebar")).splitlines() if "Kept" in line)
        await sitting.press(kept[2])
        assert sitting.triage.asked.queue == "kept"


async def test_escape_ends_a_jump_and_nothing_moves(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("semicolon", "escape", "d")
        assert sitting.review(ids[0]).decision == "dropped"


async def test_a_selection_of_one_is_about_that_one(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("space", "G", "s")
        assert [sitting.review(one).decision for one in (ids[0], ids[4])] == ["kept", "inbox"]
        assert not selected(sitting)


def test_thousands_are_one_act(workspace: Workspace) -> None:
    """What the desk asks of the clerk, without a desk: no texts in memory, one act, one undo."""
    ids = store(workspace, [f"Document {number}" for number in range(3000)])
    assert triage.decide(workspace, gathered(workspace, Chosen(ids)), "dropped") == 3000
    assert acts(workspace) == [("drop", 3000)]
    triage.undo(workspace)
    assert triage.count(workspace, "decision:inbox") == 3000


def test_a_selection_counts_what_a_range_and_single_rows_share_once() -> None:
    ids = list(range(100, 110))
    selection = Selection()
    selection.toggle(103)
    selection.toggle(109)
    selection.begin(2, ids)
    selection.stretch(5)
    assert selection.count(ids) == 5 and selection.of(ids).numbers == [102, 103, 104, 105, 109]
    selection.settle(ids)
    selection.keep_only([102, 109])
    assert selection.of([102, 109]).numbers == [102, 109] and not selection.ranging


class Once(list[int]):
    """Numbers that are gone through, and not looked for one by one."""

    def __contains__(self, number: object) -> bool:
        raise AssertionError("all of a selection is gone through for one row")


def test_a_long_selection_is_not_gone_through_for_each_row() -> None:
    ids = list(range(110, 100, -1))
    targets = Targets(Once(ids[2:5]))
    assert [number for number in ids if targets.have(number)] == ids[2:5]
