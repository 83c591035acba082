from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator import http
from curator.models import Entry, Feed, Fetched
from curator.pull.encoding import decode
from curator.pull.normalise import normalise
from curator.pull.parse import ParseFailure, feed_title, parse
from tests.corpus import corpus_path

URL = "https://example.org/feeds/all.xml"


def parsed(body: bytes | str, content_type: str | None = None, url: str = URL) -> list[Entry]:
    return parse(Fetched("a", url, body.encode() if isinstance(body, str) else body, content_type))


def rss(items: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'


def item(title: str = "T", rest: str = "") -> str:
    return f"<item><title>{title}</title><link>https://example.org/a</link>{rest}</item>"


def sentence(body: bytes | str, content_type: str | None = None) -> str:
    with pytest.raises(ParseFailure) as caught:
        parsed(body, content_type)
    return caught.value.message


# ---------------------------------------------------------------- what comes out


def test_rss() -> None:
    body = rss(
        item("One", "<guid>g1</guid><pubDate>Mon, 05 Oct 2026 10:00:00 +0200</pubDate><description>D</description>"),
        '<?xml-stylesheet href="x.xsl"?>\n<!-- hello -->\n',
    )
    at = datetime(2026, 10, 5, 8, tzinfo=UTC)
    assert parsed(body) == [Entry("g1", "https://example.org/a", "One", "D", at, None, None)]


def test_atom_prefers_the_alternate_and_resolves_it() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv"><entry><id>urn:1</id><title>Å &amp;lt; Ö</title>
        <link rel="edit" href="/edit"/><link rel="alternate" href="../nyhet"/>
        <updated>2026-10-05T10:00:00Z</updated><summary>S</summary></entry></feed>"""
    entry = parsed(body)[0]
    assert (entry.link, entry.language, entry.published) == ("https://example.org/nyhet", "sv", None)
    assert entry.updated == datetime(2026, 10, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize("entry_tag", ["entry", 'entry odd="1"'])  # the fast path, and feedparser
@pytest.mark.parametrize(
    ("links", "own"),
    [
        ('<link href="/en/a"/><link hreflang="fr" href="/fr/a"/><link rel="self" hreflang="de" href="/x"/>', "en"),
        ('<link hreflang="fr" href="/fr/a"/><link hreflang="en-GB" href="/en/a"/>', "en"),
        ('<link rel="alternate" hreflang="en" href="/en/a"/><link rel="alternate" hreflang="fr" href="/fr/a"/>', "en"),
    ],
)
def test_atom_of_several_languages_keeps_to_its_own(entry_tag: str, links: str, own: str) -> None:
    body = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>F</title><{entry_tag}><id>urn:1</id>'
        f"<title>T</title>{links}</entry></feed>"
    )
    (entry,) = parsed(body)
    assert (entry.link, entry.translations) == ("https://example.org/en/a", (("fr", "https://example.org/fr/a"),))


def test_rdf() -> None:
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <item rdf:about="https://example.org/1"><title>T</title><link>https://example.org/1</link></item></rdf:RDF>"""
    assert [e.link for e in parsed(body)] == ["https://example.org/1"]


def test_json_feed() -> None:
    items = [
        {"id": 7, "url": "/a", "title": "a < b", "summary": "S <b>", "date_published": "2026-10-05T10:00:00+02:00"},
        {"id": "8", "external_url": "javascript:x", "content_html": "<p>C</p>", "title": 1.5, "date_modified": "soon"},
        "not an item",
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "language": "en", "items": items}
    first, second = parsed("\ufeff" + json.dumps(feed), "application/feed+json")
    assert (first.guid, first.link, first.title) == ("7", "https://example.org/a", "a &lt; b")
    assert (first.excerpt, first.published) == ("S &lt;b&gt;", datetime(2026, 10, 5, 8, tzinfo=UTC))
    assert (second.link, second.excerpt, second.title, second.updated) == ("", "<p>C</p>", "1.5", None)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://["])
def test_only_web_links_are_kept(link: str) -> None:
    assert parsed(rss(f"<item><title>T</title><link>{link}</link></item>"))[0].link == ""


def test_a_document_that_is_only_an_enclosure_links_to_it() -> None:
    body = rss('<item><title>T</title><enclosure url="https://example.org/a.pdf" type="application/pdf"/></item>')
    assert parsed(body)[0].link == "https://example.org/a.pdf"


def test_links_of_a_feed_in_the_workspace_are_relative_to_the_site_it_names() -> None:
    body = rss("<link>https://example.org/news/</link><item><title>T</title><link>one</link></item>")
    assert parsed(body, url="file:feeds/a.xml")[0].link == "https://example.org/news/one"


def test_the_guid_is_as_the_publisher_gave_it() -> None:
    """Else a feed that moves to another address would bring everything anew."""
    assert parsed(rss("<item><title>T</title><guid>17</guid></item>"))[0].guid == "17"
    relative = parsed(rss("<item><title>T</title><guid>/news/17</guid></item>"))[0]
    assert (relative.guid, relative.link) == ("/news/17", "https://example.org/news/17")


def test_the_summary_is_preferred_unless_it_says_nothing() -> None:
    content = (
        f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>{'long ' * 20}</content:encoded>"
    )
    long = "A summary of the publisher, in a whole sentence."
    assert parsed(rss(item(rest=f"<description>{long}</description>{content}")))[0].excerpt == long
    assert parsed(rss(item(rest=f"<description>Read more</description>{content}")))[0].excerpt.startswith("long long")


def test_plain_and_html_texts() -> None:
    assert parsed(rss(item("a &lt; b")))[0].title == "a &lt; b"
    assert parsed(rss(item(rest="<description>one&lt;br /&gt;two</description>")))[0].excerpt == "one<br />two"


def test_a_feed_without_entries_is_valid() -> None:
    assert parsed(rss("")) == []


def test_an_entry_that_says_nothing_is_left_out() -> None:
    assert parsed(rss("<item><guid>1</guid></item>")) == []
    assert parsed(rss("<item><author>A</author><title> </title></item>")) == []


@pytest.mark.parametrize("date", ["", "tomorrow", "Mon, 00 Foo 0000 99:99:99 ZZZ", "x" * 5_000])
def test_dates_that_are_none(date: str) -> None:
    assert parsed(rss(item(rest=f"<pubDate>{date}</pubDate>")))[0].published is None


def test_what_a_feed_calls_itself() -> None:
    def title(body: str) -> str:
        return feed_title(Fetched("a", URL, body.encode()))

    assert title(rss("").replace("<title>F<", "<title>F &amp;amp; G\x1b[1m<")) == "F & G[1m"
    assert title('{"version": "https://jsonfeed.org/version/1", "title": "J", "items": []}') == "J"
    assert title("<rss version='2.0'><channel></channel></rss>") == ""
    with pytest.raises(ParseFailure):
        title("{}")


# ---------------------------------------------------------------- what is not a feed


def test_a_page_names_its_feed() -> None:
    page = '<!DOCTYPE html><html><head><link rel=alternate type="application/rss+xml" href="/rss?a=1&amp;b=2"></html>'
    assert sentence(page, "application/xml") == (
        "the answer is a web page, not a feed; the page names this feed: https://example.org/rss?a=1&b=2"
    )
    links = [f"<link rel=alternate type=application/atom+xml href=/{n}>" for n in (1, 1, 2, 3, 4)]
    assert sentence(f"<html>{''.join(links[:3])}") == (
        "the answer is a web page, not a feed; the page names these feeds: https://example.org/1, https://example.org/2"
    )
    assert sentence(f"<html>{''.join(links)}").endswith("https://example.org/3 and more")
    assert sentence("<html><link rel=alternate type=application/rss+xml href=javascript:x>") == (
        "the answer is a web page, not a feed"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (" \n\0 ", "the answer is empty"),
        ("hello", "the answer is not a feed: it does not begin with an element"),
        ("<note>x</note>", "the answer is not a feed: it begins with <note>"),
        ('{"a": 1}', "the answer is JSON, but not a JSON Feed of version 1"),
        ('{"a": ', "the answer is JSON, but damaged or cut off"),
        ("[" * 1_000_000, "the answer is JSON, but damaged or cut off"),
        ('<?xml version="1.0"?><rss version="2.0"><chan', "the feed breaks off before its first entry is complete"),
        (rss(item())[:-60], "the feed breaks off before its first entry is complete"),
    ],
)
def test_one_sentence_says_what_it_is(body: str, expected: str) -> None:
    assert sentence(body) == expected


def test_warnings_printed_before_a_feed_are_borne() -> None:
    assert len(parsed("\n<br />\n<b>Warning</b>: something\n" + rss(item())[21:])) <= 1
    assert len(parsed("Warning: something\n" + rss(item()))) == 1


def test_cut_at_each_byte_it_gives_whole_entries_or_a_sentence() -> None:
    body = rss(item("First title") + item("Second title"))
    for end in range(len(body)):
        try:
            titles = [entry.title for entry in parsed(body[:end])]
        except ParseFailure:
            continue
        assert titles in (["First title"], ["First title", "Second title"])


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("é".encode(), "text/xml; charset=iso-8859-1"),
        ("é".encode("latin-1"), "text/xml; charset=iso-8859-1"),
        ("é".encode("latin-1"), "text/xml; charset=utf-8"),
        ("é".encode("latin-1"), "text/xml; charset=punycode"),
        ("é".encode("utf-16"), None),
        ("<é".encode("utf-16-be"), None),
        (b"<?xml version='1.0' encoding='koi8-r'?>\xc9", None),
        ("éé".encode() * 9 + b"\xff", "text/xml; charset=utf-8"),
        ("<é>".encode("latin-1") + b" ", "text/xml; charset=utf-16"),
        ("<é>".encode("latin-1"), "text/xml; charset=cp037"),
    ],
)
def test_decode(body: bytes, content_type: str | None) -> None:
    assert ("и" if b"koi8" in body else "é") in decode(body, content_type)


@given(
    st.binary(),
    st.sampled_from([None, "charset=zip", "charset=utf-8", "charset=\xff", "charset=hex", "charset=utf-16"]),
)
def test_decode_never_raises(body: bytes, content_type: str | None) -> None:
    assert "\0" not in decode(body, content_type)


def test_control_characters_do_not_make_a_feed_unreadable() -> None:
    assert [e.title for e in parsed(rss(item("a\x0b\x1b[31mb")))] == ["a[31mb"]


# ---------------------------------------------------------------- tricks


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_expanded(encoding: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    for entity in (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', '<!ENTITY x "the secret">'):
        body = rss(item("&x;"), f"<!DOCTYPE rss [ <!ELEMENT rss ANY >\n{entity}\n]>")
        assert "secret" not in str(parsed(body.encode(encoding)))


@pytest.mark.parametrize(
    "body",
    [
        rss(item("&a;" * 50_000), f'<!DOCTYPE rss [\n<!ENTITY a "{"B" * 50_000}">]>'),
        " \n" * 500_000 + rss(item()),
        "\n<!DOCTYPE " * 50_000 + rss(item()),
        "<!-- " * 50_000 + rss(item()),
        rss(item("<a>" * 20_000)),
        rss(item("&lt;div&gt;" * 20_000)),
        rss(item("<" * 50_000)),
        rss(item() * 2_000),
        "<rss" + " " * 500_000,
    ],
    ids=range(9),
)
def test_bounded_time(body: str) -> None:
    began = time.monotonic()
    try:
        parsed(body)
    except ParseFailure as failure:
        assert len(failure.message) < 300
    assert time.monotonic() - began < 5


# ---------------------------------------------------------------- the world


def _bodies(*folder: str) -> list[tuple[str, bytes]]:
    files = [file for file in sorted(corpus_path(*folder).iterdir()) if file.is_file()]
    bodies = [(file.name, file.read_bytes()) for file in files]
    return [(name, http.inflate(b, 20_000_000) if b.startswith(b"\x1f\x8b") else b) for name, b in bodies]


def test_every_real_feed_gives_entries_or_a_reason() -> None:
    manifest = corpus_path("real-feeds", "manifest.jsonl").read_text("utf-8").splitlines()
    peer = {one["file"]: one["feedparser"]["entries"] for one in map(json.loads, manifest)}
    fewer = []
    for name, body in _bodies("real-feeds"):
        try:
            count = len(parsed(body))
        except ParseFailure as failure:
            assert "\n" not in failure.message
            count = 0
        if count < peer.get(name, 0):
            fewer.append(name)
    assert fewer == []


@pytest.mark.parametrize("folder", ["broken-feeds", "xml"])
def test_every_hostile_file_gives_entries_or_a_reason(folder: str) -> None:
    for _name, body in _bodies("hostile", folder):
        try:
            parsed(body)
        except ParseFailure as failure:
            assert failure.message and "\n" not in failure.message


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<rss version='2.0'>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", b"{"]),
)
def test_any_bytes_give_entries_or_a_reason(noise: bytes, start: bytes) -> None:
    try:
        parsed(start + noise)
    except ParseFailure as failure:
        assert failure.message


def test_half_an_emoji_costs_a_json_feed_nothing() -> None:
    item = r'{"id": "1", "title": "Cut \ud83d", "url": "x\ud800"}'
    (entry,) = parsed(f'{{"version": "https://jsonfeed.org/version/1", "items": [{item}]}}')
    assert (entry.title, entry.guid) == ("Cut", "1")
    assert normalise(entry, Feed("a", "A", URL), datetime(2026, 10, 1, tzinfo=UTC)).title == "Cut"
