"""What an editor does at the triage screen changes the library, and only that."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from msgspec.structs import replace
from textual import events
from textual.widgets import Input, Static

from curator.desk.screens import base, clerk, writing
from curator.desk.screens.writing import Writing
from curator.desk.widgets.beginning import WayList
from curator.desk.widgets.document_list import DocumentList
from curator.desk.widgets.reader import Reader
from curator.desk.widgets.search_bar import SearchBar
from curator.desk.widgets.sidebar import Sidebar
from curator.errors import TryLater
from curator.models import Suggestions
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.drafts import kept_draft
from curator.workflow.workspace import Workspace
from tests.desk.conftest import TITLES, Sit, drawn, seen, store, until

# ---------------------------------------------------------------- deciding


@pytest.mark.parametrize(("key", "decision"), [("s", "kept"), ("d", "dropped"), ("l enter", "later")])
async def test_a_decision_is_written_and_the_list_moves_on(
    workspace: Workspace, sit: Sit, key: str, decision: str
) -> None:
    first, second, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press(*key.split())
        assert sitting.review(first).decision == decision
        assert sitting.current.id == second
        assert sitting.titles == list(TITLES[1:])


async def test_many_decisions_in_a_row_each_fall_on_the_next_document(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        await sitting.press("s", "d", "s", "l", "enter", "d")
        assert [sitting.review(one).decision for one in ids] == ["kept", "dropped", "kept", "later", "dropped"]
        assert "Nothing waits here." in drawn(sitting.triage.listing)


async def test_a_look_begun_before_a_decision_does_not_bring_its_document_back(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        sitting.triage.look()
        sitting.triage.action_drop()
        await sitting.settle()
        assert first not in sitting.triage.window.ids and sitting.titles == list(TITLES[1:])


@pytest.mark.parametrize(("typed", "day"), [("3d", "2026-11-26"), ("2w", "2026-12-07"), ("2026-12-01", "2026-12-01")])
async def test_later_asks_until_when(workspace: Workspace, sit: Sit, typed: str, day: str) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("l")
        await sitting.type(typed)
        await sitting.press("enter")
        assert sitting.review(first).later_until == date.fromisoformat(day)
        await sitting.press("g", "l")
        assert f"until {day}" in drawn(sitting.triage.reader)


async def test_later_takes_no_day_that_has_passed_and_escape_changes_nothing(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("l")
        await sitting.type("2026-11-22")
        await sitting.press("enter")
        assert "is not to come" in drawn(sitting.desk.screen.query_one("#asking-fault"))
        await sitting.press("escape")
        assert sitting.review(first).decision == "inbox" and sitting.current.id == first


async def test_a_decision_and_another_queue_at_once_show_that_queue(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("s", "g", "k", "g", "i", "g", "k")
        assert sitting.titles == [TITLES[0]] and "Kept" in sitting.top


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
        await sitting.press("s", "g", "k")
        assert sitting.titles == [TITLES[0]]
        await sitting.press("r")
        assert sitting.review(first).decision == "inbox"
        await sitting.press("g", "a")
        assert sitting.titles == list(TITLES)


async def test_vim_keys_and_arrows_move(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        for key, index in (
            ("j", 1),
            ("down", 2),
            ("k", 1),
            ("G", 4),
            ("g g", 0),
            ("ctrl+d", 4),
            ("home", 0),
            ("end", 4),
        ):
            await sitting.press(*key.split())
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


async def test_letters_and_tab_in_one_burst_take_what_the_letters_mean(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("c")
        for letter in "swed":
            sitting.desk.post_message(events.Key(letter, letter))
        await sitting.press("tab", "enter")
        assert sitting.review(first).countries == ("GB-SCT", "SE")


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


async def test_words_that_cannot_be_saved_are_offered_again(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = store(workspace)

    def full(*_: object) -> None:
        raise TryLater("The disk is full.")

    async with sit() as sitting:
        with monkeypatch.context() as patch:
            patch.setattr(triage, "tag", full)
            patch.setattr(writing, "keep_draft", full)
            await sitting.press("b")
            await sitting.type("precious")
            await sitting.press("escape")
        still = "The disk is full. Your words are still here: open them again to save them."
        assert f"Not worded: “{TITLES[0]}”. {still}" in sitting.notes
        await sitting.press("q")
        assert sitting.notes[-1].startswith("Some words are not saved")
        await sitting.press("b", "escape")
        assert sitting.review(first).blurb == "precious"


async def test_fast_typing_is_kept_too(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("b")
        async with asyncio.timeout(5):
            while not (kept_draft(workspace, f"blurb-{first}") or "").startswith("xxx"):
                await sitting.type("xxx")


async def test_a_long_text_is_pasted_whole(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    text = "A word of many. " * 3200
    async with sit() as sitting:
        await sitting.press("b")
        sitting.desk.post_message(events.Paste(text))
        await sitting.press("escape")
        assert sitting.review(first).blurb == text.strip()


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
        sitting.triage.query_one(Input).value = "county:SE"  # at once: what is half typed is searched for as well
        await sitting.press("enter")
        assert "“county:” is no field. Did you mean “country”?" in drawn(
            sitting.triage.query_one(SearchBar).query_one("#search-fault")
        )
        assert sitting.titles == list(TITLES)


async def test_one_country_is_shown_alone_and_all_again(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    (swedish,) = store(workspace, ["One from Sweden"], "sweden", first=50)
    async with sit() as sitting:
        await sitting.press("C")
        await sitting.type("swed")
        await sitting.press("enter")
        assert sitting.titles == ["One from Sweden"] and "· Sweden ·" in sitting.top
        await sitting.press("C", "enter")
        assert len(sitting.titles) == 6 and sitting.current.id == swedish


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


async def test_what_somebody_else_took_from_under_the_cursor_is_said(workspace: Workspace, sit: Sit) -> None:
    first, second, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("enter")
        with workspace.another() as other:
            triage.decide(other, other.library.documents.pick([first]), "dropped")
        await sitting.until(lambda: bool(sitting.notes))
        assert sitting.notes == [f"“{TITLES[0]}” has left this list: somebody else decided on it."]
        assert sitting.current.id == second


async def test_a_held_library_is_said_and_the_act_is_told_when_it_fails(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = store(workspace)
    monkeypatch.setattr(base, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(base, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(clerk, "BUSY_SECONDS", 0.6)
    async with sit() as sitting:
        with workspace.another() as other, other.library.write():
            sitting.desk.post_message(events.Key("s", "s"))
            await until(lambda: "waiting for the library" in drawn(sitting.triage.query_one("#keys")))
            await until(lambda: bool(sitting.notes))
        assert sitting.notes[0].startswith(f"Not kept: “{TITLES[0]}”. {workspace.path}")
        assert "is locked by another program" in sitting.notes[0]
        await sitting.settle()
        assert sitting.titles == list(TITLES) and sitting.review(first).decision == "inbox"
        await sitting.until(lambda: "waiting" not in drawn(sitting.triage.query_one("#keys")))


async def test_a_page_that_cannot_be_read_is_told_once_and_the_desk_lives(workspace: Workspace, sit: Sit) -> None:
    store(workspace, [f"Document {number}" for number in range(900)])
    async with sit() as sitting:
        workspace.library._store.run("ALTER TABLE documents RENAME TO away")
        await sitting.press("G", "g", "g", "G")
        assert len([note for note in sitting.notes if "no such table" in note]) >= 1
        assert drawn(sitting.triage.listing)


async def test_pull_runs_in_the_background_and_says_what_it_brought(workspace: Workspace, sit: Sit) -> None:
    async with sit() as sitting:
        assert "Add a feed" in drawn(sitting.triage.query_one(WayList))
        await sitting.press("p")
        await sitting.until(lambda: bool(sitting.notes))
        assert sitting.notes[0].startswith("0 new documents from 2 feeds. 2 feeds failed: scotland, sweden.")
        await sitting.until(lambda: sitting.triage.pulling is None)


async def test_a_configuration_broken_meanwhile_is_told_and_the_desk_works_on(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        (workspace.path / "feeds.toml").write_text('[network]\nname = "x\n', encoding="utf-8")
        await sitting.press("p")
        await sitting.until(lambda: bool(sitting.notes) and sitting.triage.pulling is None)
        assert "feeds.toml: line 2" in sitting.notes[0]
        await sitting.press("s")
        assert sitting.review(first).decision == "kept"


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


async def test_the_top_line_says_what_goes_out_next(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    async with sit() as sitting:
        assert sitting.top.startswith("IIMHL · Inbox · Update 1 due 1 Dec, not drafted · 0 kept")
        await sitting.press("s")
        with workspace.another() as other:
            editions.draft(other, "update")
        await sitting.until(lambda: "Update 1 due 1 Dec, draft · 1 kept" in sitting.top)
        assert sitting.review(ids[0]).decision == "kept"


async def test_rows_end_before_the_scroll_bar(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace, [f"Document {number}" for number in range(60)])
    triage.tag(workspace, workspace.library.documents.pick(ids[:1]), triage.Tagging(blurb="Words."))
    async with sit() as sitting:
        listing = sitting.triage.listing
        assert listing.render_line(0).text.endswith("b ")
        assert listing.render_line(0).cell_length == listing.scrollable_content_region.width < listing.size.width


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
        listing, reader = sitting.triage.listing, sitting.triage.reader
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
        sitting.triage._act(filed.id, lambda own: triage.show(own, gone.id), "kept")
        await sitting.settle()
        assert sitting.notes[0].startswith(f"Not kept: “{TITLES[0]}”. There is no document 10000.")
        assert sitting.current.id == first


async def test_dates_are_asked_in_one_line_and_undone(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("D")
        await sitting.type("deadline soon")
        await sitting.press("enter")
        assert "“soon” is no day" in str(sitting.desk.screen.query_one("#asking-fault", Static).content)
        await sitting.press(*["backspace"] * 4)
        await sitting.type("2026-12-03 15:00 Vancouver")
        await sitting.press("enter")
        assert str(sitting.review(first).deadline) == "2026-12-03 15:00 America/Vancouver"
        body = sitting.triage.reader
        await sitting.until(lambda: "2026-12-03 15:00 America/Vancouver" in drawn(body))
        await sitting.press("u")
        assert sitting.review(first).deadline is None
