"""The desk in a real terminal of its own, driven by keys and read as an editor reads it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 20.0


@dataclass
class Terminal:
    """One tmux with a socket of its own. What is asserted is what an editor would see."""

    folder: Path

    def tmux(self, *words: str) -> str:
        command = ["tmux", "-u", "-f", os.devnull, "-S", str(self.folder.parent / "tmux"), *words]
        environ = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "TMUX")}
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environ).stdout

    def open(self, width: int = 160, height: int = 48, words: str = "", **environ: str) -> None:
        """Start curator: the desk of the workspace, or with other `words`; it sits in the folder."""
        self._start(f"exec {sys.executable} -m curator {words or f'-w {self.folder} desk'}", width, height, environ)

    def shell(self, width: int = 160, height: int = 48, **environ: str) -> None:
        """Start a plain shell in the folder; its prompt is `$`."""
        self._start("exec env 'PS1=$ ' bash --norc --noprofile", width, height, environ)

    def _start(self, command: str, width: int, height: int, environ: Mapping[str, str]) -> None:
        size = ("-x", str(width), "-y", str(height), "-c", str(self.folder))
        settings = {"CURATOR_EDITOR": "anna", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **environ}
        said = [word for name, value in settings.items() for word in ("-e", f"{name}={value}")]
        self.tmux("new-session", "-d", *size, *said, command)

    def close(self) -> None:
        """However it stands; nothing where the desk was left, and its tmux with it."""
        with suppress(subprocess.CalledProcessError):
            self.tmux("kill-session")

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
