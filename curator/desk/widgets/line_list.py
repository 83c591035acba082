"""A list of plain lines: a mark, words, and what stands at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import fit


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `key` says what it is, `note` what is known beside it; `attention` marks what the editor should see."""

    key: str
    mark: str
    text: str
    end: str = ""
    note: tuple[str, ...] = ()
    attention: bool = False


class LineList(Rows):
    """Draws the lines it is given."""

    lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line], cursor: int) -> None:
        self.lines = lines
        self.show_rows(len(lines), cursor)

    @property
    def current(self) -> Line | None:
        return self.lines[self.cursor] if 0 <= self.cursor < len(self.lines) else None

    def key_of(self, index: int) -> object:
        return self.lines[index].key

    def find(self, key: object) -> int | None:
        return next((index for index, one in enumerate(self.lines) if one.key == key), None)

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        line = self.lines[index]
        end = fit(line.end, min(cell_len(line.end), width // 2)) + " "
        room = max(width - 10 - cell_len(end), 0)
        return [
            (fit(line.mark, 9) + " ", "attention" if line.attention else "dim"),
            (fit(line.text, room), ""),
            (end, "dim"),
        ]
