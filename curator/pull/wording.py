"""Titles and words for comparing: what a title says without its trimmings, and how alike two texts are. Pure."""

from __future__ import annotations

import re
from zlib import crc32

import msgspec

from curator.clean import fold

WORDS = 6_000  # characters of a text that are compared: some two pages
_SHINGLE = 3  # words; Broder 1997 and its followers take 3 to 5, short excerpts ask for the short end
_FEWEST = 12  # shingles under which two texts say too little to be compared
_ALIKE, _WITHIN = 0.75, 0.9  # of all shingles of both; of the shorter one's, which may be cut off

# What publishers set before a title or behind it that is none of it, in the languages of the sample network's feeds.
_RELEASES = (
    "press(?: release| statement| notice)?|news(?: release)?|media release|pressmeddelande|pressemelding"
    "|pressemeddelelse|persbericht|pressemitteilung|communique de presse|nota de prensa|comunicado de prensa"
)
_RELEASE = re.compile(rf"^\W*(?:{_RELEASES})\s*[:|\]]\s*")
_LABEL = re.compile(
    rf"^\W*(?:{_RELEASES}|publication|report launch|new report|new publication|report|download|pdf)\s*[:|\]]\s*"
)
_TRIMMING = re.compile(r"\s*(?:[\[(](?:pdf|html|web page|report|press release)[^\])]{0,20}[\])]|[|›»].{1,60}|\.pdf)$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ORDER = re.compile(
    r"\b(?:part|volume|vol|chapter|issue|phase|del|teil|partie|parte)\s+(one|two|three|four|five|[ivx]{1,4})\b"
    r"|\b(january|february|march|april|may|june|july|august|september|october|november|december"
    r"|spring|summer|autumn|winter|first|second|third|fourth|erratum|correction|corrigendum|update|revised|draft|final)\b"
)
_SERIAL = re.compile(
    r"\b(?:daily|weekly|fortnightly|monthly|quarterly|annual|yearly|bulletin|newsletter|digest|round ?up|minutes|agenda"
    r"|statistics|statistical|dashboard|briefing|situation report|news|events?|calendar|vacanc\w+|consultation"
    r"|call for \w+|webinar|meeting|notice|update|this (?:week|month)|speech|address|remarks|statement|letter|interview"
    r"|podcast|episode|hearing|inspection|alert|recall|tender|nyhetsbrev|manadsrapport|arsrapport|statistik|uttalande"
    r"|tillsyn|jaarverslag|nieuwsbrief|toespraak|jahresbericht|rede|rapport annuel|discours|communique)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"\w+")
_SHORT = 16  # characters: "Annual report", "Press conference" and their like are shorter
_SAMPLED = 200  # characters: what an excerpt that is cut short still has
_WINDOW = 4  # words: enough to be rare, few enough to survive an edit elsewhere


def bare_title(title: str) -> str:
    """A title without labels ("Press release:"), formats ("(PDF)") and the site's name behind a bar, folded."""
    bare = fold(title)
    while _is_ornate(bare) and (shorter := _TRIMMING.sub("", _LABEL.sub("", bare))) != bare and shorter:
        bare = shorter
    return bare.strip(" .:")


def _is_ornate(bare: str) -> bool:
    """Whether there can be a label or a trimming; most titles have none, and this is asked of every one."""
    return ":" in bare or "|" in bare or "]" in bare or bare.endswith((")", ".pdf")) or "›" in bare or "»" in bare


def telling_title(title: str) -> str:
    """As `bare_title`; '' where it is too short to tell documents apart, or is only the beginning of the words."""
    bare = bare_title(title)
    return "" if len(bare) < _SHORT or title.endswith("…") else bare


def is_release(title: str) -> bool:
    """Whether a title calls itself a press release."""
    return _RELEASE.match(fold(title)) is not None


def numbers(title: str) -> frozenset[str]:
    """What tells one of a series from another: numbers, months, seasons, parts, corrections."""
    bare = fold(title)
    said = {word for found in _ORDER.finditer(bare) for word in found.groups() if word}
    return frozenset(_NUMBER.findall(bare)) | said


def figures(title: str) -> frozenset[str]:
    """The numbers of a title, which are the same in every language."""
    return frozenset(_NUMBER.findall(title))


def years(words: str) -> frozenset[str]:
    return frozenset(_YEAR.findall(words[:WORDS]))


def is_serial(title: str) -> bool:
    """Whether a title is likely to come again and mean something else."""
    return _SERIAL.search(fold(title)) is not None


def sample(words: str) -> int | None:
    """The sum of one shingle of the first words, the one that begins with the last word by the alphabet: texts that
    have most of their words in common nearly always have it in common too, wherever they begin and end. A min-hash
    whose hash is the word itself, which costs a third of hashing every shingle. None where there are too few."""
    found = words[:_SAMPLED].lower().split()
    if len(found) < _FEWEST:
        return None
    at = found.index(max(found[: 1 - _WINDOW]))
    return crc32(" ".join(found[at : at + _WINDOW]).encode())


class Likeness(msgspec.Struct, frozen=True):
    """`share` of the shorter text's shingles that the other has; `swapped` says, where each has words that the other
    has not, which; `by_name` where these are numbers or names."""

    share: float
    swapped: str = ""
    by_name: bool = False


def compare(one: str, other: str) -> Likeness | None:
    """How alike two texts are; None where they are not, or too short to tell."""
    mine, yours = _folded(one), _folded(other)
    if _far_apart(set(mine), set(yours)):
        return None
    here, there = _shingles(mine), _shingles(yours)
    fewer = min(len(here), len(there))
    both = len(here & there)
    if fewer < _FEWEST or (both < _WITHIN * fewer and both < _ALIKE * len(here | there)):
        return None
    cut = min(len(mine), len(yours)) - 1  # what is cut off after it is no difference
    return _likeness(both / fewer, _words(one)[:cut], _words(other)[:cut])


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:WORDS])


def _folded(text: str) -> list[str]:
    return _WORD.findall(text[:WORDS].casefold())


def _far_apart(mine: set[str], yours: set[str]) -> bool:
    """Whether two texts have so few words in common that their shingles need not be looked at: as most have that
    share one shingle."""
    return len(mine & yours) < min(len(mine), len(yours)) / 2


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))


def _likeness(share: float, here: list[str], there: list[str]) -> Likeness:
    """With the words that each has and the other has not, numbers and names before others: "women" for "men" and
    "three" for "four" make another document as "2025" for "2026" does."""
    mine, yours = _own(here, there), _own(there, here)
    if not mine or not yours:
        return Likeness(share)
    return Likeness(share, f"one says {mine}, the other {yours}", _is_name(mine) and _is_name(yours))


def _own(words: list[str], others: list[str]) -> str:
    there = {word.casefold() for word in others}
    own = sorted(word for word in words if word.casefold() not in there)
    return next(filter(_is_name, own), own[0] if own else "")


def _is_name(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()
