"""What is costly to work out and can be worked out again, kept from one process to the next: the code of templates, the
tables of long TOML files.

In a folder of the user's own, outside every workspace: what lies in a workspace may come from anybody, and code read
from a file is Python's and not the sandbox's. So nothing is read but what this user alone can have written: a folder
and files that belong to who runs the program, with no right for anybody else (which neither git nor an archive unpacked
as usual gives). Whatever is missing, torn or somebody else's is worked out anew, and where nothing can be written
nothing is kept: no command fails for it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

_MOST = 512
"""Files that are kept; of more, the older half goes."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_SEAL = hashlib.sha256().digest_size


class _Shelf:
    """Where this process keeps things; nowhere until it is told."""

    folder: Path | None = None


def use(folder: Path | None) -> None:
    """Keep things there from now on; None for nowhere."""
    _Shelf.folder = folder


def folder_of(environ: Mapping[str, str]) -> Path | None:
    """`curator` in the user's folder for caches (XDG_CACHE_HOME, else ~/.cache); None where there is no such folder, or
    no owner of a file to go by."""
    named, usual = Path(environ.get("XDG_CACHE_HOME", "")), Path(environ.get("HOME", ""), ".cache")
    base = named if named.is_absolute() else usual
    return base / "curator" if base.is_absolute() and hasattr(os, "geteuid") else None


def get(key: str) -> bytes | None:
    """What was kept under `key`; None where it is not there, or not to be trusted."""
    name = _name(key)
    try:
        with _opened(make=False) as folder:
            file = os.open(name, os.O_RDONLY | os.O_NONBLOCK | _NO_LINK, dir_fd=folder)
            with os.fdopen(file, "rb") as kept:
                whole = kept.read() if _own(file, stat.S_ISREG) else b""
    except OSError:
        return None
    data = whole[_SEAL:]
    return data if whole[:_SEAL] == _seal(name, data) else None


def put(key: str, data: bytes) -> None:
    """Keep `data` under `key`, whole or not at all."""
    name = _name(key)
    new = f"{name}.{os.getpid()}"
    with suppress(OSError), _opened(make=True) as folder:  # a full disk, a home that may not be written: not kept
        try:
            file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600, dir_fd=folder)
            with os.fdopen(file, "wb") as kept:
                kept.write(_seal(name, data) + data)
            os.replace(new, name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            os.unlink(new, dir_fd=folder)
            raise
        _weed(folder)


@contextmanager
def _opened(*, make: bool) -> Iterator[int]:
    """The folder, open. Raises OSError where there is none that is this user's alone."""
    path = _Shelf.folder
    if path is None:
        raise FileNotFoundError
    if make and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _NO_LINK)
    try:
        if not _own(folder, stat.S_ISDIR):
            raise PermissionError
        yield folder
    finally:
        os.close(folder)


def _own(opened: int, is_kind: Callable[[int], bool]) -> bool:
    about = os.fstat(opened)
    return is_kind(about.st_mode) and about.st_uid == os.geteuid() and not about.st_mode & _OTHERS


def _weed(folder: int) -> None:
    names = os.listdir(folder)
    if len(names) > _MOST:
        by_age = sorted(names, key=lambda each: os.stat(each, dir_fd=folder, follow_symlinks=False).st_mtime)
        for each in by_age[: len(by_age) // 2]:
            os.unlink(each, dir_fd=folder)


def _name(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _seal(name: str, data: bytes) -> bytes:
    """A torn file, or one under another's name, does not match."""
    return hashlib.sha256(name.encode() + data).digest()
