"""A feed's body into entries: the only room that knows feedparser, and where its oddities are met.

Fetched ─decode→ text ─┬─ JSON ──→ jsonfeed
                       ├─ a page → ParseFailure, with the feed it names
                       └─ XML ───→ without its prolog → feedparser → Entry …
"""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from html import escape
from typing import Any

from curator.clean import plain_line
from curator.errors import CuratorError
from curator.http.challenges import is_challenge
from curator.models import Entry, Fetched, Illness
from curator.pull import fast, jsonfeed
from curator.pull.encoding import decode
from curator.pull.languages import ALTERNATES, other_languages
from curator.pull.text import text_of
from curator.pull.urls import absolute, is_web
from curator.pull.webpage import feeds_named_in, is_page

SHORT = 40  # characters: a summary shorter than this says no more than "Read more", the content is better


class ParseFailure(CuratorError):
    """The body is not a feed that can be read; the message is a sentence about "the address"."""

    title = "Not a feed"

    def __init__(self, message: str, illness: Illness = "failing") -> None:
        super().__init__(message)
        self.illness = illness


def parse(fetched: Fetched) -> list[Entry]:
    """The entries in the feed's order, their texts as HTML, links absolute http(s) or '', dates aware UTC.
    One that says nothing (no title, link or text) is left out; a valid feed without entries gives [].
    ParseFailure otherwise; nothing else is raised."""
    return [entry for entry in _entries(fetched) if entry.link or entry.title.strip() or entry.excerpt.strip()]


def feed_title(fetched: Fetched) -> str:
    """What a feed calls itself, as one plain line; '' where it does not. ParseFailure where it is no feed."""
    text = decode(fetched.body or b"", fetched.content_type).strip()
    if jsonfeed.is_json(text):
        with _as_parse_failure():
            return jsonfeed.title(text)
    return plain_line(text_of(_html(_detail(_read(_without_prolog(text)).feed, "title_detail"))))


def _entries(fetched: Fetched) -> list[Entry]:
    text = decode(fetched.body or b"", fetched.content_type).strip()
    if not text:
        raise ParseFailure("the answer is empty")
    if jsonfeed.is_json(text):
        with _as_parse_failure():
            return jsonfeed.entries(text, fetched.url)
    bare = _without_prolog(text)
    if is_page(text) or is_page(bare):
        if is_challenge(text):
            raise ParseFailure("the answer is a page that asks for a browser, not a feed", "blocked")
        raise ParseFailure(_page_sentence(text, fetched.url), "not-a-feed")
    return _xml_entries(bare, fetched.url)


@contextmanager
def _as_parse_failure() -> Iterator[None]:
    try:
        yield
    except jsonfeed.NotJsonFeed as error:
        raise ParseFailure(f"the answer {error.message}") from error


_NAMED = 3  # feeds of a page that one line of a report has room for


def _page_sentence(text: str, url: str) -> str:
    """With the feeds that the page names, of many the first three."""
    feeds = feeds_named_in(text, url)
    these = "this feed" if len(feeds) == 1 else "these feeds"
    more = " and more" if len(feeds) > _NAMED else ""
    named = f"; the page names {these}: {', '.join(feeds[:_NAMED])}{more}" if feeds else ""
    return f"the answer is a web page, not a feed{named}"


# ---------------------------------------------------------------- before feedparser

_SKIP = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:>|\[.*?\]\s*>)", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|atom:feed|channel)[\s>]")
_FIRST = re.compile(r"<([A-Za-z_][\w:.-]{0,60})")
_JUNK = 5_000  # characters before the root: warnings a server prints into its feed


def _without_prolog(text: str) -> str:
    """From the root element on. Declarations, comments and the DOCTYPE with all its entities go: entities are where
    bombs and outside files hide, and feedparser's own search for them takes quadratic time over blanks."""
    at = 0
    while found := _SKIP.match(text, at) or _DOCTYPE.match(text, at):
        at = found.end()
    if not _FIRST.match(text, at) and (root := _ROOT.search(text, at, at + _JUNK)):
        at = root.start()
    return text[at:]


# ---------------------------------------------------------------- feedparser


def _xml_entries(text: str, url: str) -> list[Entry]:
    first = _FIRST.match(text)
    if not first:
        raise ParseFailure("the answer is not a feed: it does not begin with an element", "not-a-feed")
    base = url if is_web(url) else ""
    if base and (ordinary := fast.read(text)):
        entries, feed = ordinary
        return [_entry(entry, base, feed.get("language")) for entry in entries]
    read = _read(text)
    if not read.version and not (read.entries and first[1].lower() == "channel"):  # CDF, and RSS without its root
        raise ParseFailure(f"the answer is not a feed: it begins with <{plain_line(first[1])}>", "not-a-feed")
    found = list(read.entries)
    if read.bozo and _broken_off(text):
        found = found[:-1]  # the last one is not whole
    if read.bozo and not found and not _ends_with(text, first[1]):
        raise ParseFailure("the feed breaks off before its first entry is complete")
    home = read.feed
    base = base or str(dict.get(home, "link") or "")
    return [_entry(entry, base, dict.get(home, "language")) for entry in found]


def _read(text: str) -> Any:
    """What feedparser makes of it: strictly first, then by its forgiving parser. Its HTML cleaning is left out, since
    every text is reduced to plain text later, which costs a tenth. It is not told the feed's address, because it
    would make guids relative to it too, and a feed that moves would bring everything anew."""
    import feedparser

    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),  # never a str: that could be taken for an address or a path
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # a foreign parser on hostile input raises anything: AssertionError, IndexError, …
        raise ParseFailure(f"the feed cannot be read ({type(error).__name__} in the parser)") from error


_OPENS = re.compile(r"<(?:\w+:)?(?:item|entry)(?:\s[^<>]*)?(?<!/)>")  # a tag that breaks off itself opens nothing
_CLOSES = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")


def _broken_off(text: str) -> bool:
    """Whether the text ends inside an entry."""
    last = max((m.start() for m in _OPENS.finditer(text)), default=-1)
    return last >= 0 and _CLOSES.search(text, last) is None


def _ends_with(text: str, root: str) -> bool:
    return re.search(rf"</{re.escape(root)}\s*>", text[-2000:]) is not None


# ---------------------------------------------------------------- one entry


def _entry(entry: dict[str, Any], base: str, language: str | None) -> Entry:
    """`dict.get` throughout: FeedParserDict's own lookup substitutes one field for another, with a warning."""
    title = _detail(entry, "title_detail")
    language = str(dict.get(title, "language") or language or "") or None
    link = _link(entry, base, language)
    return Entry(
        guid=str(dict.get(entry, "id") or ""),
        link=link,
        title=_html(title),
        excerpt=_excerpt(entry),
        published=_instant(entry, "published_parsed") or _instant(entry, "created_parsed"),
        updated=_instant(entry, "updated_parsed"),
        language=language,
        translations=_translations(entry, base, link),
    )


def _detail(entry: dict[str, Any], key: str) -> dict[str, Any]:
    found = dict.get(entry, key)
    return found if isinstance(found, dict) else {}


def _excerpt(entry: dict[str, Any]) -> str:
    """The publisher's summary; the content where there is none, or one of a few words only."""
    summary = _html(_detail(entry, "summary_detail"))
    contents = dict.get(entry, "content") or []
    content = next((_html(c) for c in contents if isinstance(c, dict) and dict.get(c, "value")), "")
    return content if len(summary) < SHORT < len(content) else summary or content


_TAG = re.compile(r"<(?:br|p|img|a|b|i|em|strong|div|span|hr|ul|ol|li)\b[^<]*>", re.IGNORECASE)


def _html(detail: dict[str, Any]) -> str:
    """A text as HTML. feedparser calls RSS texts plain unless it sees a closing tag or an entity, so a lone `<br>`
    in one still counts as HTML."""
    value = str(dict.get(detail, "value") or "")
    plain = dict.get(detail, "type") == "text/plain" and not _TAG.search(value)
    return escape(value, quote=False) if plain else value


def _link(entry: dict[str, Any], base: str, language: str | None) -> str:
    """The page's address: what FeedBurner hid, the entry's own link, an alternate, an enclosure, a guid that is one."""
    for one in _offered(entry, language):
        if one and (address := absolute(base, str(one).strip())):
            return address
    return ""


def _offered(entry: dict[str, Any], language: str | None) -> Iterator[Any]:
    yield dict.get(entry, "feedburner_origlink")
    guid, own = dict.get(entry, "id"), dict.get(entry, "link")
    links = dict.get(entry, "links") or []
    if len(links) > 1 and any("hreflang" in link for link in links):
        yield _in_its_language([link for link in links if isinstance(link, dict)], language)
    if own != guid or str(guid).startswith(("http://", "https://", "/")):
        yield own  # feedparser takes any guid for a link unless the feed says isPermaLink="false"
    for rel in ("alternate", "enclosure"):
        yield from (dict.get(link, "href") for link in links if isinstance(link, dict) and link.get("rel") == rel)
    yield guid if is_web(str(guid)) else None


def _in_its_language(links: Sequence[dict[str, Any]], language: str | None) -> str:
    """Where alternates say their languages, the page that says none, else one in the entry's own; feedparser takes the
    last of all. '' where none says a language."""
    alternates = [link for link in links if link.get("rel") == "alternate"]
    tagged = [link for link in alternates if link.get("hreflang")]
    own = [link for link in alternates if not link.get("hreflang") and "html" in str(link.get("type") or "html")]
    own += [link for link in tagged if str(link["hreflang"])[:2].lower() == (language or "")[:2].lower()]
    return str(own[0].get("href") or "") if tagged and own else ""


def _translations(entry: dict[str, Any], base: str, own: str) -> tuple[tuple[str, str], ...]:
    """What the entry names as itself in another language: `<link rel="alternate" hreflang="fr" href="…">`."""
    links = dict.get(entry, "links") or ()
    if len(links) < 2 or not any("hreflang" in link for link in links):  # as most
        return ()
    named = [
        (str(dict.get(link, "hreflang") or ""), str(dict.get(link, "href") or ""))
        for link in links[:ALTERNATES]
        if isinstance(link, dict) and dict.get(link, "rel") == "alternate"
    ]
    return other_languages(named, base, own)


def _instant(entry: dict[str, Any], key: str) -> datetime | None:
    """feedparser gives UTC as a struct_time, whose year may be anything."""
    found = dict.get(entry, key)
    if isinstance(found, datetime):
        return found
    try:
        return datetime.fromtimestamp(calendar.timegm(found), UTC) if found else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None
