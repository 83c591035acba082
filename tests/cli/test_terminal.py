"""On a terminal: colours, widths, progress; proven on a real pseudo-terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

from curator.cli.table import cell_width
from tests.cli.world import ROOT, Shell


def on_a_terminal(*words: str, columns: int = 60, **environ: str) -> tuple[int, str, str]:
    """Exit code, what the terminal showed, and stderr, which is no terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = [sys.executable, "-m", "curator", *words]
    settings = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen(
        command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=settings | environ
    ) as process:
        os.close(theirs)
        shown = _all_of(ours)
        assert process.stderr is not None
        said = process.stderr.read().decode()
    os.close(ours)
    return process.returncode, shown.replace("\r\n", "\n"), said


def _all_of(terminal: int) -> str:
    parts = []
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # EIO: the other side is closed
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts).decode()


def test_lines_fit_the_terminal(shell: Shell) -> None:
    code, shown, said = on_a_terminal("-w", str(shell.folder), "documents", NO_COLOR="1")
    assert (code, said) == (0, "")
    assert "\x1b" not in shown
    lines = shown.splitlines()
    assert len(lines) == 4
    assert all(cell_width(line) <= 60 for line in lines)
    assert any("…" in line for line in lines)


def test_colours_only_where_they_are_wanted(shell: Shell) -> None:
    shell.ok("keep", 1)
    assert "\x1b[32m" in on_a_terminal("-w", str(shell.folder), "documents")[1]
    assert "\x1b" not in on_a_terminal("-w", str(shell.folder), "documents", NO_COLOR="1")[1]
    assert "\x1b" not in shell.ok("documents").out


def test_the_desk_does_not_open_on_a_terminal_that_cannot_show_it(shell: Shell) -> None:
    code, shown, said = on_a_terminal("-w", str(shell.folder), "desk", TERM="dumb")
    assert (code, shown) == (2, "")
    assert said.startswith("curator: The desk needs a terminal that can move the cursor")


def test_a_pull_counts_on_a_terminal(shell: Shell) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "curator", "-w", str(shell.folder), "pull"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs, env=os.environ | {"TERM": "xterm"}
    ):
        os.close(theirs)
        shown = _all_of(ours)
    os.close(ours)
    assert "2/2 The " in shown
    assert shown.endswith("\r\x1b[K")
