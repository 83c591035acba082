"""Commands of several keys in a list, as in vim: a count before (`5j`), a letter after (`gg`, `ma`). Pure.

Nothing here waits for time: a digit is a count and `g` wants another key, however long that takes.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import product

FIRST_KEYS = ("g", "m", "apostrophe")
"""Keys that are the first of two."""
_COUNTED = """
    j k down up g G n N H L ctrl+d ctrl+u ctrl+f ctrl+b pagedown pageup
"""
COUNTED = frozenset(_COUNTED.split())
"""Keys before which a count means something in every list."""
MOST = 99_999_999
LETTERS = "fjdkslaghrueiwoqptyvncmxbzFJDKSLAGHRUEIWOQPTYVNCMXBZ"
"""The letters of jumping, those under the fingers first."""


class Typed:
    """What has been typed of a command that is not whole yet: `count` is 0 where none was."""

    def __init__(self) -> None:
        self.count = 0
        self._first = ""

    @property
    def half(self) -> bool:
        """Whether the first key of two was typed last."""
        return bool(self._first)

    def take(self, key: str, counted: Container[str] = COUNTED) -> str | None:
        """One key more. Answers the two keys that are whole with it (`g g`), '' where it is only a part of a command,
        None where it is a command of its own; a count that means nothing before it is forgotten."""
        if self._first:
            whole, self._first = f"{self._first} {key}", ""
            return "" if key == "escape" else whole
        if len(key) == 1 and key in "0123456789" and (key != "0" or self.count):
            self.count = min(self.count * 10 + int(key), MOST)
            return ""
        if key in FIRST_KEYS:
            self._first = key
            return ""
        if key == "escape" and self.count:
            self.count = 0
            return ""
        if key not in counted:
            self.count = 0
        return None

    def taken(self) -> int:
        """The count typed, which is used up with that; 0 for none."""
        count, self.count = self.count, 0
        return count


def jump_labels(places: int) -> list[str]:
    """One label for each of `places`: a letter, or two for all where there are not letters enough; '' where even
    those end. No label begins another."""
    labels = list(LETTERS) if places <= len(LETTERS) else ["".join(pair) for pair in product(LETTERS, LETTERS)]
    return [*labels[:places], *[""] * (places - len(labels))]
