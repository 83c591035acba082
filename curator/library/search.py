"""A query's tree as a SQL condition over `FROM_DOCUMENTS`. Values travel as parameters, never in the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any as Value

from curator.library import fts
from curator.query import All, Any, Is, Not, Query, Term

FROM_DOCUMENTS = "FROM documents d JOIN feeds f ON f.slug = d.feed LEFT JOIN reviews r ON r.document = d.id"

Condition = tuple[str, list[Value]]


def where(query: Query, since: int = 0) -> Condition:
    """The condition and its parameters, in order. Words are looked for in documents from the id `since` on: whoever
    asks only about those spares reading the others."""
    match query:
        case Term():
            return fts.matching(query, since)
        case Is():
            return _FIELDS[query.field](query.value)
        case Not():
            condition, params = where(query.part, since)
            return f"({condition}) IS NOT TRUE", params  # a missing value makes a condition null, not false
        case All():
            return _joined(query.parts, " AND ", "TRUE", since)
        case Any():
            return _joined(query.parts, " OR ", "FALSE", since)


def has_words(query: Query) -> bool:
    """Whether full text has to be searched."""
    match query:
        case Term():
            return True
        case Is():
            return False
        case Not():
            return has_words(query.part)
        case All() | Any():
            return any(has_words(part) for part in query.parts)


def _joined(parts: tuple[Query, ...], word: str, empty: str, since: int) -> Condition:
    if not parts:
        return empty, []
    conditions = [where(part, since) for part in parts]
    return word.join(f"({sql})" for sql, _ in conditions), [value for _, params in conditions for value in params]


def _tagged(axis: str, value: str) -> Condition:
    return (
        f"EXISTS (SELECT 1 FROM review_tags t WHERE t.document = d.id AND t.axis = '{axis}' AND t.value = ?)",
        [value],
    )


def _country(code: str) -> Condition:
    tagged, params = _tagged("country", code)
    return f"{tagged} OR (f.country = ? AND coalesce(r.says_countries, 0) = 0)", [*params, code]


def _lang(value: str) -> Condition:
    """`lang:sv` finds `sv` and `sv-FI`."""
    wanted = value.lower()
    return "lower(d.language) = ? OR substr(lower(d.language), 1, ?) = ?", [wanted, len(wanted) + 1, f"{wanted}-"]


def _until(day: str) -> Condition:
    last = date.fromisoformat(day)
    return "d.published_at < ?", [(last + timedelta(days=last < date.max)).isoformat()]


def _has(what: str) -> Condition:
    match what:
        case "blurb":
            return "coalesce(r.blurb, '') <> ''", []
        case "section":
            return "coalesce(r.section, f.section) IS NOT NULL", []
        case "country":
            said = "SELECT 1 FROM review_tags t WHERE t.document = d.id AND t.axis = 'country'"
            return f"EXISTS ({said}) OR (f.country IS NOT NULL AND coalesce(r.says_countries, 0) = 0)", []
        case "theme" | "audience":
            return f"EXISTS (SELECT 1 FROM review_tags t WHERE t.document = d.id AND t.axis = '{what}')", []
        case "text" | "excerpt":
            return f"d.{what} <> ''", []
    raise AssertionError(what)


def _used(name: str) -> Condition:
    """`used:update` is any edition of the digest, `used:update-3` that edition."""
    return (
        "EXISTS (SELECT 1 FROM placements p JOIN editions e ON e.id = p.edition "
        "WHERE p.document = d.id AND (e.digest = ? OR e.id = ?))",
        [name, name],
    )


_FIELDS: dict[str, Callable[[str], Condition]] = {
    "country": _country,
    "theme": lambda value: _tagged("theme", value),
    "audience": lambda value: _tagged("audience", value),
    "section": lambda value: ("coalesce(r.section, f.section) = ?", [value]),
    "feed": lambda value: ("EXISTS (SELECT 1 FROM sightings s WHERE s.document = d.id AND s.feed = ?)", [value]),
    "publisher": lambda value: ("coalesce(d.publisher, f.publisher) = ?", [value]),
    "decision": lambda value: ("coalesce(r.decision, 'inbox') = ?", [value]),
    "lang": _lang,
    "since": lambda value: ("d.published_at >= ?", [value]),
    "until": _until,
    "used": _used,
    "has": _has,
    "id": lambda value: ("d.id = ?", [int(value)]),
}
