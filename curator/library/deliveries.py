"""The ledger: for each edition and address, what became of the one mail.

    pending ──claim──> sending ──settle──> sent | failed | pending (the server asked to wait)
                          └─ the process died here ──doubt──> unknown ──(an editor says)──> sent | pending
    pending ──> withdrawn   (left the list before their mail went)

Only one claim of a line succeeds, whoever asks and however often; that is why nobody is mailed twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from curator.library.rows import to_instant, to_text
from curator.library.store import Row, Store
from curator.models import Delivery, Fate, mailbox_of


class Deliveries:
    """Every write is durable (synchronous FULL) before the mailer acts on it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, edition: str) -> list[Delivery]:
        """All lines of an edition, by address."""
        rows = self._store.rows("SELECT * FROM deliveries WHERE edition = ? ORDER BY mailbox", (edition,))
        return [_delivery(row) for row in rows]

    def fates(self) -> dict[str, dict[Fate, int]]:
        """How many lines of each edition stand where."""
        found: dict[str, dict[Fate, int]] = {}
        for row in self._store.rows("SELECT edition, fate, count(*) AS n FROM deliveries GROUP BY edition, fate"):
            found.setdefault(row["edition"], {})[row["fate"]] = row["n"]
        return found

    def open(self, edition: str, addresses: Iterable[str], at: datetime) -> None:
        """A pending line for each address that has none yet, erased ones included."""
        with self._store.write(durable=True):
            known = {one.address for one in self.of(edition)}
            self._store.run_many(
                "INSERT INTO deliveries (edition, mailbox, address, fate, at, detail) "
                "VALUES (?, ?, ?, 'pending', ?, '') ON CONFLICT DO NOTHING",
                [(edition, mailbox_of(one), one, to_text(at)) for one in addresses if erased(one) not in known],
            )

    def claim(self, edition: str, address: str, at: datetime) -> bool:
        """Take a pending line for sending. False: it is not ours to send."""
        with self._store.write(durable=True):
            claimed = self._store.run(
                "UPDATE deliveries SET fate = 'sending', at = ?, detail = '' "
                "WHERE edition = ? AND mailbox = ? AND fate = 'pending'",
                (to_text(at), edition, mailbox_of(address)),
            )
        return claimed == 1

    def settle(self, edition: str, address: str, fate: Fate, at: datetime, detail: str = "") -> None:
        """Write down what became of a line, also where its address was erased meanwhile; then without `detail`."""
        mailbox = mailbox_of(address)
        with self._store.write(durable=True):
            self._store.run(
                "UPDATE deliveries SET fate = ?, at = ?, detail = CASE WHEN mailbox = ? THEN ? ELSE '' END "
                "WHERE edition = ? AND mailbox IN (?, ?)",
                (fate, to_text(at), mailbox, detail, edition, mailbox, erased(address)),
            )

    def erase(self, address: str, at: datetime) -> None:
        """Forget an address but not that it was mailed: its lines keep only a hash; unsent ones are withdrawn."""
        mailbox = mailbox_of(address)
        with self._store.write(durable=True):
            self._store.run(
                "UPDATE deliveries SET fate = 'withdrawn', at = ? WHERE mailbox = ? AND fate = 'pending'",
                (to_text(at), mailbox),
            )
            self._store.run(
                "UPDATE deliveries SET mailbox = ?, address = ?, detail = '' WHERE mailbox = ?",
                (erased(address), erased(address), mailbox),
            )


def erased(address: str) -> str:
    """What stands in the ledger for somebody who asked to be forgotten."""
    import hashlib  # with OpenSSL, which no other look at the library needs

    return "sha256:" + hashlib.sha256(mailbox_of(address).encode()).hexdigest()


def is_erased(address: str) -> bool:
    """Whether a line's address is the hash of somebody who asked to be forgotten."""
    return address.startswith("sha256:")


def _delivery(row: Row) -> Delivery:
    return Delivery(row["edition"], row["address"], row["fate"], to_instant(row["at"]), row["detail"])
