"""What cron, another desk or the command line changes appears by itself, on every screen, and the cursor stays."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from curator.desk.widgets.reader import Reader
from curator.desk.widgets.rows import Rows
from curator.models import Subscriber
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.desk_file import save_search
from curator.workflow.themes import add_theme
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, Sitting, drawn, store, subscribe

Act = Callable[[Workspace], object]


def _keep_one(workspace: Workspace) -> None:
    triage.decide(workspace, workspace.library.documents.find(limit=1), "kept")


def _add_feed(workspace: Workspace) -> None:
    file = workspace.path / "feeds.toml"
    more = '[[feeds]]\nslug = "aaa"\nname = "Another feed"\nurl = "file:feeds/aaa.xml"\n'
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{more}", encoding="utf-8")


def _join(workspace: Workspace) -> None:
    workspace.library.people.put([Subscriber("new@example.org", lists=("a-new-list",))])


def _tag(workspace: Workspace) -> None:
    kept = triage.find(workspace, "decision:kept", limit=1)
    triage.tag(workspace, kept, triage.Tagging(themes=("crisis-care",)))


@pytest.fixture
def busy(workspace: Workspace) -> Workspace:
    """Some kept, an edition drafted, three readers."""
    ids = store(workspace)
    triage.decide(workspace, workspace.library.documents.pick(ids[3:]), "kept")
    subscribe(workspace)
    editions.draft(workspace, "update")
    return workspace


@pytest.mark.parametrize(
    ("keys", "act", "appears"),
    [
        ("", lambda workspace: save_search(workspace, "Night work", "crisis"), "Night work"),
        ("", _keep_one, "3 kept"),
        ("I", _add_feed, "Another feed"),
        ("P", _join, "a-new-list"),
        ("A", _keep_one, "National strategy"),
        ("O", _tag, r"Crisis and emergency care.* 1 "),
        ("e", lambda workspace: editions.draft(workspace, "make-it-so", topic="crisis-care"), "make-it-so-1"),
        ("e enter", lambda workspace: editions.introduce(workspace, "update-1", "Good morning."), "Good morning."),
    ],
    ids=["saved searches", "triage", "feeds", "people", "journal", "coverage", "editions", "an edition"],
)
async def test_it_appears_and_the_cursor_stays(busy: Workspace, sit: Sit, keys: str, act: Act, appears: str) -> None:
    async with sit() as sitting:
        await sitting.press(*keys.split())
        await sitting.until(lambda: rows_of(sitting).total > 0)
        rows = rows_of(sitting)
        await sitting.press("j")
        before = rows.key_of(rows.cursor)
        assert not re.search(appears, shown(sitting))
        with busy.another() as other:
            act(other)
        await sitting.until(lambda: re.search(appears, shown(sitting)) is not None)
        assert rows.key_of(rows.cursor) == before


def rows_of(sitting: Sitting) -> Rows:
    """The list that has the keys."""
    assert isinstance(sitting.desk.focused, Rows)
    return sitting.desk.focused


def shown(sitting: Sitting) -> str:
    """All that the screen shows, as lines."""
    return "\n".join(drawn(widget) for widget in sitting.desk.screen.query("*") if not widget.children)


async def test_a_feed_that_was_added_meanwhile_has_its_name_beside_the_list(busy: Workspace, sit: Sit) -> None:
    async with sit(160, 48) as sitting:
        _add_feed(busy)
        with busy.another() as other:
            store(other, ["Brought by it"], feed="aaa", first=70)
        await sitting.until(lambda: "Another feed" in drawn(sitting.triage.query_one("#sidebar")))
        await sitting.type("/feed:aaa")
        await sitting.press("enter")
        assert sitting.titles == ["Brought by it"]
        assert "Another feed" in drawn(sitting.triage.query_one(Reader))


async def test_a_theme_that_another_desk_makes_is_known_here_by_its_name(busy: Workspace, sit: Sit) -> None:
    async with sit() as sitting:
        with busy.another() as other:
            theme = add_theme(other, "Seafarers ashore", "populations")
            triage.tag(other, triage.find(other, "decision:inbox", limit=1), triage.Tagging(themes=(theme.slug,)))
        await sitting.until(lambda: "Seafarers ashore" in drawn(sitting.triage.query_one(Reader)))
        await sitting.type("/theme:sea")
        await sitting.press("tab", "enter")
        await sitting.until(lambda: len(sitting.triage.window) == 1)
        (busy.path / "taxonomy.toml").write_text("themes = 3", encoding="utf-8")
        await sitting.until(lambda: any("themes" in said for said in sitting.notes))
        assert sitting.triage.is_current
