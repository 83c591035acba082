"""Words that no dictionary knows. It knows beside them the names and keywords of the taxonomy and of the network, the
workspace's own words, and takes a word with a capital for a name unless it is all but a common word and the words
beside it are known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import msgspec

from curator.clean import fold
from curator.lint.distance import one_change
from curator.lint.passages import WORD, Mark, Passage


class Speller(Protocol):
    """A dictionary, or several of one language."""

    def knows(self, word: str) -> bool:
        """Whether the word is in it as it stands."""


_PIECE = re.compile(r"\S+")
_NO_WORDS = re.compile(
    r"://|^www\.|@|[_\d`]|^[\w.-]{1,60}\.(?:org|com|net|gov|int|eu|nl|se|uk|ie|nz|au|ca|us)\b", re.IGNORECASE
)
_LONGEST_PIECE = 200
_BEFORE = """
    de re un non anti co inter intra multi psycho neuro over under pre post micro macro self cyber tele bio
    socio pro geo eco trans cross semi sub super ultra mis dis out up e
"""
_PREFIXES = tuple(_BEFORE.split())
_POSSESSIVE = re.compile(r"['’]s?$")
_SHORTEST, _SHORTEST_NAME, _LONGEST = 4, 6, 40
_FOREIGN = 0.4
"""Share of unknown words from which a text is taken for one in another language."""
_BESIDE = """
    de da do du des del della di la le les el los las van von der den het och und och af av e y i Te Tai Ngā Ngāti Ngāi
"""
_PARTICLES = frozenset(_BESIDE.split())
"""Beside these a word with a capital is part of a foreign name."""
_OFTEN = 3
"""How often an unknown word stands that is taken for a term; it is named once."""


class _Word(msgspec.Struct, frozen=True):
    at: int
    text: str
    lower: bool
    foreign: bool = False


def spelling(
    passages: Sequence[Passage], speller_of: Callable[[str], Speller | None], own: Callable[[str], bool]
) -> Iterator[tuple[Passage, Mark]]:
    """`own` says of a folded word that the workspace knows it. A language without a speller is passed over."""
    worded = [(passage, list(_words(passage))) for passage in passages]
    seen = Counter(word.text for _, words in worded for word in words)
    named: set[str] = set()
    for passage, words in worded:
        speller = speller_of(passage.language)
        if speller is None:
            continue
        unknown = {place for place, word in enumerate(words) if not _known(word.text, speller, own)}
        if len(words) >= 4 and len(unknown) > _FOREIGN * len(words):
            continue
        for place in sorted(unknown):
            word = words[place]
            foreign = not word.lower and (word.foreign or not unknown.isdisjoint((place - 1, place + 1)))
            mark = None if foreign else _mark(word, speller, own, seen[word.text])
            if mark and not (seen[word.text] >= _OFTEN and word.text in named):
                named.add(word.text)
                yield passage, mark


def _words(passage: Passage) -> Iterator[_Word]:
    """Those that can be looked up: no addresses, no abbreviations, nothing with figures or capitals within."""
    text = _PIECE.sub(_blanked, passage.text)
    for found in WORD.finditer(text):
        word = _POSSESSIVE.sub("", found[0])
        if not _SHORTEST <= len(word) <= _LONGEST or passage.is_foreign(found.start()):
            continue
        if word.islower() or word[1:].islower():
            beside = {
                *text[max(found.start() - 30, 0) : found.start()].split()[-1:],
                *text[found.end() : found.end() + 30].split()[:1],
            }
            yield _Word(found.start(), word, word.islower(), not beside.isdisjoint(_PARTICLES))


def _blanked(piece: re.Match[str]) -> str:
    """What is an address, or has figures in it, as so many spaces."""
    said = piece[0]
    return " " * len(said) if len(said) > _LONGEST_PIECE or _NO_WORDS.search(said) else said


def _known(word: str, speller: Speller, own: Callable[[str], bool]) -> bool:
    if own(fold(word)):
        return True
    plain = word.replace("’", "'")
    if speller.knows(plain) or (not plain.islower() and speller.knows(plain.lower())):
        return True
    return plain.islower() and any(
        plain.startswith(prefix) and len(plain) - len(prefix) > 4 and speller.knows(plain[len(prefix) :])
        for prefix in _PREFIXES
    )


def _mark(word: _Word, speller: Speller, own: Callable[[str], bool], times: int) -> Mark | None:
    end = word.at + len(word.text)
    if not word.lower:
        near = _near(word.text.lower(), speller, own, word.text[0].lower())
        if len(word.text) < _SHORTEST_NAME or not near or times > 1:
            return None
        near = [each.capitalize() for each in near]
    elif speller.knows(word.text.capitalize()):
        return Mark("spelling", word.at, end, f"“{word.text}” begins with a capital.", word.text.capitalize())
    else:
        near = _near(word.text, speller, own)
    perhaps = f" {' or '.join(near[:3])} may be meant." if near else ""
    often = f" It stands here {times} times." if times >= _OFTEN else ""
    message = f"No dictionary has “{word.text}”.{perhaps}{often}"
    return Mark("spelling", word.at, end, message, near[0] if len(near) == 1 or (near and word.lower) else None)


def _near(word: str, speller: Speller, own: Callable[[str], bool], begin: str = "") -> list[str]:
    """The words one slip away that begin so, of the likeliest kind of slip that gives any."""
    for kind in one_change(word):
        likely = (each for each in dict.fromkeys(kind) if len(each) > 2 and each.startswith(begin))
        found = [each for each in likely if speller.knows(each) or own(each)]
        if found:
            return found
    return []


# ---------------------------------------------------------------- in two ways

_ISE = re.compile(r"\b([a-z]{3,}?)(is|iz|ys|yz)(e|es|ed|ing|er|ers|ation|ations|ational)\b")
_TWINS = {"center": "centre", "centers": "centres", "behavior": "behaviour", "behavioral": "behavioural",
          "program": "programme", "programs": "programmes", "traveling": "travelling", "labor": "labour",
          "favor": "favour", "color": "colour", "counseling": "counselling", "enrollment": "enrolment",
          "focussed": "focused", "focussing": "focusing"}  # fmt: skip
_NEVER_Z = """
    adv comprom desp dev exerc excis franch improv merchand rev superv surm surpr telev prec prom ra pra cru no
    ar w othe like
"""
_ALWAYS_S = frozenset(_NEVER_Z.split())


def two_ways(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Mark]]:
    """A word that the editor spells in the British way and in the American one: named once, where it is the rarer."""
    ways: dict[str, dict[str, list[tuple[Passage, re.Match[str]]]]] = {}
    for passage in passages:
        if passage.language != "en" or not passage.by_editor:
            continue
        for found in _ISE.finditer(passage.text):
            if found[1] not in _ALWAYS_S:
                ways.setdefault(f"{found[1]}ise", {}).setdefault(found[2][-1], []).append((passage, found))
        for found in re.finditer(r"\b[a-z]{5,}\b", passage.text):
            if (pair := _TWINS.get(found[0], found[0])) != found[0] or found[0] in _TWINS.values():
                ways.setdefault(pair, {}).setdefault("z" if pair != found[0] else "s", []).append((passage, found))
    for places in ways.values():
        if len(places) == 2:
            rarer, usual = sorted(places.values(), key=len)
            passage, found = rarer[0]
            message = f"“{found[0]}” is spelled in another way elsewhere (“{usual[0][1][0]}”)."
            yield passage, Mark("mixed-spelling", found.start(), found.end(), message)
