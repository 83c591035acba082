"""Cutting what takes too long: one thread watches all deadlines."""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol


class Cuttable(Protocol):
    def cut(self) -> None:
        """Break off whatever goes on, from another thread."""


class Deadlines:
    """One thread that cuts lines when their time is over; a timer each would be a thread for every request."""

    def __init__(self) -> None:
        self._due: list[list[Any]] = []  # a heap of [when, number, line], line None where it was in time
        self._changed = threading.Condition()
        self._number = 0
        self._runs = False

    @contextmanager
    def cut_after(self, seconds: float, line: Cuttable) -> Iterator[None]:
        due = self._add(time.monotonic() + seconds, line)
        try:
            yield
        finally:
            with self._changed:
                due[2] = None

    def _add(self, when: float, line: Cuttable) -> list[Any]:
        with self._changed:
            self._number += 1
            due = [when, self._number, line]
            heapq.heappush(self._due, due)
            if not self._runs:
                self._runs = True
                threading.Thread(target=self._watch, name="deadlines", daemon=True).start()
            elif self._due[0] is due:
                self._changed.notify()
            return due

    def _watch(self) -> None:
        with self._changed:
            while True:
                while self._due and self._due[0][2] is None:
                    heapq.heappop(self._due)
                left = self._due[0][0] - time.monotonic() if self._due else None
                if left is not None and left <= 0:
                    heapq.heappop(self._due)[2].cut()
                else:
                    self._changed.wait(left)


DEADLINES = Deadlines()
