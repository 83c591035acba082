"""Going to what is seen by the letters shown at it: rows of a list, then places beside it. Pure."""

from __future__ import annotations

from curator.desk.widgets.list_keys import jump_labels


class Jump:
    """While it is `on`, each of the rows from `first` on has a label, and so has each place beside the list."""

    def __init__(self) -> None:
        self._labels: list[str] = []
        self._first = 0
        self._rows = 0
        self._typed = ""

    @property
    def on(self) -> bool:
        return bool(self._labels)

    def begin(self, first: int, rows: int, beside: int) -> list[str]:
        """Label so many rows, the first being `first`; answers the labels of what is beside."""
        self._labels, self._typed = jump_labels(rows + beside), ""
        self._first, self._rows = first, rows
        return self._labels[rows:]

    def label(self, row: int) -> str:
        """'' for a row that has none."""
        place = row - self._first
        return self._labels[place] if self._labels and 0 <= place < self._rows else ""

    def take(self, key: str) -> tuple[int | None, int | None] | None:
        """One letter more. Answers the row to go to, or the place beside; neither where the letters mean nothing;
        None while more are needed."""
        self._typed += key
        if any(one.startswith(self._typed) and one != self._typed for one in self._labels):
            return None
        place = self._labels.index(self._typed) if self._typed in self._labels else -1
        self._labels, rows = [], self._rows
        if place < 0:
            return None, None
        return (self._first + place, None) if place < rows else (None, place - rows)

    def end(self) -> None:
        self._labels = []
