"""What a feed's answer holds, whatever stands at its address: a feed, a page, a sitemap or a folder of files.

Fetched ─┬─ feed, page, sitemap ─pull→ Entry …
         └─ folder ─→ the files not yet known ─reading→ Entry … with their texts
"""

from __future__ import annotations

import hashlib
from html import escape

from curator.clean import plain_line
from curator.errors import UsageError
from curator.http import HttpFault
from curator.models import Entry, Feed, Fetched
from curator.pull.files import File, listed
from curator.pull.parse import ParseFailure, parse
from curator.pull.patterns import fits
from curator.reading import read_file
from curator.workflow.workspace import Workspace

EXCERPT = 600
"""Characters of a text that stand for the excerpt a feed would have given."""


def entries_of(workspace: Workspace, feed: Feed, answer: Fetched) -> list[Entry]:
    """The entries of an answer, of a folder only those of files that are new or changed. ParseFailure where it is not
    what the feed is declared to be. What an ordinary feed does not need is not loaded for one."""
    if feed.page:
        from curator.pull.pages import page_entries

        return page_entries(feed, answer, workspace.now())
    if feed.sitemap:
        from curator.pull.sitemap import sitemap_entries

        return sitemap_entries(feed, answer)
    return _of_folder(workspace, feed, answer) if feed.folder else parse(answer)


def _of_folder(workspace: Workspace, feed: Feed, answer: Fetched) -> list[Entry]:
    try:
        files = listed(answer.body or b"", feed.url, workspace.path)
        wanted = [one for one in files if not feed.match or fits(feed.match, one.name)]
        guids = {_guid(one): one for one in wanted}
    except (HttpFault, OSError) as fault:
        raise ParseFailure(f"the folder cannot be read: {plain_line(str(fault), 200)}") from fault
    known = workspace.library.documents.guids(feed.slug)
    return [_entry(guid, one) for guid, one in guids.items() if guid not in known]


def _guid(one: File) -> str:
    """Name and content: a file that is written anew is read anew."""
    with one.path.open("rb") as file:
        return f"{one.name}#{hashlib.file_digest(file, 'sha256').hexdigest()[:24]}"


def _entry(guid: str, one: File) -> Entry:
    """A file that cannot be read is a document all the same, and says why: left out, nobody would look at it."""
    try:
        page = read_file(one.path)
    except UsageError as error:
        said = error.message.partition(" cannot be read: ")[2] or error.message
        return Entry(
            guid, "", escape(one.path.stem, quote=False), f"Its text cannot be read: {escape(said, quote=False)}"
        )
    return Entry(
        guid=guid,
        link=page.canonical or page.link,
        title=escape(page.title or one.path.stem, quote=False),
        excerpt=escape(plain_line(page.text, EXCERPT), quote=False),
        published=page.published_at,
        language=page.language,
        text=page.text,
    )
