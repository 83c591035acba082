"""What is selected in a list: documents taken one by one, a range that follows the cursor, or all that the list has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curator.desk.screens.survey import Asked
from curator.desk.screens.targets import Targets, Whole
from curator.query import AsOf


class Selection:
    """Holds numbers of documents, so that it survives whatever happens to the list; only the range that is being
    drawn knows places. All of a list is no numbers but the list that was asked for, and what is not taken of it. It
    does nothing to documents."""

    def __init__(self) -> None:
        self.whole: Whole | None = None
        self._without: set[int] = set()
        self._late: frozenset[int] = frozenset()
        self._numbers: set[int] = set()
        self._anchor: int | None = None
        self._anchored = 0
        self._span = range(0)

    def __bool__(self) -> bool:
        return self.whole is not None or bool(self._numbers) or self.ranging

    @property
    def ranging(self) -> bool:
        """Whether moving the cursor selects."""
        return self._anchor is not None

    def holds(self, index: int, number: int) -> bool:
        return index in self._span or number in self._numbers or self._has(number)

    def _has(self, number: int) -> bool:
        """Whether it is among all that the list has."""
        left_out = number in self._late or number in self._without
        return self.whole is not None and self.whole.had(number) and not left_out

    def count(self, ids: Sequence[int]) -> int:
        """How many of `ids`, the list as it is now."""
        if self.whole is not None:
            return len(ids) - len(self._late | self._without) + len(self._more(ids))
        if not self._span:
            return len(self._numbers)
        inside = sum(1 for number in self._ranged(ids) if number in self._numbers) if self._numbers else 0
        return len(self._numbers) + len(self._ranged(ids)) - inside

    def _more(self, ids: Sequence[int]) -> set[int]:
        """What is selected besides all that the list has."""
        found = {*self._ranged(ids), *self._numbers}
        return {number for number in found if not self._has(number)}

    def of(self, ids: Sequence[int]) -> Targets:
        """The selected ones of `ids`, in their order."""
        if self.whole is not None:
            return Targets(sorted(self._more(ids), reverse=True), self.whole, self._late | self._without)
        if not self._numbers:
            return Targets(list(self._ranged(ids)))
        return Targets([number for index, number in enumerate(ids) if self.holds(index, number)])

    def toggle(self, number: int) -> None:
        if self.whole is not None and self.whole.had(number) and number not in self._late:
            self._without ^= {number}
        else:
            self._numbers ^= {number}

    def take_all(self, whole: Whole) -> None:
        """All that the list has, whether it is read yet or not."""
        self.clear()
        self.whole = whole

    def still(self, asked: Asked) -> AsOf | None:
        """As of when all of what is now asked for is selected; another list than was selected ends that."""
        if self.whole is not None and not asked.narrows(self.whole.asked):
            self.clear()
        return self.whole.then if self.whole is not None else None

    def leave_out(self, late: Iterable[int]) -> None:
        """These have come into the list since, or somebody else has acted on them."""
        self._late = frozenset(late)

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
        self._without.difference_update(self._ranged(ids))
        self._numbers.update(number for number in self._ranged(ids) if not self._has(number))
        self._anchor, self._span = None, range(0)

    def clear(self) -> None:
        self.whole, self._without, self._late = None, set(), frozenset()
        self._numbers, self._anchor, self._span = set(), None, range(0)

    def keep_only(self, ids: Sequence[int]) -> None:
        """Forget what is not among `ids`: nothing is done to what cannot be seen."""
        for known in (self._numbers, self._without):
            if known:
                known.intersection_update(ids)

    def _ranged(self, ids: Sequence[int]) -> Sequence[int]:
        return ids[self._span.start : self._span.stop]
