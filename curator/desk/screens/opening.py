"""What the desk shows first. The clerk looks it up before Textual begins to draw, so that the first thing painted is
the list, not its place."""

from __future__ import annotations

from concurrent.futures import TimeoutError as TooLong

import msgspec

from curator.desk.screens.clerk import Clerk
from curator.desk.screens.finding import asked_of
from curator.desk.screens.survey import Asked, Glanced, glance
from curator.workflow.bookmark import Bookmark
from curator.workflow.workspace import Workspace

PATIENCE_SECONDS = 0.05
"""How long drawing waits for the first documents: far longer than a look takes that has an index; a search, or a queue
with little in it, comes when it comes."""


class Opening(msgspec.Struct, frozen=True):
    """Where this editor left, what is asked for there, and the beginning of that list; None where it is not there in
    time."""

    mark: Bookmark
    asked: Asked
    glanced: Glanced | None


def look_ahead(workspace: Workspace, clerk: Clerk, mark: Bookmark) -> Opening:
    """Call it before the event loop runs: it waits."""
    asked, found = asked_of(workspace, mark), list[object]()
    looked = clerk.ask(lambda own: glance(own, asked), found.append, looking=True)
    try:
        looked.result(PATIENCE_SECONDS)
    except TooLong:
        return Opening(mark, asked, None)
    return Opening(mark, asked, next((one for one in found if isinstance(one, Glanced)), None))
