"""The shapes of `--json` for families and their ties. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.shapes import Shape, instant

if TYPE_CHECKING:
    from curator.models import Family, Filed, Tie


def family(told: Family) -> Shape:
    return {
        "lead": told.lead.id,
        "members": [_member(filed) for filed in told.members],
        "feeds": list(told.feeds),
        "publishers": list(told.publishers),
        "ties": [_tie(tie) for tie in told.ties],
        "proposals": [_tie(tie) for tie in told.proposed],
    }


def proposal(tie: Tie, one: Filed, other: Filed) -> Shape:
    return {"one": _member(one), "other": _member(other), "certain": tie.certain, "reason": tie.reason}


def _member(filed: Filed) -> Shape:
    said = filed.document
    return {
        "id": said.id,
        "title": said.title,
        "link": said.link,
        "publisher": said.publisher,
        "feeds": list(said.feeds),
        "language": said.language,
        "published_at": instant(said.published_at),
        "decision": filed.review.decision,
    }


def _tie(tie: Tie) -> Shape:
    return {"one": tie.one, "other": tie.other, "certain": tie.certain, "reason": tie.reason}
