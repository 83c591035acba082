"""Hosts that asked to wait, within one pull."""

from __future__ import annotations

import time
from collections import Counter
from threading import Event, Lock

from curator.models import Failure, Feed

SHORT = 10.0  # seconds: what a pull waits for; a host that asks for longer is left alone until the next one
_OFTEN = 3  # times that a host may ask before it is left alone too
_LONG = 300.0


class Pauses:
    """Until when each host is not asked, by the monotonic clock; shared by the threads of one pull."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._asked: Counter[str] = Counter()
        self._lock = Lock()
        self._ended = Event()

    def ask(self, host: str, seconds: float) -> None:
        """The host asked to wait so long."""
        with self._lock:
            self._asked[host] += 1
            wait = max(seconds, _LONG) if self._asked[host] > _OFTEN else seconds
            self._until[host] = max(self._until.get(host, 0.0), time.monotonic() + wait)

    def wait(self, host: str, feed: Feed) -> Failure | None:
        """Wait for the host where that takes a moment; where it takes longer, why its feed is not asked now."""
        left = self._left(host)
        if 0 < left <= SHORT:
            self._ended.wait(left)
            left = self._left(host)
        if left <= 0:
            return None
        said = f"{host} asks to wait; its other feeds are not asked now"
        return Failure(feed.slug, "fetch", said, passing=True, retry_after=left, reached=False)

    def end(self) -> None:
        """Nobody waits any more."""
        self._ended.set()

    def _left(self, host: str) -> float:
        return self._until.get(host, 0.0) - time.monotonic() if self._until else 0.0
