"""The picker is made once and laid over whatever asks for it; the terminal shows what it would if all were painted."""

from __future__ import annotations

from functools import partial

import pytest
from rich.console import RenderableType
from textual._compositor import LayoutUpdate
from textual.widgets import Input, Static

from curator.desk.lean import LeanUpdate, Shown, _pieces, lean
from curator.desk.screens import base
from curator.desk.screens.picker import PICKER, Picked, Picker, pick
from curator.desk.themes import LIGHT
from curator.desk.widgets.bars import Bar
from curator.desk.widgets.choices import Choice, ChoiceList
from curator.desk.widgets.reader import Reader
from curator.workflow.workspace import Workspace, taxonomy_of
from tests.desk.conftest import Sit, Sitting, drawn, store
from tests.desk.snapshots import strips_of

PAIR = (Choice("one", "The first"), Choice("two", "The second"))


class Cells:
    """What a terminal shows after all that was written into it, and where the last thing was written."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, str]] = {}
        self.touched: set[tuple[int, int]] = set()

    def __call__(self, update: RenderableType | None, shown: Shown) -> RenderableType | None:
        found = lean(update, shown)
        if isinstance(found, LeanUpdate):
            if isinstance(found._update, LayoutUpdate):
                self._rows.clear()
            for row, first, end, strip in _pieces(found._update):
                self._rows.setdefault(row, {}).update(zip(range(first, end), strip.text, strict=False))
                self.touched.update((row, column) for column in range(first, end))
        return found

    @property
    def text(self) -> list[str]:
        return ["".join(cell for _, cell in sorted(row.items())) for _, row in sorted(self._rows.items())]


@pytest.fixture
def cells(monkeypatch: pytest.MonkeyPatch) -> Cells:
    found = Cells()
    monkeypatch.setattr(base, "lean", found)
    return found


async def kept(sitting: Sitting) -> Picker:
    """The desk's picker, once that is ready to be shown."""
    picker = sitting.desk.get_screen(PICKER, Picker)
    await sitting.until(lambda: bool(picker._compositor.size))
    return picker


def composed(sitting: Sitting) -> list[str]:
    """What the screens should look like now, all of it painted anew."""
    return [strip.text for strip in strips_of(sitting.desk.screen)]


def _answered(answers: list[tuple[str, Picked]], name: str, picked: Picked) -> None:
    answers.append((name, picked))


def title(picker: Picker) -> str:
    return str(picker.query_one("#picker-title", Static).content)


async def test_one_picker_asks_everything_and_begins_anew_each_time(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        picker = await kept(sitting)
        await sitting.press("t")
        assert sitting.desk.screen is picker
        assert title(picker).startswith("Themes · ")
        await sitting.type("work")
        await sitting.press("tab", "down", "escape")
        await sitting.press("f")
        assert sitting.desk.screen is picker
        assert title(picker).startswith("Section · ")
        choices = picker.query_one(ChoiceList)
        assert (picker.query_one(Input).value, choices.cursor, choices.taken) == ("", 0, frozenset())
        assert {choice.code for choice in choices.choices} == {*workspace.taxonomy.sections, ""}


@pytest.mark.parametrize("size", [(160, 48), (80, 24)])
async def test_only_its_own_cells_are_painted(
    workspace: Workspace, sit: Sit, cells: Cells, size: tuple[int, int]
) -> None:
    store(workspace)
    async with sit(*size) as sitting:
        picker = await kept(sitting)
        for opened in ("t", "c"):
            await sitting.pilot.pause(0.1)  # what lies beneath is painted once more, when nothing else is to be done
            cells.touched.clear()
            await sitting.press(opened)
            region = picker.panel.region
            assert cells.touched == {(y, x) for y in region.line_range for x in region.column_range}
            assert any(title(picker)[:40] in line for line in cells.text)
            cells.touched.clear()
            await sitting.press("escape")
            await sitting.until(lambda: cells.text == composed(sitting))


async def test_what_happens_beneath_is_seen_around_it_and_after_it(
    workspace: Workspace, sit: Sit, cells: Cells
) -> None:
    store(workspace)
    async with sit() as sitting:
        await kept(sitting)
        await sitting.press("t")
        sitting.triage.reader.refresh()  # something else, before
        await sitting.until(lambda: not sitting.triage._dirty_widgets)
        await sitting.pilot.pause(0.1)
        sitting.triage.query_one("#top", Bar).left = "Told from elsewhere"
        await sitting.until(lambda: "Told from elsewhere" in cells.text[0])
        assert cells.text == composed(sitting)
        sitting.triage.listing.show_rows(0, -1)
        await sitting.press("escape")
        await sitting.until(lambda: cells.text == composed(sitting))
        assert not any("National strategy" in line[:90] for line in cells.text)


async def test_it_follows_the_terminal_and_the_colours(workspace: Workspace, sit: Sit, cells: Cells) -> None:
    store(workspace)
    async with sit() as sitting:
        picker = await kept(sitting)
        dark = picker.panel.styles.background
        await sitting.pilot.resize_terminal(90, 30)
        sitting.desk.theme = LIGHT.name
        await sitting.settle()
        await sitting.press("t")
        assert picker._compositor.size == (90, 30)
        assert picker.panel.region.right <= 90
        assert picker.panel.styles.background != dark
        await sitting.pilot.resize_terminal(160, 48)
        await sitting.until(lambda: picker._compositor.size == (160, 48) and cells.text == composed(sitting))


async def test_one_over_the_other_is_another(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    answers: list[tuple[str, Picked]] = []
    async with sit() as sitting:
        picker = await kept(sitting)
        for name in ("below", "above"):
            pick(sitting.desk, name, PAIR, partial(_answered, answers, name))
            await sitting.settle()
        assert sitting.desk.screen is not picker
        await sitting.until(lambda: sitting.desk.focused is not None)
        await sitting.press("down", "enter")
        assert sitting.desk.screen is picker
        await sitting.press("escape")
        assert answers == [("above", ("two",)), ("below", None)]
        pick(sitting.desk, "again", PAIR, partial(_answered, answers, "again"))
        assert sitting.desk.screen is picker
        await sitting.press("enter")
        assert answers[2:] == [("again", ("one",))]


async def test_keys_go_through_the_choices(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        choices = (await kept(sitting)).query_one(ChoiceList)
        await sitting.press("c")
        for key, cursor in (("down", 1), ("ctrl+n", 2), ("pagedown", 12), ("up", 11), ("pageup", 1), ("ctrl+p", 0)):
            await sitting.press(key)
            assert choices.cursor == cursor, key


async def test_a_click_takes_a_row_and_the_screen_beneath_hears_none(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        picker = await kept(sitting)
        await sitting.press("t")
        cursor, second = sitting.triage.listing.cursor, picker.query_one(ChoiceList).choices[1].code
        for _ in range(2):
            await sitting.pilot.click(ChoiceList, offset=(10, 1))
        await sitting.pilot.click(offset=(30, 2))
        await sitting.press("enter")
        assert sitting.triage.listing.cursor == cursor
        assert sitting.review(first).themes == (second,)


async def test_the_list_beneath_is_not_read_anew(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await kept(sitting)
        asked = sitting.triage.asked
        await sitting.press("t", "escape", "c", "escape")
        assert sitting.triage.asked is asked


async def test_a_theme_that_is_not_there_is_made_on_the_spot(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        choices = (await kept(sitting)).query_one(ChoiceList)
        await sitting.press("t")
        await sitting.type("Seafarers ashore")
        assert [(one.label, one.hint) for one in choices.choices] == [("“Seafarers ashore”", "a new theme")]
        await sitting.press("tab")
        assert (choices.choices[0].label, choices.taken) == ("“Seafarers ashore”", frozenset({"+Seafarers ashore"}))
        await sitting.type("peer support")
        assert [one.hint for one in choices.choices] == ["Recovery and lived experience"], "it is called so already"
        await sitting.press("tab", "enter")
        asking = sitting.desk.screen
        assert isinstance(asking, Picker) and title(asking) == "To which group does “Seafarers ashore” belong?"
        await sitting.type("issues")
        await sitting.press("enter")
        await sitting.until(lambda: sitting.review(first).themes == ("seafarers-ashore", "peer-support"))
        assert taxonomy_of(workspace.path).themes["seafarers-ashore"].group == "issues"
        await sitting.until(lambda: "Seafarers ashore" in drawn(sitting.triage.query_one(Reader)))


async def test_a_new_theme_that_is_not_wanted_after_all_changes_nothing(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await kept(sitting)
        await sitting.press("t")
        await sitting.type("Seafarers ashore")
        await sitting.press("enter", "escape")
        await sitting.press("c")
        await sitting.type("nowhereland")
        await sitting.press("enter")
        assert sitting.review(first).themes == ()
    assert not (workspace.path / "taxonomy.toml").exists()


async def test_what_was_taken_lately_stands_first_also_tomorrow(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        for word in ("medication", "dementia"):
            await sitting.press("t")
            await sitting.type(word)
            await sitting.press("enter", "j")
        sitting.triage.put_away()
        await sitting.settle()
    async with sit() as sitting:
        choices = (await kept(sitting)).query_one(ChoiceList)
        await sitting.press("t")
        among = [one.label for one in choices.choices if not one.suggested]
        assert among[:2] == ["Dementia and older people", "Medication"]
