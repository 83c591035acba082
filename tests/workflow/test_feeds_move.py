"""What a server says for good waits for the editor: accept a move, retire and revive a feed."""

from __future__ import annotations

import pytest

from curator.errors import ConfigError, UsageError
from curator.models import Feed
from curator.workflow.feeds import declaration
from curator.workflow.feeds_check import check_feeds
from curator.workflow.feeds_file import rewrite_feeds, with_feeds, with_said
from curator.workflow.feeds_move import accept_move, retire_feed, revive_feed
from curator.workflow.opml import export_feeds
from curator.workflow.pull import pull
from curator.workflow.workspace import Workspace
from tests.cli.world import curator, item, rss
from tests.http_server import Reply, Site
from tests.http_server import site as site
from tests.workflow.test_health import conditions, declared
from tests.workflow.world import Clock, everything, sit_down

BODY = rss(item(7, "News", 25), item(8, "More", 26)).encode()
MOVED = Reply(status=301, headers={"Location": "/new"})


def text_of(desk: Workspace) -> str:
    return (desk.path / "feeds.toml").read_text(encoding="utf-8")


def moved(desk: Workspace, site: Site) -> Workspace:
    """A workspace whose feed has been led to /new by three pulls."""
    site.feed("/new", BODY)
    fresh = declared(desk, site.at("/feed", MOVED))
    for _ in range(3):
        pull(fresh)
    return fresh


def test_an_accepted_move_keeps_comments_and_state_and_brings_nothing_anew(
    desk: Workspace, site: Site, clock: Clock
) -> None:
    with moved(desk, site) as fresh:
        path = fresh.path / "feeds.toml"
        path.write_text(text_of(fresh).replace(f'"{site.url("/feed")}"', f"'{site.url('/feed')}'   # since 2019"))
        before, count = fresh.library.feeds.states()["web"], len(everything(fresh))
        old, new = accept_move(fresh, "web")
        assert (old.url, new.url) == (site.url("/feed"), site.url("/new"))
        assert f'= "{new.url}"   # since 2019\n' in text_of(fresh)
        after = fresh.library.feeds.states()["web"]
        assert (after.etag, after.content_hash, after.moved_to, after.moves) == (
            before.etag,
            before.content_hash,
            None,
            0,
        )
        asked = len(site.seen)
    with sit_down(desk.path, clock) as later:
        report = pull(later, ["web"])
        assert (report.new, report.changed, report.unchanged) == (0, 0, 1)
        assert [seen.path for seen in site.seen[asked:]] == ["/new"]
        assert (conditions(later)["web"], len(everything(later))) == ("ok", count)
        site.feed("/new", BODY.replace(b"More", b"Still more"))
        report = pull(later, ["web"])
        assert (report.new, report.changed, len(everything(later))) == (0, 1, count)


def test_what_has_not_moved_for_good_is_not_accepted(desk: Workspace, site: Site) -> None:
    site.feed("/new", BODY)
    with declared(desk, site.at("/feed", MOVED)) as fresh:
        was = text_of(fresh)
        with pytest.raises(UsageError, match="has not moved"):
            accept_move(fresh, "web")
        pull(fresh)
        with pytest.raises(UsageError, match="by 1 of the 3 pulls"):
            accept_move(fresh, "web")
        with pytest.raises(UsageError, match="no feed “wep”"):
            accept_move(fresh, "wep")
        assert text_of(fresh) == was


def test_a_move_onto_another_feed_is_not_accepted(desk: Workspace, site: Site) -> None:
    with moved(desk, site) as fresh:
        there = declaration(Feed("there", "There", site.url("/new")))
        rewrite_feeds(fresh.path, fresh.taxonomy, lambda text, _: with_feeds(text, [there]))
        was = text_of(fresh)
        with pytest.raises(UsageError, match="already, as “there”"):
            accept_move(fresh, "web")
        assert text_of(fresh) == was


def test_retired_it_is_not_asked_and_keeps_its_documents(desk: Workspace, site: Site, clock: Clock) -> None:
    with declared(desk, site.feed("/feed", BODY)) as fresh:
        pull(fresh)
        was, count, asked = text_of(fresh), len(everything(fresh)), len(site.seen)
        assert retire_feed(fresh, "web").retired
        with pytest.raises(UsageError, match="retired already"):
            retire_feed(fresh, "web")
        with sit_down(fresh.path, clock) as later:
            assert pull(later).feeds == 2
            assert (len(site.seen), len(everything(later)), conditions(later)["web"]) == (asked, count, "retired")
            assert [feed.slug for feed, _, _ in check_feeds(later)] == ["north", "isles"]
            assert check_feeds(later, ["web"])[0][2].condition == "ok"
            assert site.url("/feed") not in export_feeds(later)
            with pytest.raises(UsageError, match="feeds revive web"):
                pull(later, ["web"])
            assert not revive_feed(later, "web").retired
            with pytest.raises(UsageError, match="not retired"):
                revive_feed(later, "web")
            assert text_of(later) == was
        with sit_down(fresh.path, clock) as later:
            assert (pull(later).feeds, len(everything(later)), conditions(later)["web"]) == (3, count, "ok")


def test_revived_it_is_asked_though_it_was_gone(desk: Workspace, site: Site, clock: Clock) -> None:
    with declared(desk, site.at("/feed", Reply(status=410))) as fresh:
        pull(fresh)
        assert conditions(fresh)["web"] == "gone"
        retire_feed(fresh, "web")
        revive_feed(fresh, "web")
        site.at("/feed", Reply(BODY))
        with sit_down(fresh.path, clock) as later:
            report = pull(later)
            assert (report.failed, report.new) == (0, 2)


def test_the_command_line_says_it(desk: Workspace, site: Site) -> None:
    with moved(desk, site) as fresh:
        folder = fresh.path
    listed = curator("-w", folder, "feeds", "list")
    assert "curator feeds accept web" in listed.out.replace("\n", "")
    done = curator("-w", folder, "feeds", "accept", "web", "--json")
    assert (done.code, done.json["url"], done.json["slug"]) == (0, site.url("/new"), "web")
    assert site.url("/feed") in done.err
    done = curator("-w", folder, "feeds", "retire", "web", "--json")
    assert (done.code, done.json["health"]) == (0, "retired")
    (web,) = [one for one in curator("-w", folder, "feeds", "list", "--json").json if one["slug"] == "web"]
    assert (web["health"], web["since"]) == ("retired", None)
    done = curator("-w", folder, "feeds", "revive", "web")
    assert (done.code, "curator pull web" in done.err) == (0, True)
    failed = curator("-w", folder, "feeds", "accept", "web")
    assert (failed.code, "has not moved" in failed.err) == (2, True)


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("url = 'a' # why\n", "b", 'url = "b" # why\n'),
        ("  url   =   \"a\"\n[feeds.select]\nurl = 'x'\n", "b", "  url   =   \"b\"\n[feeds.select]\nurl = 'x'\n"),
        ("# url = 'c'\nurl = 'a'", "b", "# url = 'c'\nurl = \"b\""),
    ],
)
def test_one_value_is_put_in_the_place_of_another(before: str, value: str, after: str) -> None:
    head = '# top\n[[feeds]] # one\nslug = "one"\n'
    assert with_said(head + before, "one", "url", value) == head + after


def test_a_key_is_added_after_the_others_and_taken_out_again() -> None:
    text = '[[feeds]]\nslug = "one"\n\n# two\n[[feeds]]\nslug = "two"'
    for slug in ("one", "two"):
        said = with_said(text, slug, "retired", True)
        assert said.count("retired   = true\n") == 1
        assert with_said(said, slug, "retired", None).rstrip() == text
    noted = text + "\nretired = true  # closed in 2025\n"
    assert with_said(noted, "two", "retired", None) == text + "\n# closed in 2025\n"


def test_what_cannot_be_changed_safely_is_left_to_the_editor() -> None:
    text = '[[feeds]]\nslug = "one"\nurl = """\na"""\n'
    with pytest.raises(UsageError, match="nothing was changed"):
        with_said(text, "one", "url", "b")


def test_an_address_with_a_password_is_a_fault_that_does_not_show_it(desk: Workspace) -> None:
    with pytest.raises(ConfigError) as caught:
        declared(desk, "https://ann:secret@example.org/feed")
    assert "CURATOR_FEED_<SLUG>_AUTH" in caught.value.message
    assert "secret" not in caught.value.message
    refused = curator("-w", desk.path, "feeds", "add", "https://ann:secret@example.org/feed")
    assert (refused.code, "secret" in refused.err) == (2, False)
