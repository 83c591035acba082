"""Words being typed and not saved yet: kept beside the library, so that a crash or a closed lid loses none.

Each editor has files of their own, and each process of an editor: two desks never write over each other's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from curator.clean import slugify
from curator.errors import LibraryError
from curator.workflow.replace import keep
from curator.workflow.workspace import Workspace


def keep_draft(workspace: Workspace, name: str, text: str) -> None:
    """Remember what has been typed for `name` so far. Raises LibraryError when it cannot be written."""
    keep(_own(workspace, name), text.encode(), "What you type is not kept yet.")


def kept_draft(workspace: Workspace, name: str) -> str | None:
    """What the editor typed last for `name` and never saved, at whatever desk; None where nothing was."""
    kept = sorted(((path.stat().st_mtime_ns, text) for path, text in _kept(workspace, name)), reverse=True)
    return kept[0][1] if kept else None


def forget_draft(workspace: Workspace, name: str, taken_up: str | None = None) -> None:
    """The words are saved; what was kept of them is no longer needed, nor is what was `taken_up` from an earlier
    desk. Other words of another desk stay."""
    own = _own(workspace, name)
    try:
        own.unlink(missing_ok=True)
        for path, text in _kept(workspace, name):
            if text == taken_up:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise LibraryError(f"{own} cannot be removed ({error.strerror}).") from error


def _kept(workspace: Workspace, name: str) -> Iterator[tuple[Path, str]]:
    for path in _own(workspace, name).parent.glob(f"{_stem(workspace, name)}.*.md"):
        try:
            yield path, path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # saved and gone meanwhile, or not ours


def _own(workspace: Workspace, name: str) -> Path:
    return workspace.path / "log" / "drafts" / f"{_stem(workspace, name)}.{os.getpid()}.md"


def _stem(workspace: Workspace, name: str) -> str:
    return f"{slugify(name)}.{slugify(workspace.editor)}"
