"""With NO_COLOR, what the desk writes to a terminal has not one code of a colour, on no screen; read from its bytes."""

from __future__ import annotations

import os
import re
import sys

from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from benchmarks.terminal import Terminal
from curator.desk.colourless import NoColours
from curator.workflow.workspace import Workspace
from tests.desk.conftest import store
from tests.desk.tmux import ROOT

KEYS = (b"j", b"babc\x1b[1;2D", b"\x1b", b"t", b"\x1b", b"O", b"\x1b", b"I", b"\x1b", b"?")
COLOURLESS = {b"", b"0", b"1", b"3", b"4", b"7", b"9"}


class Recorded(Terminal):
    """Keeps all that was written."""

    written = b""

    def _read(self, seconds: float) -> bool:
        before = len(self._seen)
        there = super()._read(seconds)
        self.written += self._seen[min(before, 20_000) :]
        return there


def test_no_code_of_a_colour_is_sent(workspace: Workspace) -> None:
    store(workspace)
    command = [sys.executable, "-m", "curator", "-w", str(workspace.path), "desk"]
    terminal = Recorded(command, {**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(ROOT)})
    with terminal:
        terminal.until(rb"Housing and recovery")
        for keys in KEYS:
            terminal.press(keys)
            terminal.settle()
    codes = {code for sent in re.findall(rb"\x1b\[([0-9;:]*)m", terminal.written) for code in sent.split(b";")}
    assert codes <= COLOURLESS and {b"1", b"7"} <= codes
    assert len(terminal.written) > 20_000


def test_what_only_its_ground_tells_apart_is_reversed() -> None:
    ground, light = Color.parse("#101418"), "on #e0e0e0"
    styles = ("red", light, "bold on #181c20", f"reverse {light}", "italic")
    shown = NoColours().apply([Segment("x", Style.parse(one)) for one in styles], ground)
    drawn = [one.style for one in shown if one.style]
    assert [bool(one.reverse) for one in drawn] == [False, True, False, True, False]
    assert all(one.color is None and one.bgcolor is None for one in drawn)
    assert drawn[2].bold and drawn[4].italic
