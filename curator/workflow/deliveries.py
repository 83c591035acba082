"""deliveries: who got an edition, who did not and why, and what an editor can do about it. It reads the ledger only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from curator.library.deliveries import is_erased
from curator.models import Delivery, Edition, Fate
from curator.workflow.workspace import Workspace

_MENDS: Mapping[Fate, str] = {
    "failed": "It is not tried again for this edition. Correct or erase the address before the next one.",
    "unknown": "Find out whether it arrived, then `curator send {0} --unknown sent` or `--unknown again`.",
    "sending": "A send runs, or was cut off: `curator send {0}` looks, and goes on.",
    "pending": "`curator send {0}` sends it.",
}
_FIRST: Sequence[Fate] = ("unknown", "sending", "failed", "pending", "withdrawn", "sent")


class Mail(msgspec.Struct, frozen=True):
    """One line of the ledger. `address` is None for somebody who asked to be forgotten; `mend` is '' where there is
    nothing to do."""

    delivery: Delivery
    address: str | None
    mend: str


class Handed(msgspec.Struct, frozen=True):
    """An edition and how many of its mails stand where."""

    edition: Edition
    fates: Mapping[Fate, int]


def deliveries(workspace: Workspace, name: str) -> list[Mail]:
    """Every mail of an edition, those that want attention first, then by address. Raises UsageError for an unknown
    edition."""
    edition = workspace.library.editions.get(name)
    lines = workspace.library.deliveries.of(edition.id)
    return [_mail(line) for line in sorted(lines, key=lambda line: _FIRST.index(line.fate))]


def _mail(line: Delivery) -> Mail:
    address = None if is_erased(line.address) else line.address
    return Mail(line, address, _MENDS.get(line.fate, "").format(line.edition))


def handed(workspace: Workspace) -> list[Handed]:
    """The editions of which mails went out or wait, newest first."""
    fates = workspace.library.deliveries.fates()
    return [Handed(one, fates[one.id]) for one in workspace.library.editions.all() if one.id in fates]
