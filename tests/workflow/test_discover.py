"""feeds add: from a page to its feed, its feeds, or the page itself as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.errors import UsageError
from curator.workflow.discover import Guessed
from curator.workflow.feeds import add_feed, add_page
from curator.workflow.pull import pull
from curator.workflow.workspace import Workspace, open_workspace
from tests.cli.world import curator, item, rss
from tests.http_server import Reply, Site
from tests.http_server import site as site
from tests.pull.test_guess import FRAME, PAGES
from tests.workflow.world import Clock, sit_down

NEWS = rss(item(7, "News", 25)).encode()
PAGE = {"Content-Type": "text/html; charset=utf-8"}


def page(site: Site, body: str, at: str = "/start") -> str:
    return site.at(
        at, Reply(f"<html><head><title>Start</title></head><body>{body}</body></html>".encode(), headers=PAGE)
    )


def named(href: str, kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}" title="x">'


@pytest.mark.parametrize(
    "body",
    [
        named("/news"),
        named("/news", "application/atom+xml").replace('"', "'"),
        "<p>Follow us: <a class=x href='/news'><img alt=''> RSS</a></p>",
        f"{named('/news')}{named('/nothing')}{named('/comments/feed/')}<a href='/other'>Feedback</a>",
        f"{named('/news')}{named('/same', 'application/atom+xml')}",
        f"{named('http://127.0.0.2:1/feed')}{named('file:///etc/passwd')}{named('//[x/feed')}{named('/news')}",
    ],
)
def test_a_page_that_leads_to_one_feed_gives_that(desk: Workspace, site: Site, body: str) -> None:
    site.feed("/news", NEWS)
    site.feed("/same", NEWS)
    site.feed("/comments/feed/", rss(item(8, "A comment", 25)).encode().replace(b"A feed", b"Comments on all"))
    feed = add_feed(desk, page(site, body), country="SE")
    assert (feed.url, feed.name, feed.country, feed.page) == (site.url("/news"), "A feed", "SE", False)


def test_several_feeds_are_named_in_one_sentence_or_chosen_from(desk: Workspace, site: Site) -> None:
    site.feed("/news", NEWS)
    site.feed("/events", rss(item(8, "An event", 25)).encode().replace(b"A feed", b"Events"))
    url = page(site, named("/news") + named("/events"))
    with pytest.raises(UsageError) as caught:
        add_feed(desk, url)
    listed = f"1. A feed: {site.url('/news')}; 2. Events: {site.url('/events')}."
    assert caught.value.message == f"{url} leads to 2 feeds. Say which with --pick N: {listed}"
    assert add_feed(desk, url, lambda found: found[1]).url == site.url("/events")


@pytest.mark.parametrize("place", ["/start/feed/", "/start.atom", "/rss.xml", "/feed/"])
def test_the_usual_places_are_tried_where_a_page_names_none(desk: Workspace, site: Site, place: str) -> None:
    url = page(site, "Hello")
    site.feed(place, NEWS)
    assert add_feed(desk, url).url == site.url(place)
    assert len(site.seen) <= 12
    assert {one.headers["host"] for one in site.seen} == {site.host}


def test_what_a_server_is_told_in_private_stays_with_it(folder: Path, site: Site) -> None:
    site.feed("/news", NEWS)
    url = page(site, named("/news") + named(f"http://localhost:{site.host.partition(':')[2]}/news?2"))
    with open_workspace(folder, now=Clock(), environ={"CURATOR_FEED_OURS_AUTH": "a:b"}) as desk:
        add_feed(desk, url, slug="ours")
    told = {one.headers["host"]: "authorization" in one.headers for one in site.seen}
    assert told == {site.host: True}


def test_a_page_without_a_feed_says_what_it_would_bring(desk: Workspace, site: Site) -> None:
    url = site.at("/start", Reply(FRAME.format(PAGES["terms and definitions"]).encode(), headers=PAGE))
    with pytest.raises(
        UsageError, match=r"names no feed.*--page` reads the page itself: 6 entries, the first “New strategy"
    ):
        add_feed(desk, url)
    shown: list[Guessed] = []
    before = (desk.path / "feeds.toml").read_text()

    def look(found: Guessed) -> bool:
        shown.append(found)
        return False

    assert add_page(desk, url, look) is None
    assert (desk.path / "feeds.toml").read_text() == before
    feed = add_page(desk, url, lambda found: True, country="SE")
    assert feed is not None and feed.page and feed.select == shown[0].select
    assert (feed.slug, feed.name) == ("news-health", "News | Health")
    with sit_down(desk.path, Clock()) as fresh:
        assert pull(fresh, ["news-health"]).new == 6


def test_a_page_with_nothing_on_it(desk: Workspace, site: Site) -> None:
    url = page(site, "Hello")
    with pytest.raises(UsageError, match=r"names no feed.*Look for its feed on the site"):
        add_feed(desk, url)
    with pytest.raises(UsageError, match="no list of entries is to be seen"):
        add_page(desk, url, lambda found: True)


def test_on_the_command_line(folder: Path, site: Site) -> None:
    url = site.at("/start", Reply(FRAME.format(PAGES["terms and definitions"]).encode(), headers=PAGE))
    site.feed("/news", NEWS)
    other = page(site, named("/news"), "/other")
    shown = curator("-w", folder, "feeds", "add", url, "--page")
    assert (shown.code, shown.out) == (2, "")
    assert "The page would bring 6 entries:\n  2026-11-01  New strategy" in shown.err
    assert "Say --yes" in shown.err
    assert curator("-w", folder, "feeds", "add", url, "--page", "--yes", "--json").json["slug"] == "news-health"
    assert "There is no feed 3" in curator("-w", folder, "feeds", "add", other, "--pick", "3").err
    led = curator("-w", folder, "feeds", "add", other, "--pick", "1")
    assert (led.code, led.out.split()[0]) == (0, "a-feed")
    assert "is a page; it leads to this feed" in led.err
    assert "--yes for --page" in curator("-w", folder, "feeds", "add", other, "--yes").err


def test_a_sitemap_is_told_so(desk: Workspace, site: Site) -> None:
    url = site.feed("/sitemap.xml", f"<urlset><url><loc>{site.url('/a')}</loc></url></urlset>".encode())
    with pytest.raises(UsageError, match=r"It is a sitemap of 1 pages: write it into feeds.toml with sitemap = true"):
        add_feed(desk, url)
