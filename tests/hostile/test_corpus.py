"""The whole of the outside world's hostile collection, a test for each folder, through a real pull and what follows it.

xml: entity bombs and outside entities. broken-feeds: feeds that are not. naughty-strings: texts that break programs.
html-sanitizer: scripts in disguise. urls-addresses-headers: addresses with verdicts, header injections. The two
indexes: files elsewhere in the corpus whose bytes do not fit what they declare, or that are no XML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest

from curator import http
from curator.clean import fold, plain_line, plain_text, slugify
from curator.deliver.address import parse_address
from curator.errors import CuratorError
from curator.models import Document, Feed, Fetched, NewDocument
from curator.pull.normalise import LINK, normalise_all
from curator.pull.parse import ParseFailure, parse
from curator.pull.urls import canonical_url, is_web, without_user
from tests.corpus import corpus_path
from tests.hostile import limited
from tests.hostile.test_feeds import stored
from tests.http_server import Site
from tests.test_clean import is_safe

URL = "https://example.org/feed.xml"
NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
FEED = Feed("a", "A", URL)


def entries(body: bytes, content_type: str | None = None) -> list[NewDocument] | str:
    """What would be stored, or the line about it."""
    try:
        if body.startswith(b"\x1f\x8b"):
            body = http.inflate(body, 20_000_000)
        return normalise_all(parse(Fetched("a", URL, body, content_type)), FEED, NOW)
    except CuratorError as error:
        assert isinstance(error, ParseFailure | http.HttpFault)
        assert error.message == plain_line(error.message) and 10 < len(error.message) < 300
        return error.message


def check(new: NewDocument | Document) -> bool:
    """All that a document may be, whatever was said; always True."""
    for line in (new.title, new.guid, new.link, new.canonical_url):
        assert is_safe(line) and "\n" not in line
    assert new.title and new.guid and len(new.title) <= 300
    assert new.excerpt == plain_text(new.excerpt) and len(new.excerpt) <= 2_000
    assert new.link == "" or is_web(new.link)
    assert new.published_at.tzinfo and 1990 <= new.published_at.year <= NOW.year
    assert re.fullmatch(r"[a-z]{2,3}", new.language or "en")
    return True


def rss_of(items: list[dict[str, str]]) -> bytes:
    """Each of `items` by element, escaped once, so that a parser gives it back as it is."""
    blocks = ["".join(f"<{name}>{escape(text, quote=False)}</{name}>" for name, text in one.items()) for one in items]
    return (
        '<rss version="2.0"><channel><title>F</title>'
        + "".join(f"<item>{b}</item>" for b in blocks)
        + "</channel></rss>"
    ).encode("utf-8", "replace")


def json_of(items: list[dict[str, str]]) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()


def files(*folder: str) -> list[Path]:
    return sorted(
        one for one in corpus_path("hostile", *folder).iterdir() if one.is_file() and "LICENSE" not in one.name
    )


def naughty() -> list[str]:
    return json.loads(corpus_path("hostile", "naughty-strings", "blns.json").read_text("utf-8"))  # type: ignore[no-any-return]


# ---------------------------------------------------------------- a folder each


def test_xml(site: Site, tmp_path: Path) -> None:
    """Each as a feed, and each one's DOCTYPE before a real feed that uses its entities: no bomb goes off, nothing
    outside is opened, and the real feed is read all the same."""
    alone, before = [], []
    for n, file in enumerate(files("xml")):
        body = file.read_bytes()
        alone.append(site.feed(f"/alone{n}", body))
        names = re.findall(rb"<!ENTITY\s+(\w+)", body)
        uses = b"".join(b"&" + name + b";" for name in names) * 20
        doctype = body[: body.find(b"]>") + 2] if b"]>" in body else b""
        before.append(
            site.feed(
                f"/before{n}",
                doctype
                + b'<rss version="2.0"><channel><item><title>T%d ' % n
                + uses
                + b"</title></item></channel></rss>",
            )
        )
    assert len(alone) == 9
    ended = limited.pull(limited.workspace(tmp_path, alone + before))
    assert {failure["feed"] for failure in ended.report["failures"]} == {f"f{n}" for n in range(9)}
    assert [str(title)[:2] for (title,) in stored(tmp_path, "title", "ORDER BY title --")] == [
        f"T{n}" for n in range(9)
    ]
    assert all(len(str(title)) <= 300 for (title,) in stored(tmp_path))
    assert len(site.seen) == len(alone + before)
    assert ended.megabytes < limited.ORDINARY + 20


def test_broken_feeds() -> None:
    found = {file.name: entries(file.read_bytes()) for file in files("broken-feeds")}
    assert len(found) == 15
    for name, said in found.items():
        if isinstance(said, list):
            assert all(check(new) for new in said), name
    assert sum(isinstance(said, str) for said in found.values()) <= 6, {
        k: v for k, v in found.items() if isinstance(v, str)
    }


def test_naughty_strings() -> None:
    strings = [text for text in naughty() if text]
    assert len(strings) > 500
    as_rss = [
        dict.fromkeys(("title", "description", "guid", "link", "pubDate", "category", "author"), text)
        for text in strings
    ]
    as_json = [
        dict.fromkeys(("id", "title", "url", "content_text", "date_published", "language"), text) for text in strings
    ]
    for body in (rss_of(as_rss), json_of(as_json)):
        found = entries(body)
        assert isinstance(found, list) and len(found) >= len(strings) - 5  # some hold nothing that can be seen
        assert all(check(new) for new in found)


def test_naughty_strings_where_the_feed_speaks_of_itself() -> None:
    """As the feed's own fields, and raw, as they would break out of their element."""
    for text in naughty():
        safe = escape(text, quote=True)
        head = (
            f"<title>{safe}</title><link>{safe}</link><language>{safe}</language><lastBuildDate>{safe}</lastBuildDate>"
        )
        body = f'<rss version="2.0"><channel>{head}<item><title>T</title></item></channel></rss>'.encode(
            "utf-8", "replace"
        )
        found = entries(body)
        assert isinstance(found, list) and [new.title for new in found] == ["T"], text
        raw = f'<rss version="2.0"><channel><item><title>{text}</title></item></channel></rss>'.encode(
            "utf-8", "replace"
        )
        found = entries(raw, f"text/xml; charset={text[:40]}")
        assert isinstance(found, str) or all(check(new) for new in found)


def payloads() -> Iterator[str]:
    for one in json.loads(corpus_path("hostile", "html-sanitizer", "bleach-tests.json").read_text("utf-8")):
        yield one["payload"]


ACTIVE = re.compile(r"<\s*(?:script|style|iframe|object|embed)\b[^>]*>", re.IGNORECASE)


def test_html_sanitizer() -> None:
    """bleach's payloads as titles and texts, and the 435 feeds of feedparser's sanitizing tests: words are left, and
    no element of them but such as the text spelled out as words."""
    texts = list(payloads())
    for body in (
        rss_of([{"title": t, "description": t, "link": t} for t in texts]),
        json_of([{"title": t, "content_html": t, "url": t} for t in texts]),
    ):
        found = entries(body)
        assert isinstance(found, list) and found
        assert all(check(new) for new in found)
    index = json.loads(corpus_path("hostile", "html-sanitizer", "feedparser-sanitize-index.json").read_text("utf-8"))
    read = [entries(_indexed(one).read_bytes()) for one in index]
    assert len(read) == 435
    for said in read:
        assert isinstance(said, list), said
        assert all(check(new) and not ACTIVE.search(new.title + new.excerpt) for new in said)


def _indexed(one: dict[str, Any]) -> Path:
    return corpus_path(*one["file"].replace("/open/", "/").split("/"))


def test_urls() -> None:
    """As links: a valid web address is kept as it is but for a user's name and password; whatever is not one never
    becomes a link, or stays harmless."""
    lists = json.loads(corpus_path("hostile", "urls-addresses-headers", "django-lists.json").read_text("utf-8"))
    assert (len(lists["urls_valid"]), len(lists["urls_invalid"])) == (99, 93)
    urls = lists["urls_valid"] + lists["urls_invalid"]
    found = entries(json_of([{"id": str(n), "title": "T", "url": url} for n, url in enumerate(urls)]))
    assert isinstance(found, list) and len(found) == len(urls)
    for n, new in enumerate(found):
        check(new)
        assert canonical_url(new.canonical_url) == new.canonical_url
        if n < 99 and urls[n].lower().startswith("http"):
            public = without_user(urls[n])
            assert bool(new.link) == (len(public) <= LINK), urls[n]
            assert public == urls[n] or "userid" not in new.link
        elif not urls[n].lower().startswith(("http:", "https:")):
            assert new.link == "" or new.link.startswith(("https://example.org/", "http://", "https://")), urls[n]


def test_addresses_and_header_injections() -> None:
    """As titles, ids and authors; as addresses they are refused, or taken without a line break."""
    lists = json.loads(corpus_path("hostile", "urls-addresses-headers", "django-lists.json").read_text("utf-8"))
    texts = [one["value"] for one in lists["emails"] + lists["header_injection"] if one["value"]]
    assert len(texts) == 68
    found = entries(rss_of([dict.fromkeys(("title", "guid", "author", "description"), text) for text in texts]))
    assert isinstance(found, list) and len(found) == len(texts)
    assert all(check(new) for new in found)
    for text in texts:
        try:
            assert "\n" not in parse_address(text)
        except CuratorError as error:
            assert is_safe(error.message)


SAY_NOTHING = {  # entries without a title, a link or a text, or that break off before they have one
    "rss_incomplete_cdata.xml",
    "atom10_feed_entry_source_logo.xml",
    "atom10_feed_entry_source_title_text.xml",
}


@pytest.mark.parametrize("index", ["bad-encoding-index.json", "not-wellformed-index.json"])
def test_what_is_not_as_it_says(index: str) -> None:
    """As many entries as feedparser finds, or more, but for the last one where the feed breaks off in it."""
    import feedparser

    fewer = []
    listed = json.loads(corpus_path("hostile", index).read_text("utf-8"))
    paths = [path for one in listed if (path := _here(one))]
    assert len(paths) >= len(listed) - 2
    for path in paths:
        body = path.read_bytes()
        said = entries(body)
        if isinstance(said, list):
            assert all(check(new) for new in said), path
        peer = 0 if body.startswith(b"\x1f\x8b") else len(feedparser.parse(body).entries)
        if (len(said) if isinstance(said, list) else 0) < peer:
            fewer.append((path.name, said if isinstance(said, str) else len(said), peer))
    assert [name for name, *_ in fewer if name not in SAY_NOTHING] == [], str(fewer)


def _here(one: dict[str, Any]) -> Path | None:
    path = corpus_path().joinpath(*one["file"].replace("/open/", "/").split("/"))
    return path if path.exists() else None


# ---------------------------------------------------------------- words


def test_every_naughty_string_in_the_house_of_words() -> None:
    for text in naughty():
        assert is_safe(plain_line(text)) and is_safe(plain_text(text).replace("\n", ""))
        assert re.fullmatch(r"[a-z0-9-]{1,60}", slugify(text))
        assert fold(fold(text)) == fold(text)
