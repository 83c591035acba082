"""One at a time: locks between processes. A killed process leaves none behind (the kernel drops them)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from curator.errors import TryLater, cannot_write

_DOING = {
    "pull": "pulling",
    "send": "sending",
    "run": "running `curator run`",
    "feeds": "changing feeds.toml",
    "desk": "changing desk.toml",
    "words": "changing words.txt",
    "taxonomy": "changing taxonomy.toml",
    "archive": "writing the archive",
}


@contextmanager
def lock(
    workspace: Path,
    what: Literal["pull", "send", "run", "feeds", "desk", "words", "taxonomy", "archive"],
    *,
    wait: float = 0.0,
) -> Iterator[None]:
    """Hold the workspace's lock for `what`. Raises TryLater when another process or thread holds it for longer than
    `wait` seconds."""
    from filelock import FileLock, Timeout

    folder = workspace / "log"
    try:
        folder.mkdir(exist_ok=True)
        holder = FileLock(folder / f"{what}.lock", timeout=wait, is_singleton=False, thread_local=False)
        holder.acquire()
    except Timeout:
        raise TryLater(f"Another curator is {_DOING[what]} in {workspace}. Wait until it is done.") from None
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        yield
    finally:
        holder.release()
