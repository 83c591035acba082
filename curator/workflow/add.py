"""add: one document by hand, from an address or a file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from curator.clean import plain_line
from curator.errors import UsageError
from curator.library import BY_HAND
from curator.models import Filed, NewDocument
from curator.workflow.workspace import Workspace

_EXCERPT = 600
"""Characters of a page's text that stand for the excerpt a feed would have given."""


def add_document(workspace: Workspace, what: str) -> Filed:
    """Read a web page or PDF (`https://…`) or a file and put it into the inbox; what is there already is answered as
    it is. Raises UsageError when it cannot be read as a document, TryLater when the network fails."""
    from curator.pull.match import match

    library = workspace.library
    incoming = [_read(workspace, what)]
    with library.write():
        matches = match(incoming, library.documents.known(BY_HAND, incoming))
        stored = library.documents.store(BY_HAND, matches, workspace.now())
    number = stored.new[0] if stored.new else matches[0].document
    assert number is not None
    return library.documents.get(number)


def _read(workspace: Workspace, what: str) -> NewDocument:
    from curator.pull.normalise import is_possible
    from curator.pull.urls import canonical_url
    from curator.reading import read_file, read_url

    if what.lower().startswith(("http://", "https://")):
        page, guid = read_url(what, workspace.config.pull, site=workspace.config.network.site), what
    elif (path := Path(what)).is_file():
        page, guid = read_file(path), _fingerprint(path)
    else:
        raise UsageError(f"“{plain_line(what, 120)}” is neither an address (https://…) nor a file that exists.")
    link = page.canonical or page.link
    now = workspace.now()
    at = page.published_at if is_possible(page.published_at, now) else None
    return NewDocument(
        guid=guid,
        link=link,
        canonical_url=canonical_url(link),
        title=page.title or plain_line(page.text, 80) or plain_line(what),
        feed=BY_HAND,
        publisher=None,
        published_at=at or now,
        dated="feed" if at else "pull",
        language=page.language,
        excerpt=plain_line(page.text, _EXCERPT),
        text=page.text,
    )


def _fingerprint(path: Path) -> str:
    """The guid of a file: its content, since reports of two bodies may both be called `report.pdf`."""
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
