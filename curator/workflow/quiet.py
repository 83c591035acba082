"""Countries that have gone quiet: every feed of a member is ill or stale, so that nothing of it can come any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from curator.models import Feed, Health
from curator.workflow.feeds_check import feeds_with_health
from curator.workflow.workspace import Workspace

PATIENCE = timedelta(days=3)
"""For how long a feed may fail before its country counts as quiet for it; most servers come back sooner."""


def quiet_countries(workspace: Workspace) -> list[str]:
    """One sentence for each member country that has gone quiet, each at most once a day of the network. It remembers
    what it has said."""
    found = feeds_with_health(workspace)
    sentences = []
    for code in workspace.config.network.countries:
        own = [(feed, health) for feed, _, health in found if feed.country == code]
        if own and all(_quiet(health, workspace.now()) for _, health in own) and _not_told_today(workspace, code):
            sentences.append(_sentence(workspace.taxonomy.country_label(code), own))
    return sentences


def _quiet(health: Health, now: datetime) -> bool:
    """Moved feeds are still read."""
    if not health.ill or health.condition == "moved":
        return False
    return health.since is None or health.condition in ("stale", "gone") or now - health.since >= PATIENCE


def _not_told_today(workspace: Workspace, code: str) -> bool:
    about, now = f"quiet {code}", workspace.now()
    told = workspace.library.feeds.told_at(about)
    if told and told.astimezone(workspace.config.network.zone).date() == workspace.today():
        return False
    workspace.library.feeds.told(about, now)
    return True


def _sentence(country: str, own: Sequence[tuple[Feed, Health]]) -> str:
    reasons = "; ".join(f"{feed.slug} ({health.condition}): {health.reason}" for feed, health in own[:5])
    more = f"; and {len(own) - 5} more" if len(own) > 5 else ""
    whose = "its only feed is" if len(own) == 1 else f"all its {len(own)} feeds are"
    return f"{country} has gone quiet, {whose} ill: {reasons}{more}"
