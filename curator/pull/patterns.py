"""`match` of a feed: which of the addresses a page or a sitemap names are wanted. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from curator.clean import plain_line
from curator.models import Entry
from curator.pull.parse import ParseFailure


def fits(pattern: str, path: str) -> bool:
    """Whether a path begins so, or with `*`, `?` or `[…]` in the pattern, is whole of that form."""
    return fnmatchcase(path, pattern) if any(c in pattern for c in "*?[") else path.startswith(pattern)


def narrowed(entries: Sequence[Entry], pattern: str | None, place: str, things: str) -> list[Entry]:
    """The entries whose link's path fits, or whose whole link where the pattern has a scheme; all without a pattern.
    ParseFailure where none of them does: a list that fell silent is no list without news."""
    if not pattern:
        return list(entries)
    whole = "://" in pattern
    found = [entry for entry in entries if fits(pattern, entry.link if whole else _path(entry.link))]
    if entries and not found:
        said = plain_line(pattern, 100)
        raise ParseFailure(f"none of the {len(entries)} {things} of {place} fits match = “{said}”", "not-a-feed")
    return found


def _path(link: str) -> str:
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
