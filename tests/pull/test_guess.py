"""The guess of a page's selectors: pages of many makes, and never more time than a page is worth."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from curator.config import selector_fault
from curator.models import Entry, Feed, Fetched, Select
from curator.pull.guess import guess
from curator.pull.html import tree_of
from curator.pull.pages import entries_in
from curator.pull.parse import ParseFailure
from curator.pull.sitemap import sitemap_entries
from tests.corpus import corpus_path
from tests.damage import damaged
from tests.pull.test_pages import MAP

NOW = datetime(2026, 11, 25, tzinfo=UTC)
URL = "https://health.example.org/news/"
TITLES = (
    "New strategy for community mental health services",
    "Minister opens a crisis house in the north",
    "Report on suicide prevention in schools",
    "Funding for peer support workers",
    "Consultation on the use of restraint begins",
    "Annual statistics on detention published",
)
MENU = "".join(
    f"<li><a href='/{word}'>{word} and other services</a></li>" for word in ("about", "people", "data", "jobs")
)
FOOT = "".join(f"<li><a href='/foot/{n}'>Terms and conditions of use, number {n}</a></li>" for n in range(12))
FRAME = (
    "<html lang='en-GB'><head><title>News | Health</title></head><body class='page has-sidebar'><header><nav>"
    f"<ul class='menu'>{MENU}</ul></nav></header><main>{{}}</main><footer><ul>{FOOT}</ul></footer></body></html>"
)


def each(of: Callable[[int, str], str]) -> str:
    return "".join(of(n, title) for n, title in enumerate(TITLES, 1))


PAGES = {
    "a government's news in a list": "<h1>News</h1><ul class='news-list'>"
    + each(
        lambda n, title: (
            f"<li class='item item-{n}'><span class='date'>{n} November 2026</span> <a href='/a/{n}'>{title}</a>"
            "<p>The department said today that things change.</p></li>"
        )
    )
    + "</ul>",
    "headings that are no links, with a date and a Read more below each": "<h1>Latest news of the department</h1>"
    + each(
        lambda n, title: (
            f"<h2>{title}</h2><p class='when'>{n} November 2026</p>"
            f"<p>The department said today that things change. <a href='/a/{n}'>Read more</a></p>"
        )
    ),
    "titles that are neither headings nor links, with a Read more below each": each(
        lambda n, title: (
            f"<div class='row'><div class='what'>{title}</div><div class='when'>{n} November 2026</div>"
            f"<a href='/a/{n}'>Read more about this</a></div>"
        )
    ),
    "a picture with a link before the title's own": each(
        lambda n, title: (
            f"<div class='teaser'><a href='/a/{n}'><img src='x' alt=''></a><div><a href='/a/{n}'>{title}</a>"
            f"<p>{n} November 2026</p><a href='/a/{n}'>Read more</a></div></div>"
        )
    ),
    "cards in rows, each of them a link": "<div class='row'>"
    + each(
        lambda n, title: (
            f"<div class='col-md-4'><a class='card' href='/a/{n}'><img src='x'><h3>{title}</h3>"
            f"<p class='meta'>0{n}/11/2026</p></a></div>{'</div><div class=row>' if n == 3 else ''}"
        )
    )
    + "</div>",
    "a table of publications with a heading": "<table class='pubs'><tr><th>Date</th><th>Title</th><th>Format</th></tr>"
    + each(
        lambda n, title: (
            f"<tr><td>2026-11-0{n}</td><td><a href='/a/{n}'>{title}</a></td><td><a href='/w/{n}.doc'>Word</a></td></tr>"
        )
    )
    + "</table>",
    "an archive of WordPress with a widget beside it": "<div id='content'>"
    + each(
        lambda n, title: (
            f"<article id='post-{n}' class='post-{n} post type-post tag-health category-{n}'>"
            f"<a href='/a/{n}'><img></a><h2 class='entry-title'><a href='/a/{n}' rel='bookmark'>{title}</a></h2>"
            f"<div class='entry-meta'>Posted on <time datetime='2026-11-0{n}T10:00:00+00:00'>November {n}, 2026</time> "
            "by <a href='/author/x'>The editor</a></div>"
            f"<p>Words follow here. <a href='/a/{n}'>Continue reading</a></p></article>"
        )
    )
    + "</div><aside><ul>"
    + each(lambda n, title: f"<li><a href='/a/{n}'>{title}</a></li>")
    + "</ul></aside>",
    "terms and definitions": "<dl class='pub'>"
    + each(lambda n, title: f"<dt>{n} November 2026</dt><dd><a href='/a/{n}'>{title}</a></dd>")
    + "</dl>",
    "a calendar of webinars": "<div class='events'>"
    + each(
        lambda n, title: (
            f"<div class='event'><div class='when'><span class='day'>{n} Nov 2026</span>, 10:00</div>"
            f"<h4><a href='/a/{n}'>{title}</a></h4><p><a href='https://meet.example.org/{n}'>"
            "Register for this webinar</a></p></div>"
        )
    )
    + "</div>",
    "dates as bare words": "<ul>"
    + each(lambda n, title: f"<li>{n} november 2026 – <a href='/a/{n}'>{title}</a></li>")
    + "</ul>",
    "headings one after the other": "<div class='list'>"
    + each(
        lambda n, title: f"<h3><a href='/a/{n}'>{title}</a></h3><p class='on'>{n} November 2026</p><p>Some words.</p>"
    )
    + "</div>",
    "a list for each year": "<h2>The newest</h2><ul>"
    + each(
        lambda n, title: (
            f"<li><a href='/a/{n}'>{title}</a> ({n} Nov 2026)</li>{'</ul><h2>Older</h2><ul>' if n == 3 else ''}"
        )
    )
    + "</ul>",
    "headings that are no links": each(
        lambda n, title: (
            f"<div class='col'><figure><a href='/a/{n}'><img></a></figure><div><h3>{title}</h3>"
            f"<p>{n}. november 2026</p><a href='/a/{n}'>Read more</a></div></div>"
        )
    ),
    "rows of Drupal": "<div class='view-content'>"
    + each(
        lambda n, title: (
            f"<div class='views-row views-row-{n}'><div class='views-field-created'><span>0{n}.11.2026</span></div>"
            f"<div class='views-field-title'><span><a href='/a/{n}'>{title}</a></span></div></div>"
        )
    )
    + "</div>",
    "classes that say nothing": "<div class='grid md:grid-cols-3'>"
    + each(
        lambda n, title: (
            f"<div class='flex p-4 hover:bg-x css-1a2b3c'><div class='text-sm'>{n} Nov 2026</div>"
            f"<div class='font-bold'><a href='/a/{n}'>{title}</a></div></div>"
        )
    )
    + "</div>",
}


def guessed(html: str) -> tuple[Select | None, list[Entry]]:
    root = tree_of(Fetched("x", URL, html.encode(), "text/html"))
    select = guess(root)
    return select, entries_in(root, select, URL, NOW, country="SE") if select else []


def test_one_page_gives_one_guess_whatever_else_the_memory_holds() -> None:
    """An element that nobody holds leaves its identity to the next one, which once lost whole lists."""
    page = FRAME.format(PAGES["rows of Drupal"])
    guesses = []
    for n in range(100):
        guesses.append((guessed(page)[0], [bytearray(n % 50 * 8 + 16) for _ in range(n)]))
    assert len({guess for guess, _ in guesses}) == 1


@pytest.mark.parametrize("make", PAGES)
def test_every_make_of_page_is_read_whole(make: str) -> None:
    select, found = guessed(FRAME.format(PAGES[make]))
    assert select is not None
    assert [(one.title, one.link, one.published) for one in found] == [
        (
            title,
            f"https://health.example.org/a/{n}",
            datetime(2026, 11, n, one.published.hour if one.published else 0, tzinfo=UTC),
        )
        for (n, title), one in zip(enumerate(TITLES, 1), found, strict=True)
    ]
    assert not any("November" in one.excerpt for one in found)


def test_entries_without_dates_do_too() -> None:
    _, found = guessed(FRAME.format(f"<ul>{each(lambda n, title: f'<li><a href=/a/{n}>{title}</a></li>')}</ul>"))
    assert [one.title for one in found] == list(TITLES)


@pytest.mark.parametrize("html", ["<p>Hello <a href='/x'>a link to another page</a></p>", "<p>Nothing</p>", ""])
def test_a_page_without_a_list_is_not_made_to_have_one(html: str) -> None:
    assert guessed(FRAME.format(html)) == (None, [])


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 3_000 + each(lambda n, title: f"<a href='/{n}'>{title}</a>"),
        "<ul>" + "<li><a href='/x'>The same words again and again</a></li>" * 20_000,
        "<table>" + "<tr><td><a href='/x'>Words of a link</a><table>" * 500,
        "".join(f"<div class='{'a ' * 500}'><a href='/{n}'>Words of a link</a></div>" for n in range(500)),
        "".join(f"<h2><a href='/{n}'>Words of a link {n}</a></h2>" for n in range(5_000)),
    ],
)
def test_odd_pages_end(html: str) -> None:
    guessed(html)


def test_real_pages_neither_break_it_nor_give_selectors_that_will_not_do() -> None:
    read = 0
    for path in sorted(corpus_path("documents", "html-trafilatura").rglob("*.htm*"))[::8]:
        try:
            root = tree_of(Fetched("x", URL, path.read_bytes(), "text/html"))
        except ParseFailure:
            continue
        if select := guess(root):
            assert not any(selector_fault(one) for one in (select.entry, select.title, select.link, select.date) if one)
            assert entries_in(root, select, URL, NOW), path.name
            read += 1
    assert read > 10


def test_damaged_pages_and_sitemaps_raise_nothing_else() -> None:
    for body in damaged([FRAME.format(page).encode() for page in PAGES.values()], 150):
        with suppress(ParseFailure):
            root = tree_of(Fetched("x", URL, body, "text/html"))
            if select := guess(root):
                entries_in(root, select, URL, NOW)
    for body in damaged([MAP.encode()], 300):
        with suppress(ParseFailure):
            sitemap_entries(Feed("x", "X", URL, sitemap=True), Fetched("x", URL, body))
