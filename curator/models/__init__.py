"""The values that travel through curator. They hold no behaviour beyond reading themselves.

What the feed said (`Document`) and what the editor thinks (`Review`) are two records; a pull never
touches a Review. `_at` is an instant (aware, UTC), `_on` a day.
"""

from __future__ import annotations

from curator.models.certificates import Certificate, Ruling
from curator.models.coverage import Covered, Seated
from curator.models.documents import Document, Known, KnownDocument, Match, NewDocument, Stored, Version
from curator.models.editions import COMPARED, Comparison, Edition, OwnWords, Placement, Rendered, Seal, Status
from curator.models.families import Family, Kin, Tie, Verdict
from curator.models.feeds import (
    BY_HAND,
    Condition,
    Entry,
    Failure,
    Feed,
    FeedState,
    Fetched,
    Health,
    Illness,
    PullReport,
    Select,
    Stage,
)
from curator.models.findings import Finding, Level, LinkAnswer, LookedAt, Spot
from curator.models.moments import Moment
from curator.models.people import DOUBTFUL, Delivery, Fate, SendReport, Subscriber, mailbox_of
from curator.models.reviews import DECISIONS, Act, Axis, Counts, Decision, Filed, Review, Suggested, Suggestions

__all__ = [
    "BY_HAND",
    "COMPARED",
    "DECISIONS",
    "DOUBTFUL",
    "Act",
    "Axis",
    "Certificate",
    "Comparison",
    "Condition",
    "Counts",
    "Covered",
    "Decision",
    "Delivery",
    "Document",
    "Edition",
    "Entry",
    "Failure",
    "Family",
    "Fate",
    "Feed",
    "FeedState",
    "Fetched",
    "Filed",
    "Finding",
    "Health",
    "Illness",
    "Kin",
    "Known",
    "KnownDocument",
    "Level",
    "LinkAnswer",
    "LookedAt",
    "Match",
    "Moment",
    "NewDocument",
    "OwnWords",
    "Placement",
    "PullReport",
    "Rendered",
    "Review",
    "Ruling",
    "Seal",
    "Seated",
    "Select",
    "SendReport",
    "Spot",
    "Stage",
    "Status",
    "Stored",
    "Subscriber",
    "Suggested",
    "Suggestions",
    "Tie",
    "Verdict",
    "Version",
    "mailbox_of",
]
