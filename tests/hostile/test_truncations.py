"""A feed cut off at each of its bytes: whole entries or one line, never half an entry and never a traceback."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from curator import http
from curator.models import Feed, Fetched, NewDocument
from curator.pull.normalise import normalise_all
from curator.pull.parse import ParseFailure, parse

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
URL = "https://example.org/feed.xml"
FEED = Feed("a", "A", URL)
DAY, INSTANT = "Mon, 05 Oct 2026 10:00:00 GMT", "2026-10-05T10:00:00Z"
TEXT = "Vård &amp;amp; hälsa &lt;b&gt;nära&lt;/b&gt; dig, och en hel mening till om den."


def rss20() -> str:
    items = "".join(
        f"<item><title>Första &#8211; {n}</title><link>https://example.org/a/{n}?x=1&amp;y=2</link><guid>g{n}</guid>"
        f"<pubDate>{DAY}</pubDate><description><![CDATA[<p>{TEXT}</p>]]></description>"
        f"<enclosure url='https://example.org/{n}.pdf' length='1' type='application/pdf'/></item>"
        for n in range(3)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>F</title>{items}</channel></rss>\n'
    )


def rss091() -> str:
    items = "".join(f"<item><title>T {n}</title><link>https://example.org/{n}</link></item>" for n in range(3))
    doctype = (
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    )
    return f'<?xml version="1.0"?>{doctype}<rss version="0.91"><channel><title>F</title>{items}</channel></rss>'


def rdf() -> str:
    items = "".join(
        f'<item rdf:about="https://example.org/{n}"><title>T {n}</title><link>https://example.org/{n}</link>'
        f"<dc:date>{INSTANT}</dc:date><description>{TEXT}</description></item>"
        for n in range(3)
    )
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<rdf:RDF {spaces} xmlns="http://purl.org/rss/1.0/"><channel><title>F</title></channel>{items}</rdf:RDF>'


def atom() -> str:
    entries = "".join(
        f'<entry><id>urn:{n}</id><title type="html">T &amp;lt; {n}</title><link href="https://example.org/{n}"/>'
        f'<updated>{INSTANT}</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Å</p></div>'
        f"</content><author><name>N</name></author></entry>"
        for n in range(3)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv"><title>F</title>{entries}</feed>'


def atom03() -> str:
    entries = "".join(
        f'<entry><id>urn:{n}</id><title>T {n}</title><link rel="alternate" href="https://example.org/{n}"/>'
        f"<issued>{INSTANT}</issued><summary>{TEXT}</summary></entry>"
        for n in range(3)
    )
    return f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>F</title>{entries}</feed>'


def json_feed() -> str:
    items = [
        {"id": f"{n}", "url": f"https://example.org/{n}", "title": f"Å {n}", "content_html": TEXT} for n in range(3)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": items}, ensure_ascii=False)


FORMATS = (rss20, rss091, rdf, atom, atom03, json_feed)
ENCODINGS = ("utf-8", "utf-16", "iso-8859-1")


def bodies() -> Iterator[tuple[str, bytes]]:
    for form in FORMATS:
        for encoding in ENCODINGS:
            body = form().replace("utf-8", encoding).encode(encoding, "xmlcharrefreplace")
            yield f"{form.__name__} {encoding}", body


def read(body: bytes) -> list[NewDocument] | str:
    try:
        return normalise_all(parse(Fetched("a", URL, body, "text/xml")), FEED, NOW)
    except ParseFailure as failure:
        assert "\n" not in failure.message and len(failure.message) < 300
        return failure.message


def cut_at(body: bytes, step: int) -> None:
    """Of every beginning of `body`, so many bytes longer each time: the first documents as they are, or a line."""
    whole = read(body)
    assert isinstance(whole, list) and len(whole) == 3
    longest = 0
    for end in range(0, len(body), step):
        found = read(body[:end])
        if isinstance(found, str):
            assert longest == 0, f"read up to fewer bytes, not up to {end}: {found}"
            continue
        assert found == whole[: len(found)], f"at byte {end}"
        longest = max(longest, len(found))
    assert longest == 3 or not body.lstrip(b"\xff\xfe").startswith(b"<")


@pytest.mark.parametrize("number", range(len(FORMATS) * len(ENCODINGS)))
def test_cut_at_every_seventh_byte(number: int) -> None:
    cut_at(list(bodies())[number][1], 7)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(len(FORMATS) * len(ENCODINGS)))
def test_cut_at_every_byte(number: int) -> None:
    cut_at(list(bodies())[number][1], 1)


def test_a_compressed_feed_cut_at_every_byte_is_a_line() -> None:
    packed = gzip.compress(rss20().encode())
    for end in range(2, len(packed)):
        with pytest.raises(http.HttpFault, match="broke off before its end"):
            http.inflate(packed[:end], 1_000_000)
