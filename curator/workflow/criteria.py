"""criteria.md: what a team has agreed to keep and to drop, in its own words."""

from __future__ import annotations

import re

from curator.clean import plain_line
from curator.errors import UsageError
from curator.workflow.workspace import Workspace

CRITERIA_FILE = "criteria.md"
MOST_BYTES = 200_000
_INDENT = re.compile(r"[ \t]*")


def criteria(workspace: Workspace) -> str:
    """The workspace's criteria.md, each line safe for a terminal; '' where there is none. Raises UsageError where it
    cannot be read."""
    path = workspace.path / CRITERIA_FILE
    if not path.exists():
        return ""
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES).decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from error
    return "\n".join(_line(line) for line in text.splitlines())


def _line(line: str) -> str:
    indent = _INDENT.match(line)
    return (indent[0].expandtabs(4) if indent else "") + plain_line(line)
