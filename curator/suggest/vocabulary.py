"""A taxonomy made ready for looking things up in texts: built once for each taxonomy, then kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from curator.clean import fold
from curator.suggest.lexicon import Lexicon, Phrase, phrase
from curator.taxonomy import Taxonomy, Theme


class Vocabulary(msgspec.Struct, frozen=True):
    """`known` are the themes that the taxonomy had then; `names` are folded country names that mean one country only;
    `domains` ends of host names, by country or by organisation (None: the address of an organisation says no
    country)."""

    taxonomy: Taxonomy
    known: Mapping[str, Theme]
    countries: Lexicon
    themes: Lexicon
    doctypes: Lexicon
    names: Mapping[str, str]
    domains: Mapping[str, str | None]


_kept: Vocabulary | None = None


def vocabulary_of(taxonomy: Taxonomy) -> Vocabulary:
    """The last taxonomy asked for is kept, by identity, until it learns a theme: a process works with one."""
    global _kept
    if _kept is None or _kept.taxonomy is not taxonomy or _kept.known is not taxonomy.themes:
        _kept = _build(taxonomy)
    return _kept


def _build(taxonomy: Taxonomy) -> Vocabulary:
    return Vocabulary(
        taxonomy,
        taxonomy.themes,
        Lexicon(_country_phrases(taxonomy)),
        Lexicon(_theme_phrases(taxonomy)),
        Lexicon(phrase(each.slug, word) for each in taxonomy.doctypes.values() for word in each.keywords),
        _names(taxonomy),
        _domains(taxonomy),
    )


def _country_phrases(taxonomy: Taxonomy) -> Iterable[Phrase]:
    for each in taxonomy.countries.values():
        yield from (phrase(each.code, word) for word in each.aliases)
        yield from (phrase(each.code, word, case=True) for word in each.case_sensitive)
        yield from (phrase(each.code, word, never=True) for word in each.never)


def _theme_phrases(taxonomy: Taxonomy) -> Iterable[Phrase]:
    for each in taxonomy.themes.values():
        yield from (phrase(each.slug, word) for word in each.keywords)
        yield from (phrase(each.slug, word, never=True) for word in each.never)


def _names(taxonomy: Taxonomy) -> Mapping[str, str]:
    owners: dict[str, set[str]] = {}
    for each in taxonomy.countries.values():
        for name in (each.label, *each.aliases, *each.case_sensitive):
            owners.setdefault(fold(name), set()).add(each.code)
    return {name: next(iter(codes)) for name, codes in owners.items() if len(codes) == 1}


def _domains(taxonomy: Taxonomy) -> Mapping[str, str | None]:
    found: dict[str, str | None] = {}
    for country in taxonomy.countries.values():
        found.update(dict.fromkeys(country.domains, country.code))
    for organisation in taxonomy.organisations.values():
        found.update(dict.fromkeys(organisation.domains))
    return found
