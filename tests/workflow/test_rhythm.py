"""A feed's rhythm: its documents, week by week."""

from __future__ import annotations

from datetime import timedelta

from curator.models import Match, NewDocument
from curator.workflow.rhythm import WEEKS, watched
from curator.workflow.workspace import Workspace
from tests.workflow.world import EDITING


def test_documents_are_counted_in_the_week_they_were_published(desk: Workspace) -> None:
    days = (0, 6, 7, 7 * WEEKS - 1, 7 * WEEKS, -2)
    matches = [
        Match(
            "new",
            NewDocument(f"w{n}", f"https://example.org/w{n}", f"https://example.org/w{n}", "A title", "north", None,
                        EDITING - timedelta(days=days), "feed", "en", ""),
        )
        for n, days in enumerate(days)
    ]  # fmt: skip
    desk.library.documents.store("north", matches, EDITING)
    north = next(one for one in watched(desk) if one.feed.slug == "north")
    isles = next(one for one in watched(desk) if one.feed.slug == "isles")
    assert len(north.weeks) == WEEKS
    assert (north.weeks[-1], north.weeks[0]) == (2, 1)
    assert sum(north.weeks) == 4 + 2  # with the two that the feed has already
    assert isles.weeks[-1] + isles.weeks[-2] == 2
