"""People: subscribers and the mailing lists they are on."""

from __future__ import annotations

from collections.abc import Sequence

from curator.errors import UsageError
from curator.library.rows import subscriber_of
from curator.library.store import Store
from curator.models import Subscriber, mailbox_of

_SELECT = (
    "SELECT s.*, (SELECT group_concat(mailing_list, ' ') FROM memberships m WHERE m.mailbox = s.mailbox) AS lists "
    "FROM subscribers s"
)
_ON_LIST = "WHERE s.mailbox IN (SELECT mailbox FROM memberships WHERE mailing_list = ?)"


class People:
    """Who reads. Addresses arrive checked; what is on no list is mailed nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def lists(self) -> dict[str, int]:
        """How many are on each mailing list, by name."""
        rows = self._store.rows("SELECT mailing_list, count(*) AS n FROM memberships GROUP BY 1 ORDER BY 1")
        return {row["mailing_list"]: row["n"] for row in rows}

    def subscribers(self, mailing_list: str | None = None) -> list[Subscriber]:
        """By address; with `mailing_list`, those on it."""
        if mailing_list is None:
            return [subscriber_of(row) for row in self._store.rows(f"{_SELECT} ORDER BY s.mailbox")]
        rows = self._store.rows(f"{_SELECT} {_ON_LIST} ORDER BY s.mailbox", (mailing_list,))
        return [subscriber_of(row) for row in rows]

    def addresses(self, mailing_list: str) -> list[str]:
        """Of those on the list, each as it was first written."""
        rows = self._store.rows(f"SELECT s.address FROM subscribers s {_ON_LIST} ORDER BY s.mailbox", (mailing_list,))
        return [row["address"] for row in rows]

    def find(self, address: str) -> Subscriber | None:
        """The subscriber with that address, in whatever spelling."""
        row = self._store.row(f"{_SELECT} WHERE s.mailbox = ?", (mailbox_of(address),))
        return subscriber_of(row) if row else None

    def put(self, subscribers: Sequence[Subscriber]) -> tuple[int, int]:
        """Add or replace, all or none; lists become exactly those named. Answers (new, changed)."""
        with self._store.write():
            before = {one.address: one for one in self.subscribers()}
            self._store.run_many(_PUT, [_row(one) for one in subscribers])
            mailboxes = {mailbox_of(one.address): one for one in subscribers}
            self._store.run_many("DELETE FROM memberships WHERE mailbox = ?", [(mailbox,) for mailbox in mailboxes])
            self._store.run_many(
                "INSERT INTO memberships (mailing_list, mailbox) VALUES (?, ?) ON CONFLICT DO NOTHING",
                [(name, mailbox) for mailbox, one in mailboxes.items() for name in one.lists],
            )
            after = {one.address: one for one in self.subscribers()}
        changed = sum(1 for address, one in before.items() if after[address] != one)
        return len(after) - len(before), changed

    def erase(self, address: str) -> None:
        """Forget a person. Raises UsageError when nobody has that address."""
        with self._store.write():
            if not self._store.run("DELETE FROM subscribers WHERE mailbox = ?", (mailbox_of(address),)):
                raise UsageError(f"Nobody subscribes as {address}. `curator subscribers export` lists everyone.")


def _row(one: Subscriber) -> tuple[str, ...]:
    return (
        mailbox_of(one.address),
        one.address,
        one.name,
        one.organisation,
        one.role,
        one.country,
        one.interests,
        one.language,
        one.format,
    )


_PUT = """
INSERT INTO subscribers (mailbox, address, name, organisation, role, country, interests, language, format)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (mailbox) DO UPDATE SET
    name = excluded.name, organisation = excluded.organisation, role = excluded.role, country = excluded.country,
    interests = excluded.interests, language = excluded.language, format = excluded.format
"""
