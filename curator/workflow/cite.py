"""Documents as one quotes them elsewhere: what `y` at the desk copies and `curator cite` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from curator.digest.citation import Form, cite
from curator.digest.wording import safe_link
from curator.errors import UsageError
from curator.models import Filed
from curator.pull.urls import untracked
from curator.workflow.chosen import Chosen, gathered
from curator.workflow.triage import publisher_labels
from curator.workflow.workspace import Workspace

COPIED = Path("log") / "copied.txt"
"""Where in the workspace a copy lies, for terminals that keep it from the clipboard."""


def citations(workspace: Workspace, documents: Sequence[Filed], form: Form) -> list[str]:
    """Each of `documents` in `form`; '' for one that has nothing to say in it (an address where there is none)."""
    label, zone = publisher_labels(workspace), workspace.config.network.zone
    return [cite(one, label(one), untracked(safe_link(one.document.link)), zone, form) for one in documents]


def copied(workspace: Workspace, which: Chosen, form: Form) -> str:
    """What to copy of the documents chosen, one under the other, also written into `COPIED`. Raises UsageError where
    there is nothing to copy or the file cannot be written."""
    found = citations(workspace, list(gathered(workspace, which)), form)
    between = "\n\n" if form == "quotation" else "\n"
    if not (text := between.join(one for one in found if one)):
        raise UsageError("There is nothing to copy: no address that a browser could open.")
    path = workspace.path / COPIED
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{COPIED} cannot be written: {error.strerror}. Nothing was copied.") from error
    return text
