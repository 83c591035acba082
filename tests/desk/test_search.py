"""Searching as one types: what is proposed, what is taken, what is wrong."""

from __future__ import annotations

from textual.widgets import Input

from curator.desk.widgets.choices import ChoiceList
from curator.desk.widgets.search_bar import SearchBar
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, Sitting, drawn, store


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
