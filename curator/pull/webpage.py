"""What stands at an address that is a page and no feed: is it one, and does it name a feed?"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from html import unescape
from ipaddress import ip_address
from itertools import islice
from urllib.parse import urljoin, urlsplit

from curator.clean import plain_line
from curator.pull.urls import host_of, is_web

OFFERED = 8  # addresses of one page that are tried

_PAGE = re.compile(r"(?:<!doctype\s+html|<(?:html|head|body|title|meta)[\s>])", re.IGNORECASE)
_LINK = re.compile(r"<link\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_HEAD = 300_000  # characters of a page searched for its feed
_BODY = 2_000_000
_LOOSE_TYPES = ("application/xml", "text/xml", "application/json", "")
_ANCHOR = re.compile(r"<a\s([^<>]{1,2000})>(.{0,300}?)</a", re.IGNORECASE | re.DOTALL)
_FEED_PATH = re.compile(r"(?:[/._-]|^)(?:rss|atom|feeds?|rdf)(?:\d?(?:[/._?-]|$))", re.IGNORECASE)
_FEED_WORDS = re.compile(r"\b(?:rss|atom|(?:news )?feeds?|web feed|json feed)\b", re.IGNORECASE)


def is_page(start: str) -> bool:
    """Whether a text (what precedes its first element left out or not) begins as HTML does."""
    return _PAGE.match(start.lstrip()) is not None


def feeds_named_in(page: str, url: str) -> list[str]:
    """The addresses of the feeds a page names with `<link rel="alternate">`, each once; at most `OFFERED`."""
    return list(dict.fromkeys(islice(_named(page, url, _FEED_TYPES), OFFERED)))


def feeds_offered_in(page: str, url: str) -> list[str]:
    """The addresses that may be feeds: named with `<link rel="alternate">` first, then links that look like one by
    address or words; at most `OFFERED`."""
    found = [*_named(page, url, (*_FEED_TYPES, *_LOOSE_TYPES)), *_linked(page, url)]
    return list(dict.fromkeys(one for one in found if one != url))[:OFFERED]


def _named(page: str, url: str, types: Container[str]) -> Iterator[str]:
    for match in _LINK.finditer(page[:_HEAD]):
        said = _attributes(match[1])
        if "alternate" in said.get("rel", "").lower().split() and said.get("type", "").lower() in types:
            yield from _address(url, said)


def _linked(page: str, url: str) -> Iterator[str]:
    for match in _ANCHOR.finditer(page[:_BODY]):
        said = _attributes(match[1])
        words = plain_line(re.sub(r"<[^<>]{0,500}>", " ", match[2]))
        if _FEED_PATH.search(said.get("href", "")) or (len(words) <= 40 and _FEED_WORDS.search(words)):
            yield from _address(url, said)


def _attributes(tag: str) -> dict[str, str]:
    return {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(tag)}


def _address(url: str, said: Mapping[str, str]) -> Iterator[str]:
    """None where there is no web address, or one that a page of this host has no business to name: this machine or
    one beside it."""
    try:
        address = plain_line(urljoin(url, said.get("href", "").strip())).partition("#")[0]
    except ValueError:
        return
    near = host_of(address) != host_of(url) and is_near(host_of(address))
    if is_web(address) and len(address) <= 500 and not near:
        yield address


def is_near(host: str) -> bool:
    """Whether a host names this machine or one of its own network by its number."""
    if host == "localhost" or host.endswith((".localhost", ".local")):
        return True
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        return False


def usual_places(url: str) -> list[list[str]]:
    """Where a site's feed mostly lies though no page names it: near this page, then at the top of the site."""
    parts = urlsplit(url)
    top = f"{parts.scheme}://{parts.netloc}"
    page = f"{top}{parts.path.rstrip('/')}"
    near = [f"{page}{end}" for end in (".atom", ".rss", "/feed/", "/rss.xml")] if parts.path.strip("/") else []
    return [
        near,
        [f"{top}/{end}" for end in ("feed/", "rss.xml", "feed.xml", "atom.xml", "index.xml", "rss", "feed.json")],
    ]
