"""feeds: listed with their health, added and removed with the editor's comments kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.errors import ConfigError, UsageError
from curator.workflow.feeds import add_feed, feeds, remove_feed
from curator.workflow.pull import pull
from curator.workflow.workspace import Workspace
from tests.cli.world import item, rss
from tests.http_server import Reply, Site
from tests.http_server import site as site
from tests.workflow.world import Clock, sit_down


def toml(desk: Workspace) -> str:
    return (desk.path / "feeds.toml").read_text(encoding="utf-8")


@pytest.fixture
def east(desk: Workspace) -> str:
    """A feed's address that is not in feeds.toml yet."""
    (desk.path / "feeds" / "east.xml").write_text(rss(item(7, "Eastern news", 25)), encoding="utf-8")
    return "file:feeds/east.xml"


def test_feeds_come_with_their_health(desk: Workspace) -> None:
    assert [(feed.slug, state.health) for feed, state in feeds(desk)] == [("north", "ok"), ("isles", "ok")]
    (desk.path / "feeds" / "north.xml").unlink()
    pull(desk)
    assert [state.health for _, state in feeds(desk)] == ["failing", "ok"]


def test_adding_keeps_every_comment_and_the_order(desk: Workspace, folder: Path, east: str) -> None:
    before = toml(desk)
    added = add_feed(desk, east, country="sweden", section="policy", publisher="east-office")
    assert (added.slug, added.name, added.country, added.section) == ("a-feed", "A feed", "SE", "policy")
    assert toml(desk).startswith(before.rstrip("\n"))
    assert "# the north" in toml(desk)
    with sit_down(folder, Clock()) as fresh:
        assert [feed.slug for feed, _ in feeds(fresh)] == ["north", "isles", "a-feed"]
        assert pull(fresh).new == 1


def test_removing_leaves_the_rest_and_the_documents(desk: Workspace, folder: Path, east: str) -> None:
    before = toml(desk)
    add_feed(desk, east)
    with sit_down(folder, Clock()) as fresh:
        remove_feed(fresh, "a-feed")
        assert toml(desk).rstrip() == before.rstrip()
        remove_feed(fresh, "north")
    with sit_down(folder, Clock()) as fresh:
        assert [feed.slug for feed, _ in feeds(fresh)] == ["isles"]
        assert fresh.library.documents.count() == 4


def test_a_free_slug_is_found(desk: Workspace, folder: Path, east: str) -> None:
    add_feed(desk, east)
    with sit_down(folder, Clock()) as fresh:
        (desk.path / "feeds" / "west.xml").write_text(rss(), encoding="utf-8")
        assert add_feed(fresh, "file:feeds/west.xml").slug == "a-feed-2"


@pytest.mark.parametrize(
    ("url", "options", "says"),
    [
        ("file:feeds/north.xml", {}, "in feeds.toml already"),
        ("file:feeds/nothing.xml", {}, "was not added"),
        ("file:../outside.xml", {}, "was not added"),
        ("ftp://example.org/", {}, "."),
        ("nonsense", {}, "."),
        ("", {}, "."),
        ("file:feeds/east.xml", {"country": "Atlantis"}, "Atlantis"),
        ("file:feeds/east.xml", {"section": "sport"}, "sport"),
    ],
)
def test_what_cannot_be_added_changes_nothing(
    desk: Workspace, east: str, url: str, options: dict[str, str], says: str
) -> None:
    before = toml(desk)
    with pytest.raises((UsageError, ConfigError), match=says):
        add_feed(desk, url, **options)
    assert toml(desk) == before


@pytest.mark.parametrize("slug", ["north", "No Slug", "", "../x"])
def test_a_slug_that_will_not_do_changes_nothing(desk: Workspace, east: str, slug: str) -> None:
    before = toml(desk)
    if not slug:
        assert add_feed(desk, east, slug=slug).slug == "a-feed"
        return
    with pytest.raises(ConfigError):
        add_feed(desk, east, slug=slug)
    assert toml(desk) == before


def test_a_page_that_is_no_feed(desk: Workspace, site: Site) -> None:
    url = site.at("/", Reply(b"<html><body>Hello</body></html>", headers={"Content-Type": "text/html"}))
    with pytest.raises(UsageError, match="was not added"):
        add_feed(desk, url)


def test_removing_what_is_not_there(desk: Workspace) -> None:
    with pytest.raises(UsageError, match=r"no feed “nort”.*Did you mean “north”"):
        remove_feed(desk, "nort")


def test_a_hostile_title_cannot_leave_its_quotes(desk: Workspace, folder: Path) -> None:
    body = rss(item(7, "x", 25)).replace("A feed", "&quot;]]\\n[mail]\\nsmtp = &quot;smtp://evil&quot; \u202e#")
    (desk.path / "feeds" / "evil.xml").write_text(body, encoding="utf-8")
    add_feed(desk, "file:feeds/evil.xml")
    with sit_down(folder, Clock()) as fresh:
        assert fresh.config.mail.smtp == "file:"
        assert len(fresh.config.feeds) == 3
