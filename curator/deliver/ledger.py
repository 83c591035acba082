"""The ledger's rules: what a mail's fate becomes, and the name it bears. Pure; the ledger itself is the library's.

pending ──claim──▶ sending ──receipt──▶ sent | failed | pending | unknown
                      └──found outside a running send──▶ sent | pending (the mailer can tell) | unknown (it cannot)
"""

from __future__ import annotations

import hashlib
from typing import Literal

from curator.models import Fate, mailbox_of


def settled(answer: Literal["sent", "pending"] | None) -> Fate:
    """What a line found `sending`, with no send running, becomes by the mailer's `fate`."""
    return answer or "unknown"


def message_id(edition: str, seal: str, address: str, domain: str) -> str:
    """The Message-ID of one person's mail: the same whenever it is built again from the same seal, so that servers
    which drop repeats can do so, and `FileMailer.fate` can find it. It does not show the address."""
    person = hashlib.sha256("\n".join((edition, seal, mailbox_of(address))).encode()).hexdigest()[:32]
    return f"<{edition}.{person}@{domain}>"
