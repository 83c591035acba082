"""Where the taxonomy's words stand in a text: one walk over the words, whatever the number of phrases.

A text becomes its words, without accents; each word is looked up as the first of a phrase (a dictionary) and as
the beginning of an open one (`suicid*`, by its first letters). The cost grows with the text, hardly with the taxonomy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

import msgspec

_WORD = re.compile(r"[^\W_]+")
_STEM = 3
"""Letters by which open words (`ssri*`) are indexed; the taxonomy has none with fewer."""


class Phrase(msgspec.Struct, frozen=True):
    """One keyword or alias of one owner (a country's code, a theme's or document type's slug).

    `words` are folded; an open phrase ends within a word. `exact` is the spelling that must stand, where case
    matters. `never` ones are phrases in which the owner's words do not count."""

    owner: str
    shown: str
    words: tuple[str, ...]
    is_open: bool = False
    exact: tuple[str, ...] = ()
    never: bool = False


class Hit(msgspec.Struct, frozen=True):
    """A phrase from word `start` up to, not including, word `end`."""

    start: int
    end: int
    phrase: Phrase


class Words(msgspec.Struct, frozen=True):
    """A text's words as they stand (without accents) and folded, of the same number. `shouts` is a text all in
    capitals, where capitals tell nothing."""

    written: list[str]
    folded: list[str]
    shouts: bool

    def __len__(self) -> int:
        return len(self.folded)


def words_of(text: str) -> Words:
    """Letters and figures only: hyphens, apostrophes and full stops part words, as in `U.S.` and `co-production`."""
    written = _WORD.findall(_bare(text))
    return Words(written, [word.casefold() for word in written], text.isupper())


def phrase(owner: str, shown: str, *, never: bool = False, case: bool = False) -> Phrase:
    """A phrase as the taxonomy writes it: `suicid*`, `Côte d'Ivoire`, and with `case` `WHO` or `Turkey`."""
    words = words_of(shown)
    exact = tuple(words.written) if case else ()
    return Phrase(owner, shown, tuple(words.folded), shown.endswith("*"), exact, never)


class Lexicon:
    """Many phrases, found together. It neither counts nor weighs; that is the caller's."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._first: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[Phrase]] = {}
        for each in phrases:
            if not each.words:
                continue
            by_stem = each.is_open and len(each.words) == 1
            index, key = (self._stems, each.words[0][:_STEM]) if by_stem else (self._first, each.words[0])
            index.setdefault(key, []).append(each)

    def find(self, text: Words) -> list[Hit]:
        """Every phrase wherever it stands, overlapping ones too, without those that only stand in a `never`."""
        hits: list[Hit] = []
        first, stems = self._first, self._stems
        for start, word in enumerate(text.folded):
            if word in first:
                hits += _phrases_at(first[word], text, start)
            if (stem := word[:_STEM]) in stems:
                hits += [Hit(start, start + 1, each) for each in stems[stem] if word.startswith(each.words[0])]
        return _without_never(hits)


def longest(hits: Iterable[Hit], lane: Callable[[Hit], str]) -> list[Hit]:
    """From the left, the longest of hits that overlap within one lane: `Northern Ireland` rather than `Ireland`."""
    taken: list[Hit] = []
    ends: dict[str, int] = {}
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if hit.start >= ends.get(lane(hit), 0):
            taken.append(hit)
            ends[lane(hit)] = hit.end
    return taken


def _phrases_at(phrases: list[Phrase], text: Words, start: int) -> Iterable[Hit]:
    for each in phrases:
        end = start + len(each.words)
        if len(each.words) > 1 and not _continues(each, text.folded, start + 1, end):
            continue
        if each.exact and not _stands_so(each.exact, text, start, end):
            continue
        yield Hit(start, end, each)


def _continues(each: Phrase, folded: list[str], second: int, end: int) -> bool:
    """Whether the words after the first follow; the last of an open phrase need only begin so."""
    if not each.is_open:
        return tuple(folded[second:end]) == each.words[1:]
    return (
        end <= len(folded)
        and tuple(folded[second : end - 1]) == each.words[1:-1]
        and folded[end - 1].startswith(each.words[-1])
    )


def _stands_so(exact: tuple[str, ...], text: Words, start: int, end: int) -> bool:
    """`WHO` only as WHO and not in a line of capitals, `U.S.` there too; `Turkey` as Turkey or TURKEY."""
    written = text.written[start:end]
    if len(exact) == 1 and exact[0].isupper() and text.shouts:
        return False
    return all(word in (right, right.upper()) for word, right in zip(written, exact, strict=True))


def _without_never(hits: list[Hit]) -> list[Hit]:
    covered = {(hit.phrase.owner, place) for hit in hits if hit.phrase.never for place in range(hit.start, hit.end)}
    if not covered:
        return hits
    return [hit for hit in hits if not hit.phrase.never and not _is_covered(hit, covered)]


def _is_covered(hit: Hit, covered: set[tuple[str, int]]) -> bool:
    return all((hit.phrase.owner, place) in covered for place in range(hit.start, hit.end))


def _bare(text: str) -> str:
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
