"""The journal read as a list: who did what to which documents and editions, and when."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from curator.clean import plain_line
from curator.models import Act
from curator.workflow.workspace import Workspace


class Told(msgspec.Struct, frozen=True):
    """An act with what it was about in words: a title, an edition's id, and how many more."""

    act: Act
    about: str


def journal(workspace: Workspace, limit: int = 50) -> list[Told]:
    """The newest acts of everybody first, undos and redos among them; `limit` 0 is all."""
    acts = workspace.library.journal.latest(limit)
    firsts = [act.subjects[0] for act in acts if act.subjects]
    numbers = [int(name.partition(":")[2]) for name in firsts if name.startswith("document:")]
    titles = {
        f"document:{filed.id}": plain_line(filed.document.title or filed.document.link)
        for filed in workspace.library.documents.pick(numbers, texts=False)
    }
    return [Told(act, _about(act.subjects, titles)) for act in acts]


def _about(subjects: Sequence[str], titles: dict[str, str]) -> str:
    if not subjects:
        return ""
    first, more = subjects[0], len(subjects) - 1
    return titles.get(first, first.replace(":", " ")) + (f" and {more:,} more" if more else "")
