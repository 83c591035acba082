"""A workspace that is taken away under the open desk: it is said at once, and no word is lost."""

from __future__ import annotations

import pytest

from curator.errors import ReadOnly
from curator.library.store import Store
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


async def test_a_desk_that_can_only_read_says_so_once_and_shows_everything(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = store(workspace)
    opened = Store._open

    def refused(store: Store, name: str, *, uri: bool = False) -> None:
        if not uri:
            raise ReadOnly("It cannot be written.")
        opened(store, name, uri=uri)

    monkeypatch.setattr(Store, "_open", refused)
    async with sit() as sitting:
        assert [note.partition(" can ")[2][:20] for note in sitting.notes] == ["only be read here: n"]
        await sitting.press("s")
        assert sitting.notes[-1].startswith(f"Not kept: “{TITLES[0]}”") and sitting.review(first).decision == "inbox"
        await sitting.press("e", "escape", "j")
        assert sitting.titles == list(TITLES)
    assert not (workspace.path / "log" / "desk").exists()
