"""What a feed's answer holds, whatever stands at its address: a feed, a page, a sitemap or a folder of files.

Fetched ─┬─ feed, page, sitemap ─pull→ Entry …
         └─ folder ─workflow.folder→ Entry … with their texts
"""

from __future__ import annotations

from curator.models import Entry, Feed, FeedState, Fetched
from curator.pull.parse import parse
from curator.workflow.workspace import Workspace


def entries_of(workspace: Workspace, feed: Feed, answer: Fetched, state: FeedState) -> list[Entry]:
    """The entries of an answer, of a folder only those of files that are new or changed since what `state` remembers.
    ParseFailure where it is not what the feed is declared to be. An ordinary feed loads nothing of the others."""
    if feed.page:
        from curator.pull.pages import page_entries

        return page_entries(feed, answer, workspace.now())
    if feed.sitemap:
        from curator.pull.sitemap import sitemap_entries

        return sitemap_entries(feed, answer)
    if feed.folder:
        from curator.workflow.folder import folder_entries

        return folder_entries(workspace, feed, answer, state.etag)
    return parse(answer)
