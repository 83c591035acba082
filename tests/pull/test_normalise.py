from __future__ import annotations

import json
import time
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.models import Entry, Feed
from curator.pull.normalise import EXCERPT, TITLE, normalise, normalise_all
from curator.pull.text import text_of
from tests.corpus import corpus_path

NOW = datetime(2026, 10, 1, 6, tzinfo=UTC)
FEED = Feed("a", "A", "https://example.org/feed", publisher="dhsc")


def entry(
    *,
    guid: str = "1",
    link: str = "https://example.org/a",
    title: str = "T",
    excerpt: str = "",
    published: datetime | None = None,
    updated: datetime | None = None,
    language: str | None = None,
) -> Entry:
    return Entry(guid, link, title, excerpt, published, updated, language)


def test_html_becomes_plain_text() -> None:
    html = "<p>One &amp; two<br/>three</p><script>alert(1)</script><ul><li>four</li></ul>&lt;b&gt;"
    assert normalise(entry(excerpt=html), FEED, NOW).excerpt == "One & two\n\nthree\n\nfour\n\n<b>"


@pytest.mark.parametrize("name", ["iframe", "noscript", "noembed", "noframes", "xmp", "plaintext", "textarea", "title"])
def test_no_markup_is_left_of_what_html_keeps_as_bare_text(name: str) -> None:
    html = f"a <{name} x='y'><img src='x'> <b>in</b></{name.upper()}> z"
    assert normalise(entry(excerpt=html), FEED, NOW).excerpt == "a in z"


def test_text_of_without_tags_is_itself() -> None:
    assert text_of("a &amp; b") == "a & b"


def test_control_and_direction_characters_are_gone_from_titles() -> None:
    title = normalise(entry(title="a\x1b[31mred\x07 \u202egnp\x00.exe\r\nBcc: x"), FEED, NOW).title
    assert title == "ared gnp.exe Bcc: x"


def test_a_long_excerpt_is_cut_between_words() -> None:
    excerpt = normalise(entry(excerpt="word " * 2_000), FEED, NOW).excerpt
    assert len(excerpt) <= EXCERPT and excerpt.endswith("word…")


def test_hostile_sizes_take_no_time() -> None:
    began = time.monotonic()
    document = normalise(
        entry(title="x" * 10_000_000, excerpt="<div>" * 1_000_000, link="https://a/" + "b" * 9_999), FEED, NOW
    )
    assert time.monotonic() - began < 2
    assert len(document.title) == TITLE and document.link == ""


@pytest.mark.parametrize(
    ("title", "excerpt", "link", "expected"),
    [
        ("", "<p>A " + "word " * 20 + "</p>", "", "A " + "word " * 10 + "word…"),
        ("<b></b>", "", "https://example.org/news/crisis-care_plan.html", "Crisis care plan"),
        ("", "", "", "Untitled"),
        ("", "", "https://example.org/", "Untitled"),
    ],
)
def test_title_fallbacks(title: str, excerpt: str, link: str, expected: str) -> None:
    assert normalise(entry(title=title, excerpt=excerpt, link=link), FEED, NOW).title == expected


def test_an_excerpt_that_only_repeats_the_title_is_none() -> None:
    assert normalise(entry(title="Same", excerpt="<p>Same</p>"), FEED, NOW).excerpt == ""


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/relative", "http://["]
)
def test_only_web_addresses_stay_links(link: str) -> None:
    document = normalise(entry(link=link), FEED, NOW)
    assert document.link == document.canonical_url == ""


def test_a_link_holds_no_user_who_could_pass_for_its_host() -> None:
    assert normalise(entry(link="https://health.example@other.example/a"), FEED, NOW).link == "https://other.example/a"


def test_guid_fallbacks() -> None:
    assert normalise(entry(guid=""), FEED, NOW).guid == "https://example.org/a"
    hashed = normalise(entry(guid="", link="https://example.org/"), FEED, NOW).guid
    later = normalise(entry(guid="", link="https://example.org/"), FEED, NOW + timedelta(days=9)).guid
    assert hashed.startswith("sha256:") and hashed == later
    assert hashed != normalise(entry(guid="", link="", title="Other"), FEED, NOW).guid
    assert len(normalise(entry(guid="x" * 9_999), FEED, NOW).guid) < 100


def test_dates_and_where_they_come_from() -> None:
    day = datetime(2026, 9, 1, 12, tzinfo=timezone(timedelta(hours=13)))
    document = normalise(entry(published=day), FEED, NOW)
    assert (document.published_at, document.dated) == (day, "feed") and document.published_at.tzinfo is UTC
    assert normalise(entry(updated=day), FEED, NOW).dated == "updated"
    for impossible in (datetime(1970, 1, 1, tzinfo=UTC), NOW + timedelta(days=2), datetime.max.replace(tzinfo=UTC)):
        document = normalise(entry(published=impossible), FEED, NOW)
        assert (document.published_at, document.dated) == (NOW, "pull")


def test_a_document_dated_by_the_pull_says_the_same_at_the_next() -> None:
    first, second = (normalise(entry(), FEED, NOW + timedelta(days=n)) for n in (0, 1))
    assert first.published_at != second.published_at and first.said == second.said


def test_language_is_the_feeds_declared_one_else_the_entrys() -> None:
    assert normalise(entry(language="en-GB"), FEED, NOW).language == "en"
    assert normalise(entry(language="en-GB"), Feed("a", "A", "", language="sv"), NOW).language == "sv"
    assert normalise(entry(language="<script>"), FEED, NOW).language is None


def assert_harmless(text: str) -> None:
    assert not [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cs")]


@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_a_feed_says(guid: str, link: str, title: str, excerpt: str) -> None:
    document = normalise(entry(guid=guid, link=link, title=title, excerpt=excerpt), FEED, NOW)
    assert document.title and document.guid and "\n" not in document.title
    for said in (document.title, document.excerpt, document.guid, document.link):
        assert_harmless(said)


def test_naughty_strings() -> None:
    for naughty in json.loads(corpus_path("hostile", "naughty-strings", "blns.json").read_text("utf-8")):
        document = normalise(entry(guid=naughty, link=naughty, title=naughty, excerpt=naughty), FEED, NOW)
        assert_harmless(document.title + document.excerpt + document.guid)


def guids(*entries: Entry) -> list[str]:
    return [new.guid for new in normalise_all(entries, FEED, NOW)]


@pytest.mark.parametrize(
    ("guid", "links"),
    [
        ("0", ["https://example.org/a", "https://example.org/b"]),
        ("https://example.org/", ["https://example.org/a", "https://example.org/b"]),
        ("https://example.org/", ["https://example.org/", "https://example.org/"]),
        ("0", ["", ""]),
        ("", ["https://example.org/a", "https://example.org/a"]),
    ],
)
def test_one_guid_for_different_things_is_none(guid: str, links: list[str]) -> None:
    body = [entry(guid=guid, link=link, title=f"Title {n}") for n, link in enumerate(links)]
    first, second = guids(*body)
    assert first != second
    assert guids(*reversed(body)) == [second, first]


def test_an_entry_that_is_repeated_keeps_its_guid() -> None:
    old = entry(link="https://example.org/a?utm_source=x", title="Before")
    assert guids(entry(title="After"), old, entry(guid="2", link="https://example.org/b")) == ["1", "1", "2"]
    assert guids(entry(guid=""), entry(guid="")) == ["https://example.org/a"] * 2
