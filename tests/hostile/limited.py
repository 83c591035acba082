"""A pull in a process of its own, with a limit on its memory and its processor time, and the figures it ends with."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.acceptance.world import ROOT, environment

NOW = "2026-11-21T06:00:00+00:00"
ADDRESSES = 1_500_000_000  # bytes the process may map; threads reserve far more than they use
PROCESSOR = 60  # seconds of processor time, after which the system kills it: a hang fails, a slow machine does not
ORDINARY = 60  # MB: more than a pull of one small feed takes

_SCRIPT = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({ADDRESSES}, {ADDRESSES}))
resource.setrlimit(resource.RLIMIT_CPU, ({PROCESSOR}, {PROCESSOR}))
from datetime import datetime
from curator.cli import run_program
code = run_program(sys.argv[1:], now=lambda: datetime.fromisoformat("{NOW}"))
with open("/proc/self/status") as status:
    print(next(line for line in status if line.startswith("VmHWM")).split()[1], file=sys.stderr)
sys.exit(code)
"""
_HEAD = '[network]\nname = "Anybody"\nshort = "A"\n[mail]\nsender = "a@example.org"\n[pull]\nconcurrency = 4\n'


@dataclass(frozen=True)
class Ended:
    """How a pull ended: its exit code, its report, what else it said, and the most memory it held, in MB."""

    code: int
    report: dict[str, Any]
    talk: str
    megabytes: float

    @property
    def error(self) -> str:
        """The one line about the only feed."""
        [failure] = self.report["failures"]
        return str(failure["error"])


def workspace(folder: Path, urls: list[str], *, timeout: float = 20.0) -> Path:
    """One whose feeds are f0, f1, …"""
    blocks = [f'[[feeds]]\nslug = "f{n}"\nname = "F"\nurl = "{url}"\n' for n, url in enumerate(urls)]
    (folder / "feeds.toml").write_text(f"{_HEAD}timeout = {timeout}\n" + "\n".join(blocks), encoding="utf-8")
    return folder


def pull(folder: Path, **more: str) -> Ended:
    """`curator pull --json` in that workspace, with `more` in the environment; it must end by itself and without a
    traceback."""
    command = [sys.executable, "-W", "error", "-c", _SCRIPT, "pull", "--json"]
    environ = environment(folder) | {"MALLOC_ARENA_MAX": "2"} | more
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in (0, 1), (done.returncode, done.stderr)
    *talk, peak = done.stderr.splitlines()
    return Ended(done.returncode, json.loads(done.stdout), "\n".join(talk), int(peak) / 1024)


def words(text: str) -> list[str]:
    """The names of cases, for pytest."""
    return text.split()
