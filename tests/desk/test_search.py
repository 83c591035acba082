"""Searching as one types: what is proposed, what is taken, what is wrong."""

from __future__ import annotations

import threading

import pytest
from textual import events
from textual.message import Message
from textual.widgets import Input

from curator.completion import completions
from curator.desk.screens import finding, lookout
from curator.desk.screens.survey import Asked, fault_of, glance
from curator.desk.widgets import search_bar
from curator.desk.widgets.choices import ChoiceList
from curator.desk.widgets.search_bar import SearchBar
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, Sitting, drawn, store
from tests.desk.test_typing_ahead import strike


def proposed(sitting: Sitting) -> list[str]:
    choices = sitting.triage.query_one(SearchBar).query_one(ChoiceList)
    return [f"{one.label} {one.hint}".strip() for one in choices.choices] if choices.display else []


def line(sitting: Sitting) -> str:
    return sitting.triage.query_one("#search-input", Input).value


def sentence(sitting: Sitting) -> str:
    return drawn(sitting.triage.query_one("#search-fault")).strip()


async def test_tab_takes_a_field_and_then_a_value_by_its_name(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    store(workspace, ["Vård på natten"], feed="sweden", first=10)
    async with sit() as sitting:
        await sitting.press("slash")
        await sitting.type("cou")
        assert proposed(sitting) == ["country: a country it concerns"]
        await sitting.press("tab")
        assert line(sitting) == "country:" and proposed(sitting)[0] == "AU Australia"
        assert sentence(sitting).startswith("Tab completes")
        await sitting.type("swed")
        assert proposed(sitting) == ["SE Sweden"]
        await sitting.press("tab")
        assert line(sitting) == "country:SE " and not proposed(sitting)
        await sitting.until(lambda: sitting.titles == ["Vård på natten"])
        await sitting.press("enter")
        assert sitting.desk.focused is sitting.triage.listing


async def test_down_and_enter_take_what_one_moved_to(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit(80, 24) as sitting:
        await sitting.press("slash")
        await sitting.type("feed:")
        assert proposed(sitting) == ["scotland Scotland's health pages", "sweden Sweden's health pages"]
        await sitting.press("down", "enter")
        assert line(sitting) == "feed:sweden "
        await sitting.press("enter")
        assert sitting.desk.focused is sitting.triage.listing


async def test_without_a_word_tab_shows_every_field(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("slash")
        assert not proposed(sitting)
        await sitting.press("tab")
        assert "since: published that day or after" in proposed(sitting)
        await sitting.type("crisis")
        assert not proposed(sitting)


async def test_the_right_arrow_takes_what_stands_dim_behind_the_cursor(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("slash")
        await sitting.type("theme:crisis-c")
        await sitting.until(lambda: "theme:crisis-care" in drawn(sitting.triage.query_one("#search-input")))
        await sitting.press("right")
        assert line(sitting) == "theme:crisis-care"


async def test_a_click_takes_what_is_proposed_and_typing_goes_on(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("slash")
        await sitting.type("feed:")
        await sitting.pilot.click("#search-choices", offset=(3, 0))
        await sitting.settle()
        assert line(sitting) == "feed:scotland "
        await sitting.type("x")
        assert line(sitting) == "feed:scotland x"


async def test_what_is_wrong_is_said_once_the_word_is_done(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        bar = sitting.triage.query_one(SearchBar)
        await sitting.press("slash")
        await sitting.type("feed:")
        await sitting.until(lambda: bar._pause is None)
        before, heights = sitting.titles, set()
        for typed in ("swe", "x", " more"):
            await sitting.type(typed)
            await sitting.until(lambda: bar._pause is None)
            heights.add(bar.size.height)
        assert sentence(sitting) == "Query, at character 1: There is no feed “swex”. Did you mean “sweden”?"
        assert heights == {2}
        assert sitting.titles == before, "the list stays what it was"
        await sitting.press("enter")
        assert sitting.desk.focused is not sitting.triage.listing


async def test_a_value_is_what_its_name_says(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    store(workspace, ["Vård på natten"], feed="sweden", first=10)
    async with sit() as sitting:
        await sitting.press("slash")
        await sitting.type('feed:"Sweden\'s health pages" lang:english')
        await sitting.press("enter")
        await sitting.until(lambda: sitting.titles == ["Vård på natten"])


def searched_for(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the library is searched for from now on."""
    texts: list[str] = []

    def noted(workspace: Workspace, asked: Asked) -> Message:
        texts.append(asked.text)
        return glance(workspace, asked)

    monkeypatch.setattr(lookout, "glance", noted)
    return texts


async def struck(sitting: Sitting, *keys: str) -> None:
    """All at once, until nothing follows from them."""
    strike(sitting, *keys)
    await sitting.settle()  # until they are with the line at all
    bar = sitting.triage.query_one(SearchBar)
    await sitting.until(lambda: not sitting.desk.typed_ahead and bar._pause is None)


async def test_of_a_word_struck_at_once_the_whole_is_searched(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(workspace)
    async with sit() as sitting:
        texts = searched_for(monkeypatch)
        await struck(sitting, "slash", *"crisis")
        assert texts == ["crisis"] and sitting.titles == ["Crisis care at night"]
        for letter in " ca":
            await sitting.type(letter)  # and what is searched for it is there
        assert texts == ["crisis", "crisis ", "crisis c", "crisis ca"], "each letter by itself is searched at once"


async def test_a_key_that_waits_behind_a_word_and_changes_nothing_holds_the_search_up_no_longer(
    workspace: Workspace, sit: Sit
) -> None:
    store(workspace)
    async with sit() as sitting:
        await struck(sitting, "slash", *"crisis", "left", "left")
        assert sitting.triage.asked.text == "crisis" and sitting.titles == ["Crisis care at night"]


async def test_what_is_struck_before_escape_is_not_searched_after_it(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(workspace)
    async with sit() as sitting:
        before, texts = sitting.titles, searched_for(monkeypatch)
        await struck(sitting, "slash", *"crisis", "escape")
        assert (sitting.triage.asked.text, sitting.titles) == ("", before)
        assert not sitting.triage.query_one(SearchBar).display
        assert "crisis" not in texts[1:]


async def test_what_the_library_says_of_an_earlier_line_is_not_shown_for_a_later_one(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(workspace)
    store(workspace, ["Crisis in Lund"], feed="sweden", first=10)
    asked, go_on = threading.Event(), threading.Event()

    def slow(workspace: Workspace, wanted: Asked) -> str:
        asked.set()
        assert go_on.wait(30)
        return fault_of(workspace, wanted)

    monkeypatch.setattr(finding, "fault_of", slow)
    async with sit() as sitting:
        await sitting.press("slash")
        field = sitting.triage.query_one("#search-input", Input)
        for typed in ("feed:swex ", "crisis"):
            field.value = typed
            await sitting.pilot.pause(0.05)
        assert asked.is_set() and sitting.triage.asked.text == "crisis"
        go_on.set()
        await sitting.settle()
        assert sitting.triage.asked.text == "crisis"
        assert sentence(sitting).startswith("Tab completes")
        assert sorted(sitting.titles) == ["Crisis care at night", "Crisis in Lund"]


async def test_what_may_follow_is_worked_out_once_for_each_letter(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(query: str, *rest: object, **more: object) -> object:
        asked.append(query)
        return completions(query, *rest, **more)  # type: ignore[arg-type]

    store(workspace)
    monkeypatch.setattr(search_bar, "completions", counted)
    async with sit() as sitting:
        await sitting.press("slash")
        await sitting.type("theme:c")
        assert asked == ["theme:c"[:n] for n in range(1, 8)]


async def test_a_line_longer_than_its_place_is_seen_where_one_types(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit(80, 24) as sitting:
        await sitting.press("slash")
        await sitting.type("crisis OR " * 9 + "peer")
        assert drawn(sitting.triage.query_one("#search-input")).rstrip().endswith("OR peer")
        assert sitting.titles == ["Report on peer support", "Crisis care at night"]


async def test_a_word_finds_what_begins_so_while_it_is_typed(workspace: Workspace, sit: Sit) -> None:
    store(workspace, ["Suicide prevention", "Sui generis law", "Recovery colleges"])
    async with sit() as sitting:
        await sitting.press("slash")
        await sitting.type("reco")
        assert sitting.titles == ["Recovery colleges"] and line(sitting) == "reco"
        assert sitting.triage.listing.sought.spans("Recovery colleges")
        await sitting.type("x")
        assert not sitting.titles and sitting.triage.asked.text == "recox"
        await sitting.press("backspace", "enter")
        assert sitting.titles == ["Recovery colleges"] and line(sitting) == "reco*", "what d over the query is about"
        await sitting.press("slash", "ctrl+u")
        await sitting.type("sui")
        assert sitting.titles == ["Sui generis law"], "which has the word whole"


async def test_a_word_that_is_ended_early_says_how_it_was_understood(workspace: Workspace, sit: Sit) -> None:
    store(workspace, ["Suicide prevention", "Recovery colleges"])
    async with sit() as sitting:
        await sitting.press("slash")
        sitting.desk.post_message(events.Paste("reco"))
        await sitting.press("enter")
        assert sitting.titles == ["Recovery colleges"] and line(sitting) == "reco*"
        assert sitting.desk.focused is sitting.triage.listing


async def test_the_line_below_names_no_command_while_letters_are_letters(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        keys = sitting.triage.query_one("#keys")
        assert "s keep" in drawn(keys)
        await sitting.press("slash", "s")
        assert "help" not in drawn(keys) and drawn(keys).strip().endswith("found")
        await sitting.pilot.click("#keys", offset=(3, 0))
        assert line(sitting) == "s" and sitting.triage.tally.of("kept") == 0
        await sitting.press("enter")
        assert "s keep" in drawn(keys)
