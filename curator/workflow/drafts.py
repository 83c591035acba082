"""Words being typed and not saved yet: kept beside the library, so that a crash or a closed lid loses none."""

from __future__ import annotations

from pathlib import Path

from curator.clean import slugify
from curator.errors import LibraryError
from curator.workflow.workspace import Workspace


def keep_draft(workspace: Workspace, name: str, text: str) -> None:
    """Remember what has been typed for `name` so far. Raises LibraryError when it cannot be written."""
    path = _path(workspace, name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written ({error.strerror}). What you type is not kept yet.") from error


def kept_draft(workspace: Workspace, name: str) -> str | None:
    """What was typed for `name` and never saved; None where nothing was."""
    try:
        return _path(workspace, name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def forget_draft(workspace: Workspace, name: str) -> None:
    """The words are saved; what was kept of them is no longer needed."""
    try:
        _path(workspace, name).unlink(missing_ok=True)
    except OSError as error:
        raise LibraryError(f"{_path(workspace, name)} cannot be removed ({error.strerror}).") from error


def _path(workspace: Workspace, name: str) -> Path:
    return workspace.path / "log" / "drafts" / f"{slugify(name)}.md"
