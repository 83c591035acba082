"""Health, seen through pulls of a real server: what is remembered, what is not asked again, what a check says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from curator.models import Feed
from curator.workflow.feeds import declaration
from curator.workflow.feeds_check import check_feeds, feeds_with_health
from curator.workflow.feeds_file import rewrite_feeds, with_feeds
from curator.workflow.pull import pull
from curator.workflow.workspace import Workspace
from tests.cli.world import item, rss
from tests.http_server import Reply, Site
from tests.http_server import site as site
from tests.workflow.world import Clock, everything, sit_down

HOUR = timedelta(hours=1)
GOOD = Reply(rss(item(7, "News", 25)).encode())


def declared(desk: Workspace, url: str, slug: str = "web") -> Workspace:
    """The workspace anew, with one more feed."""
    feed = declaration(Feed(slug, "The web", url))
    rewrite_feeds(desk.path, desk.taxonomy, lambda text, _: with_feeds(text, [feed]))
    return sit_down(desk.path, desk.now)


def conditions(desk: Workspace) -> dict[str, str]:
    return {feed.slug: health.condition for feed, _, health in feeds_with_health(desk)}


@pytest.mark.parametrize(
    ("reply", "condition", "says"),
    [
        (GOOD, "ok", ""),
        (Reply(status=403), "blocked", "403"),
        (Reply(status=401), "blocked", "401"),
        (Reply(status=503, headers={"cf-mitigated": "challenge"}), "blocked", "asks for a browser"),
        (Reply(b"<!doctype html><title>Just a moment...</title>"), "blocked", "asks for a browser"),
        (Reply(status=404), "failing", "404"),
        (Reply(status=410), "gone", "410"),
        (
            Reply(b'<html><link rel="alternate" type="application/rss+xml" href="/rss"></html>'),
            "not-a-feed",
            "names this feed: http",
        ),
        (Reply(b"plain words"), "not-a-feed", "not a feed"),
        (Reply(b"<rss>" + b" " * 21_000_000), "too-big", "over 20 MB"),
        (Reply(rss("<item><title>x</title><guid>1</guid></item>").encode()), "undated", "date"),
        (Reply(rss(item(8, "x", 1).replace("2026", "2020")).encode()), "stale", "nothing new"),
    ],
)
def test_a_pull_and_a_check_say_how_a_feed_is(
    desk: Workspace, site: Site, reply: Reply, condition: str, says: str
) -> None:
    with declared(desk, site.at("/feed", reply)) as fresh:
        assert conditions(fresh)["web"] == "new"
        checked = {feed.slug: health for feed, _, health in check_feeds(fresh)}
        assert conditions(fresh)["web"] == "new"
        assert len(everything(fresh)) == 4
        pull(fresh, ["web"])
        assert conditions(fresh)["web"] == checked["web"].condition == condition
        assert says in (checked["web"].reason or "")


def test_moved_needs_three_pulls_and_a_permanent_redirect(desk: Workspace, site: Site) -> None:
    new = site.at("/new", GOOD)
    site.at("/middle", Reply(status=308, headers={"Location": "/new"}))
    url = site.at("/feed", Reply(status=301, headers={"Location": "/middle"}))
    with declared(desk, url) as fresh:
        seen = []
        for _ in range(3):
            pull(fresh)
            seen.append(conditions(fresh)["web"])
        assert seen == ["ok", "ok", "moved"]
        assert fresh.library.feeds.states()["web"].moved_to == new
        site.at("/middle", Reply(status=302, headers={"Location": "/new"}))
        pull(fresh)
        assert fresh.library.feeds.states()["web"].moved_to == site.url("/middle")
        site.at("/feed", Reply(status=307, headers={"Location": "/middle"}))
        pull(fresh)
        assert fresh.library.feeds.states()["web"].moved_to is None


def test_what_is_gone_is_not_asked_again_before_it_is_named_or_its_address_changes(
    desk: Workspace, site: Site, clock: Clock
) -> None:
    url = site.at("/feed", Reply(status=410))
    with declared(desk, url) as fresh:
        pull(fresh)
        since, asked = clock.at, len(site.seen)
        clock.at += 48 * HOUR
        report = pull(fresh)
        assert (report.feeds, report.unchanged, report.failed, len(site.seen)) == (3, 2, 1, asked)
        assert "not asked again" in report.failures[0].error
        assert fresh.library.feeds.states()["web"].last_pulled_at == since
        site.at("/feed", GOOD)
        assert check_feeds(fresh, ["web"])[0][2].condition == "ok"
        assert pull(fresh).failed == 1
        site.at("/other", GOOD)
        text = (fresh.path / "feeds.toml").read_text(encoding="utf-8")
        (fresh.path / "feeds.toml").write_text(text.replace(url, site.url("/other")), encoding="utf-8")
        with sit_down(fresh.path, clock) as changed:
            assert pull(changed).failed == 0


def test_named_it_is_asked(desk: Workspace, site: Site) -> None:
    with declared(desk, site.at("/feed", Reply(status=410))) as fresh:
        pull(fresh)
        site.at("/feed", GOOD)
        assert pull(fresh, ["web"]).new == 1
        assert (conditions(fresh)["web"], pull(fresh).failed) == ("ok", 0)
