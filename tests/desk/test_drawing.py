"""No title breaks a column, in any signs, in any colours: lines are measured in the cells they take."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual.widget import Widget

from curator.desk.ascii import SIGNS
from curator.desk.widgets.words import fit, short_count
from curator.models import Match
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.workspace import Workspace, open_workspace
from tests.desk.conftest import NOW, TITLES, Sit, Sitting, drawn, new_document, seated, store, until

HARD = (
    "心の健康に関する国家戦略、二〇二六年から二〇三〇年まで、すべての県で",
    "الخطة الوطنية للصحة النفسية والوقاية من الانتحار في جميع المناطق",
    "תוכנית לאומית לבריאות הנפש ולמניעת התאבדות",
    "e\u0301te\u0301 a\u0300 l'ho\u0302pital " + "z" + "\u0301\u0302\u0303" * 40 + " fin",
    "👩‍⚕️👨‍👩‍👧‍👦 Familles 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇸🇪 ❤️ ✊🏽 1️⃣",
    "한국 정신건강 종합대책 " * 6,
    "\u202eevil \u2066\u200b\u200f title\u0007\x1b[31m red",
    "ｆｕｌｌ ｗｉｄｔｈ ﾊﾝｶｸ ①②③ ¼ ™ …… ——",
    "क्षेत्रीय मानसिक स्वास्थ्य योजना ภาษาไทย สุขภาพจิต",
    "\u3000\u00a0 \t ",
)
SIZES = ((80, 24), (97, 20), (120, 30), (160, 48), (220, 30), (23, 8))


def measured(widget: Widget) -> set[int]:
    """The widths of all its lines, as the terminal is given them."""
    strips = [widget.render_line(y) for y in range(widget.size.height)]
    assert all(strip.cell_length == sum(cell_len(one.text) for one in strip) for strip in strips)
    return {strip.cell_length for strip in strips}


@pytest.mark.parametrize("size", SIZES)
async def test_every_line_of_every_list_is_as_wide_as_its_place(
    workspace: Workspace, sit: Sit, size: tuple[int, int]
) -> None:
    ids = store(workspace, HARD)
    triage.decide(workspace, workspace.library.documents.pick(ids), "kept")
    editions.draft(workspace, "update")
    async with sit(*size) as sitting:
        await sitting.press("g", "a")
        await sitting.press("space", "asterisk", "semicolon")
        screen = sitting.triage
        for widget in (
            screen.listing,
            screen.query_one("#sidebar"),
            screen.query_one("#top"),
            screen.query_one("#keys"),
        ):
            if widget.display and widget.size.width:
                assert measured(widget) == {widget.scrollable_content_region.width}, widget
        await sitting.press("escape", "escape", "e", "enter")
        for widget in (sitting.screen.query_one("OutlineList"), sitting.screen.query_one("#top")):
            if widget.display and widget.size.width:
                assert measured(widget) == {widget.scrollable_content_region.width}, widget


@pytest.mark.parametrize("title", HARD)
@pytest.mark.parametrize("width", [0, 1, 2, 3, 7, 20, 61, 300])
def test_a_text_fits_its_column_exactly(title: str, width: int) -> None:
    assert cell_len(fit(title, width)) == width


@pytest.mark.parametrize("title", HARD)
async def test_the_columns_before_a_title_stand_where_they_stand(workspace: Workspace, sit: Sit, title: str) -> None:
    store(workspace, [title, *TITLES])
    async with sit(80, 24) as sitting:
        hard, *others = drawn(sitting.triage.listing).splitlines()[:4]
        assert hard[2:23] == others[0][2:23] == f" {NOW.day} Nov   SCT   pol  "
        assert all(cell_len(line) == cell_len(hard) for line in others)
        assert not set(hard) & {"\u202e", "\u2066", "\x1b", "\x07", "\u200b"}


def test_every_sign_is_replaced_by_one_as_wide_that_is_ascii() -> None:
    for sign, plain in SIGNS.items():
        assert cell_len(sign) == cell_len(plain) == 1 and plain.isascii(), sign


async def test_in_ascii_signs_the_desk_draws_nothing_else(workspace: Workspace) -> None:
    from curator.desk.app import Desk

    store(workspace, [*TITLES, "A title that is far longer than any list could ever be " * 5])
    environ = {"CURATOR_EDITOR": "anna", "CURATOR_SIGNS": "ascii"}
    with open_workspace(workspace.path, now=lambda: NOW, environ=environ) as opened:
        desk = Desk(opened)
        async with desk.run_test(size=(160, 48)) as pilot:
            await until(lambda: "Crisis" in desk.export_screenshot())
            await pilot.press("space", "question_mark")
            await pilot.pause(0.3)
            shown = desk.export_screenshot()
            assert not {one for one in shown if one in SIGNS}
            desk.ascii_signs = False
            await pilot.press("escape")
            await until(lambda: "✓" in desk.export_screenshot())


async def test_without_colour_what_is_selected_and_where_one_is_are_signs(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    store(workspace)
    async with sit() as sitting:
        await sitting.press("space")
        first, second, third = drawn(sitting.triage.listing).splitlines()[:3]
        assert (first[:2], second[:2], third[:2]) == (" ✓", "▌ ", "  ")
        assert "▌i Inbox" in drawn(sitting.triage.query_one("#sidebar"))


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0"), (999, "999"), (8473, "8k"), (74_999, "74k"), (1_000_000, "1000k")]
)
def test_thousands_have_room_in_the_cell_of_a_country(number: int, shown: str) -> None:
    assert short_count(number) == shown


async def test_a_row_says_that_themes_are_suggested_until_it_has_them(workspace: Workspace, sit: Sit) -> None:
    plain = replace(new_document(2, "A plan"), excerpt="What it says.")
    workspace.library.documents.store("scotland", [Match("new", new_document(1, "Another")), Match("new", plain)], NOW)

    def marks(sitting: Sitting) -> list[str]:
        return [line[-3] for line in drawn(sitting.triage.listing).splitlines()[:2]]

    async with sit(80, 24) as sitting:
        await sitting.until(lambda: sitting.triage.suggested is not None)
        assert marks(sitting) == ["a", " "]
        await sitting.press("a")
        assert marks(sitting) == ["t", " "]
        await sitting.press("u")
        assert marks(sitting) == ["a", " "]


@pytest.mark.parametrize("feed", ["Scotland's health pages", "精神保健 \u0301\u202e"])
async def test_a_wide_list_says_who_published_what(workspace: Workspace, sit: Sit, feed: str) -> None:
    path = workspace.path / "feeds.toml"
    path.write_text(path.read_text("utf-8").replace("Scotland's health pages", feed), "utf-8")
    store(workspace)
    with open_workspace(workspace.path, now=lambda: NOW) as anew:
        async with seated(anew, 120, 24) as sitting:
            assert feed[:4] not in drawn(sitting.triage.listing)
        async with seated(anew, 200, 60) as sitting:
            line = drawn(sitting.triage.listing).splitlines()[0]
            assert fit(feed, 22) in line and cell_len(line) == sitting.triage.listing.size.width
