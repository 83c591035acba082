"""Which feed next: no host is asked for more than its share at a time, no thread waits while there is work."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from threading import Condition

from curator.models import Feed
from curator.pull.urls import host_of


class Schedule:
    """Feeds in turn by host: a thread is never given one whose host has no room, so it parks only where
    every feed left is of a full host. Knows nothing of HTTP; a redirect to another host is not counted."""

    def __init__(self, feeds: Iterable[Feed], per_host: int) -> None:
        self._per_host = max(1, per_host)
        self._waiting: dict[str, deque[Feed]] = {}
        for feed in feeds:
            self._waiting.setdefault(host_of(feed.url), deque()).append(feed)
        self._turn = deque(self._waiting)  # hosts with feeds waiting and room; each at most once
        self._busy: Counter[str] = Counter()
        self._changed = Condition()
        self._stopped = False

    def take(self) -> Feed | None:
        """The next feed, waiting until a host has room; None when all are given out or `stop` was called."""
        with self._changed:
            while not self._turn and self._waiting and not self._stopped:
                self._changed.wait()
            if self._stopped or not self._turn:
                return None
            return self._give(self._turn.popleft())

    def _give(self, host: str) -> Feed:
        feed = self._waiting[host].popleft()
        self._busy[host] += 1
        if not self._waiting[host]:
            del self._waiting[host]
            self._wake_if_empty()
        elif self._busy[host] < self._per_host:
            self._turn.append(host)
        return feed

    def done(self, feed: Feed) -> None:
        """`feed` is through: its host has room again."""
        host = host_of(feed.url)
        with self._changed:
            self._busy[host] -= 1
            if host in self._waiting and host not in self._turn:
                self._turn.append(host)
                self._changed.notify()

    def stop(self) -> None:
        """Give out nothing more and wake whoever waits."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    @property
    def has_room(self) -> bool:
        """Whether one more thread would be given a feed now."""
        return bool(self._turn) and not self._stopped

    @property
    def stopped(self) -> bool:
        return self._stopped

    def _wake_if_empty(self) -> None:
        if not self._waiting:
            self._changed.notify_all()
