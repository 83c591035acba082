"""What is selected in a list: documents taken one by one, and a range that follows the cursor."""

from __future__ import annotations

from collections.abc import Sequence


class Selection:
    """Holds numbers of documents, so that it survives whatever happens to the list; only the range that is being
    drawn knows places. It does nothing to documents."""

    def __init__(self) -> None:
        self._numbers: set[int] = set()
        self._anchor: int | None = None
        self._anchored = 0
        self._span = range(0)

    def __bool__(self) -> bool:
        return bool(self._numbers) or self.ranging

    @property
    def ranging(self) -> bool:
        """Whether moving the cursor selects."""
        return self._anchor is not None

    def holds(self, index: int, number: int) -> bool:
        return index in self._span or number in self._numbers

    def count(self, ids: Sequence[int]) -> int:
        """How many of `ids`, the list as it is now."""
        if not self._span:
            return len(self._numbers)
        inside = sum(1 for number in self._ranged(ids) if number in self._numbers) if self._numbers else 0
        return len(self._numbers) + len(self._ranged(ids)) - inside

    def of(self, ids: Sequence[int]) -> list[int]:
        """The selected ones of `ids`, in their order."""
        if not self._numbers:
            return list(self._ranged(ids))
        if len(self._numbers) == len(ids):
            return list(ids)
        return [number for index, number in enumerate(ids) if self.holds(index, number)]

    def toggle(self, number: int) -> None:
        self._numbers ^= {number}

    def take_all(self, ids: Sequence[int]) -> None:
        self.clear()
        self._numbers = set(ids)

    def begin(self, index: int, ids: Sequence[int]) -> None:
        """Begin a range at the row of `index`."""
        self._anchor, self._anchored = index, ids[index]
        self._span = range(index, index + 1)

    def stretch(self, index: int) -> None:
        """The cursor has moved to `index`."""
        if self._anchor is not None:
            self._span = range(min(self._anchor, index), max(self._anchor, index) + 1)

    def reread(self, ids: Sequence[int], index: int) -> None:
        """The list is `ids` now and the cursor on `index`: the range still begins at its document, and ends where that
        has left the list."""
        if self._anchor is None:
            return
        try:
            self._anchor = ids.index(self._anchored)
        except ValueError:
            self._anchor, self._span = None, range(0)
        else:
            self.stretch(index)

    def settle(self, ids: Sequence[int]) -> None:
        """End the range: what it covers of `ids` is selected."""
        self._numbers.update(self._ranged(ids))
        self._anchor, self._span = None, range(0)

    def clear(self) -> None:
        self._numbers, self._anchor, self._span = set(), None, range(0)

    def keep_only(self, ids: Sequence[int]) -> None:
        """Forget what is not among `ids`: nothing is done to what cannot be seen."""
        if self._numbers:
            self._numbers.intersection_update(ids)

    def _ranged(self, ids: Sequence[int]) -> Sequence[int]:
        return ids[self._span.start : self._span.stop]
