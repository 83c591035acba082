"""What may stand where the cursor is in a query, and what a value is called. Pure.

A value is written by its code (`SE`) and found by its name too (`Sweden`, `swe`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import msgspec

from curator.clean import fold
from curator.query import FIELDS


class Value(msgspec.Struct, frozen=True):
    """What a field can be: `code` as it is written, `label` in words; `aliases` are other names it is found by."""

    code: str
    label: str = ""
    aliases: tuple[str, ...] = ()


Vocabulary = Mapping[str, Sequence[Value]]
"""The values of each field, those first that are wanted first."""


class Completion(msgspec.Struct, frozen=True):
    """`text` in the place of what stands from `start` to `end`; `label` says what it is."""

    start: int
    end: int
    text: str
    label: str

    def taken(self, query: str) -> tuple[str, int]:
        """The query with it, and where the cursor then stands: behind a value, with a space between."""
        rest = query[self.end :]
        if self.text.endswith(":"):
            return query[: self.start] + self.text + rest, self.start + len(self.text)
        space = "" if rest.startswith((" ", ")")) else " "
        return query[: self.start] + self.text + space + rest, self.start + len(self.text) + len(space or rest[:1])


FIELD_LABELS = {
    "country": "a country it concerns",
    "theme": "a theme it was given",
    "section": "its section",
    "audience": "who it is for",
    "feed": "a feed that brought it",
    "publisher": "who issued it",
    "decision": "inbox, kept, dropped, later",
    "lang": "its language",
    "since": "published that day or after",
    "until": "published that day or before",
    "used": "in an edition of a digest",
    "has": "has a blurb, a theme, a text …",
    "is": "revised by its feed",
    "id": "the document of a number",
    "family": "the family of a document",
}
MOST = 50
_FEWEST = 2
"""Letters of a word before a field is offered for it: shorter ones are words on their way."""
_BEGUN = re.compile(r'(?:^|[\s(])-?(?:(?P<field>[A-Za-z]+):(?P<value>"[^"]*|[^\s()"]*)|(?P<word>[A-Za-z]*))$')
_REST = re.compile(r'[^\s()"]*"?')


def completions(query: str, cursor: int, vocabulary: Vocabulary, *, every: bool = False) -> list[Completion]:
    """What the word that ends at `cursor` may become, the likeliest first; nothing in the middle of a word of its own.
    `every`: all fields where no word is begun, or only with a letter."""
    begun = _BEGUN.search(query, 0, cursor)
    if not begun or _quoted(query[:cursor]) != (begun["value"] or "").startswith('"'):
        return []
    rest = _REST.match(query, cursor)
    end = rest.end() if rest else cursor
    if begun["word"] is not None:
        few = len(begun["word"]) < _FEWEST and not every
        return [] if few or end > cursor else _fields(begun["word"], begun.start("word"), end)
    values = vocabulary.get(begun["field"].lower(), ())
    found = islice(_values(values, begun["value"].lstrip('"')), MOST)
    return [Completion(begun.start("value"), end, _written(one.code), one.label) for one in found]


def called(name: str, values: Iterable[Value]) -> str | None:
    """The code of the one value that is called `name`: by its code in any case, its label, an alias only it has."""
    asked, known = fold(name), list(values)
    for names in (lambda one: (one.code,), lambda one: (one.label,), lambda one: one.aliases):
        codes = {one.code for one in known if asked and asked in map(fold, names(one))}
        if len(codes) == 1:
            return codes.pop()
    return None


def _quoted(text: str) -> bool:
    """Whether a quotation mark stands open at its end."""
    return text.count('"') % 2 == 1


def _fields(word: str, start: int, end: int) -> list[Completion]:
    names = (name for name in FIELDS if name.startswith(word.lower()))
    return [Completion(start, end, f"{name}:", FIELD_LABELS[name]) for name in names]


def _values(values: Sequence[Value], typed: str) -> Iterable[Value]:
    asked = fold(typed)
    ranked = [(_rank(one, asked), place) for place, one in enumerate(values)]
    return (values[place] for rank, place in sorted(ranked) if rank < _NOT)


_NOT = 9


def _rank(value: Value, asked: str) -> int:
    code, label = fold(value.code), fold(value.label)
    if code == asked or label == asked:
        return 0
    if code.startswith(asked):
        return 1
    if any(word.startswith(asked) for word in (label, *label.split(), *code.split())):
        return 2
    if len(asked) > _FEWEST and (asked in label or any(fold(one).startswith(asked) for one in value.aliases)):
        return 3
    return _NOT


def _written(code: str) -> str:
    return f'"{code}"' if re.search(r"[\s()]", code) else code
