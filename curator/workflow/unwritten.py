"""What a pull has brought and not yet written: many feeds go into the library in one transaction.

A transaction for every feed costs much more in the full-text index. A feed's documents and what is remembered about
it are stored together or not at all; where a pull is killed, the feeds waiting here are asked once more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from curator.library import Library
from curator.models import Failure, Feed, FeedState, NewDocument, Stored

_MOST_FEEDS = 50
_MOST_DOCUMENTS = 2_000
_LONGEST = 0.2  # seconds


class Brought(msgspec.Struct, frozen=True):
    """One feed's answer at `at`: its state after it, and its documents, None where there was nothing to read."""

    feed: Feed
    state: FeedState
    at: datetime
    incoming: Sequence[NewDocument] | None = None
    failure: Failure | None = None


class Unwritten:
    """Writes when many wait or the first has waited for long; `written` is told each feed's outcome after that, None
    where it was unchanged."""

    def __init__(self, library: Library, written: Callable[[Feed, Stored | Failure | None], None]) -> None:
        self._library, self._written = library, written
        self._waiting: list[Brought] = []
        self._documents, self._since = 0, 0.0

    def add(self, brought: Brought) -> None:
        self._since = self._since or time.monotonic()
        self._waiting.append(brought)
        self._documents += len(brought.incoming or ())
        if len(self._waiting) >= _MOST_FEEDS or self._documents >= _MOST_DOCUMENTS:
            self.close()
        self.look()

    def look(self) -> None:
        """Write where it is time."""
        if self._waiting and time.monotonic() - self._since > _LONGEST:
            self.close()

    def close(self) -> None:
        """Write all that waits."""
        waiting, self._waiting, self._documents, self._since = self._waiting, [], 0, 0.0
        if not waiting:
            return
        with self._library.documents.together():
            outcomes = [_write(self._library, one) for one in waiting]
        for one, outcome in zip(waiting, outcomes, strict=True):
            self._written(one.feed, outcome)


def _write(library: Library, brought: Brought) -> Stored | Failure | None:
    if brought.incoming is None:
        library.feeds.remember(brought.state)
        return brought.failure
    from curator.workflow.families import take_in

    _, stored = take_in(library, brought.feed, brought.incoming, brought.at)
    library.feeds.remember(replace(brought.state, last_new_at=brought.at) if stored.new else brought.state)
    return stored
