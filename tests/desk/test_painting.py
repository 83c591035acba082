"""What is painted part by part shows what painting all at once would."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import RenderableType
from rich.style import Style
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from curator.desk import lean, painting
from curator.desk.app import Desk
from curator.desk.painting import _around, _joined
from curator.models import Match
from curator.workflow.workspace import Workspace
from tests.desk.conftest import NOW, Sit, Sitting, drawn, new_document, store, until
from tests.desk.snapshots import strips_of
from tests.desk.test_typing_ahead import strike

LONG = "sesquipedalian " + "words of a long text " * 800
Cells = list[tuple[str, Style | None]]


class Terminal:
    """What stands where, cell by cell: a wide sign and the empty cell behind it."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[int, tuple[str, Style | None]]] = {}
        self.paintings: list[str] = []
        """The words of each."""

    def write(self, update: RenderableType | None) -> None:
        if isinstance(update, lean.LeanUpdate):
            self.paintings.append("\n".join(strip.text for _, _, _, strip in lean._pieces(update._update)))
            for row, first, _, strip in lean._pieces(update._update):
                self.rows.setdefault(row, {}).update(enumerate(cells_of(strip), first))

    def row(self, y: int) -> Cells:
        return [cell for _, cell in sorted(self.rows.get(y, {}).items(), key=lambda one: one[0])]


def cells_of(strip: Strip) -> Cells:
    return [
        cell
        for segment in strip
        for sign in segment.text
        for cell in [(sign, _seen(sign, segment.style)), *[("", segment.style)] * (cell_len(sign) - 1)]
        if cell_len(sign)
    ]


def _seen(sign: str, style: Style | None) -> Style | None:
    """Of a blank only the ground it is drawn on is."""
    if sign != " " or style is None or style.underline:
        return style
    return Style(bgcolor=style.color if style.reverse else style.bgcolor)


async def matches(sitting: Sitting, terminal: Terminal) -> None:
    """Once what is still to be painted is."""
    with suppress(TimeoutError):
        await until(lambda: all(terminal.row(y) == cells_of(strip) for y, strip in lines(sitting)))
    for y, strip in lines(sitting):
        assert terminal.row(y) == cells_of(strip), y


def lines(sitting: Sitting) -> Iterable[tuple[int, Strip]]:
    return enumerate(strips_of(sitting.desk.screen))


WALK = "j G s d u ctrl+d space v j v escape semicolon escape gk ga gi r tab j shift+tab backslash enter G escape"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """What the desk has painted, from its start on."""
    terminal, shown = Terminal(), Desk._display

    def display(desk: Desk, screen: Screen[object], renderable: RenderableType | None) -> None:
        terminal.write(lean.lean(renderable, lean.Shown()))
        shown(desk, screen, renderable)

    monkeypatch.setattr(Desk, "_display", display)
    return terminal


def store_long(workspace: Workspace, documents: int = 60) -> None:
    """More than a screenful, the newest with a text of several pages."""
    store(workspace, [f"Document {number}" for number in range(documents)], first=2)
    long = replace(new_document(1, "Long"), text=LONG)
    workspace.library.documents.store("scotland", [Match("new", long)], NOW)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_what_is_painted_in_parts_is_what_stands_on_the_screen(
    size: tuple[int, int], workspace: Workspace, sit: Sit, terminal: Terminal
) -> None:
    store(workspace)
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


async def test_keys_that_arrive_together_are_painted_once(
    workspace: Workspace, sit: Sit, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painting, "BURST_SECONDS", 60.0)  # however busy the machine is
    store_long(workspace)
    async with sit(160, 48) as sitting:
        await sitting.press("G")
        await matches(sitting, terminal)
        terminal.paintings = []
        strike(sitting, "g", "g", "enter")
        await sitting.until(lambda: "sesquipedalian" in drawn(sitting.triage.reader))
        await matches(sitting, terminal)
        new = ("sesquipedalian", "Document 0 ")
        first = next(painted for painted in terminal.paintings if any(words in painted for words in new))
        assert all(words in first for words in new)
        assert sitting.triage.reader.has_focus


async def test_many_keys_at_once_are_painted_before_the_last_is_answered(
    workspace: Workspace, sit: Sit, terminal: Terminal
) -> None:
    store_long(workspace)
    async with sit(80, 24) as sitting:
        terminal.paintings = []
        strike(sitting, *"jk" * 200)
        await sitting.settle()
        assert len(terminal.paintings) > 2
        await matches(sitting, terminal)


async def test_a_reader_follows_the_size_of_its_terminal(workspace: Workspace, sit: Sit, terminal: Terminal) -> None:
    store_long(workspace)
    async with sit(160, 48) as sitting:
        await sitting.press("enter", "G")
        for size in ((80, 24), (160, 48), (80, 24)):
            terminal.rows.clear()
            await sitting.pilot.resize_terminal(*size)
            await sitting.settle()
            await matches(sitting, terminal)
            await sitting.press("k", "escape", "enter", "j")
            await matches(sitting, terminal)
            assert sitting.triage.reader.has_focus


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
