"""What the lint reads: pieces of text that know where they stand, and what it says of words in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

import msgspec
from msgspec.structs import replace

from curator.lint.spoken import foreign, spoken
from curator.models import Finding, Spot

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?][”’\"')]*(?=\s+[“‘\"'(]?[^\Wa-z_])|\n\s*\n")
_BULLET = r"(?:[-•*–▪◦·‣]|\(?\d{1,2}[.)]|\(?[a-z]\))"
_ITEM = re.compile(rf"[ \t]*{_BULLET}[ \t]+(?=\S)")
_BARE_BULLET = re.compile(r"(?:^|[ \t])[-•*▪◦·‣][ \t]*$")


class Passage(msgspec.Struct, frozen=True, dict=True):
    """A text with its place: `field` as in `Spot`, `where` in words. `title` says that it is one line of few words,
    `by_editor` that the editor wrote it, `live` that it speaks of a live event (a webinar). `language` is ISO 639-1,
    '' where it is not known."""

    field: str
    text: str
    where: str
    document: int | None = None
    language: str = "en"
    title: bool = False
    by_editor: bool = True
    live: bool = False

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(_lines(self.text))

    def is_foreign(self, at: int) -> bool:
        """Whether a character stands in a quotation in another language."""
        return any(start <= at < end for start, end in self._foreign)

    def in_its_language(self) -> Passage:
        """The same, in the language that its words tell where they tell another than was said."""
        language = spoken(self.text, self.language)
        return self if language == self.language else replace(self, language=language)

    @cached_property
    def _foreign(self) -> list[tuple[int, int]]:
        return list(foreign(self.text, self.language))

    def line_of(self, at: int) -> int:
        """The number of the line in which a character stands, from 1."""
        return self.text.count("\n", 0, at) + 1

    def sentence(self, at: int) -> tuple[int, int]:
        """Begin and end of the sentence around a character; a blank line ends one."""
        place = bisect_right(self._ends, at)
        begin = self._ends[place - 1] if place else 0
        return begin, self._ends[place] if place < len(self._ends) else len(self.text)

    @cached_property
    def _ends(self) -> list[int]:
        return [found.end() for found in SENTENCE_END.finditer(self.text)]


class Line(msgspec.Struct, frozen=True):
    """One line of a passage, without its bullet: `start` is where `text` begins; `item`: it is one of a list."""

    start: int
    text: str
    item: bool


def _lines(text: str) -> Iterator[Line]:
    at, promised = 0, False
    for raw in text.split("\n"):
        start, line, item = at, raw, promised
        at += len(raw) + 1
        if not raw.strip():
            yield Line(start, "", False)
            continue
        promised = bool(_BARE_BULLET.search(raw))  # pages saved as text set the bullet on the line before
        if promised and len(raw.strip()) == 1:
            continue
        if head := _ITEM.match(raw):
            item, start, line = True, start + head.end(), raw[head.end() :]
        yield Line(start, _BARE_BULLET.sub("", line), item)


class Mark(msgspec.Struct, frozen=True):
    """What a rule found in a passage: from `start` to `end`. `mend` is what should stand there instead."""

    code: str
    start: int
    end: int
    message: str
    mend: str | None = None


def finding(mark: Mark, passage: Passage) -> Finding:
    """A mark as one finding of the check, of the level of its code."""
    from curator.lint.codes import CODES

    spot = Spot(
        passage.field,
        mark.start,
        passage.text[mark.start : mark.end],
        mark.mend,
        passage.document,
        passage.line_of(mark.start),
    )
    return Finding(CODES[mark.code].level, mark.code, mark.message, passage.where, spot)
