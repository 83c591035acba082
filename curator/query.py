"""The desk's own query language, read into a tree. Pure; the library turns the tree into SQL.

query   := any (OR any)*          any := all of the parts beside each other
part    := -part | ( query ) | field:value | "a phrase" | word | word*
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

import msgspec

from curator.clean import plain_line
from curator.decode import did_you_mean
from curator.errors import UsageError
from curator.models import DECISIONS
from curator.taxonomy import Taxonomy


class Term(msgspec.Struct, frozen=True):
    """A word or phrase in title, blurb, excerpt or text; `prefix` matches beginnings."""

    text: str
    prefix: bool = False


class Is(msgspec.Struct, frozen=True):
    """A field that has a value, already checked and normalised."""

    field: str
    value: str


class Not(msgspec.Struct, frozen=True):
    part: Query


class All(msgspec.Struct, frozen=True):
    """Every part holds; with no part, everything."""

    parts: tuple[Query, ...] = ()


class Any(msgspec.Struct, frozen=True):
    parts: tuple[Query, ...]


class AsOf(msgspec.Struct, frozen=True):
    """What stands as it stood when the library had come to that document and that act: it was there, and nobody but
    `editor` has acted on it since. No query that is typed says this."""

    document: int
    act: int
    editor: str


Query = Term | Is | Not | All | Any | AsOf
EVERYTHING = All()

FIELDS = (
    "country", "theme", "section", "audience", "feed", "publisher", "decision",
    "lang", "since", "until", "used", "has", "is", "id", "family",
)  # fmt: skip
FAMILY = ("lead", "folded", "proposed")
IS = ("revised",)
HAS = ("blurb", "text", "country", "theme", "section", "audience", "excerpt")

_TOKEN = re.compile(r'(?P<mark>[()])|(?P<minus>-(?=\S))|(?P<field>[A-Za-z]+):|(?P<phrase>"[^"]*")|(?P<word>[^\s()]+)')
_VALUE = re.compile(r'"([^"]*)"|([^\s()]+)')
_SPACE = re.compile(r"\s*")
_BEGUN = re.compile(r"(?:^|[\s(-])[^\W\d_]{3,}$")
_UNSEARCHABLE = re.compile("[\ud800-\udfff]")  # bytes of a terminal that are no text
_DEEPEST = 20
_MOST = 200
"""How deep within each other, and how many words and fields: no person needs more, and SQLite takes little more."""


Names = Mapping[str, Callable[[str], str]]
"""How the values of a field are read where the taxonomy does not know them; each raises UsageError."""


def parse(text: str, taxonomy: Taxonomy | None = None, names: Names = MappingProxyType({})) -> Query:
    """The tree of `text`; names are checked against `taxonomy` when given, and by `names`. Raises UsageError with the
    place."""
    return _Reader(text, taxonomy, names).read()


def begun(text: str) -> str:
    """`text` with its last word as the beginning of words, which is what a word is while it is typed; '' where it ends
    in none of three letters or more."""
    return f"{text}*" if text.count('"') % 2 == 0 and _BEGUN.search(text) else ""


class _Reader:
    """One left-to-right pass over the text; keeps only its place, how deep it is, and how much it has read."""

    def __init__(self, text: str, taxonomy: Taxonomy | None, names: Names) -> None:
        self.text, self.taxonomy, self.names = text, taxonomy, names
        self.at = self.depth = self.parts = 0

    def read(self) -> Query:
        if bad := _UNSEARCHABLE.search(self.text):
            raise self._fault("this character is no text", bad.start())
        tree = self._any()
        if self._next():
            raise self._fault("this “)” closes nothing")
        return tree

    def _next(self) -> re.Match[str] | None:
        """The next token, not yet taken; None at the end."""
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return _TOKEN.match(self.text, self.at)

    def _any(self) -> Query:
        choices, places = [self._all()], [self.at]
        while (token := self._next()) and token["word"] == "OR":
            places.append(self.at)
            self.at = token.end()
            choices.append(self._all())
        if len(choices) == 1:
            return choices[0]
        if EVERYTHING in choices:
            empty = choices.index(EVERYTHING)
            raise self._fault("OR needs something on both sides", places[max(empty, 1)])
        return Any(tuple(choices))

    def _all(self) -> Query:
        parts: list[Query] = []
        while (token := self._next()) and token["word"] != "OR" and token["mark"] != ")":
            parts.append(self._part(token))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _part(self, token: re.Match[str]) -> Query:
        start, self.at = self.at, token.end()
        if token["minus"]:
            return self._deeper(start, self._not)
        if token["mark"]:
            return self._deeper(start, self._group)
        self.parts += 1
        if self.parts > _MOST:
            raise self._fault(f"more than {_MOST} words and fields", start)
        if token["field"]:
            return self._field(token["field"], start)
        return Term(token["phrase"][1:-1]) if token["phrase"] else _term(token["word"])

    def _deeper(self, start: int, read: Callable[[int], Query]) -> Query:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._fault(f"more than {_DEEPEST} “(” and “-” within each other", start)
        inner = read(start)
        self.depth -= 1
        return inner

    def _not(self, start: int) -> Query:
        token = self._next()
        if not token or token["mark"] == ")":
            raise self._fault("“-” needs something behind it", start)
        return Not(self._part(token))

    def _group(self, start: int) -> Query:
        inner = self._any()
        closing = self._next()
        if not closing or closing["mark"] != ")":
            raise self._fault("this “(” is never closed", start)
        self.at = closing.end()
        return inner

    def _field(self, name: str, start: int) -> Query:
        field = name.lower()
        value = _VALUE.match(self.text, self.at)
        if field not in FIELDS:
            if value and value[0].startswith("//"):
                self.at = value.end()
                return Term(f"{name}:{value[0]}")
            raise self._fault(f"“{name[:40]}:” is no field. {did_you_mean(field, FIELDS)}".rstrip(), start)
        if not value:
            raise self._fault(f"“{name}:” needs a value behind it", start)
        self.at = value.end()
        return Is(field, self._checked(field, value[1] if value[1] is not None else value[2], start))

    def _checked(self, field: str, value: str, start: int) -> str:
        try:
            if read := self.names.get(field):
                return read(value)
            check = _CHECKS.get(field)
            return check(value, self.taxonomy) if check else value
        except UsageError as error:
            raise self._fault(error.message, start) from error

    def _fault(self, what: str, at: int | None = None) -> UsageError:
        place = (self.at if at is None else at) + 1
        end = "" if what.endswith((".", "?")) else "."
        return UsageError(f"Query, at character {place}: {what}{end}")


def _term(word: str) -> Term:
    return Term(word.rstrip("*"), prefix=True) if word.endswith("*") and word.strip("*") else Term(word)


def _country(value: str, taxonomy: Taxonomy | None) -> str:
    return taxonomy.country(value).code if taxonomy else value.upper()


def _theme(value: str, taxonomy: Taxonomy | None) -> str:
    return taxonomy.theme(value).slug if taxonomy else value


def _section(value: str, taxonomy: Taxonomy | None) -> str:
    return taxonomy.section(value).slug if taxonomy else value


def _audience(value: str, taxonomy: Taxonomy | None) -> str:
    return taxonomy.audience(value).slug if taxonomy else value


def _one_of(words: tuple[str, ...]) -> Callable[[str, Taxonomy | None], str]:
    def check(value: str, taxonomy: Taxonomy | None) -> str:
        if value.lower() not in words:
            raise UsageError(f"“{plain_line(value, 60)}” is none of {', '.join(words)}.")
        return value.lower()

    return check


def _day(value: str, taxonomy: Taxonomy | None) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise UsageError(f"“{plain_line(value, 60)}” is no day. Write it as 2026-10-01.") from None


def _is_number(value: str) -> bool:
    """Figures that SQLite can hold."""
    return value.isascii() and value.isdigit() and len(value) < 19


def _number(value: str, taxonomy: Taxonomy | None) -> str:
    if not _is_number(value):
        raise UsageError(f"“{plain_line(value, 60)}” is no document's number.")
    return value


def _family(value: str, taxonomy: Taxonomy | None) -> str:
    if value.lower() in FAMILY:
        return value.lower()
    if _is_number(value):
        return value
    raise UsageError(f"“{plain_line(value, 60)}” is no document's number and none of {', '.join(FAMILY)}.")


_CHECKS: dict[str, Callable[[str, Taxonomy | None], str]] = {
    "country": _country,
    "theme": _theme,
    "section": _section,
    "audience": _audience,
    "decision": _one_of(DECISIONS),
    "has": _one_of(HAS),
    "is": _one_of(IS),
    "since": _day,
    "until": _day,
    "id": _number,
    "family": _family,
}
