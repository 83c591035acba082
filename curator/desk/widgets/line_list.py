"""A list of plain lines: a mark, words, and what stands at the right."""

from __future__ import annotations

import msgspec
from rich.cells import cell_len

from curator.desk.widgets.keyed_rows import KeyedRows
from curator.desk.widgets.words import fit


class Line(msgspec.Struct, frozen=True):
    """One row. `key` says what it is, `note` what is known beside it; `attention` marks what the editor should see."""

    key: str
    mark: str
    text: str
    end: str = ""
    note: tuple[str, ...] = ()
    attention: bool = False


class LineList(KeyedRows[Line]):
    """Draws the lines it is given."""

    def key(self, line: Line) -> object:
        return line.key

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        line = self.lines[index]
        end = fit(line.end, min(cell_len(line.end), width // 2)) + " "
        room = max(width - 10 - cell_len(end), 0)
        return [
            (fit(line.mark, 9) + " ", "attention" if line.attention else "dim"),
            (fit(line.text, room), ""),
            (end, "dim"),
        ]
