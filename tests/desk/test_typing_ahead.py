"""Whoever types ahead of the screen reaches what the keys before lead to: no act is lost, none lands elsewhere."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from textual import events

from benchmarks.shelves import make
from curator.desk.keyboard import KeyboardApp
from curator.desk.screens.triage import TriageScreen
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, Sitting, store
from tests.desk.tmux import PATIENCE_SECONDS, Terminal
from tests.desk.triaging import misplaced, plan


def strike(sitting: Sitting, *keys: str) -> None:
    """All at once, as a terminal hands over what was typed while the desk was busy."""
    for key in keys:
        sitting.desk.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_words_meant_for_a_picker_reach_it(workspace: Workspace, sit: Sit) -> None:
    first, second, *others = store(workspace)
    async with sit() as sitting:
        strike(sitting, "t", *"workforce", "enter", "s", "d")
        await sitting.settle()
        assert (sitting.review(first).themes, sitting.review(first).decision) == (("workforce",), "kept")
        assert sitting.review(second).decision == "dropped"
        assert all(sitting.review(number).decision == "inbox" for number in others)


async def test_escape_and_the_letter_after_it_are_two_keys_where_they_arrive_as_alt(
    workspace: Workspace, sit: Sit
) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press("t")
        sitting.desk.post_message(events.Key("alt+s", "s"))
        await sitting.settle()
        assert sitting.review(first).decision == "kept"
        assert isinstance(sitting.desk.screen, TriageScreen)


async def test_alt_with_a_letter_is_one_key_where_a_command_is_on_it(workspace: Workspace, sit: Sit) -> None:
    (workspace.path / "desk.toml").write_text('[keys]\n"triage.keep" = "alt+s"\n', encoding="utf-8")
    first, *others = store(workspace)
    async with sit() as sitting:
        await sitting.press("space")
        sitting.desk.post_message(events.Key("alt+s", "s"))
        await sitting.settle()
        assert sitting.review(first).decision == "kept"
        assert all(sitting.review(number).decision == "inbox" for number in others)


async def test_what_is_pasted_reaches_what_the_key_before_opens_and_is_plain(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        strike(sitting, "b")
        sitting.desk.post_message(events.Paste("Copied\x1b]52;c;aGk=\x07 \x1b[31mfrom a\r\n\u202epage\x9b31m"))
        strike(sitting, "!", "escape")
        await sitting.settle()
        assert sitting.review(first).blurb == "Copied from a page31m!"


async def test_a_page_that_a_terminal_sends_letter_by_letter_is_in_its_field_at_once(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = store(workspace)
    pasted, together = list[events.Event](), KeyboardApp._pasted

    def noted(app: KeyboardApp, event: events.Key | events.Paste) -> events.Event:
        pasted.append(together(app, event))
        return pasted[-1]

    monkeypatch.setattr(KeyboardApp, "_pasted", noted)
    words = "What matters here is said. " * 400
    async with sit() as sitting:
        strike(sitting, "b", *words, "backspace", "!", "escape", "d", "s")
        await sitting.settle()
        assert sitting.review(first).blurb == f"{words[:-1]}!"
        assert (sitting.review(first).decision, sitting.review(second).decision) == ("dropped", "kept")
    assert [type(event) for event in pasted] == [events.Key, events.Paste, *[events.Key] * 5]


async def test_what_follows_an_undo_is_about_what_came_back(workspace: Workspace, sit: Sit) -> None:
    first, second, *_ = store(workspace)
    async with sit() as sitting:
        strike(sitting, "d", "u", "s")
        await sitting.settle()
        assert sitting.review(first).decision == "kept"
        assert sitting.review(second).decision == "inbox"


async def test_an_undo_with_nothing_to_undo_holds_nothing_up(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        strike(sitting, "u", "s")
        await sitting.settle()
        assert sitting.review(first).decision == "kept"
        assert not sitting.triage.unsettled


@pytest.mark.skipif(not shutil.which("tmux"), reason="there is no tmux here, the terminal of this test")
def test_an_inbox_is_triaged_as_fast_as_a_terminal_sends_keys(tmp_path: Path) -> None:
    workspace = make(tmp_path / "shelf", 40)
    planned = list(plan(workspace, 21))
    terminal = Terminal(workspace)
    terminal.open()
    terminal.sees("30 left")
    terminal.press(*(key for _, deed in planned for key in deed.keys))
    end = time.monotonic() + PATIENCE_SECONDS
    while misplaced(workspace, planned[-1:]) and time.monotonic() < end:
        time.sleep(0.05)
    terminal.close()
    assert misplaced(workspace, planned) == []
