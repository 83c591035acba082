"""How the feeds are, and how much each brought week by week, as the library's dates tell."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import msgspec

from curator.models import Feed, FeedState, Health
from curator.workflow.feeds_check import feeds_with_health
from curator.workflow.workspace import Workspace

WEEKS = 26
"""Half a year: what is longer ago says little about how a feed is."""


class Watched(msgspec.Struct, frozen=True):
    """A feed with its health, and how many documents of it were published in each of the last `WEEKS` weeks, the one
    that ends today last. What a feed says of the future counts in no week."""

    feed: Feed
    state: FeedState
    health: Health
    weeks: tuple[int, ...]


def watched(workspace: Workspace) -> list[Watched]:
    """Every feed of feeds.toml in its order."""
    today = workspace.now().astimezone(UTC).date()
    first = today - timedelta(days=7 * WEEKS - 1)
    days = workspace.library.feeds.days(datetime.combine(first, time(), UTC))
    found = []
    for feed, state, health in feeds_with_health(workspace):
        weeks = [0] * WEEKS
        for day, count in days.get(feed.slug, {}).items():
            if day <= today:
                weeks[(day - first).days // 7] += count
        found.append(Watched(feed, state, health, tuple(weeks)))
    return found
