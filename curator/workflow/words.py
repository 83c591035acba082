"""Words that two may write at once: the later is told what the earlier did, and neither is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from curator.clean import plain_line
from curator.errors import UsageError
from curator.models import Act
from curator.workflow.hand import own_words
from curator.workflow.workspace import Workspace


class Spot(msgspec.Struct, frozen=True):
    """Where words stand: the journal's subject (`document:12`, `edition:update-3`), the key in its record, and how
    they are read now."""

    subject: str
    key: str
    read: Callable[[Workspace], str]


def blurb_of(document: int) -> Spot:
    """A document's blurb, which every edition shows."""
    return Spot(f"document:{document}", "blurb", lambda workspace: workspace.library.reviews.get(document).blurb)


def words_of(name: str, key: Literal["introduction", "key_messages"]) -> Spot:
    """What is said at the head of an edition."""
    return Spot(f"edition:{name}", key, lambda workspace: str(getattr(workspace.library.editions.get(name), key)))


def own_words_of(name: str, document: int, key: Literal["title", "blurb"]) -> Spot:
    """A document's title or blurb in one edition alone; '' where its own stands."""

    def read(workspace: Workspace) -> str:
        return str(getattr(own_words(workspace.library.editions.get(name), document), key))

    return Spot(f"edition:{name}", "words", read)


def put(workspace: Workspace, spot: Spot, opened: str, text: str, save: Callable[[Workspace, str], object]) -> None:
    """`save` the text that was begun on `opened`. Raises UsageError, and saves nothing, where somebody has written
    something else there since."""
    with workspace.library.write():
        now = spot.read(workspace).strip()
        if now not in (opened.strip(), text.strip()):
            error = UsageError(f"{whose(workspace, spot)} while you wrote; what was written there stands.")
            error.title = "Not saved yet"
            raise error
        save(workspace, text)


def whose(workspace: Workspace, spot: Spot) -> str:
    """Who changed the words last, and when on the network's clock: `bert changed this on 23 Nov at 09:12`."""
    act = _last_act(workspace, spot)
    if act is None:
        return "Somebody changed this"
    at = act.at.astimezone(workspace.config.network.zone)
    who = "You changed this elsewhere" if act.by == workspace.editor else f"{plain_line(act.by, 60)} changed this"
    return f"{who} on {at.day} {at:%b} at {at:%H:%M}"


def _last_act(workspace: Workspace, spot: Spot) -> Act | None:
    acts = reversed(workspace.library.journal.history(spot.subject))
    return next((act for act, before, after in acts if _said(before, spot) != _said(after, spot)), None)


def _said(record: Mapping[str, object] | None, spot: Spot) -> object:
    return (record or {}).get(spot.key) or ""
