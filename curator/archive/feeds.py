"""Atom (RFC 4287) and JSON Feed (jsonfeed.org/version/1.1) of editions and of countries. Pure.

Entries keep their ids for ever and are dated as the edition was sent, so that the same archive gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import msgspec

from curator.archive.kept import File, Kept, Sharing, ready
from curator.archive.shelves import Shelf
from curator.clean import plain_line
from curator.config import Network
from curator.digest.forms.contents import Listed
from curator.digest.render.filters import markdown
from curator.digest.words import Words

EDITIONS, DOCUMENTS = 20, 100
"""How many entries a feed has at most: of editions, of a country's documents."""
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Entry(msgspec.Struct, frozen=True):
    id: str
    title: str
    page: str
    at: datetime
    content: str
    language: str
    link: str = ""


class _Feed(msgspec.Struct, frozen=True):
    """`path` is that of its files without their ends, `page` the page it belongs to; both from the site's root."""

    id: str
    title: str
    author: str
    path: str
    page: str
    entries: Sequence[_Entry]
    language: str


def feeds(kept: Sequence[Kept], countries: Sequence[Shelf], network: Network, words: Words, url: str) -> Iterator[File]:
    """Both forms of every feed, titled in `words`, each entry in its edition's language; `kept` newest first, `url` the
    address of the site or '', which leaves addresses relative to the feed. No feed where there is no edition: it would
    have no day."""
    if not kept:
        return
    first = min(kept, key=lambda one: (one.edition.date, one.edition.id)).authority
    name, speaks = plain_line(network.name), words.language
    entries = [_edition(one) for one in kept[:EDITIONS]]
    yield from _both(_Feed(f"{first}:archive", name, name, "editions", "index.html", entries, speaks), url)
    for shelf in countries:
        if shelf.sharings:
            path = shelf.page.removesuffix(".html")
            of = [_document(each) for each in shelf.sharings[:DOCUMENTS]]
            title = str(words.frame["country_feed"]).replace("{country}", shelf.label).replace("{network}", name)
            yield from _both(_Feed(f"{first}:archive/{path}", title, name, path, shelf.page, of, speaks), url)


def _both(feed: _Feed, url: str) -> Iterator[File]:
    yield ready(f"{feed.path}.atom", _atom(feed, url))
    yield ready(f"{feed.path}.json", _json(feed, url))


# ---------------------------------------------------------------- entries


def _edition(one: Kept) -> _Entry:
    return _Entry(one.tag, one.title, one.page, one.at, "".join(_contents(one)), one.contents.language)


def _contents(one: Kept) -> Iterator[str]:
    contents = one.contents
    if due := contents.due:
        yield f"<h2>{escape(contents.words['deadlines'])}</h2>"
        yield from (f"<p><strong>{escape(each.due)}</strong> {_titled(each)}</p>" for each in due)
    yield str(markdown(contents.introduction, 2))
    if contents.key_messages.strip():
        yield f"<h2>{escape(contents.words['key_messages'])}</h2>{markdown(contents.key_messages, 2)}"
    for section in contents.sections:
        yield f"<h2>{escape(section.label)}</h2>"
        for group in section.groups:
            yield f"<h3>{escape(group.label)}</h3>" if group.label and group.documents else ""
            yield from (f"<p>{_linked(each)}</p>{_said(each)}" for each in group.documents)


def _document(sharing: Sharing) -> _Entry:
    document, by = sharing.document, sharing.by
    closes = by.contents.words["closes"].replace("{title}", document.due) if document.due else ""
    due = f"<p>{escape(closes)}</p>" if closes else ""
    content = f"{due}{_said(document)}<p>{_linked(document)}, {escape(by.short)}</p>"
    return _Entry(sharing.tag, document.title, sharing.page, by.at, content, by.contents.language, document.link)


def _titled(document: Listed) -> str:
    title = escape(document.title)
    return f'<a href="{escape(document.link)}">{title}</a>' if document.link else title


def _linked(document: Listed) -> str:
    return ", ".join([_titled(document), *(escape(said) for said in (document.line, document.when) if said)])


def _said(document: Listed) -> str:
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in document.blurb.split("\n\n") if each)
    return f"<blockquote>{paragraphs}</blockquote>" if document.quoted and paragraphs else paragraphs


# ---------------------------------------------------------------- the two forms


def _address(feed: _Feed, url: str, path: str) -> str:
    """A page's address: whole where the site's is known, else from where the feed lies."""
    return urljoin(url, path) if url else "../" * feed.path.count("/") + path


def _atom(feed: _Feed, url: str) -> bytes:
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _instant(max(entry.at for entry in feed.entries)))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="alternate", type="text/html", href=_address(feed, url, feed.page))
    if url:
        _add(root, "link", rel="self", type="application/atom+xml", href=urljoin(url, f"{feed.path}.atom"))
    for entry in feed.entries:
        _add_entry(root, feed, entry, url)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return written + b"\n"


def _add_entry(root: ElementTree.Element, feed: _Feed, entry: _Entry, url: str) -> None:
    added = _add(root, "entry", **{"xml:lang": entry.language})
    _add(added, "id", entry.id)
    _add(added, "title", entry.title)
    _add(added, "updated", _instant(entry.at))
    _add(added, "published", _instant(entry.at))
    _add(added, "link", rel="alternate", type="text/html", href=_address(feed, url, entry.page))
    if entry.link:
        _add(added, "link", rel="related", href=entry.link)
    _add(added, "content", entry.content, type="html")


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    said = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    child = ElementTree.SubElement(parent, name, said)
    child.text = _NOT_XML.sub("", text) or None
    return child


def _json(feed: _Feed, url: str) -> bytes:
    said: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": feed.language,
        "home_page_url": _address(feed, url, feed.page),
        "authors": [{"name": feed.author}],
        "items": [_item(feed, entry, url) for entry in feed.entries],
    }
    if url:
        said["feed_url"] = urljoin(url, f"{feed.path}.json")
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(feed: _Feed, entry: _Entry, url: str) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": _address(feed, url, entry.page),
        "title": entry.title,
        "content_html": entry.content,
        "date_published": _instant(entry.at),
        "date_modified": _instant(entry.at),
        "language": entry.language,
    }
    return item | ({"external_url": entry.link} if entry.link else {})


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
