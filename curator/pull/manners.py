"""When a feed is not asked: what its server said, and how it has failed. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from curator.models import Failure, FeedState, Stage


def at_rest(state: FeedState, now: datetime) -> Failure | Literal["fresh"] | None:
    """None: ask it. A Failure, its last one with what it waits for, where it fails still and is not asked now."""
    if state.error and state.illness == "gone":
        return _still(state, f"not asked again; take it out of feeds.toml, or `curator pull {state.slug}`")
    return None


def _still(state: FeedState, waits: str) -> Failure:
    stage, _, said = (state.error or "").partition(": ")
    known: Stage = stage if stage in ("config", "parse", "store") else "fetch"  # type: ignore[assignment]
    return Failure(state.slug, known, f"{said}; {waits}", illness=state.illness or "failing")
