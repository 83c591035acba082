"""What a feed's answer holds, whatever stands at its address: a feed, a page, a sitemap or a folder of files.

Fetched ─┬─ feed, page, sitemap ─pull→ Entry …
         └─ folder ─workflow.folder→ Entry … with their texts
"""

from __future__ import annotations

from curator.models import Entry, Feed, Fetched
from curator.pull.parse import parse
from curator.workflow.workspace import Workspace


def entries_of(workspace: Workspace, feed: Feed, answer: Fetched) -> list[Entry]:
    """The entries of an answer, of a folder only those of files that are new or changed. ParseFailure where it is not
    what the feed is declared to be. What an ordinary feed does not need is not loaded for one."""
    if feed.page:
        from curator.pull.pages import page_entries

        return page_entries(feed, answer, workspace.now())
    if feed.sitemap:
        from curator.pull.sitemap import sitemap_entries

        return sitemap_entries(feed, answer)
    if feed.folder:
        from curator.workflow.folder import folder_entries

        return folder_entries(workspace, feed, answer)
    return parse(answer)
