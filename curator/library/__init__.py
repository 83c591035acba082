"""The library: the only door to SQLite. Its methods are the domain's verbs; no SQL leaks out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from curator.library.certificates import Certificates
from curator.library.contents import SealedContents
from curator.library.coverage import Coverage
from curator.library.deliveries import Deliveries
from curator.library.documents import Documents
from curator.library.editions import Editions, as_record
from curator.library.families import Families, change_families
from curator.library.feeds import Feeds
from curator.library.journal import Journal, Kind
from curator.library.links import Links
from curator.library.people import People
from curator.library.reviews import Reviews, blank_review, change_reviews
from curator.library.store import BUSY_SECONDS, Store
from curator.models import BY_HAND, Edition, Filed, Review

__all__ = ["BUSY_SECONDS", "BY_HAND", "Library"]


class Library:
    """Everything one workspace remembers, through one connection. Use it in one thread; open another in the next."""

    def __init__(self, path: Path, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open or create the database at `path` and bring its schema up to date; a locked one is waited for.

        Raises LibraryError when it cannot be used, TryLater when it is locked or the disk is full.
        """
        self.path = path
        self._store = Store(path, busy_seconds)
        self.feeds = Feeds(self._store)
        self.documents = Documents(self._store)
        self.reviews = Reviews(self._store)
        self.families = Families(self._store)
        self.editions = Editions(self._store)
        self.certificates = Certificates(self._store)
        self.contents = SealedContents(self._store)
        self.coverage = Coverage(self._store)
        self.links = Links(self._store)
        self.people = People(self._store)
        self.deliveries = Deliveries(self._store)
        self.journal = Journal(
            self._store,
            {
                "document": Kind(self.reviews.record, self.reviews.restore, blank_review),
                "edition": Kind(self.editions.record, self.editions.restore, lambda _: None),
                "family": Kind(self.families.record, self.families.restore),
            },
        )

    def write(self) -> AbstractContextManager[None]:
        """One transaction around several verbs: all or nothing."""
        return self._store.write()

    def allow_interrupts(self) -> None:
        """Let `interrupt` work. Call it in the thread of this library."""
        self._store.allow_interrupts()

    def interrupt(self) -> None:
        """Call off looks at the library, from any thread: until `go_on`, those that take long raise Interrupted.
        Never do it while something is written."""
        self._store.called_off = True

    def go_on(self) -> None:
        """What is asked from now on is not called off."""
        self._store.called_off = False

    @property
    def reads_only(self) -> bool:
        """Whether nothing can be written where the library lies."""
        return self._store.reads_only

    def version(self) -> int:
        """A number that differs once another process or connection has changed the library."""
        return int(self._store.value("PRAGMA data_version"))

    def review(
        self,
        documents: Iterable[Filed],
        change: Callable[[Filed, Review], Review],
        *,
        verb: str,
        by: str,
        at: datetime,
    ) -> int:
        """Change the reviews of `documents` as one act of the journal; answers how many changed. `change` is given
        each document with its review as it stands now."""
        return change_reviews(self._store, self.reviews, self.journal, documents, change, verb=verb, by=by, at=at)

    def relate(
        self, documents: Iterable[int], change: Callable[[], None], *, verb: str, by: str, at: datetime
    ) -> list[int]:
        """Change where `documents` stand in their families as one act of the journal; answers whose place changed.
        Beside `change`, reviews of theirs may be changed; they are part of the act."""
        return change_families(self._store, self.families, self.reviews, self.journal, documents, change, verb, by, at)

    def edit(
        self,
        name: str,
        change: Callable[[Edition], Edition],
        *,
        verb: str,
        by: str,
        at: datetime,
        undoable: bool = True,
    ) -> Edition:
        """Change a draft as one act of the journal. Raises SealError when it is no draft, UsageError when unknown."""
        with self.write():
            before = self.editions.draft(name)
            after = change(before)
            was, now = as_record(before), as_record(after)
            if after != before:
                self.editions.put(after)
            if was != now:
                self.journal.append(verb, by, at, [(f"edition:{name}", was, now)], undoable=undoable)
            return self.editions.get(name)

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
