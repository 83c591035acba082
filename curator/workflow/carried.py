"""What editors carried over to the next edition of a digest."""

from __future__ import annotations

from curator.digest.edition import proposed
from curator.models import Edition, Filed
from curator.workflow.workspace import Workspace


def carried_to(workspace: Workspace, fresh: Edition) -> dict[int, Filed]:
    """What was carried over out of earlier editions of the digest (on the same topic), is kept still and has not been
    folded to another document, by id."""
    editions = workspace.library.editions.all(fresh.digest)
    earlier = [one for one in editions if one.topic == fresh.topic and one.number < fresh.number]
    newest_first = sorted(earlier, key=lambda one: one.number, reverse=True)
    picked = workspace.library.documents.pick(proposed(newest_first))
    return {filed.id: filed for filed in picked if filed.review.decision == "kept" and filed.document.lead is None}
