"""Where an editor left the desk, kept beside the library: one small file for each editor, which curator owns."""

from __future__ import annotations

from pathlib import Path

import msgspec

from curator.clean import slugify
from curator.workflow.replace import keep
from curator.workflow.workspace import Workspace


class Bookmark(msgspec.Struct, frozen=True, kw_only=True):
    """`queue` is a decision, '' for all; `saved` the name of a saved search; `document` the one under the cursor;
    `sidebar` whether it is shown, None where the width decides; `colours` the desk's theme as last chosen;
    `lately` what was taken last of each axis, the latest first."""

    queue: str = "inbox"
    saved: str = ""
    country: str = ""
    theme: str = ""
    feed: str = ""
    text: str = ""
    document: int | None = None
    sidebar: bool | None = None
    colours: str = ""
    lately: dict[str, tuple[str, ...]] = {}


def kept_bookmark(workspace: Workspace) -> Bookmark:
    """Where this editor was last; the inbox where nothing was kept or what was kept is damaged."""
    try:
        return msgspec.json.decode(_path(workspace).read_bytes(), type=Bookmark)
    except (OSError, ValueError):  # msgspec's DecodeError and ValidationError are ValueErrors
        return Bookmark()


def keep_bookmark(workspace: Workspace, bookmark: Bookmark) -> None:
    """Remember it for the next start. Raises LibraryError when it cannot be written."""
    keep(_path(workspace), msgspec.json.encode(bookmark), "The desk will not know where you were.")


def _path(workspace: Workspace) -> Path:
    return workspace.path / "log" / "desk" / f"{slugify(workspace.editor)}.json"
