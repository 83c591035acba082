"""What stands at an address that is a page and no feed: is it one, and does it name a feed?"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

from curator.clean import plain_line
from curator.pull.urls import is_web

_PAGE = re.compile(r"(?:<!doctype\s+html|<(?:html|head|body|title|meta)[\s>])", re.IGNORECASE)
_LINK = re.compile(r"<link\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
# What the pages of the large bot filters hold (Cloudflare, Imperva, Akamai, DataDome, Sucuri); an article about
# them seldom does so in its first characters.
_CHALLENGE = re.compile(
    r"cf-challenge|cf_chl_|<title>just a moment\.\.\.|<title>attention required! \| cloudflare|_incapsula_resource"
    r"|<title>access denied|geo\.captcha-delivery\.com|sucuri website firewall|pardon our interruption"
    r"|<title>checking your browser",
    re.IGNORECASE,
)
_CHALLENGE_HEAD = 20_000
_HEAD = 300_000  # characters of a page searched for its feed


def is_page(start: str) -> bool:
    """Whether a text (what precedes its first element left out or not) begins as HTML does."""
    return _PAGE.match(start.lstrip()) is not None


def is_challenge(page: str) -> bool:
    """Whether a page is no page at all but the door of a bot filter."""
    return _CHALLENGE.search(page, 0, _CHALLENGE_HEAD) is not None


def feed_named_in(page: str, url: str) -> str:
    """The address of the first feed a page names with `<link rel="alternate">`, or ''."""
    for match in _LINK.finditer(page[:_HEAD]):
        said = {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(match[1])}
        if "alternate" in said.get("rel", "").lower().split() and said.get("type", "").lower() in _FEED_TYPES:
            try:
                address = plain_line(urljoin(url, said.get("href", "").strip()))
            except ValueError:
                continue
            if is_web(address) and len(address) <= 500:
                return address
    return ""
