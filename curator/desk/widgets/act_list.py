"""The acts of the journal, the newest first: when, who, what, about what."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from curator.desk.widgets.keyed_rows import KeyedRows
from curator.desk.widgets.words import fit


class Line(msgspec.Struct, frozen=True):
    """One act in words; `undone` says that it has been taken back."""

    number: int
    when: str
    who: str
    what: str
    about: str
    undone: bool
    subjects: tuple[str, ...]


class ActList(KeyedRows[Line]):
    """Keeps the cursor on its act when newer ones come above it."""

    def show_acts(self, lines: Sequence[Line]) -> None:
        here = self.current.number if self.current and self.cursor else None
        at = next((index for index, one in enumerate(lines) if one.number == here), 0)
        self.show_lines(lines, at)

    def key(self, line: Line) -> object:
        return line.number

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        one = self.lines[index]
        what = f"{one.what} (undone)" if one.undone else one.what
        quiet = "dim" if one.undone else ""
        room = max(width - 17 - 11 - 17, 0)
        return [
            (f"{one.when} ", "dim"),
            (fit(one.who, 10) + " ", ""),
            (fit(what, 16) + " ", quiet or "accent"),
            (fit(one.about, room), quiet),
        ]
