"""The desk in a real terminal (tmux): from first key to sent mail, folded at 80 columns, killed and reopened."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from curator.library import Library
from curator.workflow.drafts import kept_draft
from curator.workflow.people import import_subscribers
from curator.workflow.pull import pull
from curator.workflow.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 20.0

pytestmark = pytest.mark.skipif(not shutil.which("tmux"), reason="there is no tmux here, the terminal of these tests")


@pytest.fixture(scope="module")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, pulled and with its readers; nothing is triaged."""
    folder = tmp_path_factory.mktemp("sample") / "network"
    shutil.copytree(ROOT / "curator" / "data" / "sample", folder)
    with open_workspace(folder) as workspace:
        pull(workspace)
        import_subscribers(workspace, folder / "subscribers.csv")
    return folder


@dataclass
class Terminal:
    """One tmux with a socket of its own. What is asserted is what an editor would see."""

    folder: Path

    def tmux(self, *words: str) -> str:
        command = ["tmux", "-u", "-f", os.devnull, "-S", str(self.folder.parent / "tmux"), *words]
        environ = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "TMUX")}
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environ).stdout

    def open(self, width: int = 160, height: int = 48) -> None:
        desk = f"exec {sys.executable} -m curator -w {self.folder} desk"
        size = ("-x", str(width), "-y", str(height))
        settings = {"CURATOR_EDITOR": "anna", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
        environ = [word for name, value in settings.items() for word in ("-e", f"{name}={value}")]
        self.tmux("new-session", "-d", *size, *environ, desk)

    def press(self, *keys: str) -> None:
        self.tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        self.tmux("send-keys", "-l", text)

    def resize(self, width: int, height: int) -> None:
        self.tmux("resize-window", "-x", str(width), "-y", str(height))

    @property
    def shown(self) -> str:
        return self.tmux("capture-pane", "-p")

    def sees(self, *words: str, gone: str = "") -> str:
        """Wait until all `words` are on the screen and `gone` is not; answers the screen."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            shown = self.shown
            if all(word in shown for word in words) and not (gone and gone in shown):
                return shown
            time.sleep(0.03)
        raise AssertionError(f"{words} without “{gone}” did not come:\n{self.shown}")

    def kill(self) -> None:
        """As a power cut would: no goodbye. The tmux ends with the desk; wait for that too."""
        server = int(self.tmux("display-message", "-p", "#{pid}"))
        os.kill(int(self.tmux("display-message", "-p", "#{pane_pid}")), signal.SIGKILL)
        end = time.monotonic() + PATIENCE_SECONDS
        while _lives(server) and time.monotonic() < end:
            time.sleep(0.01)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def terminal(_sample: Path, tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(Path(shutil.copytree(_sample, tmp_path / "network")))
    terminal.open()
    terminal.sees("49 left", "suggested")
    yield terminal
    try:
        terminal.tmux("kill-session")
    except subprocess.CalledProcessError:
        return  # the desk was left, and its tmux with it


def test_from_the_first_key_to_the_sent_mail(terminal: Terminal) -> None:
    terminal.press("a", "s")
    terminal.sees("48 left", "1 kept")
    terminal.press("c")
    terminal.sees("type to filter")
    terminal.type("swed")
    terminal.sees("Sweden", gone="Netherlands")
    terminal.press("Enter")
    terminal.sees("SE Sweden", gone="type to filter")
    terminal.press("s", "d", "s")
    terminal.sees("45 left", "3 kept")
    terminal.press("e", "d")
    terminal.sees("Draft which digest?")
    terminal.type("update")
    terminal.press("Enter")
    terminal.sees("update-1 · draft", "KB of 90", "POLICY DOCUMENTS")
    terminal.press("S")
    terminal.sees("update-1 · sealed")
    terminal.press("M")
    terminal.sees("Send update-1 to 20 people on the list “members”?")
    terminal.type("yes")
    terminal.press("Enter")
    terminal.sees("update-1 · sent", "20 sent.")
    terminal.press("C-q")

    with Library(terminal.folder / "curator.db") as library:
        edition = library.editions.get("update-1")
        assert (edition.status, len(edition.placements)) == ("sent", 3)
        kept = library.documents.pick(placement.document for placement in edition.placements)
        assert sum("SE" in filed.countries for filed in kept) == 1
        assert all(filed.review.decision == "kept" and filed.review.by == "anna" for filed in kept)
        assert [line.fate for line in library.deliveries.of("update-1")] == ["sent"] * 20
    assert len(list((terminal.folder / "outbox").rglob("*.eml"))) == 20


def test_it_folds_to_80_columns_and_unfolds_again(terminal: Terminal) -> None:
    assert "By country" in terminal.shown
    terminal.resize(80, 24)
    terminal.sees("49 left", gone="By country")
    folded = terminal.sees("49 left", gone="suggested")
    assert "By country" not in folded
    lines = folded.splitlines()
    assert len(lines) == 24 and max(map(len, lines)) <= 80
    assert "IIMHL · Inbox" in lines[0] and "? help" in lines[-1]
    terminal.press("Enter")
    terminal.sees("suggested", "a accepts")
    terminal.press("Escape")
    terminal.sees("49 left", gone="a accepts")
    terminal.resize(160, 48)
    terminal.sees("By country", "a accepts")


def test_a_blurb_survives_a_killed_desk(terminal: Terminal) -> None:
    terminal.press("b")
    terminal.sees("Esc saves")
    terminal.type("Words that a power cut must not")
    with open_workspace(terminal.folder, environ={"CURATOR_EDITOR": "anna"}) as workspace:
        number = workspace.library.documents.find(limit=1)[0].id
        end = time.monotonic() + PATIENCE_SECONDS
        while kept_draft(workspace, f"blurb-{number}") != "Words that a power cut must not":
            assert time.monotonic() < end
            time.sleep(0.02)
    terminal.kill()
    terminal.open()
    terminal.sees("49 left", "suggested")
    terminal.press("b")
    terminal.sees("Words that a power cut must not")
    terminal.type(" take")
    terminal.press("Escape")
    terminal.sees("blurb", "Words that a power cut must not take", gone="Esc saves")
    with Library(terminal.folder / "curator.db") as library:
        assert library.documents.get(number).blurb == "Words that a power cut must not take"
