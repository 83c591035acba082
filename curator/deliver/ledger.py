"""The ledger's rules: who may be mailed, and what a mail's fate becomes. Pure; the ledger itself is the library's.

pending ──claim──▶ sending ──receipt──▶ sent | failed | pending | unknown
                      └──found outside a running send──▶ sent | pending (the mailer can tell) | unknown (it cannot)
"""

from __future__ import annotations

import hashlib
from typing import Literal

from curator.deliver.address import same_mailbox
from curator.deliver.mailer import Receipt
from curator.models import Fate


def may_send(fate: Fate) -> bool:
    """Whether a send may claim this line; everything else waits for a person or is over."""
    return fate == "pending"


def settled(answer: Literal["sent", "pending"] | None) -> Fate:
    """What a line found `sending`, with no send running, becomes by the mailer's `fate`."""
    return answer or "unknown"


def after(receipt: Receipt | None) -> Fate:
    """What a claimed line becomes; None: the mailer raised before a byte had left."""
    return receipt.fate if receipt else "pending"


def message_id(edition: str, seal: str, address: str, domain: str) -> str:
    """The Message-ID of one person's mail: the same whenever it is built again from the same seal, so that servers
    which drop repeats can do so, and `FileMailer.fate` can find it. It does not show the address."""
    person = hashlib.sha256("\n".join((edition, seal, same_mailbox(address))).encode()).hexdigest()[:32]
    return f"<{edition}.{person}@{domain}>"
