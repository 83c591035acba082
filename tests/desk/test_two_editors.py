"""Two editors at the same words: the later sees what the earlier did, and neither loses any."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Static, TextArea

from curator.desk.app import Desk
from curator.desk.screens.writing import Writing
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.drafts import kept_draft
from curator.workflow.workspace import Workspace, open_workspace
from tests.desk.conftest import NOW, Sit, Sitting, store

ROOT = Path(__file__).resolve().parents[2]


def by_bert(workspace: Workspace, *words: str) -> None:
    """What another process does in the name of another editor."""
    command = [sys.executable, "-m", "curator", "-w", str(workspace.path), *words]
    environ = os.environ | {"PYTHONPATH": str(ROOT), "CURATOR_EDITOR": "bert"}
    subprocess.run(command, env=environ, check=True, capture_output=True)


def beside(sitting: Sitting) -> str:
    assert isinstance(sitting.desk.screen, Writing)
    return str(sitting.desk.screen.query_one("#writing-guide Static", Static).render())


def typed(sitting: Sitting) -> str:
    return sitting.desk.screen.query_one(TextArea).text


@pytest.fixture
def first(workspace: Workspace) -> int:
    ids = store(workspace)
    triage.decide(workspace, workspace.library.documents.pick(ids[1:]), "kept")
    editions.draft(workspace, "update")
    return ids[0]


async def overtaken(sitting: Sitting, first: int) -> None:
    """Anna types a blurb; bert saves another before she does."""
    await sitting.press("b")
    await sitting.type("Mine")
    by_bert(sitting.workspace, "tag", str(first), "--blurb", "His")
    await sitting.press("escape")
    assert sitting.review(first).blurb == "His"
    told = next(note for note in reversed(sitting.notes) if "while you wrote" in note)
    assert told.startswith("Not worded: “National strategy for mental health”. bert changed this on ")
    assert told.endswith("Your words are still here: open them again to save them.")
    await sitting.press("b")
    assert typed(sitting) == "Mine"
    assert "bert changed this on" in beside(sitting) and "His" in beside(sitting)


async def test_the_later_may_save_what_was_typed(workspace: Workspace, first: int, sit: Sit) -> None:
    async with sit() as sitting:
        await overtaken(sitting, first)
        await sitting.press("escape")
        assert sitting.review(first).blurb == "Mine"
        acts = [(act.by, after["blurb"]) for act, _, after in triage.history(workspace, str(first))]
        assert acts == [("bert", "His"), ("anna", "Mine")]
        assert kept_draft(workspace, f"blurb-{first}") is None


async def test_the_later_may_put_both(workspace: Workspace, first: int, sit: Sit) -> None:
    async with sit() as sitting:
        await overtaken(sitting, first)
        await sitting.press("ctrl+t", "escape")
        assert sitting.review(first).blurb == "Mine\n\nHis"


async def test_the_later_may_take_what_is_saved_and_think_again(workspace: Workspace, first: int, sit: Sit) -> None:
    async with sit() as sitting:
        await overtaken(sitting, first)
        await sitting.press("ctrl+r")
        assert typed(sitting) == "His"
        await sitting.press("ctrl+z")
        assert typed(sitting) == "Mine"
        await sitting.press("ctrl+r", "escape")
        assert sitting.review(first).blurb == "His"
        assert kept_draft(workspace, f"blurb-{first}") is None


async def test_the_same_words_from_both_are_no_conflict(workspace: Workspace, first: int, sit: Sit) -> None:
    async with sit() as sitting:
        await sitting.press("b")
        await sitting.type("Same")
        by_bert(workspace, "tag", str(first), "--blurb", "Same")
        await sitting.press("escape")
        assert sitting.review(first).blurb == "Same"
        assert not any("while you wrote" in note for note in sitting.notes)


async def test_another_tag_meanwhile_is_no_conflict(workspace: Workspace, first: int, sit: Sit) -> None:
    async with sit() as sitting:
        await sitting.press("b")
        await sitting.type("Mine")
        by_bert(workspace, "tag", str(first), "--country", "SE")
        await sitting.press("escape")
        assert (sitting.review(first).blurb, sitting.review(first).countries) == ("Mine", ("GB-SCT", "SE"))


@pytest.mark.parametrize(("key", "option"), [("i", ()), ("y", ("--key-messages",))])
async def test_introduction_and_key_messages_too(
    workspace: Workspace, first: int, sit: Sit, key: str, option: tuple[str, ...]
) -> None:
    async with sit() as sitting:
        await sitting.open_edition()
        await sitting.press(key)
        await sitting.type("Mine")
        by_bert(workspace, "introduce", "update-1", "--text", "His", *option)
        await sitting.press("escape")
        assert any("bert changed this" in note for note in sitting.notes)
        await sitting.press(key)
        assert (typed(sitting), "His" in beside(sitting)) == ("Mine", True)
        await sitting.press("ctrl+t", "escape")
        edition = editions.find(workspace, "update-1")
        assert (edition.key_messages if option else edition.introduction) == "Mine\n\nHis"


async def test_two_desks_keep_what_is_typed_apart(workspace: Workspace, first: int, sit: Sit) -> None:
    name = f"blurb-{first}"
    with open_workspace(workspace.path, now=lambda: NOW, environ={"CURATOR_EDITOR": "bert"}) as his:
        async with sit() as sitting, Desk(his).run_test(size=(160, 48)) as pilot:
            other = Sitting(pilot.app, pilot, his)  # type: ignore[arg-type]
            await other.settle()
            for desk, words in ((sitting, "Mine"), (other, "His")):
                await desk.press("b")
                await desk.type(words)
            await sitting.until(lambda: kept_draft(workspace, name) == "Mine" and kept_draft(his, name) == "His")
            await sitting.press("escape")
            assert sitting.review(first).blurb == "Mine"
            assert kept_draft(his, name) == "His"
            await other.press("escape")
            assert any("anna changed this" in note for note in other.notes)
            await other.press("b", "ctrl+t", "escape")
            assert sitting.review(first).blurb == "His\n\nMine"
