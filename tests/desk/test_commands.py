"""Every command is declared once and found everywhere it should be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from curator.desk.app import Desk
from curator.desk.commands import COMMANDS, MOVING, Place, commands_of, footer_of
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.coverage import CoverageScreen
from curator.desk.screens.edition import EditionScreen
from curator.desk.screens.editions import EditionsScreen
from curator.desk.screens.feeds import FeedsScreen
from curator.desk.screens.help import Help
from curator.desk.screens.journal import JournalScreen
from curator.desk.screens.people import PeopleScreen
from curator.desk.screens.roster import RosterScreen
from curator.desk.screens.triage import TriageScreen
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, drawn, store

SCREENS: dict[Place, type[DeskScreen]] = {
    "triage": TriageScreen,
    "editions": EditionsScreen,
    "edition": EditionScreen,
    "coverage": CoverageScreen,
    "feeds": FeedsScreen,
    "people": PeopleScreen,
    "roster": RosterScreen,
    "journal": JournalScreen,
}
DOCS = Path(__file__).resolve().parents[2] / "docs" / "desk.md"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.id)
def test_a_command_says_what_it_does_and_can_be_done(command: object) -> None:
    from curator.desk.commands import Command

    assert isinstance(command, Command)
    assert command.key and command.label and command.help.endswith(".")
    owner = SCREENS.get(command.place, Desk)
    assert callable(getattr(owner, f"action_{command.action.partition('(')[0]}"))


@pytest.mark.parametrize("place", [*SCREENS, "everywhere"])
def test_no_key_means_two_things_in_one_place(place: Place) -> None:
    keys = [key for one in commands_of(place) for key in one.key.split(",")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("place", list(SCREENS))
def test_the_footer_holds_few_keys_with_help_among_them(place: Place) -> None:
    assert len(footer_of(place)) <= 7
    assert footer_of(place)[-1].action == "help"


@pytest.mark.parametrize("place", [*SCREENS, "everywhere"])
def test_the_manual_names_every_command(place: Place) -> None:
    manual = DOCS.read_text(encoding="utf-8")
    for one in commands_of(place):
        assert f"| `{one.shown_keys}` | {one.help} | `{one.id}` |" in manual, one.id


async def test_help_lists_every_command_of_the_place(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit(120, 90) as sitting:
        await sitting.press("question_mark")
        assert isinstance(sitting.desk.screen, Help)
        shown = " ".join(drawn(sitting.desk.screen.query_one("#leaflet-body")).split())
        for one in (*commands_of("triage"), *commands_of("everywhere")):
            assert one.help in shown, one.id
        assert all(words in shown for _, words in MOVING)
        await sitting.press("escape")
        assert isinstance(sitting.desk.screen, TriageScreen)


async def test_the_palette_knows_every_command_of_the_place(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        titles = {one.title.lower() for one in sitting.desk.get_system_commands(sitting.desk.screen)}
        for one in (*commands_of("triage"), *commands_of("everywhere")):
            assert one.label.lower() in titles or one.action == "command_palette"


async def test_the_palette_says_where_the_commands_of_other_places_are(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        titles = [one.title.lower() for one in sitting.desk.get_system_commands(sitting.desk.screen)]
        assert {one.label.lower() for one in COMMANDS if one.action != "command_palette"} <= set(titles)
        assert titles.count("seal") == titles.count("undo") == 1
        await sitting.press("colon")
        await sitting.until(lambda: isinstance(sitting.desk.focused, Input))
        await sitting.type("seal")
        await sitting.pilot.pause(0.4)
        await sitting.press("enter")
        await sitting.until(lambda: any(one.startswith("S  Seal: approve") for one in sitting.notes))


async def test_a_command_of_the_palette_is_done(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("colon")
        await sitting.until(lambda: isinstance(sitting.desk.focused, Input))
        await sitting.type("keep")
        await sitting.pilot.pause(0.4)
        await sitting.press("enter")
        await sitting.until(lambda: sitting.review(first).decision == "kept")


async def test_the_footer_can_be_clicked(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.pilot.click("#keys", offset=(2, 0))
        await sitting.settle()
        assert sitting.review(first).decision == "kept"


async def test_every_pane_follows_the_colours(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("j", "ctrl+t")
        body = sitting.triage.reader
        dim = sitting.triage.reader.get_component_rich_style("reader--dim").color
        await sitting.until(
            lambda: any(
                segment.style is not None and segment.style.color == dim
                for y in range(body.size.height)
                for segment in body.render_line(y)
            )
        )


async def test_light_dark_and_no_colour(workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    store(workspace)
    async with sit() as sitting:
        await sitting.press("ctrl+t")
        assert not sitting.desk.current_theme.dark
        assert sitting.desk.no_color
        row = sitting.triage.listing.render_line(0)
        assert row.text.startswith("▌")
        assert any(segment.style and segment.style.reverse for segment in row)


def test_the_package_does_not_load_textual() -> None:
    code = "import sys, curator.desk; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
