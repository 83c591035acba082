"""A large library: nothing an editor does holds the event loop up, which the watchdog sees to. A hundred thousand
documents in the long trials, a tenth of them in short."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from benchmarks.shelves import make
from curator.desk.app import Desk
from curator.workflow.workspace import Workspace, open_workspace
from tests.desk.conftest import NOW, Sitting
from tests.desk.watchdog import watching


@pytest.fixture(scope="session")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """A workspace of so many documents, made once."""
    return cache(lambda documents: make(tmp_path_factory.mktemp("shelves") / str(documents), documents))


@pytest.mark.parametrize("documents", [10_000, pytest.param(100_000, marks=pytest.mark.soak)])
async def test_a_large_library_holds_nothing_up(shelves: Callable[[int], Path], documents: int) -> None:
    with open_workspace(shelves(documents), now=lambda: NOW, environ={"CURATOR_EDITOR": "anna"}) as large:
        with watching() as watch:
            await _work(large, documents * 3 // 4)
        assert not watch.touched and not watch.held, watch.said


async def _work(large: Workspace, waiting: int) -> None:
    """Move, keep, tag, search, select, switch queues, open every screen; what was done is undone."""
    desk = Desk(large)
    async with desk.run_test(size=(160, 48)) as pilot:
        sitting = Sitting(desk, pilot, large)
        await sitting.settle()
        assert len(sitting.triage.window) == waiting
        await sitting.press("j", "1", "0", "j", "ctrl+d", "ctrl+f", "G", "k", "g", "g", "5", "0", "0", "G", "m", "a")
        await sitting.press("s", "d", "G", "apostrophe", "a", "l", "escape", "u", "u")
        assert len(sitting.triage.window) == waiting
        await sitting.press("t")
        await sitting.type("recovery")
        await sitting.press("enter", "c", "escape", "f", "escape", "a", "u", "u")
        await sitting.press("slash")
        await sitting.type("health mental country:SE")
        await sitting.press("enter", "escape")
        for queue in "kdali":
            await sitting.press("g", queue)
        await sitting.press("C", "escape", "T", "escape", "F", "escape", "space", "v", "2", "0", "j", "v", "asterisk")
        await sitting.press("d", "escape", "escape")
        assert not sitting.triage.selection
        for keys in ("A", "e", "O", "I", "P", "b"):
            await sitting.press(keys, "escape")
