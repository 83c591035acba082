"""A program in a real pseudo-terminal, driven as fast as a person could wish, for the desk's benchmarks."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

ROWS, COLUMNS = 48, 160
_STYLES = re.compile(rb"\x1b\[[0-9;]*m")


class Terminal:
    """Everything the program paints is read at once and kept as bytes; nothing is drawn."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        priority = _priority()
        self.begun = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            _take_priority(priority)
            size = {"TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": str(ROWS)}
            os.execvpe(command[0], command, {**environ, **size})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._seen = b""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def until(self, pattern: bytes, seconds: float = 120.0) -> float:
        """Seconds since this call until `pattern` was painted; what came before it is forgotten."""
        began = time.perf_counter()
        while not re.search(pattern, self._seen) and not re.search(pattern, _STYLES.sub(b"", self._seen)):
            left = seconds - (time.perf_counter() - began)
            if left <= 0 or not self._read(left):
                raise TimeoutError(f"{pattern!r} was not painted in {seconds:g} s; the last was {self._seen[-400:]!r}")
        self._seen = b""
        return time.perf_counter() - began

    def settle(self, quiet: float = 0.1, most: float = 20.0) -> None:
        """Wait until nothing has been painted for `quiet` seconds."""
        end = time.perf_counter() + most
        while time.perf_counter() < end and self._read(quiet):
            pass
        self._seen = b""

    def press(self, keys: bytes, pattern: bytes = rb".", seconds: float = 30) -> float:
        """Seconds from the keys until `pattern` was painted. Raises TimeoutError after `seconds`."""
        began = time.perf_counter()
        self.write(keys)
        self.until(pattern, seconds)
        return time.perf_counter() - began

    def write(self, keys: bytes) -> None:
        os.write(self._fd, keys)

    @property
    def peak_mb(self) -> float:
        """The most memory it held so far."""
        with open(f"/proc/{self.pid}/status") as status:  # noqa: PTH123 - gone with the process
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        self._seen = self._seen[-20_000:] + os.read(self._fd, 1 << 16)
        return True


_AUTOGROUP = Path("/proc/self/autogroup")


def _priority() -> str:
    """That of this session, which may be another than the process's niceness; '' where there is none."""
    with suppress(OSError):
        return _AUTOGROUP.read_text().rpartition(" ")[2].strip()
    return ""


def _take_priority(of: str) -> None:
    """A terminal of its own is a session of its own, and Linux shares the processor among sessions before it looks at
    a process's niceness: the session is given that of this benchmark."""
    with suppress(OSError):
        _AUTOGROUP.write_text(of)
