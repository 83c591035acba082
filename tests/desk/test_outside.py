"""The editor's own editor: whatever it does, the desk is there again, and nobody's words are lost."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from curator.desk.screens.outside import edit_outside
from curator.errors import UsageError
from curator.library import Library
from curator.workflow.workspace import Workspace
from tests.desk.conftest import store
from tests.desk.tmux import PATIENCE_SECONDS, Terminal


def left_by(folder: Path, script: str) -> list[str]:
    """An editor that does what the shell is told, with the file as `$1`."""
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return [str(path)]


@pytest.mark.parametrize(
    ("script", "text", "doubt"),
    [
        ("true", "My own words.", ""),
        ("printf 'Others.' > $1", "Others.", ""),
        ("kill -INT $PPID; kill -QUIT $PPID; printf 'Mine.' > $1", "Mine.", ""),
        ("printf 'Saved.' > $1; kill -INT $$", "Saved.", "was killed. This is what it had saved; Esc saves it."),
        ("printf 'Saved.' > $1; kill -9 $$", "Saved.", "was killed. This is what it had saved; Esc saves it."),
        (": > $1", "", "left nothing. Esc saves that; ^z brings back what stood here."),
        ("printf 'Caf\\351' > $1", "Café", "is not UTF-8. Look it over; Esc saves it."),
        ("printf '\\033[31mRed\\033[0m\\r\\n- one\\r\\n- two' > $1", "Red\n- one\n- two", ""),
    ],
)
def test_what_an_editor_leaves(tmp_path: Path, script: str, text: str, doubt: str) -> None:
    edited = edit_outside(left_by(tmp_path, script), "My own words.", "What the feed says.")
    assert edited.text == text
    assert edited.doubt.endswith(doubt) and bool(edited.doubt) == bool(doubt)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 3", "ended with 3; nothing was changed."),
        ("rm $1", "left no text (No such file or directory); nothing was changed."),
        ("rm $1; mkdir $1", "left no text (Is a directory); nothing was changed."),
        ("printf 'a\\000b' > $1", "left is no text; nothing was changed."),
    ],
)
def test_what_no_editor_should_leave(tmp_path: Path, script: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        edit_outside(left_by(tmp_path, script), "My own words.")
    assert raised.value.message.endswith(said)


@pytest.fixture
def terminal(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """A desk with one document; its editor does what stands in the file `does`."""
    if not shutil.which("tmux"):
        pytest.skip("there is no tmux here, the terminal of this test")
    store(workspace, ["National strategy for mental health"])
    terminal = Terminal(workspace.path)
    editor = left_by(tmp_path_factory.mktemp("bin"), f". {workspace.path}/does")
    terminal.open(80, 24, EDITOR=editor[0], VISUAL="")
    terminal.sees("1 left")
    yield terminal
    terminal.close()


def test_the_desk_comes_back_whatever_the_editor_does(terminal: Terminal) -> None:
    terminal.press("b")
    terminal.sees("Esc saves")
    terminal.type("My own words")
    for does, said in (("exit 3", "ended with 3"), ("rm $1", "left no text"), (": > $1", "left nothing")):
        (terminal.folder / "does").write_text(does, encoding="utf-8")
        terminal.press("C-o")
        terminal.sees("Esc saves", said)
    terminal.press("C-z")
    terminal.sees("My own words")
    terminal.press("Escape")
    terminal.sees("1 left", gone="Esc saves")
    end = time.monotonic() + PATIENCE_SECONDS
    with Library(terminal.folder / "curator.db") as library:
        while [filed.blurb for filed in library.documents.find()] != ["My own words"]:
            assert time.monotonic() < end, "the words were not saved"
            time.sleep(0.03)
