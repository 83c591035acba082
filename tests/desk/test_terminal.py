"""The desk in a real terminal (tmux): from first key to sent mail, folded at 80 columns, killed and reopened."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from curator.library import Library
from curator.workflow.drafts import kept_draft
from curator.workflow.people import import_subscribers
from curator.workflow.pull import pull
from curator.workflow.workspace import open_workspace
from tests.desk.tmux import PATIENCE_SECONDS, ROOT, Terminal

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


@pytest.fixture
def terminal(_sample: Path, tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(Path(shutil.copytree(_sample, tmp_path / "network")))
    terminal.open()
    terminal.sees("49 left", "suggested")
    yield terminal
    terminal.close()


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
