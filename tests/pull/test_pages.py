"""Pages and sitemaps as feeds: what the selectors find, and a reason where they find nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from curator.models import Entry, Feed, Fetched, Select
from curator.pull.pages import page_entries
from curator.pull.parse import ParseFailure
from curator.pull.sitemap import followed, read_sitemap, sitemap_entries

NOW = datetime(2026, 11, 25, tzinfo=UTC)
URL = "https://health.example.org/news/"


def read(
    html: str | bytes, *, url: str = URL, match: str | None = None, country: str | None = None, **select: str
) -> list[Entry]:
    feed = Feed("health", "Health", url, country, page=True, match=match, select=Select(**select))
    body = html.encode() if isinstance(html, str) else html
    return page_entries(feed, Fetched("health", url, body, "text/html"), NOW)


def brief(entries: list[Entry]) -> list[tuple[str, str, str | None]]:
    return [(one.title, one.link, one.published.date().isoformat() if one.published else None) for one in entries]


LIST = """<html lang="en-GB"><base href="/en/"><ul class="news">
<li><a href="strategy">A strategy for <b>recov</b>ery &amp; care</a>
<time datetime="2026-11-21T09:00:00Z">Saturday</time>
<p>The Minister <script>evil()</script>announced it.</p></li>
<li><a href="https://other.example.org/x?a=1&amp;b=2">Beds</a> <span class="d">03/04/2026</span></li>
<li><a href="#top">Up</a></li><li></li>
<li><a href="javascript:alert(1)">Odd</a></li></ul></html>"""


def test_only_the_entry_has_to_be_told() -> None:
    found = read(LIST, entry="ul.news > li")
    assert brief(found) == [
        ("A strategy for recovery &amp; care", "https://health.example.org/en/strategy", "2026-11-21"),
        ("Beds", "https://other.example.org/x?a=1&b=2", None),
        ("Up", "", None),
        ("Odd", "", None),
    ]
    assert found[0].excerpt == "The Minister announced it."
    assert found[0].language == "en-GB"


def test_each_part_may_be_told() -> None:
    (_, beds, *_) = read(LIST, entry="li", title="a", link="a", date=".d, time", excerpt="p")
    assert brief([beds]) == [("Beds", "https://other.example.org/x?a=1&b=2", "2026-04-03")]
    assert beds.excerpt == ""


def test_an_entry_may_be_the_link_itself_or_lie_in_it() -> None:
    html = '<a class="card" href="/a"><h3>One</h3><p>2 May 2026</p></a>'
    html += '<a href="/b"><div class="card"><h3>Two</h3></div></a>'
    assert brief(read(html, entry=".card", title="h3", link=":scope", date="p")) == [
        ("One", "https://health.example.org/a", "2026-05-02"),
        ("Two", "https://health.example.org/b", None),
    ]


def test_a_term_takes_its_definitions_along() -> None:
    html = "<dl><dt>1 May 2026</dt><dd><a href='/a'>One</a></dd><dd>More</dd>"
    html += "<dt>2 May 2026</dt><dd><a href='/b'>Two</a></dd></dl>"
    found = read(html, entry="dt", title="dd a", date="dt")
    assert brief(found) == [
        ("One", "https://health.example.org/a", "2026-05-01"),
        ("Two", "https://health.example.org/b", "2026-05-02"),
    ]


def test_a_day_to_come_is_an_event_whose_day_stays_to_be_read() -> None:
    html = "<li><a href='/a'>A webinar</a> <time>3 December 2026</time> online</li>"
    html += "<li><a href='/b'>Past</a> <time>3 May 2026</time> online</li>"
    assert [one.excerpt for one in read(html, entry="li")] == ["3 December 2026 online", "online"]


def test_only_what_fits_comes() -> None:
    html = "<li><a href='/news/a'>A</a></li><li><a href='/about'>B</a></li>"
    assert [one.title for one in read(html, entry="li", match="/news/")] == ["A"]
    assert [one.title for one in read(html, entry="li", match="/*bout")] == ["B"]
    assert [one.title for one in read(html, entry="li", match="https://health.example.org/n*")] == ["A"]
    with pytest.raises(ParseFailure, match="none of the 2 entries of the page fits match"):
        read(html, entry="li", match="/events/")


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<html><body><p>Nothing here</p></body></html>", "select.entry = “li.news” finds nothing on the page"),
        ("<li class=news></li><li class=news> </li>", "select.entry = “li.news” finds no title in any entry"),
        ("", "no web page"),
        ("<title>Just a moment...</title>", "asks for a browser"),
        ("<!-- -->", "no web page"),
    ],
)
def test_nothing_found_has_its_reason(html: str, said: str) -> None:
    with pytest.raises(ParseFailure) as caught:
        read(html, entry="li.news")
    assert said in caught.value.message
    assert caught.value.illness in ("not-a-feed", "blocked")


def test_encodings() -> None:
    body = "<meta charset='iso-8859-1'><li><a href='/a'>Öppen vård</a></li>".encode("latin-1")
    assert read(body, entry="li")[0].title == "Öppen vård"
    assert (
        read("<?xml version='1.0' encoding='utf-16'?><html><li><a href='/a'>Ö</a></li></html>", entry="li")[0].title
        == "Ö"
    )


def test_hostile_pages_are_bounded() -> None:
    deep = "<div>" * 50_000 + "<li><a href='/a'>Deep</a></li>"
    flat = "<li><a href='/a'>One</a></li>" * 100_000
    for html in (deep, flat, "<li" * 100_000, "<li a=" * 100_000, "<a href=x>" * 50_000):
        try:
            assert len(read(html, entry="li")) <= 1_000
        except ParseFailure:
            continue
    with pytest.raises(ParseFailure, match="over 5 MB"):
        read("<li>" + "x" * 5_000_001, entry="li")


# ---------------------------------------------------------------- sitemaps

MAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://h.example.org/news/a-new-plan</loc><lastmod>2026-11-21</lastmod>
 <image:image><image:loc>https://h.example.org/i.png</image:loc><image:title>Picture</image:title></image:image></url>
<url><loc>https://h.example.org/news/b</loc><lastmod>2026-11-22T10:00:00+13:00</lastmod>
 <n:news><n:publication><n:name>H</n:name><n:language>mi</n:language></n:publication>
 <n:publication_date>2026-11-20</n:publication_date><n:title>Beds &amp; care</n:title></n:news></url>
<url><loc>https://h.example.org/about</loc></url></urlset>"""


def mapped(body: str, **more: Any) -> list[Entry]:
    return sitemap_entries(Feed("h", "H", URL, sitemap=True, **more), Fetched("h", URL, body.encode()))


def test_a_sitemap_brings_its_pages() -> None:
    a, b = mapped(MAP, match="/news/")
    assert (a.link, a.title, a.published, a.updated) == (
        "https://h.example.org/news/a-new-plan", "", None, datetime(2026, 11, 21, tzinfo=UTC),
    )  # fmt: skip
    assert (b.title, b.language, b.updated) == ("Beds &amp; care", "mi", datetime(2026, 11, 21, 21, tzinfo=UTC))
    assert b.published == datetime(2026, 11, 20, tzinfo=UTC)
    assert len(mapped(MAP)) == 3
    assert [one.link for one in mapped("https://h.example.org/a\nhttps://h.example.org/b\n")] == [
        "https://h.example.org/a", "https://h.example.org/b",
    ]  # fmt: skip


def test_a_large_sitemap_brings_the_newest_or_asks_for_a_match() -> None:
    def page(n: int, dated: bool) -> str:
        when = f"<lastmod>2026-01-01T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}Z</lastmod>" * dated
        return f"<url><loc>https://h.example.org/{n}</loc>{when}</url>"

    many = mapped(f"<urlset>{''.join(page(n, True) for n in range(3000))}</urlset>")
    assert (len(many), many[0].link, many[-1].link) == (
        2000,
        "https://h.example.org/2999",
        "https://h.example.org/1000",
    )
    with pytest.raises(ParseFailure, match="3000 pages without saying which are new"):
        mapped(f"<urlset>{''.join(page(n, False) for n in range(3000))}</urlset>")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<html></html>", "web page"),
        ("<rss/>", "begins with <rss>"),
        ("<urlset/>", "names no page"),
        ("<urlset><url><loc>", "not well-formed in line 1"),
        ("hello", "no sitemap"),
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]><urlset><url><loc>&a;</loc></url></urlset>', "DOCTYPE"),
        ("<urlset><url><loc>javascript:alert(1)</loc></url></urlset>", "names no page"),
    ],
)
def test_what_is_no_sitemap_says_so(body: str, said: str) -> None:
    with pytest.raises(ParseFailure, match=said):
        mapped(body)


def test_a_sitemap_that_breaks_off_gives_what_came_before() -> None:
    assert len(mapped("<urlset><url><loc>https://h.example.org/a</loc></url><url><loc>https://h.exa")) == 1


def test_an_index_is_followed_on_its_own_host_only_and_the_newest_first() -> None:
    index = read_sitemap(
        b"<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>"
        b"<sitemap><loc>https://elsewhere.example/x.xml</loc></sitemap><sitemap><loc>file:///etc/passwd</loc></sitemap>"
        b"<sitemap><loc>/new.xml</loc><lastmod>2026-01-01</lastmod></sitemap></sitemapindex>"
    )
    assert followed(index, URL) == ["https://health.example.org/new.xml", "https://health.example.org/old.xml"]
