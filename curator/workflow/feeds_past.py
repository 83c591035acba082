"""What feeds.toml was before curator's last changes of it, so that they can be taken back: `log/feeds-past.json`.

A change can be taken back as long as the file is what it made of it: what is written by hand is never overwritten.
"""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import msgspec

from curator.config import FEEDS_FILE
from curator.errors import UsageError, cannot_write
from curator.workflow.replace import replace_file

_KEPT = 10
_FILE = "feeds-past.json"


class Change(msgspec.Struct, frozen=True):
    """One change of feeds.toml: who, in words what, its text before, and the SHA-256 of what it became."""

    by: str
    said: str
    before: str
    after: str

    @classmethod
    def of(cls, by: str, said: str, before: bytes, after: bytes) -> Change:
        return cls(by, said, before.decode(), _mark(after))


def _mark(data: bytes) -> str:
    return sha256(data).hexdigest()


def remember_change(folder: Path, change: Change) -> None:
    """Before it is made. What a change by hand has made unreachable is forgotten. Raises LibraryError or TryLater."""
    past = _past(folder)
    reachable = past if past and past[-1].after == _mark(change.before.encode()) else []
    _write(folder, [*reachable, change][-_KEPT:])


def last_change(folder: Path, by: str, now: bytes) -> Change | None:
    """The change that made the file what it is `now`; None where none is known. Raises UsageError where it is not this
    editor's, or the file was changed since."""
    past = _past(folder)
    if not past:
        return None
    last = past[-1]
    if last.after != _mark(now):
        raise UsageError("feeds.toml was changed by hand since; nothing was taken back.")
    if last.by != by:
        raise UsageError(f"The last change of feeds.toml ({last.said}) is {last.by}'s; nothing was taken back.")
    return last


def forget_change(folder: Path) -> None:
    """The last one, which is taken back."""
    _write(folder, _past(folder)[:-1])


def _past(folder: Path) -> list[Change]:
    """Oldest first; none where the file is missing or damaged, which costs no more than the undo."""
    try:
        return msgspec.json.decode((folder / "log" / _FILE).read_bytes(), type=list[Change])
    except (OSError, msgspec.DecodeError):
        return []


def _write(folder: Path, past: list[Change]) -> None:
    """Nobody may read it who may not read feeds.toml, whose addresses can hold keys."""
    path = folder / "log" / _FILE
    try:
        path.touch(mode=0o600)
        shutil.copymode(folder / FEEDS_FILE, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    replace_file(path, msgspec.json.encode(past))
