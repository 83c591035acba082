"""Rows of values: the list is given them, and knows each again by its key when they are read anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from curator.desk.widgets.rows import Rows

Value = TypeVar("Value")


class KeyedRows(Rows, Generic[Value]):
    """`key` says what a value is, whatever else is said of it; `paint` how it looks."""

    lines: Sequence[Value] = ()

    def show_lines(self, lines: Sequence[Value], cursor: int) -> None:
        self.lines = lines
        self.show_rows(len(lines), cursor)

    def key(self, line: Value) -> object:
        raise NotImplementedError

    @property
    def current(self) -> Value | None:
        return self.lines[self.cursor] if 0 <= self.cursor < len(self.lines) else None

    def key_of(self, index: int) -> object:
        return self.key(self.lines[index])

    def find(self, key: object) -> int | None:
        return next((index for index, line in enumerate(self.lines) if self.key(line) == key), None)
