"""Which feed next: no host is asked for more than its share at a time, no thread waits while there is work."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from collections.abc import Iterable
from threading import Condition

from curator.models import Feed
from curator.pull.urls import host_of


class Schedule:
    """Feeds in turn by host: a thread is never given one whose host has no room, so it parks only where
    every feed left is of a full host. Whoever is through with a feed is given one of the same host if there is one,
    since it has a connection there. Knows nothing of HTTP; whoever follows a redirect asks `may_lead` first."""

    def __init__(self, feeds: Iterable[Feed], per_host: int) -> None:
        self._per_host = max(1, per_host)
        self._waiting: dict[str, deque[Feed]] = {}
        for feed in feeds:
            self._waiting.setdefault(host_of(feed.url), deque()).append(feed)
        self._turn = OrderedDict.fromkeys(self._waiting)  # hosts with feeds waiting and room; each at most once
        self._busy: Counter[str] = Counter()
        self._at: dict[str, list[str]] = {}  # the hosts that each feed given out counts at, by slug
        self._led: set[str] = set()  # the feeds that were put back once
        self._back: dict[str, str] = {}  # whom each that is to be put back is led to
        self._changed = Condition()
        self._stopped = False

    def take(self, after: Feed | None = None) -> Feed | None:
        """The next feed, waiting until a host has room; None when all are given out or `stop` was called. `after` is
        the feed that the caller is through with, as for `done`."""
        with self._changed:
            last = self._leave(after) if after else None
            while self._waiting and not self._stopped:
                host = last if last is not None and self._may_ask(last) else self._in_turn()
                if host is not None:
                    return self._give(host)
                self._changed.wait()
            return None

    def _may_ask(self, host: str) -> bool:
        return host in self._waiting and self._busy[host] < self._per_host

    def _in_turn(self) -> str | None:
        """The next host; what stands there may have been given out, or led to, meanwhile."""
        while self._turn:
            host, _ = self._turn.popitem(last=False)
            if self._may_ask(host):
                return host
        return None

    def _give(self, host: str) -> Feed:
        feed = self._waiting[host].popleft()
        self._busy[host] += 1
        self._at[feed.slug] = [host]
        if not self._waiting[host]:
            del self._waiting[host]
            self._wake_if_empty()
        if self._may_ask(host):
            self._turn[host] = None
            self._changed.notify()
        else:
            self._turn.pop(host, None)
        return feed

    def may_lead(self, feed: Feed, host: str) -> bool:
        """Whether `feed`, which is given out, may be led on to `host`, where it then counts too. False where that has
        no room: after `done` the feed is given out once more when it has; but no feed twice."""
        with self._changed:
            if host in self._at[feed.slug]:
                return True
            if self._busy[host] >= self._per_host and feed.slug not in self._led:
                self._led.add(feed.slug)
                self._back[feed.slug] = host
                return False
            self._busy[host] += 1
            self._at[feed.slug].append(host)
            return True

    def done(self, feed: Feed) -> None:
        """`feed` is through, or goes back: its hosts have room again."""
        with self._changed:
            self._leave(feed)

    def _leave(self, feed: Feed) -> str:
        """Make room at the hosts of `feed`; the last of them."""
        hosts = self._at.pop(feed.slug)
        self._busy.subtract(hosts)
        if (there := self._back.pop(feed.slug, None)) is not None:
            self._waiting.setdefault(there, deque()).append(feed)
            hosts.append(there)
        for host in hosts:
            if host in self._waiting and host not in self._turn:
                self._turn[host] = None
                self._changed.notify()
        return hosts[0]

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
