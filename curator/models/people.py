"""Who reads, and what became of the mail to each."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Fate = Literal["pending", "sending", "sent", "failed", "unknown", "withdrawn"]
DOUBTFUL: tuple[Fate, ...] = ("failed", "unknown", "sending")
"""Those that somebody should look at."""


def mailbox_of(address: str) -> str:
    """What is one person, for comparing: RFC 5321 would tell `Ann@` from `ann@`, no mail server does."""
    return address.casefold()


class Subscriber(msgspec.Struct, frozen=True):
    address: str
    name: str = ""
    organisation: str = ""
    role: str = ""
    country: str = ""
    interests: str = ""
    language: str = ""
    format: str = ""
    lists: tuple[str, ...] = ()


class Delivery(msgspec.Struct, frozen=True):
    """One line of the ledger. `sending` outside a running send means its fate is `unknown`."""

    edition: str
    address: str
    fate: Fate
    at: datetime
    detail: str = ""


class SendReport(msgspec.Struct, frozen=True):
    """How many of an edition's mails stand where. `unknown` are those a crash left in doubt."""

    sent: int = 0
    failed: int = 0
    already: int = 0
    pending: int = 0
    unknown: int = 0
    problems: tuple[Delivery, ...] = ()
