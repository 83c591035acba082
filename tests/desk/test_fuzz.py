"""Any keys in any order on any screen at any size: the desk goes on, and no defect is noted."""

from __future__ import annotations

import random

import pytest
from textual import events

from curator.desk.commands import COMMANDS
from curator.desk.screens.triage import TriageScreen
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.workspace import Workspace
from tests.desk.conftest import NAMES, Sit, Sitting, store, subscribe

LEAVING = {"q", "ctrl+q", "colon", "ctrl+p"}
"""Keys that lead out of the desk; of the palette, any letters and Enter might."""
MOVING = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter", "escape", "tab", "shift+tab")
EDITING = ("space", "backspace", "delete", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+w", "ctrl+s", "ctrl+o", "f1", "f5")
LETTERS = "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
SIZES = ((160, 48), (120, 36), (80, 24), (20, 5), (2, 1), (200, 60))
KEYS = sorted(
    {*(key for one in COMMANDS for key in one.key.replace(" ", ",").split(",")), *MOVING, *EDITING, *LETTERS} - LEAVING
)
TYPED = {name: letter for letter, name in NAMES.items()}


async def batter(sitting: Sitting, chance: random.Random, count: int) -> None:
    for number in range(count):
        if number % 40 == 39:
            await sitting.pilot.resize_terminal(*chance.choice(SIZES))
        key = chance.choice(KEYS)
        sitting.desk.post_message(events.Key(key, TYPED.get(key, key if len(key) == 1 else None)))
        if chance.random() < 0.3:  # as a rule several keys stand in line
            await sitting.settle()
    await sitting.settle()


@pytest.mark.parametrize(
    ("seed", "count"),
    [(1, 150), (2, 150), *(pytest.param(seed, 2000, marks=pytest.mark.soak) for seed in range(3, 8))],
)
async def test_random_keys_do_not_crash_the_desk(workspace: Workspace, sit: Sit, seed: int, count: int) -> None:
    ids = store(workspace, [f"Crisis care, part {number}" for number in range(60)])
    triage.decide(workspace, workspace.library.documents.pick(ids[:20]), "kept")
    subscribe(workspace)
    editions.draft(workspace, "update")
    async with sit() as sitting:
        await batter(sitting, random.Random(seed), count)
        assert sitting.desk.is_running
        assert not (workspace.path / "log" / "desk.log").exists()
        await sitting.pilot.resize_terminal(160, 48)
        for _ in range(8):
            if not isinstance(sitting.desk.screen, TriageScreen):
                await sitting.press("escape")
        await sitting.press("escape", "escape", "slash", "end", "ctrl+u", "enter", "g", "a")  # no search holds the list
        await sitting.settle()
        await sitting.press("g", "g")
        here = sitting.current.id
        await sitting.press("r", "g", "g", "s")
        assert sitting.review(here).decision == "kept"
