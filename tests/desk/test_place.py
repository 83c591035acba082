"""The desk as an editor has set it up, and where they left it."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

from msgspec.structs import replace

from curator.desk.checkup import desk_findings
from curator.desk.commands import COMMANDS
from curator.desk.screens.asking import Asking
from curator.desk.settings import key_name, settings_of
from curator.desk.themes import NAMES
from curator.desk.widgets.bars import KeyBar
from curator.desk.widgets.search_bar import SearchBar
from curator.desk.widgets.sidebar import Sidebar
from curator.workflow import triage
from curator.workflow.desk_file import DeskFile, save_search, searches
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, drawn, store


def write(workspace: Workspace, text: str) -> None:
    (workspace.path / "desk.toml").write_text(text, encoding="utf-8")


# ---------------------------------------------------------------- desk.toml


def test_every_command_has_a_name_of_its_own() -> None:
    names = [one.id for one in COMMANDS]
    assert len(set(names)) == len(names)
    assert "triage.tag-theme" in names and "edition.move-down" in names


def test_keys_are_written_as_typed() -> None:
    written = ["x", "X", "?", ",", "/", "ctrl+r", "Ctrl+R", "space", "F5", "shift+f5", "foo", "", "ctrl+", " "]
    assert [key_name(one) for one in written] == [
        "x", "X", "question_mark", "comma", "slash", "ctrl+r", "ctrl+R", "space", "f5", "shift+f5", "", "", "", "",
    ]  # fmt: skip


def test_faults_of_keys_and_theme_come_together() -> None:
    keys = {
        "triage.kep": ("x",),
        "triage.keep": ("d",),
        "triage.drop": ("j",),
        "triage.later": ("wibble",),
        "triage.blurb": ("f12",),
        "triage.file": ("f12",),
        "everywhere.help": ("s",),
    }
    settings = settings_of(DeskFile(theme="curator-lite", keys=keys), ["curator-light"])
    assert settings.fault is not None
    said = settings.fault.message
    for part in ("Did you mean “curator-light”?", "Did you mean “triage.keep”?", "“d” is the key of triage.drop",
                 "“j” is a key of every list", "“wibble” is no key", "“f12” is the key of triage.",
                 "“s” is the key of triage.keep"):  # fmt: skip
        assert part in said, part
    assert list(settings.keys.values()) == ["f12"]


def test_a_doctor_says_every_fault_of_the_desk_file_at_once(workspace: Workspace) -> None:
    write(
        workspace,
        'theme = "neon"\nmarks = "emoji"\n[keys]\n"triage.keep" = "d"\n[[searches]]\nname = "a"\nquery = "land:SE"\n',
    )
    found = desk_findings(workspace.path)
    assert {(one.level, one.code, one.where) for one in found} == {("warning", "desk", "desk.toml")}
    said = "\n".join(one.message for one in found)
    assert len(found) == 4 and all(part in said for part in ("“neon”", "marks", "triage.drop", "searches[0].query"))
    (workspace.path / "taxonomy.toml").write_text("[[themes", encoding="utf-8")
    assert desk_findings(workspace.path) == found
    write(workspace, 'theme = "curator-light"\n')
    assert desk_findings(workspace.path) == []


async def test_the_doctor_knows_every_theme_that_the_desk_has(sit: Sit) -> None:
    async with sit() as sitting:
        assert set(sitting.desk.available_themes) == NAMES


def test_two_commands_may_change_keys() -> None:
    settings = settings_of(DeskFile(keys={"triage.keep": ("d",), "triage.drop": ("s",)}), [])
    assert settings.fault is None and settings.keys == {"triage.keep": "d", "triage.drop": "s"}


async def test_own_keys_work_and_are_shown(workspace: Workspace, sit: Sit) -> None:
    first, second, *_ = store(workspace)
    write(workspace, '[keys]\n"triage.keep" = ["d", "f9"]\n"triage.drop" = "s"\n')
    async with sit() as sitting:
        assert "d keep" in drawn(sitting.triage.query_one(KeyBar)) and "s drop" in drawn(
            sitting.triage.query_one(KeyBar)
        )
        await sitting.press("d")
        await sitting.press("s")
        assert sitting.review(first).decision == "kept"
        assert sitting.review(second).decision == "dropped"
        await sitting.press("question_mark")
        assert "d  f9" in drawn(sitting.desk.screen.query_one("#leaflet-body"))


async def test_a_desk_with_faults_opens_and_says_them(workspace: Workspace, sit: Sit) -> None:
    first, *_ = store(workspace)
    write(workspace, 'theme = "curator-light"\nmarks = "asci"\n[keys]\n"triage.kep" = "x"\n')
    async with sit() as sitting:
        (said,) = sitting.notes
        assert "Did you mean “ascii”?" in said and "Did you mean “triage.keep”?" in said
        assert sitting.desk.theme == "curator-light"
        await sitting.press("s")
        assert sitting.review(first).decision == "kept"


async def test_faults_that_a_small_screen_has_no_room_for_are_counted(workspace: Workspace, sit: Sit) -> None:
    keys = "".join(f'"triage.nothing-{number}" = "f{number}"\n' for number in range(1, 10))
    write(workspace, f"[keys]\n{keys}")
    async with sit(80, 24) as sitting:
        said = sitting.notes[-1]
        assert sum(len(wrap(line, 34)) or 1 for line in said.split("\n")) < 20
        assert "triage.nothing-1: unknown" in said and said.endswith("more: `curator doctor` lists all.")
    async with sit(160, 60) as sitting:
        assert "triage.nothing-9: unknown" in sitting.notes[-1] and "doctor" not in sitting.notes[-1]


# ---------------------------------------------------------------- where the editor was


async def test_the_place_is_there_again(workspace: Workspace, sit: Sit) -> None:
    numbers = store(workspace)
    triage.decide(workspace, [triage.show(workspace, one) for one in numbers[:3]], "kept")
    async with sit() as sitting:
        await sitting.press("g", "k", "j", "z", "ctrl+t")
        await sitting.press("slash")
        await sitting.type("report")
        await sitting.press("enter")
        here, theme = sitting.current.id, sitting.desk.theme
        await sitting.desk.action_quit()
    async with sit() as sitting:
        assert sitting.triage.asked.queue == "kept" and sitting.triage.asked.text == "report"
        assert sitting.current.id == here
        assert sitting.desk.theme == theme
        assert not sitting.triage.query_one(Sidebar).display
        assert sitting.triage.query_one(SearchBar).display
        await sitting.press("escape")
        assert len(sitting.titles) == 3


async def test_the_cursor_is_on_its_document_again(workspace: Workspace, sit: Sit) -> None:
    numbers = store(workspace)
    async with sit() as sitting:
        await sitting.press("j", "j")
        await sitting.desk.action_quit()
    async with sit() as sitting:
        assert sitting.current.id == numbers[2]


async def test_a_damaged_place_is_the_inbox(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("g", "k")
        await sitting.desk.action_quit()
    (path,) = Path(workspace.path / "log" / "desk").glob("*.json")
    for damage in ("{", '{"queue": "kept", "text": "contry:"}', '{"queue": "nowhere"}', '{"country": "Atlantis"}'):
        path.write_text(damage, encoding="utf-8")
        async with sit() as sitting:
            assert sitting.triage.asked.queue == "inbox" and len(sitting.titles) == 5


# ---------------------------------------------------------------- saved searches


async def test_a_search_is_saved_and_is_a_queue(workspace: Workspace, sit: Sit) -> None:
    second = store(workspace)[1]
    async with sit() as sitting:
        await sitting.press("slash")
        await sitting.type("plan OR report")
        await sitting.press("enter", "S")
        assert isinstance(sitting.desk.screen, Asking)
        await sitting.type("plans")
        await sitting.press("enter")
        (one,) = searches(workspace)
        assert (one.name, one.query) == ("plans", "decision:inbox (plan OR report)")
        assert any("g1 shows it" in note for note in sitting.notes)
        await sitting.press("escape", "g", "i", "g", "1")
        assert sitting.titles == ["Delivery plan for suicide prevention", "Report on peer support"]
        assert "plans" in sitting.top
        await sitting.until(lambda: "1 plans" in drawn(sitting.triage.query_one(Sidebar)))
        assert sitting.triage.tally.saved[0].documents == 2
        await sitting.press("s")  # of a search in one queue, what leaves the queue leaves the list
        assert sitting.review(second).decision == "kept" and sitting.titles == ["Report on peer support"]
        await sitting.press("g", "i", "g", "4")
        assert any("No search is saved there" in note for note in sitting.notes)


async def test_a_saved_search_is_where_one_was(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    save_search(workspace, "care", "care")
    async with sit() as sitting:
        await sitting.press("g", "1")
        await sitting.desk.action_quit()
    async with sit() as sitting:
        assert sitting.triage.asked.saved == "care" and sitting.titles == ["Crisis care at night"]
        await sitting.press("g", "i")
        assert len(sitting.titles) == 5


async def test_one_country_theme_or_feed_alone(workspace: Workspace, sit: Sit) -> None:
    numbers = store(workspace)
    store(workspace, ["Nationell strategi"], "sweden", first=10)
    theme = next(iter(workspace.taxonomy.themes))
    triage.tag(workspace, [triage.show(workspace, numbers[0])], triage.Tagging(themes=(theme,)))
    async with sit() as sitting:
        axes: list[tuple[str, str, str, list[str]]] = [
            ("F", "feed", "sweden", ["Nationell strategi"]),
            ("T", "theme", theme, ["National strategy for mental health"]),
            ("C", "country", "SE", ["Nationell strategi"]),
        ]
        for key, axis, value, titles in axes:
            await sitting.press(key)
            await sitting.type(value)
            await sitting.press("enter")
            assert getattr(sitting.triage.asked, axis) == value
            assert sitting.titles == titles
            await sitting.press("escape")
            assert len(sitting.titles) == 6


async def test_the_sidebar_counts_and_narrows_by_feed(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    store(workspace, ["Nationell strategi"], "sweden", first=10)
    async with sit() as sitting:
        sidebar = sitting.triage.query_one(Sidebar)
        tally = sitting.triage.tally
        counts = replace(tally.counts, feeds={"scotland": 5, "sweden": 1}, themes={"recovery": 2})
        sidebar.show_tally(replace(tally, counts=counts))
        assert " By theme" in drawn(sidebar)
        at = next(y for y, line in enumerate(drawn(sidebar).splitlines()) if line.startswith(" Sweden's health"))
        await sitting.pilot.click("#sidebar", offset=(3, at))
        await sitting.settle()
        assert sitting.titles == ["Nationell strategi"]
        await sitting.press("escape")
        assert len(sitting.titles) == 6
