"""The names that an edition may say, made ready for comparing: countries, members, organisations. Built once for each
network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from curator.clean import fold
from curator.lint.distance import deletions, distance
from curator.taxonomy import Organisation, Taxonomy

Phrase = tuple[str, ...]
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
"""A word, hyphens and apostrophes kept."""
_OWNED = re.compile(r"['’]s?$")
_BRACKET = re.compile(r"\s*\([^()]*\)")
_SHORTEST = 6
"""Letters of a country's name whose misspelling can be told from another word."""


class Names(msgspec.Struct, frozen=True):
    """`members` are codes in the network's order, `labels` what countries are called, `codes` every name of a country,
    folded. `phrases` are names of several words, as written and folded, by their first word and by their last, `exact`
    all of them folded; `countries` the names of one word by what is left of them without one letter; `full` the whole
    names behind an abbreviation; `proper` names of one word, folded, as they are written."""

    members: tuple[str, ...]
    labels: Mapping[str, str]
    codes: Mapping[str, str]
    phrases: Mapping[str, Sequence[tuple[Phrase, Phrase]]]
    exact: frozenset[Phrase]
    countries: Mapping[str, Sequence[str]]
    full: Mapping[str, Sequence[str]]
    proper: Mapping[str, str]
    short: frozenset[str]
    """Abbreviations: of organisations and countries, and of the network itself."""
    words: frozenset[str]
    """Every word of every name and keyword, folded: spelled as it should be."""


def names_of(taxonomy: Taxonomy, members: Sequence[str], others: Iterable[str] = ()) -> Names:
    """`others` are names of the network itself and of its publishers."""
    phrases = list(dict.fromkeys(_phrases(taxonomy, others)))
    index: dict[str, list[tuple[Phrase, Phrase]]] = {}
    for each in phrases:
        folded = folded_words(each)
        for word in {folded[0], folded[-1]}:
            index.setdefault(word, []).append((each, folded))
    return Names(
        tuple(members),
        {code: country.label for code, country in taxonomy.countries.items()},
        _codes(taxonomy),
        index,
        frozenset(map(folded_words, phrases)),
        _countries(taxonomy),
        dict(_full(taxonomy)),
        _proper(taxonomy),
        frozenset(_short(taxonomy, others)),
        frozenset(_words(taxonomy, others)),
    )


def bare_label(organisation: Organisation) -> str:
    """`World Health Organization (WHO)` without the bracket."""
    return _BRACKET.sub("", organisation.label).split(" / ")[0].strip()


def folded_words(words: Iterable[str]) -> Phrase:
    """For comparing: without the ending of a possessive, which any name may take on."""
    return tuple(fold(unowned(word)) for word in words)


def unowned(word: str) -> str:
    """Without the ending of a possessive."""
    return _OWNED.sub("", word)


def words_in(name: str) -> Phrase:
    """Its words, hyphens and apostrophes kept."""
    return tuple(WORD.findall(name))


def _phrases(taxonomy: Taxonomy, others: Iterable[str]) -> Iterator[Phrase]:
    """Names of two words and more. An alias that is but another spelling of the label is left to be mended."""
    for country in taxonomy.countries.values():
        for name in (country.label, *country.aliases):
            if len(words_in(name)) > 1 and not name.endswith("*"):
                yield words_in(name)
    for organisation in taxonomy.organisations.values():
        label = bare_label(organisation)
        for name in (label, *organisation.aliases):
            if len(words_in(name)) > 1 and (name == label or not 0 < distance(fold(name), fold(label), 2) <= 2):
                yield words_in(name)
    for name in others:
        if len(words_in(name)) > 2 and ":" not in name:
            yield words_in(name)


def _codes(taxonomy: Taxonomy) -> dict[str, str]:
    owners: dict[str, set[str]] = {}
    for each in taxonomy.countries.values():
        for name in (each.label, *each.aliases, *each.case_sensitive):
            owners.setdefault(fold(name), set()).add(each.code)
    return {name: next(iter(codes)) for name, codes in owners.items() if len(codes) == 1}


def _countries(taxonomy: Taxonomy) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for country in taxonomy.countries.values():
        if len(country.label) >= _SHORTEST and country.label.isalpha():
            for piece in deletions(fold(country.label)):
                found.setdefault(piece, []).append(country.label)
    return found


def _proper(taxonomy: Taxonomy) -> dict[str, str]:
    names = (name for each in taxonomy.countries.values() for name in (each.label, *each.aliases))
    return {fold(name): name for name in names if len(name) > 4 and name.isalpha() and name[1:].islower()}


def _full(taxonomy: Taxonomy) -> Iterator[tuple[str, Sequence[str]]]:
    for each in taxonomy.organisations.values():
        label = bare_label(each)
        names = [name for name in (label, *each.aliases) if len(words_in(name)) > 2]
        bracketed = re.findall(r"\(([A-Z-]{2,})\)", each.label)
        for short in (label, *bracketed, *each.aliases, *each.case_sensitive):
            if short.isupper() and names and not each.slug.startswith("iimhl"):
                yield short, names


def _short(taxonomy: Taxonomy, others: Iterable[str]) -> Iterator[str]:
    names = [
        name for each in taxonomy.organisations.values() for name in (each.label, *each.aliases, *each.case_sensitive)
    ]
    names += [name for each in taxonomy.countries.values() for name in (*each.aliases, *each.case_sensitive)]
    for name in (*names, *others):
        yield from re.findall(r"\b[A-Z]{2,12}\b", name)


def _words(taxonomy: Taxonomy, others: Iterable[str]) -> Iterator[str]:
    for country in taxonomy.countries.values():
        for name in (country.label, *country.aliases, *country.case_sensitive):
            yield from fold(name).replace("*", "").split()
    for organisation in taxonomy.organisations.values():
        for name in (organisation.label, *organisation.aliases, *organisation.case_sensitive):
            yield from re.findall(r"\w+", fold(name))
    for theme in taxonomy.themes.values():
        for name in (theme.label, theme.definition, *(word for word in theme.keywords if not word.endswith("*"))):
            yield from re.findall(r"\w+", fold(name))
    labels = [each.label for each in taxonomy.groups.values()] + [each.label for each in taxonomy.doctypes.values()]
    for name in (*others, *labels):
        yield from re.findall(r"\w+", fold(name))
