"""Titles and words for comparing: what a title says without its trimmings, and how alike two texts are. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zlib import crc32

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
_ORNATE = re.compile(r"[]:|)›»]|\.pdf$")  # whether there is anything of that
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ORDER = re.compile(
    r"\b(?:part|volume|vol|chapter|issue|phase|del|teil|partie|parte)\s+(one|two|three|four|five|[ivx]{1,4})\b"
    r"|\b(january|february|march|april|may|june|july|august|september|october|november|december"
    r"|spring|summer|autumn|winter|first|second|third|fourth|erratum|correction|corrigendum|update|revised|draft|final)\b"
)
_SERIAL = re.compile(
    r"\b(?:daily|weekly|fortnightly|monthly|quarterly|annual|yearly|bulletin|newsletter|digest|round ?up|minutes|agenda"
    r"|statistics|statistical|dashboard|briefing|situation report|news|events?|calendar|vacanc\w+|consultation"
    r"|call for \w+|webinar|meeting|notice|update|nyhetsbrev|manadsrapport|arsrapport|statistik|jaarverslag"
    r"|nieuwsbrief|jahresbericht|rapport annuel)\b"
)
_WORD = re.compile(r"\w+")
_SHORT = 16  # characters: "Annual report", "Press conference" and their like are shorter
_HEAD = 60  # characters
_SAMPLED = 400  # characters: what an excerpt that is cut short still has
_WINDOW = 5  # words: enough to be rare, few enough to survive an edit elsewhere


def bare_title(title: str) -> str:
    """A title without labels ("Press release:"), formats ("(PDF)") and the site's name behind a bar, folded."""
    bare = fold(title)
    while _ORNATE.search(bare) and (shorter := _TRIMMING.sub("", _LABEL.sub("", bare))) != bare and shorter:
        bare = shorter
    return bare.strip(" .:")


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


def is_serial(title: str) -> bool:
    """Whether a title is likely to come again and mean something else."""
    return _SERIAL.search(fold(title)) is not None


def beginning(words: str) -> list[int]:
    """The sum of the first words; none where there are too few."""
    head = words[:_HEAD]
    return [crc32(head.lower().encode())] if len(head) == _HEAD else []


def sample(words: str) -> list[int]:
    """The sum of one shingle, the one that begins with the last word by the alphabet: texts that have most of their
    words in common nearly always have it in common too, wherever they begin. A min-hash whose hash is the word
    itself, which costs a third of hashing every shingle."""
    found = words[:_SAMPLED].lower().split()
    if len(found) < _FEWEST:
        return []
    at = found.index(max(found))
    return [crc32(" ".join(found[at : at + _WINDOW]).encode())]


@dataclass(frozen=True, slots=True)
class Likeness:
    """`share` of the shorter text's shingles that the other has; `swapped` says, where each has its own number or name
    in the other's place, which."""

    share: float
    swapped: str = ""


def compare(one: str, other: str) -> Likeness | None:
    """How alike two texts are; None where they are not, or too short to tell."""
    here, there = _WORD.findall(one[:WORDS]), _WORD.findall(other[:WORDS])
    mine, yours = _shingles(here), _shingles(there)
    fewer = min(len(mine), len(yours))
    if fewer < _FEWEST:
        return None
    both = len(mine & yours)
    if both < _WITHIN * fewer and both < _ALIKE * len(mine | yours):
        return None
    cut = min(len(here), len(there)) - 1  # what is cut off after it is no difference
    return Likeness(both / fewer, _swapped(here[:cut], there[:cut]))


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    folded = [word.casefold() for word in words]
    return set(zip(*(folded[start:] for start in range(_SHINGLE)), strict=False))


def _swapped(here: list[str], there: list[str]) -> str:
    """A number or a name that each text has and the other has not."""
    mine, yours = _telling(here) - set(there), _telling(there) - set(here)
    return f"one says {min(mine)}, the other {min(yours)}" if mine and yours else ""


def _telling(words: list[str]) -> set[str]:
    return {word for word in words if word[0].isupper() or word[0].isdigit()}
