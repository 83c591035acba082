"""The first run: no workspace at all, or one with nothing in it; each way leads to documents on the screen."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from curator.desk.entrance import Entrance
from curator.desk.screens.asking import Asking
from curator.desk.screens.asking_path import completed, path_typed
from curator.desk.screens.feeds import FeedsScreen
from curator.desk.screens.offer import Offer
from curator.desk.widgets.bars import KeyBar
from curator.desk.widgets.beginning import Beginning, WayList
from curator.desk.widgets.line_list import LineList
from curator.library import Library
from curator.workflow.workspace import Workspace
from tests.cli.world import item, rss
from tests.desk.conftest import Sit, Sitting, drawn, seen, until
from tests.desk.tmux import ROOT, Terminal
from tests.http_server import Site
from tests.http_server import site as site

NO_FEEDS = '[network]\nname = "A network"\nshort = "A"\ncountries = ["SE"]\n'
NOW = datetime(2016, 12, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def bare(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace without any feed, in which the desk was started."""
    (workspace.path / "feeds.toml").write_text(NO_FEEDS, encoding="utf-8")
    monkeypatch.chdir(workspace.path)
    return workspace.another()


def ways(sitting: Sitting) -> list[str]:
    return [line.strip(" ▌") for line in drawn(sitting.triage.query_one(WayList)).splitlines()]


async def answer(sitting: Sitting, text: str) -> None:
    await sitting.until(lambda: isinstance(sitting.desk.focused, Input))
    field = sitting.desk.focused
    assert isinstance(field, Input)
    field.value = text
    await sitting.press("enter")


async def test_an_empty_library_shows_the_ways_and_the_keys_that_matter(sit: Sit) -> None:
    async with sit() as sitting:
        assert [line.split("   ")[0] for line in ways(sitting)] == [
            "1  Pull 2 feeds",
            "2  See a sample",
            "3  Add a feed",
            "4  Import OPML",
        ]
        assert seen(sitting.triage.query_one(Beginning), sitting.triage.query_one("#middle")) == [True, False]
        keys = drawn(sitting.triage.query_one(KeyBar))
        assert "? help" in keys and "keep" not in keys
        await sitting.press("I")
        assert isinstance(sitting.desk.screen, FeedsScreen)


async def test_the_first_way_pulls_and_the_documents_take_the_place_of_the_ways(sit: Sit, workspace: Workspace) -> None:
    (workspace.path / "feeds").mkdir()
    (workspace.path / "feeds" / "scotland.xml").write_text(rss(item(1, "One", 20)), encoding="utf-8")
    async with sit() as sitting:
        await sitting.press("enter")
        await sitting.until(lambda: sitting.titles == ["One"])
        assert seen(sitting.triage.query_one(Beginning), sitting.triage.query_one("#middle")) == [False, True]
        assert "s keep" in drawn(sitting.triage.query_one(KeyBar))
        await sitting.press("s")
        assert sitting.review(1).decision == "kept"


async def test_a_feed_is_added_and_pulled_at_once(sit: Sit, workspace: Workspace, site: Site) -> None:
    url = site.feed("/a.xml", rss(item(1, "One", 20), item(2, "Two", 21)).encode())
    async with sit() as sitting:
        await sitting.press("3")
        await answer(sitting, url)
        await sitting.press("enter")
        await sitting.until(lambda: any("2 new documents from 1 feed" in one for one in sitting.notes))
        await sitting.press("escape")
        await sitting.until(lambda: sorted(sitting.titles) == ["One", "Two"])


async def test_opml_is_completed_shown_taken_over_and_pulled(sit: Sit, workspace: Workspace, site: Site) -> None:
    url = site.feed("/a.xml", rss(item(1, "One", 20)).encode())
    (workspace.path / "my-feeds.opml").write_text(
        f'<opml><body><outline text="A" xmlUrl="{url}"/><outline text="B" xmlUrl="exec:x"/></body></opml>', "utf-8"
    )
    async with sit() as sitting:
        await sitting.press("4")
        await sitting.until(lambda: isinstance(sitting.desk.screen, Asking))
        await sitting.type("my")
        await sitting.press("tab")
        await sitting.until(lambda: sitting.desk.screen.query_one(Input).value == "my-feeds.opml")
        await sitting.press("enter")
        await sitting.until(lambda: isinstance(sitting.desk.screen, Offer))
        shown = drawn(sitting.desk.screen.query_one(LineList))
        assert "no feed" in shown and url in shown
        await sitting.press("enter")
        await sitting.until(lambda: any("1 new document from 1 feed" in one for one in sitting.notes))
        await sitting.press("escape")
        await sitting.until(lambda: sitting.titles == ["One"])


async def test_an_opml_file_without_anything_new_is_only_shown(sit: Sit, workspace: Workspace) -> None:
    before = (workspace.path / "feeds.toml").read_bytes()
    (workspace.path / "none.opml").write_text('<opml><body><outline text="B" xmlUrl="exec:x"/></body></opml>', "utf-8")
    async with sit() as sitting:
        await sitting.press("4")
        await answer(sitting, "none.opml")
        await sitting.until(lambda: isinstance(sitting.desk.screen, Offer))
        assert "Esc closes this" in str(sitting.desk.screen.query_one("#offer-keys", Static).content)
        await sitting.press("enter")
        assert isinstance(sitting.desk.screen, FeedsScreen)
    assert (workspace.path / "feeds.toml").read_bytes() == before


async def test_the_sample_is_made_and_the_desk_moves_there(
    sit: Sit, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace.path)
    async with sit() as sitting:
        await sitting.press("2")
        await sitting.until(lambda: isinstance(sitting.desk.screen, Asking))
        assert sitting.desk.screen.query_one(Input).value == "demo"
        (workspace.path / "taken").write_text("", encoding="utf-8")
        await answer(sitting, "taken")
        assert "is a file" in str(sitting.desk.screen.query_one("#asking-fault", Static).content)
        sitting.desk.screen.query_one(Input).value = "demo"
        sitting.desk.screen.query_one(Input).post_message(Input.Submitted(sitting.desk.screen.query_one(Input), "demo"))
        await until(lambda: not sitting.desk.is_running)
        assert sitting.desk.return_value == workspace.path / "demo"
    with Library(workspace.path / "demo" / "curator.db") as library:
        assert library.documents.count() > 40


async def test_a_folder_that_holds_other_files_is_said_and_asked_again(
    sit: Sit, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace.path)
    async with sit() as sitting:
        await sitting.press("2")
        await answer(sitting, ".")
        await sitting.until(lambda: any("holds other files" in one for one in sitting.notes))
        await sitting.press("2")
        await sitting.until(lambda: isinstance(sitting.desk.screen, Asking))


# ---------------------------------------------------------------- no workspace


async def test_without_a_workspace_one_is_started_or_another_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = Entrance(lambda: NOW, {})
    async with first.run_test(size=(80, 24)) as pilot:
        shown = drawn(first.screen.query_one(WayList))
        assert all(words in shown for words in ("See a sample", "Start a workspace", "Open another one"))
        await pilot.press("2")
        await until(lambda: first.screen.query_one(Input).has_focus)
        await pilot.press(*"mine", "enter")
        await until(lambda: not first.is_running)
    assert first.return_value == tmp_path / "mine" and (tmp_path / "mine" / "feeds.toml").exists()
    second = Entrance(lambda: NOW, {})
    async with second.run_test() as pilot:
        await pilot.press("down", "down", "enter")
        second.screen.query_one(Input).value = "nowhere"
        await pilot.press("enter")
        assert "There is no feeds.toml" in str(second.screen.query_one("#asking-fault", Static).content)
        second.screen.query_one(Input).value = "m"
        second.screen.query_one(Input).cursor_position = 1
        await pilot.press("tab")
        await until(lambda: second.screen.query_one(Input).value == "mine/")
        await pilot.press("enter")
        await until(lambda: not second.is_running)
    assert second.return_value == tmp_path / "mine"


async def test_the_entrance_is_left_without_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    entrance = Entrance(lambda: NOW, {})
    async with entrance.run_test() as pilot:
        await pilot.press("q")
    assert entrance.return_value is None and list(tmp_path.iterdir()) == []


def test_without_a_terminal_it_stays_one_sentence(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "curator", "desk"]
    environ = {"PYTHONPATH": str(ROOT), "TERM": "xterm", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(words, cwd=tmp_path, env=environ, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("curator: The desk needs a terminal") and done.stderr.count("\n") == 1


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    (tmp_path / "empty").mkdir()
    terminal = Terminal(tmp_path / "empty")
    yield terminal
    terminal.close()


@pytest.mark.skipif(not shutil.which("tmux"), reason="there is no tmux here, the terminal of this test")
def test_from_an_empty_folder_to_the_samples_inbox(terminal: Terminal) -> None:
    terminal.open(80, 24, words="-v")
    terminal.sees("There is no workspace in", "1  See a sample")
    terminal.press("1")
    terminal.sees("In which folder?", "demo")
    terminal.press("Enter")
    terminal.sees("Inbox", "left", "s keep", gone="See a sample")
    terminal.press("C-q")
    with Library(terminal.folder / "demo" / "curator.db") as library:
        assert {one.status for one in library.editions.all()} == {"draft"}


# ---------------------------------------------------------------- completing a path


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for name in ("feeds", "feeds-old", "Documents", ".hidden"):
        (tmp_path / name).mkdir()
    for name in ("feeds/a.opml", "feeds/b.OPML", "feeds/notes.txt", "feeds/x\x1b[31m.opml", "feeds/日本.opml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "whole", "names"),
    [
        ("", "", ["Documents/", "feeds-old/", "feeds/"]),
        ("f", "feeds", ["feeds-old/", "feeds/"]),
        ("feeds/", "feeds/", ["a.opml", "b.OPML", "日本.opml"]),
        ("feeds/b", "feeds/b.OPML", ["b.OPML"]),
        ("feeds/日", "feeds/日本.opml", ["日本.opml"]),
        ("doc", "Documents/", ["Documents/"]),
        (".h", ".hidden/", [".hidden/"]),
        ("feeds/n", "feeds/n", []),
        ("nowhere/x", "nowhere/x", []),
    ],
)
def test_a_path_is_completed_as_far_as_it_can_only_go_on_one_way(
    shelf: Path, typed: str, whole: str, names: list[str]
) -> None:
    assert completed(typed, shelf, (".opml",)) == (whole, names)
    assert completed(f"{shelf}/{typed}", Path("/"), (".opml",)) == (f"{shelf}/{whole}", names)


def test_home_is_understood_and_an_unknown_home_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "feeds.opml").write_text("", encoding="utf-8")
    assert path_typed(" ~/feeds.opml ", Path("/base")) == tmp_path / "feeds.opml"
    assert completed("~/f", Path("/base"), (".opml",)) == ("~/feeds.opml", ["feeds.opml"])
    assert path_typed("~nobody-at-all/x", Path("/base")) == Path("/base/~nobody-at-all/x")
