"""More of the editor's hand in a draft: words of its own for a document, a place kept, a document kept for later."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from curator.clean import plain_line, plain_text
from curator.digest import edition as arranging
from curator.digest.notice import lines_apart
from curator.digest.wording import TITLE_LIMIT, shown_blurb
from curator.errors import UsageError
from curator.models import Edition, Filed, OwnWords
from curator.workflow.drafting import edit, seated
from curator.workflow.workspace import Workspace


def own_words(edition: Edition, document: int) -> OwnWords:
    """What the edition says of a document in words of its own; both '' where it says nothing."""
    return next((one for one in edition.words if one.document == document), OwnWords(document))


def word(
    workspace: Workspace, name: str, document: int, *, title: str | None = None, blurb: str | None = None
) -> Edition:
    """Give a document a title or a blurb for this edition alone; the Review stays as it is. None leaves it alone, ''
    (or what the document says anyway) lets the document's words stand again. One act."""
    seated(workspace, name, document)
    filed = workspace.library.documents.get(document)

    def change(edition: Edition) -> Edition:
        before = own_words(edition, document)
        return arranging.word(
            edition,
            OwnWords(
                document,
                before.title if title is None else _other(plain_line(title, TITLE_LIMIT), plain_title(filed)),
                before.blurb if blurb is None else _other(plain_text(lines_apart(blurb)), shown_blurb(filed)),
            ),
        )

    return edit(workspace, name, "word", change)


def plain_title(filed: Filed) -> str:
    """A document's own title, as one line."""
    return plain_line(filed.document.title, TITLE_LIMIT)


def _other(words: str, usual: str) -> str:
    return "" if words.strip() == usual.strip() else words.strip()


def pin(workspace: Workspace, name: str, documents: Sequence[int], pinned: bool | None = True) -> Edition:
    """Have a refresh keep documents where they stand, or not; None turns it round. One act."""
    _all_seated(workspace, name, documents)

    def change(edition: Edition, document: int) -> Edition:
        stands = any(seat.by_hand for seat in edition.placements if seat.document == document)
        return arranging.pin(edition, document, not stands if pinned is None else pinned)

    return edit(workspace, name, "pin", lambda edition: reduce(change, documents, edition))


def carry(workspace: Workspace, name: str, documents: Sequence[int]) -> Edition:
    """Take documents out of a draft; the next draft of the digest proposes them first. One act."""
    _all_seated(workspace, name, documents)
    return edit(workspace, name, "carry over", lambda edition: reduce(arranging.carry, documents, edition))


def _all_seated(workspace: Workspace, name: str, documents: Sequence[int]) -> None:
    if not documents:
        raise UsageError("Name at least one document.")
    seated(workspace, name, *documents)
