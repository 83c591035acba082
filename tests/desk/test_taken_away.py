"""A workspace that is taken away under the open desk: it is said at once, and no word is lost."""

from __future__ import annotations

from curator.workflow.workspace import Workspace
from tests.desk.conftest import TITLES, Sit, store


async def test_what_cannot_be_written_any_more_is_told_and_can_be_done_once_it_is_back(
    workspace: Workspace, sit: Sit
) -> None:
    store(workspace)
    path = workspace.path
    async with sit() as sitting:
        first = sitting.current.id
        await sitting.press("b", "escape")
        elsewhere = path.rename(path.with_name("elsewhere"))
        await sitting.press("s", "s")
        said = [note for note in sitting.notes if "moved, removed or replaced while it was open" in note]
        assert [note.partition(". ")[0] for note in said] == [f"Not kept: “{title}”" for title in TITLES[:2]]
        assert len(sitting.titles) == 5
        await sitting.press("g", "g", "b")
        await sitting.type("Mine")
        await sitting.press("escape")
        assert any(note.endswith("still here: open them again to save them.") for note in sitting.notes)
        assert not path.exists()
        elsewhere.rename(path)
        await sitting.press("b", "escape", "s")
        assert (sitting.review(first).blurb, sitting.review(first).decision) == ("Mine", "kept")


async def test_a_warning_that_comes_twice_at_once_stands_there_once(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        for severity in ("warning", "warning", "information", "information"):
            sitting.triage.say(f"Again: {severity}", severity=severity)
        await sitting.settle()
        assert sitting.notes == ["Again: warning", "Again: information", "Again: information"]
