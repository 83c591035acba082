"""The watchdog barks: a desk that reads or works on its event loop is found out, with the place."""

from __future__ import annotations

from time import thread_time

import pytest

from curator.desk.screens.triage import TriageScreen
from curator.workflow.workspace import Workspace
from tests.desk import watchdog
from tests.desk.conftest import Sit, store
from tests.desk.watchdog import watching


async def test_what_is_read_on_the_loop_is_named(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(workspace, [f"Document {number}" for number in range(300)])
    monkeypatch.setattr(watchdog, "BOUNDED", {})
    with watching() as watch:
        async with sit() as sitting:
            await sitting.press("G")
    assert any(seen.startswith("window.py:_read (line") and "library" in seen for seen in watch.touched)
    assert not [seen for seen in watch.touched if "window.py" not in seen and "app.py" not in seen]
    assert "touches the library" in watch.said


async def test_what_holds_the_loop_is_named(workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(_: TriageScreen) -> None:
        begun = thread_time()
        while thread_time() - begun < 0.4:
            pass

    store(workspace)
    monkeypatch.setattr(TriageScreen, "action_sidebar", work)
    with watching() as watch:
        async with sit() as sitting:
            await sitting.press("j")
            assert not watch.held
            await sitting.press("z")
    assert len(watch.held) == 1 and "processor time" in watch.held[0]
    assert watch.longest > watchdog.MOST_ANYWHERE_SECONDS


async def test_a_desk_that_breaks_is_found_out_too(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(workspace)
    monkeypatch.setattr(TriageScreen, "action_sidebar", lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        async with sit() as sitting:
            await sitting.press("z")
