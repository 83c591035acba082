"""Feeds: how they are, pulling with progress, adding by address, OPML."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.widgets import Input, Static

from curator.desk.screens.asking import Asking
from curator.desk.screens.feeds import FeedsScreen
from curator.desk.screens.offer import Offer
from curator.desk.screens.picker import Picker
from curator.desk.widgets.bars import Bar
from curator.desk.widgets.feed_list import FeedList
from curator.desk.widgets.line_list import LineList
from curator.models import FeedState
from curator.workflow.workspace import Workspace
from tests.cli.world import item, rss
from tests.desk.conftest import NOW, Sit, Sitting, drawn, store
from tests.http_server import Reply, Site
from tests.http_server import site as site


def listed(sitting: Sitting) -> list[str]:
    return [line for line in drawn(sitting.screen.query_one(FeedList)).splitlines() if line.strip()]


def note(sitting: Sitting) -> str:
    return str(sitting.screen.query_one("#feed-note", Static).content)


def write_feeds(workspace: Workspace) -> None:
    folder = workspace.path / "feeds"
    folder.mkdir()
    (folder / "scotland.xml").write_text(rss(item(1, "One", 20), item(2, "Two", 21)), encoding="utf-8")


async def answer(sitting: Sitting, text: str) -> None:
    await sitting.until(lambda: isinstance(sitting.desk.focused, Input))
    field = sitting.desk.focused
    assert isinstance(field, Input)
    field.value = text
    await sitting.press("enter")


async def test_a_feed_is_listed_with_its_health_rhythm_and_reason(sit: Sit, workspace: Workspace) -> None:
    store(workspace)
    since = NOW - timedelta(days=40)
    workspace.library.feeds.remember(
        FeedState("sweden", last_pulled_at=NOW, error="HTTP 410", failing_since=since, failures=9, illness="gone")
    )
    async with sit() as sitting:
        await sitting.press("I")
        assert isinstance(sitting.desk.screen, FeedsScreen)
        assert "Feeds · 2 feeds, 1 ill ▲" in sitting.top
        scotland, sweden = listed(sitting)
        assert "new" in scotland and "SCT" in scotland and "·█" in scotland
        assert "gone" in sweden and "·" * 26 in sweden
        await sitting.press("j")
        said = note(sitting)
        assert "gone since 14 October 2026" in said and "HTTP 410" in said and "failed 9 times in a row" in said
        assert "file:feeds/sweden.xml" in said
        await sitting.press("escape")
        assert sitting.screen is sitting.triage


async def test_pulling_one_marks_its_row_and_pulling_all_marks_all(sit: Sit, workspace: Workspace) -> None:
    write_feeds(workspace)
    async with sit() as sitting:
        await sitting.press("I")
        await sitting.press("p")
        await sitting.until(lambda: "+2" in listed(sitting)[0])
        await sitting.until(lambda: any("2 new documents" in one for one in sitting.notes))
        assert "ok" in listed(sitting)[0] and "new" in listed(sitting)[1]
        await sitting.press("P")
        await sitting.until(lambda: "failed" in listed(sitting)[1] and "nothing" in listed(sitting)[0])
        await sitting.until(lambda: "1 ill" in sitting.top)


async def test_removing_asks_and_keeps_the_documents(sit: Sit, workspace: Workspace) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("I")
        await sitting.press("x")
        assert isinstance(sitting.desk.screen, Asking)
        await answer(sitting, "no")
        assert isinstance(sitting.desk.screen, Asking)
        await answer(sitting, "yes")
        await sitting.until(lambda: len(listed(sitting)) == 1)
        assert "scotland" not in (workspace.path / "feeds.toml").read_text(encoding="utf-8")
        assert workspace.library.documents.count() == 5


async def test_a_feed_is_retired_revived_and_each_taken_back(sit: Sit, workspace: Workspace) -> None:
    path = workspace.path / "feeds.toml"
    before = path.read_bytes()
    async with sit() as sitting:
        await sitting.press("I", "r")
        assert "retired" in listed(sitting)[0] and "R lets it be pulled again" in note(sitting)
        assert "retired   = true" in path.read_text(encoding="utf-8")
        await sitting.press("r")
        assert any("retired already" in one for one in sitting.notes)
        await sitting.press("R")
        assert "retired" not in listed(sitting)[0]
        await sitting.press("u")
        assert "retired" in listed(sitting)[0]
        assert "Taken back: changed scotland." in sitting.notes
        await sitting.press("u", "u")
        assert path.read_bytes() == before
        assert "Nothing is left to undo in feeds.toml." in sitting.notes


async def test_a_moved_feeds_new_address_is_accepted_and_taken_back(sit: Sit, workspace: Workspace) -> None:
    moved = FeedState("scotland", last_pulled_at=NOW, moved_to="https://example.org/new.xml", moves=3, moved_since=NOW)
    workspace.library.feeds.remember(moved)
    async with sit() as sitting:
        await sitting.press("I")
        assert "moved" in listed(sitting)[0] and "A takes the new address over" in note(sitting)
        await sitting.press("A")
        assert "https://example.org/new.xml" in note(sitting)
        await sitting.press("j", "A")
        assert any("“sweden” has not moved" in one for one in sitting.notes)
        await sitting.press("u", "k")
        assert "file:feeds/scotland.xml" in note(sitting)


async def test_a_removed_feed_is_put_back(sit: Sit, workspace: Workspace) -> None:
    async with sit() as sitting:
        await sitting.press("I", "x")
        await answer(sitting, "yes")
        await sitting.until(lambda: len(listed(sitting)) == 1)
        await sitting.press("u")
        assert len(listed(sitting)) == 2


async def test_opml_goes_out_and_comes_back(sit: Sit, workspace: Workspace, site: Site) -> None:
    url = site.feed("/a.xml", rss(item(1, "One", 20)).encode())
    async with sit() as sitting:
        await sitting.press("I", "w")
        await answer(sitting, "out.opml")
        path = workspace.path / "out.opml"
        await sitting.until(lambda: any("Written to" in one for one in sitting.notes))
        assert "scotland.xml" in path.read_text(encoding="utf-8")
        await sitting.press("w")
        await answer(sitting, "out.opml")
        await sitting.until(lambda: any("is there already" in one for one in sitting.notes))
        path.write_text(f'<opml><body><outline xmlUrl="{url}" text="A"/></body></opml>', "utf-8")
        await sitting.press("i")
        await answer(sitting, "out.opml")
        await sitting.until(lambda: isinstance(sitting.desk.screen, Offer))
        shown = drawn(sitting.desk.screen.query_one(LineList))
        assert url in shown
        assert url not in (workspace.path / "feeds.toml").read_text(encoding="utf-8")
        await sitting.press("enter")
        await sitting.until(lambda: len(listed(sitting)) == 3)
        assert any(one.startswith("1 added, 0 there already") for one in sitting.notes)
        await sitting.until(lambda: any("1 new document from 1 feed" in one for one in sitting.notes))


HEAD = """<html><head><title>News</title>
<link rel="alternate" type="application/rss+xml" title="All news" href="/a.xml">
<link rel="alternate" type="application/rss+xml" title="Reports" href="/b.xml"></head><body></body></html>"""


async def give_address(sitting: Sitting, url: str) -> None:
    """Up to where it is looked at, of no one country."""
    await sitting.press("I", "a")
    await answer(sitting, url)
    assert isinstance(sitting.desk.screen, Picker)
    await sitting.press("enter")


async def test_of_several_feeds_the_editor_chooses(sit: Sit, workspace: Workspace, site: Site) -> None:
    url = site.at("/", Reply(HEAD.encode(), headers={"Content-Type": "text/html"}))
    site.feed("/a.xml", rss(item(1, "One", 20)).encode())
    reports = site.feed("/b.xml", rss(item(2, "Two", 20)).encode())
    async with sit() as sitting:
        await give_address(sitting, url)
        await sitting.until(lambda: isinstance(sitting.desk.screen, Picker))
        await sitting.type("b.xml")
        await sitting.press("enter")
        await sitting.until(lambda: len(listed(sitting)) == 3)
        assert sitting.screen.query_one(FeedList).cursor == 2
        assert reports in note(sitting)


async def test_a_long_error_stands_whole_and_once_under_the_list_of_a_small_terminal(
    sit: Sit, workspace: Workspace
) -> None:
    error = (
        "fetch: www.a-ministry-with-a-long-name.example.org refused the connection; it may be down, or behind a wall"
    )
    workspace.library.feeds.remember(FeedState("scotland", last_pulled_at=NOW, error=error, failures=1))
    async with sit(80, 24) as sitting:
        await sitting.press("I")
        note = sitting.screen.query_one("#feed-note", Static)
        shown = " ".join(" ".join(note.render_line(y).text for y in range(note.size.height)).split())
        assert shown.count("or behind a wall") == 1 and "pulled 23 Nov" in shown


async def test_a_choice_that_is_left_adds_nothing(sit: Sit, workspace: Workspace, site: Site) -> None:
    url = site.at("/", Reply(HEAD.encode(), headers={"Content-Type": "text/html"}))
    site.feed("/a.xml", rss(item(1, "One", 20)).encode())
    site.feed("/b.xml", rss(item(2, "Two", 20)).encode())
    async with sit() as sitting:
        await give_address(sitting, url)
        await sitting.until(lambda: isinstance(sitting.desk.screen, Picker))
        await sitting.press("escape")
        await sitting.until(lambda: not sitting.screen.query_one("#top", Bar).right)
        assert len(listed(sitting)) == 2


async def test_a_page_without_a_feed_is_shown_before_it_is_added(sit: Sit, workspace: Workspace, site: Site) -> None:
    lines = "".join(
        f'<li class="news"><a href="/{n}">A long enough headline about number {n}</a><time>2026-11-{n:02}</time></li>'
        for n in range(10, 20)
    )
    body = f"<html><head><title>Our news</title></head><body><ul>{lines}</ul></body></html>"
    url = site.at("/news", Reply(body.encode(), headers={"Content-Type": "text/html"}))
    async with sit() as sitting:
        await give_address(sitting, url)
        await sitting.until(lambda: isinstance(sitting.desk.screen, Asking))
        question = str(sitting.desk.screen.query_one("#asking-question", Static).content)
        assert "10 entries" in question and "A long enough headline about number 10" in question
        await answer(sitting, "yes")
        await sitting.until(lambda: len(listed(sitting)) == 3)
        assert "page      = true" in (workspace.path / "feeds.toml").read_text(encoding="utf-8")


async def test_an_address_that_is_no_feed_leaves_everything_as_it_was(sit: Sit, workspace: Workspace) -> None:
    before = (workspace.path / "feeds.toml").read_text(encoding="utf-8")
    async with sit() as sitting:
        await give_address(sitting, "file:feeds.toml")
        await sitting.until(lambda: any("not added" in one for one in sitting.notes))
        await sitting.until(lambda: not sitting.screen.query_one("#top", Bar).right)
    assert (workspace.path / "feeds.toml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("address", ["not an address", "ftp://example.org/feed", "file:feeds/sweden.xml"])
async def test_an_address_that_cannot_be_one_is_refused_before_a_country_is_asked_for(
    sit: Sit, workspace: Workspace, address: str
) -> None:
    async with sit() as sitting:
        await sitting.press("I", "a")
        await answer(sitting, address)
        fault = sitting.desk.screen.query_one("#asking-fault", Static)
        await sitting.until(lambda: fault.display)
        assert isinstance(sitting.desk.screen, Asking)


async def test_a_feed_is_added_from_a_file(sit: Sit, workspace: Workspace) -> None:
    (workspace.path / "more.xml").write_text(rss(item(1, "One", 20)), encoding="utf-8")
    async with sit() as sitting:
        await sitting.press("I", "a")
        await answer(sitting, "file:more.xml")
        await sitting.type("sweden")
        await sitting.press("enter")
        await sitting.until(lambda: len(listed(sitting)) == 3)
        row = sitting.screen.query_one(FeedList).current
        assert row and (row.country, row.name) == ("SE", "A feed")
        assert (workspace.path / "feeds.toml").read_text(encoding="utf-8").count("[[feeds]]") == 3
