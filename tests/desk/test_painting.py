"""What is painted part by part shows what painting all at once would."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

import pytest
from rich.cells import cell_len
from rich.console import RenderableType
from rich.style import Style
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from curator.desk import lean
from curator.desk.app import Desk
from curator.desk.painting import _around, _joined
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, Sitting, store, until
from tests.desk.snapshots import strips_of

Cells = list[tuple[str, Style | None]]


class Terminal:
    """What stands where, cell by cell: a wide sign and the empty cell behind it."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[int, tuple[str, Style | None]]] = {}

    def write(self, update: RenderableType | None) -> None:
        if isinstance(update, lean.LeanUpdate):
            for row, first, _, strip in lean._pieces(update._update):
                self.rows.setdefault(row, {}).update(enumerate(cells_of(strip), first))

    def row(self, y: int) -> Cells:
        return [cell for _, cell in sorted(self.rows.get(y, {}).items(), key=lambda one: one[0])]


def cells_of(strip: Strip) -> Cells:
    return [
        cell
        for segment in strip
        for sign in segment.text
        for cell in [(sign, segment.style), *[("", segment.style)] * (cell_len(sign) - 1)]
        if cell_len(sign)
    ]


async def matches(sitting: Sitting, terminal: Terminal) -> None:
    """Once what is still to be painted is."""
    with suppress(TimeoutError):
        await until(lambda: all(terminal.row(y) == cells_of(strip) for y, strip in lines(sitting)))
    for y, strip in lines(sitting):
        assert terminal.row(y) == cells_of(strip), y


def lines(sitting: Sitting) -> Iterable[tuple[int, Strip]]:
    return enumerate(strips_of(sitting.desk.screen))


WALK = "j G s d u ctrl+d space v j v escape semicolon escape gk ga gi r tab j shift+tab backslash"


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_what_is_painted_in_parts_is_what_stands_on_the_screen(
    size: tuple[int, int], workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(workspace)
    terminal, shown = Terminal(), Desk._display

    def display(desk: Desk, screen: Screen[object], renderable: RenderableType | None) -> None:
        terminal.write(lean.lean(renderable, lean.Shown()))
        shown(desk, screen, renderable)

    monkeypatch.setattr(Desk, "_display", display)
    async with sit(*size) as sitting:
        await matches(sitting, terminal)
        for keys in WALK.split():
            await sitting.press(*(keys if len(keys) == 2 else [keys]))
            await sitting.pilot.pause(0.02)
            await matches(sitting, terminal)
        sitting.desk.notify("A note lies over a part of the list.")
        await sitting.pilot.pause(0.1)
        await sitting.press("j", "k", "s")
        await sitting.pilot.pause(0.1)
        await matches(sitting, terminal)


def test_what_lies_around_a_hole_covers_all_but_the_hole_once() -> None:
    whole = Region(2, 3, 7, 5)
    for x, y, width, height in [(2, 3, 7, 5), (4, 4, 2, 2), (2, 3, 1, 1), (8, 7, 1, 1), (2, 5, 7, 1), (5, 3, 1, 5)]:
        hole = Region(x, y, width, height)
        cells = [cell for part in (hole, *_around(hole, whole)) for cell in _cells(part)]
        assert sorted(cells) == sorted(_cells(whole))


def test_lines_of_one_width_are_joined_and_none_is_lost() -> None:
    some = [Region(0, y, 9, 1) for y in (5, 1, 2, 2, 7)] + [Region(0, 4, 9, 3), Region(3, 1, 2, 1)]
    joined = list(_joined(some))
    assert {cell for one in joined for cell in _cells(one)} == {cell for one in some for cell in _cells(one)}
    assert joined == [Region(0, 1, 9, 2), Region(0, 4, 9, 4), Region(3, 1, 2, 1)]


def _cells(region: Region) -> list[tuple[int, int]]:
    return [(x, y) for y in region.line_range for x in range(region.x, region.right)]
