"""One at a time: locks between processes. A killed process leaves none behind (the kernel drops them)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from curator.errors import LibraryError, TryLater

_DOING = {"pull": "pulling", "send": "sending", "run": "running `curator run`"}


@contextmanager
def lock(workspace: Path, what: Literal["pull", "send", "run"]) -> Iterator[None]:
    """Hold the workspace's lock for `what`. Raises TryLater at once when another process or thread holds it."""
    from filelock import FileLock, Timeout

    folder = workspace / "log"
    try:
        folder.mkdir(exist_ok=True)
        holder = FileLock(folder / f"{what}.lock", timeout=0, is_singleton=False, thread_local=False)
        holder.acquire()
    except Timeout:
        raise TryLater(f"Another curator is {_DOING[what]} in {workspace}. Wait until it is done.") from None
    except OSError as error:
        raise LibraryError(f"{folder} cannot be written ({error.strerror}). Check that you may write there.") from error
    try:
        yield
    finally:
        holder.release()
