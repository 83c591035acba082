"""However the desk ends, no word is lost, the terminal is as it was, and what happened is said."""

from __future__ import annotations

import errno
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import pytest
from textual.widgets import TextArea

from curator.desk.app import Desk
from curator.desk.driver import Outlet
from curator.desk.events import Ended
from curator.errors import Defect, ExitCode
from curator.workflow.drafts import kept_draft
from curator.workflow.workspace import Workspace, open_workspace
from tests.desk.conftest import Sit, store, until
from tests.desk.tmux import Terminal


def _by_its_key(desk: Desk) -> None:
    desk.call_later(desk.action_quit)


def _by_a_signal(desk: Desk) -> None:
    desk.post_message(Ended(signal.SIGTERM))


def _by_a_defect(desk: Desk) -> None:
    desk.call_later(lambda: 1 // 0)


@pytest.mark.parametrize("end", [_by_its_key, _by_a_signal, _by_a_defect])
async def test_words_typed_last_are_kept(workspace: Workspace, sit: Sit, end: partial[None]) -> None:
    first, *_ = store(workspace)
    try:
        async with sit() as sitting:
            await sitting.press("b")
            sitting.desk.screen.query_one(TextArea).insert("Typed last")
            end(sitting.desk)
            await until(lambda: not sitting.desk.is_running)
    except ZeroDivisionError:
        assert end is _by_a_defect
    assert kept_draft(workspace, f"blurb-{first}") == "Typed last"


def test_a_defect_is_told_in_a_sentence_and_its_trace_is_kept(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(workspace)
    desk.call_later(lambda: 1 // 0)
    monkeypatch.setattr(desk, "run", partial(desk.run, headless=True))
    with pytest.raises(Defect) as raised:
        desk.sit()
    log = workspace.path / "log" / "desk.log"
    assert raised.value.message == (
        "The desk ended by a defect in curator: ZeroDivisionError: integer division or modulo by zero. "
        f"Its trace is in {log}. What you did before is saved."
    )
    assert raised.value.exit_code == ExitCode.PARTLY
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert "Traceback" not in "".join(capsys.readouterr())


class Gone(io.StringIO):
    """A terminal that was closed."""

    def write(self, text: str) -> int:
        raise OSError(errno.EIO, "Input/output error")

    def flush(self) -> None:
        raise OSError(errno.EIO, "Input/output error")


def test_a_terminal_that_is_gone_is_written_to_in_vain() -> None:
    screen = Outlet(Gone())
    screen.write("Nobody reads this.\n")
    screen.flush()
    assert not screen.isatty()


@pytest.fixture
def terminal(workspace: Workspace) -> Iterator[Terminal]:
    """A shell in a terminal, and curator in it; two documents are there."""
    if not shutil.which("tmux"):
        pytest.skip("there is no tmux here, the terminal of these tests")
    store(workspace, ["National strategy for mental health", "Delivery plan for suicide prevention"])
    terminal = Terminal(workspace.path)
    terminal.shell(80, 24)
    terminal.sees("$")
    terminal.type(f"{sys.executable} -m curator desk")
    terminal.press("Enter")
    terminal.sees("2 left", "National strategy")
    yield terminal
    terminal.close()


def desk_in(terminal: Terminal) -> int:
    shell = terminal.tmux("display-message", "-p", "#{pane_pid}").strip()
    return int(subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True).stdout.split()[0])


def test_the_terminal_is_given_back(terminal: Terminal) -> None:
    """To the shell by ^z, and back; then to the shell for good, by whoever shuts the machine down."""
    terminal.press("C-z")
    terminal.sees("Stopped", gone="2 left")
    terminal.type("fg")
    terminal.press("Enter")
    terminal.sees("2 left", "National strategy", "Delivery plan", gone="Stopped")
    terminal.press("b")
    terminal.sees("Esc saves")
    terminal.type("Typed as the machine shut down")
    os.kill(desk_in(terminal), signal.SIGTERM)
    terminal.sees("Stopped", gone="2 left")
    terminal.type("echo ended with $?")
    terminal.press("Enter")
    terminal.sees("ended with 143")
    assert terminal.tmux("display-message", "-p", "#{mouse_any_flag}#{alternate_on}#{cursor_flag}").strip() == "001"
    with open_workspace(terminal.folder, environ={"CURATOR_EDITOR": "anna"}) as workspace:
        newest = workspace.library.documents.find(limit=1)[0].id
        assert kept_draft(workspace, f"blurb-{newest}") == "Typed as the machine shut down"
