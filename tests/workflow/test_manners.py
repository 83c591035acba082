"""Manners, seen through pulls of a real server: what is fresh or waits is not asked, and the report says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from curator.errors import UsageError
from curator.pull.pauses import Pauses
from curator.workflow.pull import FeedDone, pull
from curator.workflow.workspace import Workspace, open_workspace
from tests.cli.world import item, rss
from tests.http_server import Handler, Reply, Site
from tests.http_server import site as site
from tests.workflow.test_health import declared
from tests.workflow.world import Clock

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BODY = rss(item(7, "News", 25)).encode()


def test_what_the_server_calls_fresh_is_unchanged_unless_it_is_named(desk: Workspace, site: Site, clock: Clock) -> None:
    with declared(desk, site.at("/feed", Reply(BODY, headers={"Cache-Control": "max-age=7200"}))) as fresh:
        pull(fresh)
        clock.at += HOUR
        told: list[FeedDone] = []
        report = pull(fresh, on_feed=told.append)
        assert (report.feeds, report.unchanged, report.fetched, report.failed) == (3, 3, 0, 0)
        assert (len(site.seen), len(told)) == (1, 3)
        pull(fresh, ["web"])
        assert len(site.seen) == 2
        clock.at += 2 * HOUR
        pull(fresh)
        assert len(site.seen) == 3


def test_who_asks_to_wait_is_not_asked_and_stays_in_the_report(desk: Workspace, site: Site, clock: Clock) -> None:
    with declared(desk, site.at("/feed", Reply(status=503, headers={"Retry-After": "5400"}))) as fresh:
        assert pull(fresh).failures[0].error == "the server answered 503 Service Unavailable"
        site.at("/feed", Reply(BODY))
        clock.at += HOUR
        report = pull(fresh)
        assert (report.feeds, report.unchanged, report.failed, len(site.seen)) == (3, 2, 1, 1)
        assert (
            report.failures[0].error == "the server answered 503 Service Unavailable; waits until 2026-09-30 06:30 UTC"
        )
        clock.at += HOUR
        assert (pull(fresh).new, len(site.seen)) == (1, 2)


def test_a_feed_that_fails_again_and_again_is_asked_less(desk: Workspace, site: Site, clock: Clock) -> None:
    with declared(desk, site.at("/feed", Reply(status=404))) as fresh:
        for _ in range(48):
            assert pull(fresh).failed == 1
            clock.at += HOUR
        assert 5 < len(site.seen) < 14
        site.at("/feed", Reply(BODY))
        assert pull(fresh, ["web"]).failed == 0


def test_a_host_that_asks_for_a_moment_gets_it_and_brings_all(desk: Workspace, site: Site) -> None:
    def at_first(status: int) -> Callable[[Handler], Reply]:
        def answer(handler: Handler) -> Reply:
            busy = sum(seen.path == handler.path for seen in site.seen) == 1
            return Reply(status=status, headers={"Retry-After": "0"}) if busy else Reply(BODY)

        return answer

    with (
        declared(desk, site.at("/a", at_first(429)), "web-a") as one,
        declared(one, site.at("/b", at_first(503)), "web-b") as fresh,
    ):
        assert pull(fresh).failed == 0
        assert len(site.seen) == 4


def test_the_other_feeds_of_a_host_that_asks_for_long_are_left_alone(desk: Workspace, site: Site, clock: Clock) -> None:
    text = (desk.path / "feeds.toml").read_text(encoding="utf-8")
    (desk.path / "feeds.toml").write_text(f"{text}\n[pull]\nper_host = 1\n", encoding="utf-8")
    busy = Reply(status=429, headers={"Retry-After": "600"})
    with declared(desk, site.at("/a", busy), "web-a") as one, declared(one, site.at("/b", busy), "web-b") as fresh:
        report = pull(fresh)
        assert (report.failed, len(site.seen)) == (2, 1)
        assert "asks to wait" in report.failures[1].error
        states = fresh.library.feeds.states()
        waits = [states[slug].wait_until for slug in ("web-a", "web-b")]
        assert all(at and 9 * MINUTE < at - clock.at <= 10 * MINUTE for at in waits)


def test_a_host_that_asks_again_and_again_is_left_alone(desk: Workspace) -> None:
    pauses, feed = Pauses(), desk.config.feeds[0]
    for _ in range(3):
        pauses.ask("example.org", 0)
        assert pauses.wait("example.org", feed) is None
    pauses.ask("example.org", 0)
    assert pauses.wait("example.org", feed) is not None
    assert pauses.wait("other.org", feed) is None


def test_a_password_from_the_environment(desk: Workspace, site: Site) -> None:
    def door(handler: Handler) -> Reply:
        return Reply(BODY) if handler.headers.get("Authorization") == "Basic YW5uOnB3" else Reply(status=401)

    with declared(desk, site.at("/feed", door), "my-web") as fresh:
        assert pull(fresh).failed == 1
    for said, failed in (("ann:pw", 0), ("ann:wrong", 1)):
        with open_workspace(desk.path, now=desk.now, environ={"CURATOR_FEED_MY_WEB_AUTH": said}) as own:
            assert pull(own).failed == failed
    wrong = {"CURATOR_FEED_MY_WEB_AUTH": "x"}
    with open_workspace(desk.path, now=desk.now, environ=wrong) as own, pytest.raises(UsageError, match="MY_WEB_AUTH"):
        pull(own)
