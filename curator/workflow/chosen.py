"""Which documents an act is about, and reading them: a few at a time, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

import msgspec

from curator.errors import UsageError
from curator.models import Filed
from curator.query import AsOf, Query
from curator.workflow.triage import query
from curator.workflow.workspace import Workspace

_AT_ONCE = 1000
_TEXTS_AT_ONCE = 50


class Chosen(msgspec.Struct, frozen=True):
    """Those named, in that order, then those of a query, newest first, but for `without`."""

    numbers: Sequence[int] = ()
    query: Query | None = None
    without: Set[int] = frozenset()


def chosen(workspace: Workspace, documents: Sequence[int], text: str | None = None) -> Chosen:
    """The documents named, and those of a query. Raises UsageError when one does not exist, or nothing is named."""
    if text is not None and not text.strip():
        raise UsageError("--query is empty, which would be every document. Say what is meant; nothing was changed.")
    if text is None and not documents:
        raise UsageError("Name at least one document, or a query with --query.")
    there = {filed.id for filed in workspace.library.documents.pick(documents, texts=False)}
    if missing := [str(one) for one in dict.fromkeys(documents) if one not in there]:
        raise UsageError(
            f"There is no document {', '.join(missing)}. `curator documents` lists them; nothing was changed."
        )
    return Chosen(documents, query(workspace, text) if text is not None else None)


def as_of(workspace: Workspace) -> AsOf:
    """What stands now: with it a query finds later what it finds at this moment, as far as nobody else acts on it."""
    return AsOf(workspace.library.documents.newest(), workspace.library.journal.newest(), workspace.editor)


def numbers_of(workspace: Workspace, which: Chosen) -> Sequence[int]:
    """The ids as they are at this moment, each once."""
    numbers = list(dict.fromkeys(which.numbers))
    if which.query is None:
        return numbers
    found, left_out = workspace.library.documents.packed(which.query), {*which.without, *numbers}
    if not left_out:
        return found  # packed: a whole library's
    return [*numbers, *(number for number in found if number not in left_out)]


def gathered(workspace: Workspace, which: Chosen, *, texts: bool = False) -> Iterator[Filed]:
    """Those that exist, read a few at a time, so that an act on a whole library holds no more in memory than an act
    on one; with their texts only where these are to be read. A query is asked when the first is read: inside the
    transaction of the act that they are given to."""
    numbers = numbers_of(workspace, which)
    step = _TEXTS_AT_ONCE if texts else _AT_ONCE
    for start in range(0, len(numbers), step):
        yield from workspace.library.documents.pick(numbers[start : start + step], texts=texts)
