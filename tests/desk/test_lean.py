"""What is not written again: the terminal shows the same as if all were."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from curator.desk.lean import Piece, Shown

WIDTH, HEIGHT = 12, 4


class Grid:
    """A terminal of plain letters."""

    def __init__(self) -> None:
        self.rows = [[" "] * WIDTH for _ in range(HEIGHT)]

    def write(self, sequence: str) -> None:
        for row, column, text in re.findall(r"\x1b\[(\d+);(\d+)H([^\x1b]*)", sequence):
            for at, letter in enumerate(text, int(column) - 1):
                self.rows[int(row) - 1][at] = letter


def piece(row: int, first: int, text: str) -> Piece:
    return row, first, first + len(text), Strip([Segment(text)])


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    row, first = draw(st.integers(0, HEIGHT - 1)), draw(st.integers(0, WIDTH - 1))
    return piece(row, first, draw(st.text("ab", min_size=1, max_size=WIDTH - first)))


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces(), max_size=30))
def test_the_terminal_shows_what_it_would_if_all_were_written(drawn: list[Piece]) -> None:
    console, shown, lean, whole = Console(), Shown(), Grid(), Grid()
    for one in drawn:
        lean.write(shown.news(one, console))
        whole.write(Shown().news(one, console))
        assert lean.rows == whole.rows


def test_what_stands_there_is_not_written_until_it_is_forgotten() -> None:
    console, shown = Console(), Shown()
    shown.resized((80, 24))
    assert shown.news(piece(0, 0, "abc"), console) == "\x1b[1;1Habc"
    assert shown.news(piece(0, 0, "abc"), console) == ""
    shown.resized((80, 24))
    assert shown.news(piece(0, 0, "abc"), console) == ""
    shown.resized((81, 24))
    assert shown.news(piece(0, 0, "abc"), console) != ""
    shown.forget()
    assert shown.news(piece(0, 0, "abc"), console) != ""
