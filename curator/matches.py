"""Where the words of a query stand in a text, by the rules the library's full text goes by. Pure.

Those are FTS5's `unicode61 remove_diacritics 2`: a word is letters and digits beside each other, in any case, without
the accents of Latin letters; everything else separates words. Nothing is stemmed: `*` is the only open end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from curator.query import All, Any, Not, Query, Term

_ACCENT = "\u0300"
_ACCENTS = frozenset(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u030f\u0311\u031b"
    "\u0323\u0324\u0325\u0326\u0327\u0328\u032d\u032e\u0330\u0331"
)
"""The combining marks that FTS5 takes as part of the word before them."""

Spans = list[tuple[int, int]]
"""Beginnings and ends in a text, in order, none over another."""


class Matcher:
    """Finds the words of a query in texts; false where it has none."""

    def __init__(self, terms: Iterable[Term]) -> None:
        sought = {tuple(folded(term.text).split()): term.prefix for term in sorted(terms, key=lambda one: one.prefix)}
        parts = [_pattern(words, sought[words]) for words in sorted(sought, key=len, reverse=True) if words]
        self._pattern = re.compile("|".join(parts)) if parts else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Matcher) and self._pattern == other._pattern

    def __hash__(self) -> int:
        return hash(self._pattern)

    def spans(self, text: str) -> Spans:
        """Where they stand in `text`."""
        return [one.span() for one in self._pattern.finditer(folded(text))] if self._pattern else []


NOTHING = Matcher(())


def matcher(query: Query) -> Matcher:
    """Of the words a document must or may have; what it must not have is nowhere to be found."""
    return Matcher(_terms(query))


def _terms(query: Query) -> Iterable[Term]:
    match query:
        case Term():
            yield query
        case All() | Any():
            for part in query.parts:
                yield from _terms(part)
        case Not(Not(part)):
            yield from _terms(part)


def _pattern(words: tuple[str, ...], prefix: bool) -> str:
    """Of words one after another, in folded text."""
    spelled = (f"{_ACCENT}*".join(word.replace(_ACCENT, "")) for word in words)
    end = "[^ ]*" if prefix else f"{_ACCENT}*(?![^ ])"
    return rf"(?<![^ ]){f'{_ACCENT}* +'.join(spelled)}{end}"


class _Fold(dict[int, str]):
    """One character for each: itself in lower case without its accent, a space where it parts words."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


_FOLD = _Fold()


def folded(text: str) -> str:
    """As long as `text`, so that a place in one is a place in the other."""
    return text.translate(_FOLD)


def _fold(sign: str) -> str:
    if sign in _ACCENTS:
        return _ACCENT
    kind = unicodedata.category(sign)
    if kind[0] not in "LN" and kind != "Co":
        return " "
    bare = unicodedata.normalize("NFD", sign)[0]
    if bare.isascii():
        return bare.lower()
    low = sign.casefold()
    return low if len(low) == 1 else sign.lower()[:1]
