"""A folder of files as a feed: each file a document with its text, a mail's attachments too.

Fetched ─listed→ File … ─not yet known→ ─reading→ Entry …
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from curator.clean import plain_line
from curator.errors import UsageError
from curator.http import HttpFault
from curator.models import Entry, Feed, FeedState, Fetched
from curator.pull.bring import Came, came_with
from curator.pull.files import File, listed
from curator.pull.parse import ParseFailure
from curator.pull.patterns import fits
from curator.reading import Page, read_file
from curator.workflow.workspace import Workspace

_EXCERPT = 600
"""Characters of a text that stand for the excerpt a feed would have given."""


def read_folder(workspace: Workspace, feed: Feed, answer: Fetched, state: FeedState) -> Came:
    """What is new or changed in a folder since what `state` remembers."""
    now = workspace.now()
    return came_with(feed, answer, lambda: folder_entries(workspace, feed, answer, state.etag), now)


def folder_entries(workspace: Workspace, feed: Feed, answer: Fetched, before: str | None) -> list[Entry]:
    """The entries of those files that are new or changed since the listing before. ParseFailure where the folder
    cannot be read."""
    try:
        files = listed(answer.body or b"", before, feed.url, workspace.path)
    except HttpFault as fault:
        raise ParseFailure(f"the folder cannot be read: {fault.message}") from fault
    wanted = (one for one in files if not feed.match or fits(feed.match, one.name))
    return [entry for one in wanted for entry in _entries(one)]


def _entries(one: File) -> Iterator[Entry]:
    """A file, and what is attached to it where it is a mail. A file that cannot be read is a document all the same, and
    says why, too shortly for kinship to see one document in two of them: left out, nobody would look at it."""
    try:
        page = read_file(one.path)
    except UsageError as error:
        said = error.message.partition(" cannot be read: ")[2] or error.message
        yield Entry(one.name, "", _html(one.path.stem), f"Unreadable: {_html(said)}")
        return
    yield _entry(one.name, one, page)
    for number, attached in enumerate(page.attached, 1):
        yield _entry(f"{one.name}#{number}", one, attached)


def _entry(guid: str, one: File, page: Page) -> Entry:
    return Entry(
        guid=guid,
        link=page.canonical or page.link,
        title=_html(page.title or one.path.stem),
        excerpt=_html(plain_line(page.text, _EXCERPT)),
        published=page.published_at,
        language=page.language,
        text=page.text,
    )


def _html(text: str) -> str:
    return escape(text, quote=False)
