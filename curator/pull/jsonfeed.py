"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1): what feedparser does not read. Forgiving field by field."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urljoin

import msgspec

from curator.clean import plain_line
from curator.errors import CuratorError
from curator.models import Entry
from curator.pull.urls import is_web

_VERSION = re.compile(r"(?:^|jsonfeed\.org/version/)1(?:\.\d+)?/?$")  # some write the number alone


class NotJsonFeed(CuratorError):
    """The text is JSON, or was meant to be, but no JSON Feed."""


def is_json(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[")


def entries(text: str, url: str) -> list[Entry]:
    """The entries of a JSON Feed; NotJsonFeed otherwise. A field of a wrong type counts as absent."""
    feed = _read(text)
    base = url if is_web(url) else _text(feed, "home_page_url")
    language = _text(feed, "language")
    return [_entry(item, base, language) for item in feed["items"] if isinstance(item, dict)]


def title(text: str) -> str:
    """What the feed calls itself, as one plain line; NotJsonFeed where it is none."""
    return plain_line(_text(_read(text), "title"))


def _read(text: str) -> dict[str, Any]:
    feed = _decoded(text)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise NotJsonFeed("is JSON, but not a JSON Feed of version 1")
    if not _VERSION.search(str(feed.get("version", ""))):
        raise NotJsonFeed("is JSON, but not a JSON Feed of version 1")
    return feed


def _decoded(text: str) -> Any:
    """Read as the standard has it; else as Python does, which takes the half of an emoji that JavaScript leaves where
    it cuts a text, and control characters inside strings."""
    with suppress(msgspec.DecodeError, UnicodeError, RecursionError):
        return msgspec.json.decode(text)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise NotJsonFeed("is JSON, but damaged or cut off") from error


def _entry(item: Mapping[str, Any], base: str, language: str) -> Entry:
    link = _text(item, "url") or _text(item, "external_url") or _attachment(item)
    return Entry(
        guid=_text(item, "id"),
        link=_absolute(base, link),
        title=escape(_text(item, "title"), quote=False),
        excerpt=_excerpt(item),
        published=_instant(_text(item, "date_published")),
        updated=_instant(_text(item, "date_modified")),
        language=_text(item, "language") or language or None,
    )


def _excerpt(item: Mapping[str, Any]) -> str:
    """As HTML: `summary` and `content_text` are plain by the standard."""
    summary = escape(_text(item, "summary"), quote=False)
    return summary or _text(item, "content_html") or escape(_text(item, "content_text"), quote=False)


def _attachment(item: Mapping[str, Any]) -> str:
    found = item.get("attachments")
    return next((_text(a, "url") for a in found if isinstance(a, dict)), "") if isinstance(found, list) else ""


def _text(values: Mapping[str, Any], key: str) -> str:
    """A string, or a number as some publishers write ids; '' for anything else."""
    value = values.get(key)
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode().strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _absolute(base: str, link: str) -> str:
    try:
        address = urljoin(base, link) if link else ""
    except ValueError:
        return ""
    return address if is_web(address) else ""


def _instant(said: str) -> datetime | None:
    """RFC 3339, as UTC; a time without a zone is taken for UTC."""
    try:
        at = datetime.fromisoformat(said)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
