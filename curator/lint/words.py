"""Slips within a sentence: words written twice, words in each other's place, marks and spaces gone astray."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curator.lint.agreement import AGREEMENT
from curator.lint.passages import SENTENCE_END, Mark, Passage
from curator.lint.slips import SLIPS
from curator.lint.spoken import spoken

_DOUBLED = re.compile(r"\b([^\W\d_]{2,})([ \t]*\n?[ \t]+|\n)\1\b", re.IGNORECASE)
_A_A = re.compile(r"(?<=[a-z,] )a a(?= [a-z]{2,})")
_MAY_DOUBLE = frozenset(["that", "had", "very", "no", "so", "ha", "bye", "who", "is", "do"])
_NOT_DOUBLED_IN = {"nl": frozenset(["die", "dat", "zijn"]), "fr": frozenset(("nous", "vous"))}
_BEFORE_STOP = re.compile(r"(?<=[^\W_])[ \t]+(?=[.,](?:\s|$))")
_BEFORE_COMMA = re.compile(r"(?<=[^\W_])[ \t]+,(?=[^\W\d_])")
_TWO_SPACES = re.compile(r"(?<=[a-zà-ÿ,;]) {2,3}(?=[^\W\d_])")
_ODD_CAPITALS = re.compile(r"\b[A-Z]{2}[a-z]{3,}\b")
_FUSED = re.compile(r"\b\d{1,2}(?=[A-Z]{4,}\b)")
_BROKEN = re.compile(
    r"(?<![\w-])[^\W\d_]{2,}(-[ ])(?!(?:and|or|to|nor|und|oder|et|ou|och|eller|en|of|as|but)\b)[^\W\d_]+"
)
_PLURAL = re.compile(r"(?<=, )([A-Z]{2,6})[’']s(?=,? (?:and|or)\b|,)")
_TORN = re.compile(r"(?<=[a-zà-ÿ])[ ](?:ção|ções|ción|ciones|tion|tions|ities)\b", re.IGNORECASE)
_TWICE = re.compile(r"([A-Z][^.!?\n]{20,300}[.!?])\s+\1")
_SHOUTED = re.compile(r"^[^a-z\n]*[A-Z][^a-z\n]*$", re.MULTILINE)
_SHORTEST_SHOUT = 4


def words(passage: Passage) -> Iterator[Mark]:
    """All of them."""
    yield from _doubled(passage)
    yield from _twice(passage)
    yield from _unended(passage)
    yield from _astray(passage)
    yield from _slips(passage)
    yield from _shouted(passage)


def _doubled(passage: Passage) -> Iterator[Mark]:
    spared = _MAY_DOUBLE | _NOT_DOUBLED_IN.get(passage.language, frozenset())
    twice = _A_A.finditer(passage.text) if passage.language == "en" else ()
    for found in twice:
        yield Mark("doubled-word", *found.span(), "“a” stands here twice.", "a")
    for found in _DOUBLED.finditer(passage.text):
        first, second = found[1], found[0][-len(found[1]) :]
        is_name = first[0].isupper() and second[0].isupper()
        if first.casefold() in spared or is_name or ("\n" in found[2] and len(first) > 3):
            continue
        message = f"“{first}” stands here twice."
        yield Mark("doubled-word", found.start(), found.end(), message, first)


def _twice(passage: Passage) -> Iterator[Mark]:
    """A sentence that stands twice, one after the other."""
    for found in _TWICE.finditer(passage.text):
        yield Mark("doubled-word", found.start(), found.end(), "This sentence stands here twice.", found[1])


def _unended(passage: Passage) -> Iterator[Mark]:
    """A blurb of the editor's whose last sentence has no stop, while those before it have."""
    text = passage.text.rstrip()
    last = re.search(r"[^\W\d_]{2,}$", text)
    is_prose = passage.by_editor and passage.field == "blurb" and "\n" not in text
    if is_prose and last and SENTENCE_END.search(text) and "http" not in text[-100:]:
        yield Mark("no-stop", last.start(), last.end(), "The last sentence has no stop.", f"{last[0]}.")


def _astray(passage: Passage) -> Iterator[Mark]:
    text = passage.text
    for found in _BEFORE_STOP.finditer(text):
        start, end = found.start() - 1, found.end() + 1
        yield Mark("space", start, end, "There is a space before the stop.", text[start] + text[end - 1])
    for found in _BEFORE_COMMA.finditer(text):
        yield Mark("space", *found.span(), "The space belongs behind the comma.", ", ")
    for found in _TWO_SPACES.finditer(text) if passage.by_editor else ():
        begin = _begin(text, found.start())
        yield Mark("space", begin, found.end(), "Two spaces stand here.", f"{text[begin : found.start()]} ")
    for found in _BROKEN.finditer(text):
        message = f"There is a space after the hyphen in “{found[0]}”."
        yield Mark("space", found.start(), found.end(), message, found[0].replace("- ", "-", 1))
    for found in _FUSED.finditer(text):
        whole = re.match(r"\w+", text[found.start() :])
        shown = whole[0] if whole else found[0]
        end = found.start() + len(shown)
        message = f"There is no space in “{shown}”."
        yield Mark("space", found.start(), end, message, f"{found[0]} {shown[len(found[0]) :]}")
    for found in _TORN.finditer(text):
        at = _begin(text, found.start())
        message = f"A word is torn apart: “{text[at : found.end()]}”."
        yield Mark("space", at, found.end(), message, text[at : found.start()] + found[0][1:])
    for found in _PLURAL.finditer(text):
        message = f"“{found[0]}” in a list means more than one, which has no apostrophe."
        yield Mark("apostrophe", found.start(), found.end(), message, f"{found[1]}s")


def _begin(text: str, end: int) -> int:
    """Where the word begins that ends there, perhaps with a comma behind it."""
    before = re.search(r"\w*[,;]?$", text[max(end - 40, 0) : end])
    return end - len(before[0] if before else "")


def odd_capitals(passage: Passage) -> Iterator[Mark]:
    """`SItuation`: whether it is a word is asked of the dictionary by the caller."""
    for found in _ODD_CAPITALS.finditer(passage.text):
        message = f"Two capitals begin “{found[0]}”."
        yield Mark("capitals", found.start(), found.end(), message, found[0].capitalize())


def _slips(passage: Passage) -> Iterator[Mark]:
    if passage.language != "en":
        return
    for slip in (*SLIPS, *AGREEMENT):
        for found in slip.pattern.finditer(passage.text):
            if (
                passage.is_foreign(found.start())
                or spoken(passage.text[slice(*passage.sentence(found.start()))], "en") != "en"
            ):
                continue
            mend = found.expand(slip.mend) if slip.mend else None
            yield Mark("slip", found.start(), found.end(), f"“{found[0]}”: {slip.reason}", mend)


def _shouted(passage: Passage) -> Iterator[Mark]:
    """Lines all in capitals; one or two words may be an abbreviation or a heading."""
    for found in _SHOUTED.finditer(passage.text):
        line = found[0].strip()
        if sum(len(word) > 1 for word in re.findall(r"[^\W\d_]+", line)) >= _SHORTEST_SHOUT:
            message = "It is all in capitals, which is hard to read, and which a screen reader may spell out."
            start = found.start() + found[0].index(line)
            yield Mark("capitals", start, start + len(line), message)
