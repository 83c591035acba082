"""What an editor does at the triage screen changes the library, and only that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curator.desk.screens.writing import Writing
from curator.desk.widgets.document_list import DocumentList
from curator.desk.widgets.reader import Reader
from curator.desk.widgets.search_bar import SearchBar
from curator.desk.widgets.sidebar import Sidebar
from curator.models import Suggestions
from curator.workflow import triage
from curator.workflow.drafts import kept_draft
from curator.workflow.workspace import Workspace
from tests.desk.conftest import TITLES, Sit, drawn, seen, store

# ---------------------------------------------------------------- deciding


@pytest.mark.parametrize(("key", "decision"), [("s", "kept"), ("d", "dropped"), ("l", "later")])
async def test_a_decision_is_written_and_the_list_moves_on(
    workspace: Workspace, sit: Sit, key: str, decision: str
) -> None:
    first, second, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press(key)
        assert sitting.review(first).decision == decision
        assert sitting.current.id == second
        assert sitting.titles == list(TITLES[1:])


async def test_many_decisions_in_a_row_each_fall_on_the_next_document(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("s", "d", "s", "l", "d")
        assert [sitting.review(one).decision for one in ids] == ["kept", "dropped", "kept", "later", "dropped"]
        assert "Nothing waits here." in drawn(sitting.triage.listing)


async def test_undo_brings_the_document_back_under_the_cursor_and_redo_takes_it_away(
    workspace: Workspace, sit: Sit
) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("s", "j", "u")
        assert sitting.review(first).decision == "inbox"
        assert sitting.current.id == first
        await sitting.press("U")
        assert sitting.review(first).decision == "kept"
        assert first not in sitting.triage.window.ids


async def test_undo_with_nothing_to_undo_says_so(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("u")
        assert sitting.notes == ["Nothing is left to undo."]


async def test_queues_show_their_documents_and_reopen_brings_one_back(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("s", "3")
        assert sitting.titles == [TITLES[0]]
        await sitting.press("r")
        assert sitting.review(first).decision == "inbox"
        await sitting.press("5")
        assert sitting.titles == list(TITLES)


async def test_vim_keys_and_arrows_move(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        for key, index in (("j", 1), ("down", 2), ("k", 1), ("G", 4), ("g", 0), ("ctrl+d", 4), ("home", 0), ("end", 4)):
            await sitting.press(key)
            assert sitting.current.id == ids[index], key


async def test_a_click_moves_the_cursor(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.pilot.click(DocumentList, offset=(30, 2))
        await sitting.settle()
        assert sitting.current.id == ids[2]


# ---------------------------------------------------------------- tags


async def test_the_picker_filters_and_tags(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("c")
        await sitting.type("swed")
        await sitting.press("enter")
        assert sitting.review(first).countries == ("GB-SCT", "SE")


async def test_several_themes_at_once(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    first_theme, second_theme = list(workspace.taxonomy.themes)[3:5]
    async with sit() as sitting:
        await sitting.press("t")
        for theme in (first_theme, second_theme):
            await sitting.type(workspace.taxonomy.themes[theme].label.lower()[:12].strip())
            await sitting.press("tab")
        await sitting.press("enter")
        assert set(sitting.review(first).themes) == {first_theme, second_theme}


async def test_escape_in_the_picker_changes_nothing(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("c", "tab", "escape")
        assert sitting.review(first).countries is None


async def test_suggestions_stand_first_with_their_reason_and_are_accepted(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    suggested = triage.suggestions(workspace, triage.show(workspace, first))
    assert suggested != Suggestions()
    async with sit() as sitting:
        await sitting.until(lambda: sitting.triage.suggested is not None)
        await sitting.press("a")
        assert sitting.review(first).themes == tuple(one.code for one in suggested.themes)
        assert sitting.current.id == first


async def test_a_section_is_set_and_given_back_to_the_feed(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("f")
        await sitting.type("webin")
        await sitting.press("enter")
        assert sitting.review(first).section == "webinars"
        await sitting.press("f")
        await sitting.type("as the feed")
        await sitting.press("enter")
        assert sitting.review(first).section is None


# ---------------------------------------------------------------- the blurb


async def test_a_blurb_is_saved_by_leaving(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("b")
        await sitting.type("It sets out 34 actions.")
        await sitting.press("escape")
        assert sitting.review(first).blurb == "It sets out 34 actions."
        assert kept_draft(workspace, f"blurb-{first}") is None


async def test_what_is_typed_is_kept_while_typing_and_taken_up_again(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("b")
        await sitting.type("half a sent")
        await sitting.until(lambda: kept_draft(workspace, f"blurb-{first}") == "half a sent")
        sitting.desk.pop_screen()
        await sitting.press("b")
        assert isinstance(sitting.desk.screen, Writing)
        await sitting.type("ence")
        await sitting.press("escape")
        assert sitting.review(first).blurb == "half a sentence"


# ---------------------------------------------------------------- search


async def test_search_narrows_and_escape_ends_it(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("slash")
        await sitting.type("crisis")
        await sitting.until(lambda: sitting.titles == ["Crisis care at night"])
        await sitting.press("enter", "escape")
        assert sitting.titles == list(TITLES)
        await sitting.press("n")
        assert sitting.titles == ["Crisis care at night"]


async def test_a_query_that_means_nothing_is_told_under_the_line(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("slash")
        await sitting.type("county:SE")
        await sitting.press("enter")
        assert "“county:” is no field. Did you mean “country”?" in drawn(
            sitting.triage.query_one(SearchBar).query_one("#search-fault")
        )
        assert sitting.titles == list(TITLES)


# ---------------------------------------------------------------- what others do


async def test_a_change_by_another_connection_appears_and_the_cursor_stays(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("j", "j")
        with workspace.another() as other:
            store(other, ["A newer one"], "sweden", first=-3)
            triage.decide(other, other.library.documents.pick([ids[0]]), "dropped")
        await sitting.until(lambda: "A newer one" in sitting.titles)
        assert sitting.titles == ["A newer one", *TITLES[1:]]
        assert sitting.current.id == ids[2]


async def test_pull_runs_in_the_background_and_says_what_it_brought(workspace: Workspace, sit: Sit) -> None:
    async with sit() as sitting:
        assert "Nothing here yet." in drawn(sitting.triage.listing)
        await sitting.press("p")
        await sitting.until(lambda: bool(sitting.notes))
        assert sitting.notes[0].startswith("0 new documents from 2 feeds. 2 feeds failed: scotland, sweden.")
        assert sitting.triage.pulling is None


async def test_a_pull_that_must_wait_says_one_sentence(workspace: Workspace, sit: Sit) -> None:
    from curator.workflow.locks import lock

    async with sit() as sitting:
        with lock(workspace.path, "pull"):
            await sitting.press("p")
            await sitting.until(lambda: bool(sitting.notes))
        assert sitting.notes[0].startswith("Another curator is pulling")


async def test_a_defect_in_the_background_leaves_the_desk_working(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        sitting.triage.ask(lambda _: 1 / 0)  # type: ignore[arg-type,return-value]
        await sitting.settle()
        assert sitting.notes[0].startswith("ZeroDivisionError")
        await sitting.press("s")
        assert sitting.review(first).decision == "kept"


# ---------------------------------------------------------------- how it looks


async def test_counts_in_the_networks_order_with_a_mark_for_silence(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    store(workspace, ["One from Sweden"], "sweden", first=50)
    async with sit() as sitting:
        shown = drawn(sitting.triage.query_one(Sidebar))
        assert "AU 0!  CA 0!  ENG 0!" in shown
        assert "SCT 5  SE 1   US 0!" in shown
        assert "Inbox" in shown and "6" in shown


async def test_at_80_columns_the_panes_fold_away_and_enter_opens_the_reader(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit(80, 24) as sitting:
        reader, listing = sitting.triage.query_one(Reader), sitting.triage.listing
        sidebar, middle = sitting.triage.query_one(Sidebar), sitting.triage.query_one("#middle")
        assert seen(sidebar, middle, reader) == [False, True, False] and listing.size.width > 70
        await sitting.press("enter")
        assert seen(sidebar, middle, reader) == [False, False, True] and reader.size.width > 70
        await sitting.press("s", "escape")
        assert seen(sidebar, middle, reader) == [False, True, False] and listing.has_focus
        assert sitting.titles == list(TITLES[1:])


async def test_the_sidebar_hides_and_comes_back(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        shown = []
        for _ in range(2):
            await sitting.press("z")
            shown.append(sitting.triage.query_one(Sidebar).display)
        assert shown == [False, True]


HOSTILE = (
    "[red]not red[/red] [@click=app.quit]x[/]",
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x9b31m",
    "\u202egnp.exe\u202c right to left",
    "漢字のとても長い題名" * 12,
    "\ud7ff\u0000\u0007 control",
)


async def test_hostile_titles_are_shown_inert_and_break_no_column(workspace: Workspace, sit: Sit) -> None:
    store(workspace, HOSTILE)
    async with sit() as sitting:
        listing, reader = sitting.triage.listing, sitting.triage.query_one("#reader-body")
        for _ in HOSTILE:
            for widget in (listing, reader):
                strips = [widget.render_line(y) for y in range(widget.size.height)]
                assert all(strip.cell_length <= widget.size.width for strip in strips)
                text = "".join(strip.text for strip in strips)
                assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in text)
                assert "\u202e" not in text
                links = [segment.style.link for strip in strips for segment in strip if segment.style]
                assert not any(links)
            await sitting.press("j")
        assert "[red]not red[/red]" in drawn(listing)


async def test_a_row_is_only_as_wide_as_its_list(workspace: Workspace, sit: Sit) -> None:
    store(workspace, HOSTILE)
    async with sit(42, 12) as sitting:
        listing = sitting.triage.listing
        assert all(listing.render_line(y).cell_length == listing.size.width for y in range(12))


async def test_a_look_that_fails_is_told_once(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        sitting.triage.look(text="county:SE")
        await sitting.settle()
        assert len(sitting.notes) == 1
        await sitting.press("j")
        assert sitting.titles == list(TITLES)


async def test_a_failed_write_puts_the_list_right_again(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        filed = sitting.current
        gone = replace(filed, document=replace(filed.document, id=10_000))
        sitting.triage._act(filed, lambda own: triage.show(own, gone.id))
        await sitting.settle()
        assert sitting.notes[0].startswith("There is no document 10000.")
        assert sitting.current.id == first
