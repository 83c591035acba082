"""A file given new bytes, whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from curator.errors import LibraryError, UsageError, cannot_write


def assert_folder(path: Path) -> None:
    """Raises UsageError where the file of `path` has no folder to be in."""
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent}. Make it, or name another.")


def replace_file(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Give a file new bytes, whole or not at all; who may read it stays. `lasting` waits for the disk: needed for what
    could not be made again. Raises LibraryError or TryLater."""
    beside = path.with_name(f"{path.name}.new")
    try:
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        if path.exists():
            _look_alike(beside, path)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def keep(path: Path, data: bytes, without: str) -> None:
    """Write a small file of curator's own, two folders below a workspace, whole or not at all. The folders are made
    where they are missing, but never the workspace: it may have been taken away. Raises LibraryError; `without` says
    what is lost by it."""
    beside = path.with_suffix(".new")
    try:
        path.parents[1].mkdir(exist_ok=True)
        path.parent.mkdir(exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written ({error.strerror}). {without}") from error


def _look_alike(beside: Path, path: Path) -> None:
    """Who may read and write the file stays; its owner too, where root works in somebody's workspace."""
    shutil.copymode(path, beside)
    was = path.stat()
    with suppress(PermissionError):
        os.chown(beside, was.st_uid, was.st_gid)
