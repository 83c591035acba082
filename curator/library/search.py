"""A query's tree as a SQL condition over `FROM_DOCUMENTS`. Values travel as parameters, never in the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any as Value

from curator.library import fts
from curator.library.families import PROPOSED
from curator.query import All, Any, AsOf, Is, Not, Query, Term

FROM_DOCUMENTS = "FROM documents d JOIN feeds f ON f.slug = d.feed LEFT JOIN reviews r ON r.document = d.id"

UNFOLDED = "d.id NOT IN (SELECT document FROM relatives)"

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
        case AsOf():
            return _untouched(query)


def listed(query: Query, since: int = 0) -> Condition:
    """As `where`, without the documents that are folded to another one, but where the query asks for them by name."""
    condition, params = where(query, since)
    return (condition if _reaches(query) else f"({condition}) AND {UNFOLDED}"), params


def decided(query: Query) -> str | None:
    """The decision that every document of a query has, where that is none an undecided one has, too: these are found by
    an index."""
    match query:
        case Is("decision", value) if value != "inbox":
            return value
        case All():
            return next((found for part in query.parts if (found := decided(part))), None)
    return None


def _reaches(query: Query) -> bool:
    match query:
        case Is("id" | "family"):
            return True
        case All() | Any():
            return any(_reaches(part) for part in query.parts)
    return False


def has_words(query: Query) -> bool:
    """Whether full text has to be searched."""
    match query:
        case Term():
            return True
        case Is() | AsOf():
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
    used = "FROM placements p JOIN editions e ON e.id = p.edition"
    return (
        f"d.id IN (SELECT p.document {used} WHERE e.digest = ? OR e.id = ? UNION SELECT k.lead {used} "
        "JOIN relatives k ON k.document = p.document WHERE e.digest = ? OR e.id = ?)",
        [name, name, name, name],
    )


def _feed(slug: str) -> Condition:
    """That brought it or one of its relatives."""
    return (
        "d.id IN (SELECT document FROM sightings WHERE feed = ? UNION "
        "SELECT k.lead FROM sightings s JOIN relatives k ON k.document = s.document WHERE s.feed = ?)",
        [slug, slug],
    )


def _publisher(name: str) -> Condition:
    """That issued it or one of its relatives: who publishes together publishes all of it."""
    return (
        "(coalesce(d.publisher, f.publisher) = ? OR d.id IN (SELECT k.lead FROM relatives k JOIN documents m "
        "ON m.id = k.document LEFT JOIN feeds o ON o.slug = m.feed WHERE coalesce(m.publisher, o.publisher) = ?))",
        [name, name],
    )


def _family(which: str) -> Condition:
    """`family:12` is all of one family; the words are for leads, folded documents, and what waits for the editor."""
    match which:
        case "lead":
            return "d.id IN (SELECT lead FROM relatives)", []
        case "folded":
            return "d.id IN (SELECT document FROM relatives)", []
        case "proposed":
            return f"d.id IN ({PROPOSED})", []
    number = int(which)
    lead = "SELECT coalesce((SELECT lead FROM relatives WHERE document = ?), ?)"
    return (
        f"d.id IN ({lead} UNION SELECT document FROM relatives WHERE lead = ({lead}))",
        [number, number, number, number],
    )


def _untouched(since: AsOf) -> Condition:
    """Acts name documents as `document:12`, and as `family:12` where they are about its place in a family."""
    others = "FROM acts a JOIN act_changes c ON c.act = a.id WHERE a.id > ? AND a.by <> ?"
    numbers = " UNION ".join(
        f"SELECT CAST(substr(c.subject, {len(kind) + 1}) AS INTEGER) {others} AND c.subject LIKE '{kind}%'"
        for kind in ("document:", "family:")
    )
    return f"d.id <= ? AND d.id NOT IN ({numbers})", [since.document, *(since.act, since.editor) * 2]


_REVISED = "d.changed_at IS NOT NULL AND (r.at IS NULL OR d.changed_at > r.at)"

_FIELDS: dict[str, Callable[[str], Condition]] = {
    "country": _country,
    "theme": lambda value: _tagged("theme", value),
    "audience": lambda value: _tagged("audience", value),
    "section": lambda value: ("coalesce(r.section, f.section) = ?", [value]),
    "feed": _feed,
    "publisher": _publisher,
    "decision": lambda value: ("coalesce(r.decision, 'inbox') = ?", [value]),
    "lang": _lang,
    "since": lambda value: ("d.published_at >= ?", [value]),
    "until": _until,
    "used": _used,
    "has": _has,
    "is": lambda value: (_REVISED, []),
    "id": lambda value: ("d.id = ?", [int(value)]),
    "family": _family,
}
