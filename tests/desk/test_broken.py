"""Texts are broken into lines as Rich breaks them."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from curator.desk.widgets.broken import Line, Named, broken

TEXTS = (
    "A national strategy for mental health: what it says, and what it leaves out.\n\nAnd then",
    "Hälsa är för alla; förebyggande åtgärder behövs i hela landet",
    "健康政策の文書 と、その 実施について",
    "of cafe\u0301s and words of one-and-twenty-letters beside short ones",
    "anticonstitutionnellement dit",
    "a  gap,\ta tab and a family 👩‍👩‍👧 of three",
    " led in",
    "",
)
CONSOLE = Console(width=80)


@pytest.mark.parametrize("width", [7, 10, 21, 80])
@pytest.mark.parametrize("text", TEXTS)
def test_lines_begin_and_end_where_they_do_in_rich(text: str, width: int) -> None:
    lines = [words(line) for line in broken([Text(text)], width, CONSOLE)]
    assert lines == [line.plain for line in Text(text).wrap(CONSOLE, width)]
    assert all(cell_len(line) <= width for line in lines)


def test_what_is_cut_within_its_words_leaves_no_line_of_a_blank() -> None:
    assert [words(line) for line in broken([Text("al so then")], 2, CONSOLE)] == ["al", "so", "th", "en"]


def test_the_marks_of_a_text_go_with_its_lines() -> None:
    text = Text("one two three four five six")
    text.stylize("bold", 4, 13)
    pieces = [line.segments(CONSOLE) for line in broken([text], 9, CONSOLE)]
    marked = [[one.text for one in line if one.style and one.style.bold] for line in pieces]
    assert marked == [["two "], ["three"], [], []]


def test_a_name_stands_before_the_first_of_its_lines() -> None:
    lines = broken([Named("countries", Text("Sweden and Scotland"), Style(dim=True))], 20, CONSOLE)
    assert [words(line) for line in lines] == ["countri… Sweden and ", "         Scotland"]


def words(line: Line) -> str:
    return "".join(one.text for one in line.segments(CONSOLE))
