"""add: one document by hand, from an address, a file or standard input; a mail brings what is attached to it along."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from curator.clean import fold, plain_line
from curator.errors import UsageError
from curator.library import BY_HAND
from curator.models import Feed, Filed, NewDocument
from curator.reading import WITHOUT_TEXT, Page, PicturesOnly, read_bytes, read_file, read_url
from curator.taxonomy import Taxonomy
from curator.workflow.catching_up import catch_up
from curator.workflow.families import take_in
from curator.workflow.workspace import Workspace

_EXCERPT = 600
"""Characters of a page's text that stand for the excerpt a feed would have given."""
_UNREADABLE = f"Unreadable: {WITHOUT_TEXT}"
"""Too short for kinship to see one document in two scans."""
STANDARD_INPUT = "-"


def add_documents(workspace: Workspace, what: str, data: bytes = b"") -> list[Filed]:
    """Read a web page or PDF (`https://…`) or a file and put it into the inbox, with the documents that came with a
    mail after it; what is there already is answered as it is. For `-` it is `data` that is read. Raises UsageError
    when it cannot be read as a document, TryLater when the network fails."""
    library = workspace.library
    page, guid = _found(workspace, what, data)
    incoming = [_document(workspace, page, guid, what)]
    incoming += [_document(workspace, one, f"{guid}#{n}", page.title) for n, one in enumerate(page.attached, 1)]
    found = []
    catch_up(library)
    with library.write():
        for new in incoming:
            matches, stored = take_in(library, Feed(BY_HAND, "", ""), [new], workspace.now())
            number = stored.new[0] if stored.new else matches[0].document
            assert number is not None
            found.append(number)
    return [library.documents.get(number) for number in dict.fromkeys(found)]


def _found(workspace: Workspace, what: str, data: bytes) -> tuple[Page, str]:
    """What is to be added, and its guid: the address, else its content, since reports of two bodies may both be
    called `report.pdf`."""
    from curator.pull.urls import without_user

    if what == STANDARD_INPUT:
        page = _page(what, lambda: read_bytes(data, "What came on standard input"))
        return page, f"sha256:{hashlib.sha256(data).hexdigest()}"
    if what.lower().startswith(("http://", "https://")):
        site = workspace.config.network.site
        return _page(what, lambda: read_url(what, workspace.config.pull, site=site)), without_user(what)
    if (path := Path(what)).is_file():
        return _page(what, lambda: read_file(path)), _fingerprint(path)
    raise UsageError(
        f"“{plain_line(what, 120)}” is neither an address (https://…) nor a file that exists, nor - for standard input."
    )


def _page(what: str, read: Callable[[], Page]) -> Page:
    """What `read` finds there. A scan has no text and is a document all the same, called as its file is."""
    try:
        return read()
    except PicturesOnly as scan:
        return replace(scan.page, title=scan.page.title or _file_name(what) or "A PDF without text")


def _file_name(what: str) -> str:
    """The last part of an address or a path, without what comes behind its last dot."""
    path = urlsplit(what).path if "://" in what else what
    return plain_line(Path(unquote(path)).stem, 120).strip(" -")


def _document(workspace: Workspace, page: Page, guid: str, called: str) -> NewDocument:
    from curator.pull.languages import other_languages
    from curator.pull.normalise import is_possible
    from curator.pull.urls import canonical_url, without_user

    link = without_user(page.canonical or page.link)
    now = workspace.now()
    at = page.published_at if is_possible(page.published_at, now) else None
    return NewDocument(
        guid=guid,
        link=link,
        canonical_url=canonical_url(link),
        title=page.title or plain_line(page.text, 80) or plain_line(called),
        feed=BY_HAND,
        publisher=publisher_of(page, workspace.taxonomy),
        published_at=at or now,
        dated="feed" if at else "pull",
        language=page.language,
        excerpt=plain_line(page.text, _EXCERPT) or _UNREADABLE * page.is_scan,
        text=page.text,
        translations=tuple(
            (code, canonical_url(address)) for code, address in other_languages(page.translations, page.link, link)
        ),
    )


def publisher_of(page: Page, taxonomy: Taxonomy) -> str | None:
    """Who sent a mail first: an organisation by its domain or name, else the sender's name; None for what is no mail.
    The longest domain counts."""
    name, address = page.sender
    domain = address.rpartition("@")[2]
    known = [
        (len(end), one.slug)
        for one in taxonomy.organisations.values()
        for end in one.domains
        if domain == end or domain.endswith(f".{end}")
    ]
    if known:
        return max(known)[1]
    called = {fold(alias): one.slug for one in taxonomy.organisations.values() for alias in (one.label, *one.aliases)}
    return called.get(fold(name)) or name or domain or None


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
