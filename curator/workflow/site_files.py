"""The files of a site in a folder: only what changed is written, only what curator wrote is taken away.

What curator wrote stands in a list beside it; no other file is ever touched. The list is written before the files, so
that what a killed run left is still known for curator's own, and all files are made before the first is written.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from curator.errors import UsageError, cannot_write
from curator.workflow.replace import replace_file

if TYPE_CHECKING:
    from curator.archive.kept import File

LIST = ".curator-archive.json"
_OURS = re.compile(r"(?:[a-z]+/)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9]+)+")
_SHOWN = 3


class _Made(msgspec.Struct, frozen=True):
    """A file as it was written: the hash of what it was made from and that of its bytes; both '' until it is there."""

    key: str = ""
    sha256: str = ""


class _Listed(msgspec.Struct, frozen=True):
    files: dict[str, _Made]


def write_site(folder: Path, files: Iterable[File], *, staying: Container[str] = ()) -> tuple[int, int]:
    """Make `folder` hold `files`; answers how many were written and how many taken away. What is `staying` is left as
    it is where curator wrote it before.

    Raises UsageError, before anything is written, where a file in the way is not curator's; LibraryError or TryLater
    where the folder cannot be written; and whatever making a file raises."""
    wanted = {file.path: file for file in files}
    known = _known(folder)
    _assert_free(folder, wanted, known)
    fresh = dict(_changed(folder, wanted.values(), known))
    made = {path: known.get(path, _Made()) for path in {*known, *wanted}}
    _note(folder, made, known)
    written = sum(_put(folder / path, data) for path, data in fresh.items())
    stale = [path for path in known if path not in wanted and path not in staying]
    for path in stale:
        _take_away(folder, path)
    now = {path: _Made(wanted[path].key, sha256(data).hexdigest()) for path, data in fresh.items()}
    _note(folder, {path: now.get(path, was) for path, was in made.items() if path not in stale}, made)
    return written, len(stale)


def _known(folder: Path) -> dict[str, _Made]:
    """What the list says is curator's, nothing outside the folder; nothing where there is no list."""
    try:
        listed = msgspec.json.decode((folder / LIST).read_bytes(), type=_Listed)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise cannot_write(folder / LIST, error) from error
    except (msgspec.DecodeError, UnicodeError) as error:
        raise UsageError(
            f"{folder / LIST}, the list of what curator wrote there, cannot be read ({error}). "
            "Name another folder, or empty this one."
        ) from error
    return {path: made for path, made in listed.files.items() if _OURS.fullmatch(path)}


def _assert_free(folder: Path, wanted: Iterable[str], known: Mapping[str, _Made]) -> None:
    folders = {folder / path.partition("/")[0] for path in wanted if "/" in path}
    taken = [each for each in sorted(folders) if each.is_symlink() or (each.exists() and not each.is_dir())]
    new = (folder / path for path in wanted if path not in known)
    taken += [path for path in new if path.is_symlink() or path.exists()]
    if taken:
        more = f" and {len(taken) - _SHOWN} others" if len(taken) > _SHOWN else ""
        named = ", ".join(path.relative_to(folder).as_posix() for path in taken[:_SHOWN])
        raise UsageError(f"{folder} holds {named}{more}, not written by curator. Name another folder, or move it away.")


def _changed(folder: Path, files: Iterable[File], known: Mapping[str, _Made]) -> Iterator[tuple[str, bytes]]:
    for file in files:
        was = known.get(file.path)
        if was is None or was.key != file.key or _hash(folder / file.path) != was.sha256:
            yield file.path, file.make()


def _hash(path: Path) -> str:
    """'' for a file that cannot be read: it is written anew."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _put(path: Path, data: bytes) -> bool:
    """Whether it had to be written."""
    if _hash(path) == sha256(data).hexdigest():
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path.parent, error) from error
    replace_file(path, data, lasting=False)
    return True


def _take_away(folder: Path, path: str) -> None:
    try:
        (folder / path).unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(folder / path, error) from error
    if "/" in path:
        with suppress(OSError):  # not empty: other pages, or somebody's own files
            (folder / path).parent.rmdir()


def _note(folder: Path, made: Mapping[str, _Made], was: Mapping[str, _Made]) -> None:
    if made != was or not (folder / LIST).exists():
        _put(folder / LIST, msgspec.json.format(msgspec.json.encode(_Listed(dict(sorted(made.items())))), indent=1))
