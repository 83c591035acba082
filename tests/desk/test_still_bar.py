"""The desk knows where Textual draws a scroll bar's thumb: it draws it anew wherever it would look otherwise."""

from __future__ import annotations

import pytest
from textual.scrollbar import ScrollBarRender

from curator.desk.widgets.still_bar import _thumb


@pytest.mark.parametrize("rows", [0, 3, 24, 25, 49, 1_000, 100_000])
@pytest.mark.parametrize("height", [1, 5, 24, 48])
def test_what_is_taken_for_the_same_thumb_is_drawn_the_same(height: int, rows: int) -> None:
    looks: dict[tuple[int, int], object] = {}
    furthest = max(rows - height, 0)
    for position in {*range(min(furthest, 500)), *range(0, furthest, 997), furthest}:
        bar = ScrollBarRender(virtual_size=rows, window_size=height, position=position)
        lines = list(bar.render_bar(height, rows, height, position, 1, vertical=True).segments)
        assert looks.setdefault(_thumb(height, bar), lines) == lines, position
    assert (len(looks) > 1) == (furthest > 0 and height > 1)
