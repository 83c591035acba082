"""A sitemap read as a feed (sitemaps.org/protocol.html; titles from Google's news extension). Pure.

bytes ─→ Entry …, the newest first | the addresses of further sitemaps
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from xml.parsers import expat
from xml.sax.saxutils import escape as xml_escape

from curator.days import day_in
from curator.models import Entry, Feed, Fetched
from curator.pull.encoding import decode
from curator.pull.parse import ParseFailure
from curator.pull.patterns import narrowed
from curator.pull.urls import absolute, host_of
from curator.pull.webpage import is_page

MOST = 2_000  # pages of one sitemap that become entries
NAMED = 50_000  # pages or sitemaps that one may name, by the protocol
FOLLOWED = 20  # further sitemaps of an index
_KEPT = 4_000  # characters of one value
_KNOWN = ("loc", "lastmod", "title", "publication_date", "language")


@dataclass(slots=True)
class Sitemap:
    """What a sitemap names, as it stands there: its `pages`, or the further `sitemaps` of an index."""

    pages: list[Mapping[str, str]] = field(default_factory=list)
    sitemaps: list[Mapping[str, str]] = field(default_factory=list)


def sitemap_entries(feed: Feed, fetched: Fetched) -> list[Entry]:
    """The pages of a sitemap that fit the feed's `match`, at most `MOST`, the newest first where they have dates.
    ParseFailure where it is none, names no page, or too many without saying which are new."""
    pages = read_sitemap(fetched.body or b"", fetched.content_type).pages
    entries = [entry for page in pages if (entry := _entry(page, fetched.url))]
    if not entries:
        raise ParseFailure("the sitemap names no page", "not-a-feed")
    found = narrowed(entries, feed.match, "the sitemap", "pages")
    if len(found) <= MOST:
        return found
    dated = [entry for entry in found if entry.published or entry.updated]
    if len(dated) < MOST:
        say = f"the sitemap names {len(found)} pages without saying which are new"
        raise ParseFailure(f"{say}; give the feed a match, as match = “/news/*”", "too-big")
    return sorted(dated, key=lambda entry: entry.published or entry.updated or datetime.min, reverse=True)[:MOST]


def read_sitemap(body: bytes, content_type: str | None = None) -> Sitemap:
    """Every page or further sitemap it names, in its order. ParseFailure where it is neither XML nor plain text
    with one address a line; a sitemap that breaks off gives what came before."""
    text = decode(body, content_type).strip()
    if not text.startswith("<"):
        lines = [line.strip() for line in text.splitlines()]
        if not lines or any(line and not line.startswith(("http://", "https://")) for line in lines):
            raise ParseFailure("the answer is no sitemap", "not-a-feed")
        return _bounded(Sitemap([{"loc": line} for line in lines[: NAMED + 1] if line]))
    if is_page(text):
        raise ParseFailure("the answer is a web page, no sitemap", "not-a-feed")
    return _Reader().read(text)


def _bounded(found: Sitemap) -> Sitemap:
    if max(len(found.pages), len(found.sitemaps)) > NAMED:
        raise ParseFailure(f"the sitemap names over {NAMED:,} pages, more than any may", "too-big")
    return found


def followed(index: Sitemap, url: str) -> list[str]:
    """The sitemaps of an index to read: of the same host, the newest first, at most `FOLLOWED`."""
    ranked = sorted(index.sitemaps, key=lambda one: one.get("lastmod", ""), reverse=True)
    found = [address for one in ranked if (address := absolute(url, one.get("loc", "")))]
    return [one for one in dict.fromkeys(found) if host_of(one) == host_of(url)][:FOLLOWED]


def joined(sitemaps: Sequence[Sitemap]) -> bytes:
    """The pages of several sitemaps as one."""
    lines = []
    for page in (page for one in sitemaps for page in one.pages):
        said = "".join(f"<{key}>{xml_escape(value)}</{key}>" for key, value in page.items())
        lines.append(f"<url>{said}</url>")
    return "\n".join(["<urlset>", *lines, "</urlset>"]).encode()


class _Reader:
    """expat's events, gathered. Names count without their namespace's prefix. A DOCTYPE is refused, and with it all
    entities."""

    def __init__(self) -> None:
        self.found = Sitemap()
        self._root = ""
        self._now: dict[str, str] | None = None
        self._key = ""
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._said
        self._parser.StartDoctypeDeclHandler = _refuse

    def read(self, text: str) -> Sitemap:
        try:
            self._parser.Parse(_without_declaration(text).encode(), True)
        except expat.ExpatError as error:
            if not self.found.pages and not self.found.sitemaps:
                what = expat.ErrorString(error.code)
                raise ParseFailure(f"the sitemap is not well-formed in line {error.lineno}: {what}") from error
        return self.found

    def _start(self, tag: str, _: Mapping[str, str]) -> None:
        name = _local(tag)
        if not self._root:
            self._root = name
            if name not in ("urlset", "sitemapindex"):
                raise ParseFailure(f"the answer is no sitemap: it begins with <{name[:40]}>", "not-a-feed")
        if name in ("url", "sitemap"):
            self._now = {}
        # `loc` and `title` of an image or a video in a page are not the page's own
        own = "image" not in tag.lower() and "video" not in tag.lower()
        self._key = name if own and name in _KNOWN else ""

    def _said(self, text: str) -> None:
        if self._now is not None and self._key:
            self._now[self._key] = (self._now.get(self._key, "") + text)[:_KEPT]

    def _end(self, tag: str) -> None:
        name = _local(tag)
        self._key = ""
        if name in ("url", "sitemap") and self._now is not None:
            said = {key: value.strip() for key, value in self._now.items()}
            (self.found.pages if name == "url" else self.found.sitemaps).append(said)
            self._now = None
            _bounded(self.found)


def _refuse(*_: object) -> None:
    raise ParseFailure("the sitemap has a DOCTYPE, which none needs")


def _without_declaration(text: str) -> str:
    """The text was decoded: what it says of its encoding no longer holds."""
    return text[text.index("?>") + 2 :].lstrip() if text.startswith("<?xml") and "?>" in text[:300] else text


def _local(tag: str) -> str:
    return tag.rpartition(":")[2].lower()


def _entry(page: Mapping[str, str], url: str) -> Entry | None:
    link = absolute(url, page.get("loc", ""))
    if not link:
        return None
    return Entry(
        guid="",
        link=link,
        title=escape(page.get("title", ""), quote=False),
        published=_instant(page.get("publication_date", "")),
        updated=_instant(page.get("lastmod", "")),
        language=page.get("language") or None,
    )


def _instant(said: str) -> datetime | None:
    """W3C's form, whole or only the day."""
    at = day_in(said)
    return at.astimezone(UTC) if at else None
