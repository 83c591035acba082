"""A web page as a tree, and its words: the only importer of lxml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from curator.clean import plain_line
from curator.http.challenges import is_challenge
from curator.models import Fetched
from curator.pull.encoding import decode
from curator.pull.names import words
from curator.pull.parse import ParseFailure
from curator.pull.urls import absolute

MAX_BYTES = 5_000_000  # beyond it, a page is data somebody printed
_CROWDED = re.compile(
    r"<[a-z][^<>\s]*\s+(?:[^<>\s]+\s+){2000}", re.IGNORECASE
)  # libxml2 takes quadratic time over attributes
_META = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "select", "button"))
_INLINE = words("a abbr b bdi cite code em i mark q s small span strong sub sup time u")

Element = Any
"""lxml's, which has no types."""


def tree_of(fetched: Fetched) -> Element:
    """The page's root. ParseFailure where it is none, or the door of a bot filter."""
    from lxml import etree

    body = fetched.body or b""
    if len(body) > MAX_BYTES:
        raise ParseFailure(f"the page is over {MAX_BYTES / 1e6:g} MB", "too-big")
    text = text_of_page(body, fetched.content_type)
    if is_challenge(text):
        raise ParseFailure("the answer is a page that asks for a browser", "blocked")
    if _CROWDED.search(text):
        raise ParseFailure("the page has an element with thousands of attributes", "too-big")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise ParseFailure("the answer is no web page", "not-a-feed")
    return root


def text_of_page(body: bytes, content_type: str | None) -> str:
    """By what header or page say of themselves; never raises."""
    said = content_type or ""
    meta = None if "charset" in said.lower() else _META.search(body[:5_000])
    return decode(body, f"{said}; charset={meta[1].decode('ascii', 'replace')}" if meta else said)


def base_of(root: Element, url: str) -> str:
    """The address that relative links count from."""
    href = next((base.get("href") for base in root.iter("base") if base.get("href")), "")
    return absolute(url, href.strip()) or url


def words_of(elements: Sequence[Element], without: Sequence[Element] = (), limit: int = 3_000) -> str:
    """What a reader sees of the elements, on one line; blocks are kept apart by a space."""
    parts, size = [], 0
    for part in _parts(elements, without):
        parts.append(part)
        size += len(part)
        if size > limit * 2:
            break
    return plain_line("".join(parts), limit)


def _parts(elements: Sequence[Element], without: Sequence[Element]) -> Iterator[str]:
    """Without recursion: a page may be nested as deep as it likes."""
    from lxml import etree

    left_out = {id(one) for one in without}
    for top in elements:
        hidden: Element = None
        for event, one in etree.iterwalk(top, events=("start", "end")):
            if hidden is None and event == "start" and (one.tag in _SILENT or id(one) in left_out):
                hidden = one
            if event == "start" and hidden is None:
                yield "" if one.tag in _INLINE else " "
                yield one.text or ""
            elif event == "end":
                shown = hidden is None
                hidden = None if hidden is one else hidden
                yield " " if shown and one.tag not in _INLINE else ""
                if hidden is None and one is not top:
                    yield one.tail or ""
        yield " "


@lru_cache(maxsize=512)
def xpath(selector: str) -> Any:
    """The compiled form of a CSS selector that `config.selector_fault` finds nothing wrong with."""
    from cssselect import HTMLTranslator
    from lxml import etree

    return etree.XPath(HTMLTranslator().css_to_xpath(selector))


def picked(elements: Sequence[Element], selector: str) -> Element:
    """The first element of the selector in any of these or these themselves, else None; `:scope` is the first."""
    if selector.strip() == ":scope":
        return elements[0]
    return next((found[0] for one in elements if (found := xpath(selector)(one))), None)
