"""A web page's own words, without its menus and notices: the only importer of trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from curator.clean import plain_line, plain_text
from curator.errors import UsageError
from curator.reading.pages import Page

MAX_BYTES = 5_000_000  # beyond it, a page is data somebody printed, and finding its text takes minutes
TITLE = 300
_HEAD = 200_000  # characters of a page searched for what it says about itself

_ANY_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|p|div|h1|article)\b", re.IGNORECASE)
_FEED = re.compile(r"(?:(?><\?xml.{0,200}?\?>)|(?><!--.*?-->)|\s)*+<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL)
_LANGUAGE = re.compile(r"<html\s[^<>]{0,1000}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
_LINK = re.compile(r"<link\s([^<>]{1,2000})>", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_CANONICAL = re.compile(r"\brel\s*=\s*[\"']?canonical\b", re.IGNORECASE)
_ALTERNATE = re.compile(r"\brel\s*=\s*[\"']?alternate\b", re.IGNORECASE)
_HREFLANG = re.compile(r"\bhreflang\s*=\s*[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_MOST_LANGUAGES = 40
_TITLE = re.compile(r"<title[^<>]*>([^<]{1,2000})</title", re.IGNORECASE)


def looks_like_html(start: str) -> bool:
    return _ANY_TAG.search(start[:5_000]) is not None


def looks_like_a_feed(start: str) -> bool:
    """Whether it is RSS, Atom or RDF, which holds documents rather than being one."""
    return _FEED.match(start[:5_000]) is not None


def read_html(html: str, link: str = "") -> Page:
    """The page's main text and what it says about itself. UsageError, with a sentence about "it", where there is
    neither title nor text."""
    if len(html) > MAX_BYTES:
        raise UsageError(f"it is a web page of over {MAX_BYTES / 1e6:g} MB")
    found = _extracted(html, link)
    title = plain_line(getattr(found, "title", None) or _own_title(html), TITLE)
    text = plain_text(_paragraphs(getattr(found, "text", None) or ""))
    if not title and not text:
        raise UsageError("it is a web page without any text")
    language = _LANGUAGE.search(html[:_HEAD])
    return Page(
        title=title,
        text=text,
        language=language[1].lower() if language else None,
        published_at=_day(getattr(found, "date", None)),
        link=link,
        canonical=_canonical(html[:_HEAD], link),
        translations=_translations(html[:_HEAD]),
    )


_UNSEEN = ("script", "style", "head", "title", "template", "noscript")
_NAMES = "br p div li ul ol h1 h2 h3 h4 h5 h6 tr td th table blockquote hr dt dd pre section article"
_BLOCKS = frozenset(_NAMES.split())


def all_words(html: str) -> str:
    """Every word of a page, as plain text: for mails, whose makers put tables where a page has its articles."""
    import trafilatura

    _hush()
    tree = trafilatura.load_html(html[:MAX_BYTES])
    return "" if tree is None else plain_text("".join(_seen(tree)))


def _seen(tree: Any) -> Iterator[str]:
    for one in tree.iter():
        apart = "\n\n" if one.tag in _BLOCKS else ""
        if isinstance(one.tag, str) and one.tag not in _UNSEEN:
            yield f"{apart}{one.text or ''}"
        yield f"{apart}{one.tail or ''}"


def _extracted(html: str, link: str) -> Any:
    """trafilatura's Document or None; it complains on stderr about pages it cannot read, which is not wanted here."""
    import trafilatura

    _hush()
    try:
        return trafilatura.bare_extraction(html, url=link or None, with_metadata=True, include_comments=False)
    except Exception as error:  # a foreign parser on any page of the web raises anything
        raise UsageError(f"its text cannot be found ({type(error).__name__} in the parser)") from error


def _hush() -> None:
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _paragraphs(text: str) -> str:
    """trafilatura ends a paragraph with one line break."""
    return re.sub(r"\n+", "\n\n", text)


def _own_title(html: str) -> str:
    found = _TITLE.search(html[:_HEAD])
    return unescape(found[1]) if found else ""


def _canonical(head: str, link: str) -> str:
    """What the page names as its address; not a bare home page, which careless sites name on every page."""
    for match in _LINK.finditer(head):
        href = _HREF.search(match[1])
        if not href or not _CANONICAL.search(match[1]):
            continue
        try:
            address = plain_line(urljoin(link, unescape(href[1] or href[2] or href[3] or "").strip()))
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and (parts.path.strip("/") or parts.query):
            return address
    return ""


def _translations(head: str) -> tuple[tuple[str, str], ...]:
    """The languages and addresses of `<link rel="alternate" hreflang="fr" href="…">`, as they are written."""
    found: list[tuple[str, str]] = []
    for match in _LINK.finditer(head):
        language, href = _HREFLANG.search(match[1]), _HREF.search(match[1])
        if language and href and _ALTERNATE.search(match[1]) and len(found) < _MOST_LANGUAGES:
            found.append((language[1], unescape(href[1] or href[2] or href[3] or "")))
    return tuple(found)


def _day(said: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(said)).replace(tzinfo=UTC) if said else None
    except ValueError:
        return None
