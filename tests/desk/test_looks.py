"""How every screen looks where there are few colours or none, and with letters that are wide, combined or reversed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.style import Style

from curator.desk.themes import DARK, LIGHT
from curator.desk.widgets.coverage_grid import CoverageGrid
from curator.desk.widgets.rows import Rows
from curator.models import FeedState, Subscriber
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.workspace import Workspace
from tests.desk.conftest import NOW, Sit, Sitting, store
from tests.desk.snapshots import seen_of, strips_of

WILD = (
    "精神保健に関する国家戦略と地域の取り組みについての報告書 2026",
    "Ps\u0302ychia\u0301trie\u0300 de\u0301partementale\u0308 \u0915\u094d\u0937\u093f\u0924\u093f",
    "استراتيجية الصحة النفسية الوطنية לבריאות הנפש",
    "👩‍👩‍👧‍👦 Family 🇳🇿 care 🧑🏽‍⚕️ report ✔️ ❤️‍🩹",
    "\u202eevil\u202c \x1b[31mred\x1b[0m \u200b\u2066x\u2069 Zalgo h\u0335\u0321\u0335e\u0334\u0322",
)
ROOMS: dict[str, tuple[str, ...]] = {
    "triage": (),
    "journal": ("A",),
    "editions": ("e",),
    "edition": ("e", "enter"),
    "coverage": ("O",),
    "feeds": ("I",),
    "people": ("P",),
    "roster": ("P", "enter"),
    "themes": ("t",),
    "help": ("question_mark",),
    "criteria": ("g", "c"),
    "blurb": ("b",),
}


@pytest.fixture
def full(workspace: Workspace) -> Workspace:
    """Something on every screen, with titles and names that are hard to draw."""
    path = workspace.path / "feeds.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Sweden's health pages", WILD[0]).replace("Scotland's health pages", WILD[3]), "utf-8")
    (workspace.path / "criteria.md").write_text(f"# {WILD[0]}\n\n- {WILD[2]}\n", encoding="utf-8")
    ids = store(workspace, [*WILD, *(f"{title} again" for title in WILD), "Plain"])
    triage.decide(workspace, workspace.library.documents.pick(ids[:3]), "kept")
    triage.tag(workspace, workspace.library.documents.pick(ids[:1]), triage.Tagging(blurb=WILD[1]))
    people = [Subscriber(f"r{n}@example.org", name=name, lists=("members",)) for n, name in enumerate(WILD)]
    workspace.library.people.put(people)
    workspace.library.feeds.remember(FeedState("sweden", last_pulled_at=NOW, error=WILD[2], illness="gone"))
    editions.draft(workspace, "update")
    return workspace


def text_of(sitting: Sitting) -> list[str]:
    return [strip.text for strip in strips_of(sitting.desk.screen)]


async def walk(sitting: Sitting) -> AsyncIterator[str]:
    """Open every screen from triage, one after the other."""
    await sitting.until(lambda: sitting.triage.suggested is not None)
    for name, keys in ROOMS.items():
        await sitting.press(*keys)
        yield name
        while sitting.desk.screen is not sitting.triage:
            await sitting.press("escape")


@pytest.mark.parametrize(("width", "height"), [(80, 24), (160, 48)])
async def test_no_letter_breaks_a_column(full: Workspace, sit: Sit, width: int, height: int) -> None:
    async with sit(width, height) as sitting:
        async for name in walk(sitting):
            for strip in strips_of(sitting.desk.screen):
                assert strip.cell_length == cell_len(strip.text) == width, (name, strip.text)
                assert not set(strip.text) & {"\x1b", "\u202e", "\u202c", "\u2066", "\u2069", "\u200b"}, name
            for rows in sitting.desk.screen.query(Rows):
                _columns_hold(rows, name)


def _columns_hold(rows: Rows, name: str) -> None:
    """What stands at the right of a row stands in the same cell whatever is at its left."""
    width = rows.scrollable_content_region.width
    for index in range(min(rows.total, rows.size.height)):
        pieces = rows.paint(index, width - 2)
        assert sum(cell_len(text) for text, _ in pieces) <= width, (name, pieces)


@pytest.mark.parametrize("queue", ["g i", "g a"])
async def test_the_columns_of_the_triage_list_stand_under_each_other(full: Workspace, sit: Sit, queue: str) -> None:
    async with sit() as sitting:
        await sitting.press(*queue.split())
        rows = sitting.triage.listing
        starts = {
            tuple(cell_len("".join(text for text, _ in pieces[:n])) for n in range(len(pieces)))
            for pieces in (rows.paint(index, rows.size.width - 2) for index in range(rows.total))
        }
        assert len(starts) == 1, starts


# ---------------------------------------------------------------- few colours, or none


async def shown(sit: Sit) -> dict[str, list[str]]:
    async with sit(100, 30) as sitting:
        return {name: [strip.text for strip in seen_of(sitting.desk.screen)] async for name in walk(sitting)}


async def test_without_colours_every_screen_says_the_same(
    full: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    coloured = await shown(sit)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = await shown(sit)
    assert plain == coloured
    assert set(coloured) == set(ROOMS)


async def test_without_colours_a_list_is_drawn_that_is_longer_than_the_screen(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    store(workspace, [f"Document {number}" for number in range(60)])
    async with sit(80, 24) as sitting:
        await sitting.press("G")
        assert "Document 59" in "".join(text_of(sitting))


async def test_in_ascii_no_screen_draws_another_sign(sit: Sit, workspace: Workspace) -> None:
    ids = store(workspace)
    found = workspace.library.documents.pick(ids)
    for many, theme in ((5, "recovery"), (3, "peer-support"), (2, "medication"), (1, "disability")):
        triage.tag(workspace, found[:many], triage.Tagging(themes=(theme,)))
    triage.decide(workspace, found, "kept")
    workspace.library.people.put([Subscriber("r@example.org", lists=("members",))])
    editions.draft(workspace, "update")
    async with sit(100, 30) as sitting:
        sitting.desk.ascii_signs = True
        await sitting.press("g", "a")
        async for name in walk(sitting):
            assert not [line for line in text_of(sitting) if not line.isascii()], name


async def test_the_row_of_the_cursor_has_one_ground_in_the_coverage(full: Workspace, sit: Sit) -> None:
    async with sit() as sitting:
        await sitting.press("O")
        grid = sitting.screen.query_one(CoverageGrid)
        row = grid._row(grid.cursor, 120)
        grounds = {one.style and one.style.bgcolor for one in row if one.text in ("[ ]", " ")}
        assert len(grounds) == 1 and any(one.text == "[ ]" for one in row)


async def test_what_is_under_the_cursor_and_what_is_ill_is_told_by_letters(full: Workspace, sit: Sit) -> None:
    async with sit() as sitting:
        for keys in ((), ("A",), ("e",), ("e", "enter"), ("I",), ("P",)):
            await sitting.press(*keys)
            rows = sitting.desk.focused
            assert isinstance(rows, Rows)
            marked = [y for y in range(rows.total) if rows._row(y, 80).text.startswith("▌")]
            assert marked == [rows.cursor], keys
            while sitting.desk.screen is not sitting.triage:
                await sitting.press("escape")
        await sitting.press("I")
        assert "▲" in sitting.top and any("gone" in line for line in text_of(sitting))


async def test_without_colours_the_cursor_is_reversed(
    full: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit() as sitting:
        row = sitting.triage.listing._row(sitting.triage.listing.cursor, 80)
        assert all(segment.style and segment.style.reverse for segment in row)


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
async def test_in_sixteen_colours_everything_can_be_read(full: Workspace, sit: Sit, theme: str) -> None:
    """As Rich maps them for TERM=xterm: no text on a ground too much like it, the row under the cursor on another."""
    async with sit() as sitting:
        sitting.desk.theme = theme
        await sitting.settle()
        async for name in walk(sitting):
            for strip in strips_of(sitting.desk.screen):
                for text, style, _ in strip:
                    if style and text.strip(" ▁▂▃▄▅▆▇█░▒▓▌▏·─[]") and not style.reverse:
                        assert _told_apart(style), (name, text, style)
        rows = sitting.triage.listing
        grounds = {_sixteen(rows._row(index, 80)._segments[-1].style) for index in (rows.cursor, rows.cursor + 1)}
        assert len(grounds) == 2


def _sixteen(style: Style | None) -> ColorTriplet:
    """The ground as one of the sixteen."""
    assert style and style.bgcolor
    return _drawn(style.bgcolor)


def _drawn(colour: Color) -> ColorTriplet:
    return colour.downgrade(ColorSystem.STANDARD).get_truecolor()


def _told_apart(style: Style) -> bool:
    if style.color is None or style.bgcolor is None:
        return True
    one, other = _drawn(style.color), _drawn(style.bgcolor)
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) >= 170
