"""Columns that line up and fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curator.cli.table import cell_width, cut, table

ROWS = st.lists(st.lists(st.text(max_size=40), min_size=3, max_size=3), max_size=6)


def test_columns_line_up_by_cells() -> None:
    lines = list(table([("1", "東京", "x"), ("20", "abc", "y")], right=[0]))
    assert lines == [" 1  東京  x", "20  abc   y"]


def test_the_last_column_named_gives_way_first() -> None:
    (line,) = table([("12", "a publisher of note", "a very long title indeed")], width=40, shrink=(1, 2))
    assert line == "12  a publisher of note  a very long ti…"
    assert cell_width(line) == 40


def test_nothing_is_cut_without_a_width() -> None:
    assert list(table([("x" * 500,)])) == ["x" * 500]


def test_what_a_feed_says_is_made_safe() -> None:
    assert list(table([("a\x1b[31mred\nline\u202e\x07",)])) == ["ared line"]


def test_no_rows_no_lines() -> None:
    assert list(table([])) == []


@given(ROWS, st.integers(40, 90))
def test_no_line_is_wider_than_the_terminal(rows: list[list[str]], width: int) -> None:
    assert all(cell_width(line) <= width for line in table(rows, width=width, shrink=(0, 1, 2)))


@given(st.text(), st.integers(1, 30))
def test_cut_fits(text: str, width: int) -> None:
    assert cell_width(cut(text, width)) <= width
