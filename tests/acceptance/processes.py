"""curator in processes of its own, and killing them."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from tests.acceptance.world import EDITING, ROOT, environment

SCRIPT = """
import sys
from datetime import datetime
from curator.cli import run_program
at = datetime.fromisoformat(sys.argv[1])
sys.exit(run_program(sys.argv[2:], now=lambda: at))
"""


def start(folder: Path, *words: str, at: datetime = EDITING) -> subprocess.Popen[str]:
    """`curator …` in the workspace, at that hour."""
    command = [sys.executable, "-W", "error", "-c", SCRIPT, at.isoformat(), *words]
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(folder),
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a process that ends by itself."""
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    return process.returncode, out, err


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    return finish(start(folder, *words))


def wait_for(process: subprocess.Popen[str], reached: Callable[[], bool]) -> None:
    """Until `reached` holds or the process has ended."""
    while not reached() and process.poll() is None:
        time.sleep(0.001)


def duration_after(process: subprocess.Popen[str], reached: Callable[[], bool]) -> float:
    """How many seconds an undisturbed process works on, once `reached` holds."""
    wait_for(process, reached)
    began = time.monotonic()
    code, _, err = finish(process)
    assert code == 0, err
    return time.monotonic() - began


def kill_after(process: subprocess.Popen[str], reached: Callable[[], bool], seconds: float) -> bool:
    """kill -9 so many seconds beyond the moment when `reached` holds; whether it was still at work."""
    wait_for(process, reached)
    time.sleep(seconds)  # the moment of death is the input here
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return alive


def moments(count: int, longest: float) -> Iterator[float]:
    """So many moments of death within `longest` seconds: one at random in each of as many equal parts."""
    chance = random.Random(count)
    return ((part + chance.random()) * longest / count for part in range(count))
