"""Signs that a terminal draws wider or narrower than they are counted do not move what stands behind them."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from curator.desk.unsure import anchored

WIDTH = 20
TITLES = (
    "👩\u200d👩\u200d👧\u200d👦 family",
    "a ❤\ufe0f b 🇸🇪 c",
    "👍🏽👍🏽 twice",
    "in हिन्दी said रिपोर्ट",
    "ends in 🏴\U000e0067\U000e0062\U000e007f",
)


class Dumb:
    """A terminal that draws each sign by itself, `wide` columns those that are no letters, and wraps at its edge."""

    def __init__(self, wide: Callable[[str], int]) -> None:
        self.rows, self.row, self.column, self.wraps = [["?"] * WIDTH, ["?"] * WIDTH], 0, 0, True
        self._wide = wide

    def write(self, sequence: str) -> None:
        for column, wrap, sign in re.findall(r"\x1b\[(?:(\d+)G|\?7([lh])|[\d;]*m)|([^\x1b])", sequence):
            if column:
                self.column = int(column) - 1
            elif wrap:
                self.wraps = wrap == "h"
            elif sign:
                self._draw(sign)

    def _draw(self, sign: str) -> None:
        width = 1 if sign.isascii() else self._wide(sign)
        if self.column + width > WIDTH:
            self.row, self.column = (1, 0) if self.wraps else (0, WIDTH - width)
        for _ in range(width):
            self.rows[self.row][self.column] = sign
            self.column += 1


def each_two(sign: str) -> int:
    return 2


def joiners_too(sign: str) -> int:
    return 3 if sign in "\u200d\ufe0f" else 2


def narrow(sign: str) -> int:
    return 0 if sign in "\u200d\ufe0f" else 1


@pytest.mark.parametrize("wide", [each_two, joiners_too, narrow])
@pytest.mark.parametrize("title", TITLES)
def test_what_stands_behind_and_below_stays(title: str, wide: Callable[[str], int]) -> None:
    line = Strip([Segment(title)]).adjust_cell_length(WIDTH - 2)
    terminal = Dumb(wide)
    terminal.write(anchored(Strip([*line, Segment("tb")]), 0, Console()))
    assert terminal.rows[1] == ["?"] * WIDTH, "nothing has run over into the next line"
    assert "".join(terminal.rows[0][-2:]) == "tb"
    assert "?" not in terminal.rows[0], "and no rest of what stood there is left"
    assert terminal.wraps
    words = re.findall("[a-z]+", title)
    assert all(word in "".join(terminal.rows[0]) for word in words)


@pytest.mark.parametrize("title", ["plain", "Mental hälsa – ett år", "精神保健", "مرحبا", "🎉 party"])
def test_what_all_draw_alike_is_written_as_it_is(title: str) -> None:
    line = Strip([Segment(title)])
    assert anchored(line, 3, Console()) == line.render(Console())


def test_every_mark_that_stands_beside_its_letter_is_one_of_them() -> None:
    """Rich counts them as nothing, and most terminals as a column."""
    marks = [chr(code) for code in range(sys.maxunicode) if unicodedata.category(chr(code)) == "Mc"]
    loose = [f"{ord(one):04x}" for one in marks if "\x1b[?7l" not in anchored(Strip([Segment(one)]), 0, Console())]
    assert len(marks) > 400
    assert not loose
