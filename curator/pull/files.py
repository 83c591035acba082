"""Feeds that lie in the workspace: a file, and a folder whose files are documents.

    file:reports ─listing→ JSON: [[path, size, changed], …] ─listed, less what it was before→ File …

A list of what lies there stands for a folder's body, so that a folder in which nothing changed is as cheap as a file.
"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from curator import http
from curator.clean import plain_line

KINDS = (".pdf", ".html", ".htm", ".xhtml", ".txt", ".md", ".eml")
MOST = 5_000  # files of one folder, those below it counted


class File(msgspec.Struct, frozen=True):
    """A file of a folder: `path` is absolute, `name` from the folder on, with `/`."""

    name: str
    path: Path


def read_file(url: str, workspace: Path, max_bytes: int) -> http.Answer:
    """A feed that lies in the workspace; HttpFault for one outside it, symlinks followed first."""
    try:
        path = inside(url, workspace)
        if not stat.S_ISREG(path.stat().st_mode):  # a folder, or a pipe that would wait for ever
            raise http.HttpFault(f"{_shown(url)} is not a file")
        with path.open("rb") as file:
            body = file.read(max_bytes + 1)
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a valid path"
        raise http.HttpFault(f"{_shown(url)} cannot be read: {reason}") from error
    if len(body) > max_bytes:
        raise http.too_big(max_bytes)
    return http.Answer(url, body, None, None, None)


def inside(url: str, workspace: Path) -> Path:
    """The path that a `file:` address names, links followed. HttpFault where it lies outside the workspace."""
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise http.HttpFault(f"{_shown(url)} is on another machine; a file: address has to lie in the workspace")
    home = Path(os.path.realpath(workspace))
    path = Path(os.path.realpath(home / unquote(parts.path)))
    if not path.is_relative_to(home):
        raise http.HttpFault(f"{_shown(url)} lies outside the workspace")
    return path


def _shown(url: str) -> str:
    return plain_line(url, 120)


def listing(url: str, workspace: Path) -> http.Answer:
    """The files of a folder and of those in it, in order, as the body of an answer; hidden files and kinds that hold
    no text are left out, links too. HttpFault where it is no folder or holds too many."""
    folder = _folder(url, workspace)
    found: list[tuple[str, int, int]] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if name.startswith(".") or path.suffix.lower() not in KINDS or path.is_symlink() or not path.is_file():
                continue
            said = path.stat()
            found.append((path.relative_to(folder).as_posix(), said.st_size, said.st_mtime_ns))
            if len(found) > MOST:
                raise http.HttpFault(f"{_shown(url)} holds more than {MOST} files", illness="too-big")
    body = json.dumps(found, separators=(",", ":"))
    return http.Answer(url, body.encode(), "application/json", body, None)


def listed(body: bytes, before: str | None, url: str, workspace: Path) -> list[File]:
    """The files of a listing that are new or changed since the one before, which is remembered as the folder's ETag."""
    folder = _folder(url, workspace)
    known = {tuple(one) for one in json.loads(before)} if before else set()
    return [File(one[0], folder / one[0]) for one in json.loads(body) if tuple(one) not in known]


def _folder(url: str, workspace: Path) -> Path:
    try:
        folder = inside(url, workspace)
    except (OSError, ValueError, RuntimeError) as error:
        raise http.HttpFault(f"{_shown(url)} is not a valid path") from error
    if not folder.is_dir():
        raise http.HttpFault(f"{_shown(url)} is not a folder; make it, or take the feed out")
    return folder
