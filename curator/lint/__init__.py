"""The lint: what a careful proofreader would mark in an edition's words, or in any text. Values in, values out.

    passages ─rules→ marks ─codes→ findings

Precision before recall: an editor does not read a lint that cries wolf. Only `dictionaries` reads files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

import msgspec

from curator.clean import fold
from curator.lint.counts import counts, of_edition
from curator.lint.dates import dates, mixed_forms
from curator.lint.known_words import KNOWN_WORDS
from curator.lint.links import links
from curator.lint.names import names
from curator.lint.near import near
from curator.lint.pairs import pairs
from curator.lint.passages import Mark, Passage, finding
from curator.lint.quotations import quotations
from curator.lint.references import references
from curator.lint.spelling import Speller, spelling, two_ways
from curator.lint.twice import twice
from curator.lint.vocabulary import Names, names_of
from curator.lint.words import odd_capitals, words
from curator.models import Finding

__all__ = ["Lint", "Names", "Passage", "names_of"]


_MOST = 500
"""Marks of one passage; one with more is no newsletter."""


def _as_it_is(address: str) -> str:
    return address


def _none(language: str) -> Speller | None:
    return None


class Lint(msgspec.Struct, frozen=True):
    """What the rules compare with. `on` is the day of the edition; `speller` gives the dictionary of a language, None
    where there is none; `own` are words the workspace knows, folded; `sources` the stored text of documents whose
    quotations are looked up; `holds` how many documents and countries there are; `untracked` gives an address without
    what tracks its reader."""

    names: Names
    on: date | None = None
    speller: Callable[[str], Speller | None] = _none
    own: frozenset[str] = frozenset()
    sources: Mapping[int, str] = msgspec.field(default_factory=dict)
    holds: Mapping[str, int] = msgspec.field(default_factory=dict)
    untracked: Callable[[str], str] = _as_it_is
    spell: bool = True

    def findings(self, passages: Sequence[Passage]) -> list[Finding]:
        """All of them, in the order of the passages and of the words in each."""
        place = {id(passage): number for number, passage in enumerate(passages)}
        marks = [*self._each(passages), *mixed_forms(passages), *two_ways(passages)]
        if self.spell:
            marks += spelling(passages, self.speller, self._own)
        marks.sort(key=lambda one: (place[id(one[0])], one[1].start, one[1].code))
        return [finding(mark, passage) for passage, mark in _without_overlaps(marks)]

    def _each(self, passages: Sequence[Passage]) -> Iterator[tuple[Passage, Mark]]:
        for passage in passages:
            for mark in islice(self._marks(passage), _MOST):
                yield passage, mark

    def _marks(self, passage: Passage) -> Iterator[Mark]:
        yield from counts(passage)
        if passage.document is None:
            yield from of_edition(passage, self.holds)
        yield from names(passage, self.names, lambda word: self._is_word(word, passage.language))
        yield from near(passage, self.names.short, lambda word: self._in_dictionary(word, passage.language))
        yield from twice(passage, self.names)
        yield from dates(passage, self.on)
        yield from words(passage)
        yield from (mark for mark in odd_capitals(passage) if self._knows(mark.mend or "", passage.language))
        if passage.by_editor or passage.title:  # the first sentences of an excerpt may open what they do not close
            yield from pairs(passage)
        yield from references(passage)
        yield from links(passage, self.untracked)
        source = self.sources.get(passage.document) if passage.document is not None else None
        if passage.by_editor and source:
            yield from quotations(passage, source)

    def _own(self, word: str) -> bool:
        return word in self.own or word in self.names.words or word in KNOWN_WORDS

    def _in_dictionary(self, word: str, language: str) -> bool:
        """Without a dictionary every word is taken for a good one."""
        speller = self.speller(language)
        return speller is None or speller.knows(word)

    def _is_word(self, word: str, language: str) -> bool:
        return word in KNOWN_WORDS or self._in_dictionary(word, language)

    def _knows(self, word: str, language: str) -> bool:
        known = self._own(fold(word)) or self._in_dictionary(word, language)
        return known or self._in_dictionary(word.lower(), language)


def _without_overlaps(marks: Sequence[tuple[Passage, Mark]]) -> Iterator[tuple[Passage, Mark]]:
    """A misspelt name is not a misspelt word too, and a link that says nothing does not point at nothing besides."""
    taken = [(id(passage), mark) for passage, mark in marks if mark.code in ("name", "capitals", "space", "empty-link")]
    for passage, mark in marks:
        inside = mark.code in ("spelling", "points-at-nothing") and any(
            where == id(passage) and other.start <= mark.start < other.end for where, other in taken
        )
        if not inside:
            yield passage, mark
