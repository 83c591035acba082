"""However low the terminal is, whatever is typed into is seen."""

from __future__ import annotations

import pytest

from curator.workflow import triage
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, Sitting, drawn, store, subscribe

OPENING = (("t",), ("b",), ("l",), ("D",), ("S",), ("slash",), ("I", "a"), ("I", "w"), ("e", "d"), ("colon",))
SMALL = ((20, 5), (30, 8), (80, 10), (79, 13))


def field_lines(sitting: Sitting) -> int:
    """How many lines of what has the focus are on the screen."""
    field = sitting.desk.focused
    assert field is not None
    return sitting.desk.screen.find_widget(field).visible_region.height


@pytest.mark.parametrize("size", SMALL, ids=str)
async def test_every_field_is_seen(workspace: Workspace, sit: Sit, size: tuple[int, int]) -> None:
    store(workspace)
    async with sit(*size) as sitting:
        for keys in OPENING:
            await sitting.press(*keys)
            assert getattr(sitting.desk.focused, "is_typed_into", True) and field_lines(sitting) >= 1, keys
            for _ in keys:
                await sitting.press("escape")


async def test_the_kept_picker_follows_the_terminal(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit(80, 24) as sitting:
        await sitting.press("t", "escape")
        await sitting.pilot.resize_terminal(20, 5)
        await sitting.press("t")
        assert field_lines(sitting) == 1 and not sitting.desk.screen.query_one("#picker-keys").display
        await sitting.press("escape")
        await sitting.pilot.resize_terminal(80, 24)
        await sitting.press("t")
        assert sitting.desk.screen.query_one("#picker-keys").display


async def test_yes_is_typed_under_what_it_is_about(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace)
    triage.decide(workspace, workspace.library.documents.pick(ids), "kept")
    subscribe(workspace)
    async with sit(40, 6) as sitting:
        await sitting.press("e", "d")
        await sitting.type("update")
        await sitting.press("enter")
        await sitting.press("S", "M")
        assert field_lines(sitting) == 1
        question = sitting.desk.screen.query_one("#asking-question")
        seen = sitting.desk.screen.find_widget(question).visible_region
        assert "Send update-1 to 3 people" in "\n".join(drawn(question).split("\n")[: seen.height])
