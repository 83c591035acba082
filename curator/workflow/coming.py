"""What goes out next: the soonest edition of the digests that have a schedule, and how far it is."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from curator.digest.definitions import Digest
from curator.workflow.drafting import next_day
from curator.workflow.workspace import Workspace


class Coming(msgspec.Struct, frozen=True):
    """An edition that is to go; `status` '' where nothing is drafted yet."""

    digest: Digest
    number: int
    date: date
    status: Literal["", "draft", "sealed"]


def coming(workspace: Workspace) -> Coming | None:
    """The one that goes first; None where no digest that can be used has days."""
    scheduled = [digest for digest in workspace.digests.values() if digest.schedule and digest.schedule.days]
    return min((_next(workspace, digest) for digest in scheduled), key=lambda one: one.date, default=None)


def _next(workspace: Workspace, digest: Digest) -> Coming:
    waiting: list[Coming] = []
    for one in workspace.library.editions.all(digest.slug):
        if one.status != "sent":
            waiting.append(Coming(digest, one.number, one.date, one.status))
    number = workspace.library.editions.next_number(digest.slug, digest.first)
    return min(waiting, key=lambda one: one.date, default=Coming(digest, number, next_day(workspace, digest), ""))
