"""A web page read as a feed: what its selectors find, as entries.

    Fetched ─html→ tree ─select.entry→ elements, each with what belongs to it ─→ Entry …

A page that was rebuilt is told from one with nothing new: a selector that finds nothing fails the feed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from curator.clean import plain_line
from curator.days import Order, day_in, order_of
from curator.models import Entry, Feed, Fetched, Select
from curator.pull.html import Element, base_of, picked, tree_of, words_of, xpath
from curator.pull.parse import ParseFailure
from curator.pull.patterns import narrowed
from curator.pull.urls import absolute

MOST = 1_000  # entries of one page
TITLE, EXCERPT = 300, 2_000
_ONLY_A_DAY = 40  # characters of an excerpt that says no more than the date
_HEADINGS = ("dt", "h1", "h2", "h3", "h4", "h5", "h6")


def page_entries(feed: Feed, fetched: Fetched, now: datetime) -> list[Entry]:
    """The entries of a page, in its order. ParseFailure where it is no page, or where its selectors find none."""
    assert feed.select is not None
    root = tree_of(fetched)
    found = entries_in(root, feed.select, fetched.url, now, country=feed.country, language=feed.language)
    if not found:
        raise ParseFailure(_nothing(root, feed.select), "not-a-feed")
    return narrowed(found, feed.match, "the page", "entries")


def _nothing(root: Element, select: Select) -> str:
    """Why there is none, with the selector to look at."""
    mend = "the page was rebuilt, or its list is made by a script; `curator feeds add URL --page` looks for a new one"
    if not xpath(select.entry)(root):
        return f"select.entry = “{plain_line(select.entry, 120)}” finds nothing on the page: {mend}"
    part = "title" if select.title else "link" if select.link else "entry"
    selector = plain_line(getattr(select, part), 120)
    return f"select.{part} = “{selector}” finds no title in any entry of the page: {mend}"


def entries_in(
    root: Element, select: Select, url: str, now: datetime, *, country: str | None = None, language: str | None = None
) -> list[Entry]:
    """What the selectors find, without what has no title; `now` tells a date to come, which stays in the excerpt."""
    base, language = base_of(root, url), language or root.get("lang")
    pieces = [_piece(scope_of(one), select, base) for one in xpath(select.entry)(root)[:MOST]]
    order = order_of((piece.said for piece in pieces), language, country)
    return [piece.entry(select, order, language, now) for piece in pieces if piece.title]


def scope_of(element: Element) -> list[Element]:
    """What belongs to an entry: itself; with a term or a heading also what follows it up to the next one."""
    scope = [element]
    if element.tag in _HEADINGS:
        for following in element.itersiblings():
            if following.tag in _HEADINGS and following.tag <= element.tag:
                break
            scope.append(following)
    return scope[:50]


@dataclass(slots=True)
class _Piece:
    """An entry's elements: what was found of title, link and date; `said` are the words its date is read from."""

    scope: Sequence[Element]
    title: str
    link: str
    heading: Element
    dated: Element
    said: str

    def entry(self, select: Select, order: Order | None, language: str | None, now: datetime) -> Entry:
        at = day_in(self.said, order)
        passed = at is not None and at <= now
        excerpt = self._excerpt(select, [self.dated] if passed and self._is_apart(self.dated) else [])
        if passed and len(excerpt) <= _ONLY_A_DAY and day_in(excerpt, order):
            excerpt = ""
        return Entry(
            guid="",
            link=self.link,
            title=escape(self.title, quote=False),
            excerpt=escape(excerpt, quote=False),
            published=at,
            language=language,
        )

    def _is_apart(self, dated: Element) -> bool:
        """Whether the date's element holds nothing else that an excerpt needs."""
        return dated is not self.scope[0] or (len(self.scope) > 1 and self.heading not in dated.iter())

    def _excerpt(self, select: Select, without: Sequence[Element]) -> str:
        """The words that are neither title nor date; the day of an event stays, since it is no date of publication."""
        if select.excerpt is not None:
            found = picked(self.scope, select.excerpt)
            return words_of([found], limit=EXCERPT) if found is not None else ""
        if self.heading is self.scope[0]:
            return words_of(self.scope[1:], without, EXCERPT)
        return words_of(self.scope, [self.heading, *without], EXCERPT)


def _piece(scope: Sequence[Element], select: Select, base: str) -> _Piece:
    anchor = _anchor(scope, select.link)
    heading = picked(scope, select.title) if select.title else anchor if anchor is not None else scope[0]
    title = words_of([heading], limit=TITLE) if heading is not None else ""
    dated = picked(scope, select.date or "time")
    href = (anchor.get("href") or "").strip() if anchor is not None else ""
    link = "" if not href or href.startswith("#") else absolute(base, href)
    return _Piece(scope, title, link, heading, dated, _date_words(dated, heading))


def _anchor(scope: Sequence[Element], selector: str | None) -> Element:
    """The element with the address: where the selector points at something in or around one, that."""
    found = picked(scope, selector or "a[href]")
    if found is None or found.get("href"):
        return found
    inside = next(iter(xpath("a[href]")(found)), None)
    return inside if inside is not None else next((one for one in found.iterancestors("a") if one.get("href")), None)


def _date_words(dated: Element, heading: Element) -> str:
    """`<time datetime>`, `<meta content>`, a tooltip with the whole instant, else the words."""
    if dated is None:
        return ""
    said = (dated.get(name) or "" for name in ("datetime", "content"))
    return next((one for one in said if day_in(one)), "") or words_of([dated], [heading] if heading is not None else [])
