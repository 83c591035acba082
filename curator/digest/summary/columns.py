"""Lines as a page's text gives them, put together again: what is one sentence, what begins anew, what is a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from curator.clean import plain_line

BULLET = re.compile(r"(?:[•●▪◦·*–-]|\d{1,2}[.)])\s+(?=\S)")
CHAPTER = re.compile(r"Chapter (?:\d+|[IVX]+)\s*[.:–-]\s*(?P<title>\S.*)", re.IGNORECASE)
PART = re.compile(r"(?:\d+(?:\.\d+)+\.?|[IVX]+\.)\s+[^\W\d_a-z].*")
BOX = re.compile(r"Box (?P<number>\d+)\s*[.:]?(?:\s+(?P<title>[^\W\d_a-z].*))?")
ACTIONS = re.compile(r"(?P<area>\S.*?) actions required\s*:?", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:;][”’\"')\]]*$")
_HANGS = re.compile(r"(?:,|\b(?:a|an|and|by|for|from|in|of|on|or|the|to|with))$")
_LISTED_ON = re.compile(r"(?:and|or|to)\b")
"""What follows a hyphen that stays one: “short- and long-term”."""
_WIDE = 60
"""Characters of a heading's line from which on it may go on in the next."""
_SHORT = 45
"""Characters that the rest of a heading has at most; a line of running text has more."""
_LETTER_SPACED = 0.35
"""The share of empty lines from which on they are only the space between lines, not between paragraphs."""


class Line(msgspec.Struct, frozen=True):
    """A line without its ends; `gap` says that space stands before it, `closes` that its writer ended a paragraph."""

    words: str
    gap: bool
    closes: bool

    @property
    def heads(self) -> bool:
        """Whether it begins a chapter, a part, a box or a list of actions."""
        return any(form.fullmatch(self.words) for form in (CHAPTER, PART, BOX, ACTIONS))

    @property
    def listed(self) -> bool:
        return bool(BULLET.match(self.words))


def lines_of(text: str) -> list[Line]:
    """The lines that say something. Where every second line is empty, only lines of blanks are gaps."""
    raw = text.replace("\r\n", "\n").replace("\f", "\n \n").split("\n")
    loose = raw.count("") > _LETTER_SPACED * len(raw)
    lines, gap = [], True
    for each in raw:
        words = plain_line(each)
        if words:
            lines.append(Line(words, gap, each.endswith("  ") and ends(words)))
        gap = not words and (gap or not loose or each != "")
    return lines


def ends(words: str) -> bool:
    """Whether a sentence ends there."""
    return bool(_ENDS.search(words))


def joined(before: str, after: str) -> str:
    """Two lines as one; a word that was parted at its hyphen is whole again (“person-” “centred”)."""
    parted = before[-2:-1].isalpha() and before.endswith("-") and not _LISTED_ON.match(after)
    return before + ("" if parted else " ") + after


def goes_on(item: str, before: str, after: str, width: int) -> bool:
    """Whether the line `after` continues `item`, whose last line is `before`, in a column of `width` characters."""
    if BULLET.match(after):
        return False
    if not after[:1].isupper() or _HANGS.search(before) or item.count("(") > item.count(")"):
        return True
    lone = " " not in after and not ends(before)
    return lone and len(before) + 1 + len(after) > width


def items_of(lines: Sequence[str]) -> list[str]:
    """The lines of a narrow column as the things they list."""
    width = max(map(len, lines), default=0)
    items: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if items and goes_on(items[-1], before, line, width):
            items[-1] = joined(items[-1], line)
        else:
            items.append(BULLET.sub("", line, count=1))
    return items


def heading_of(lines: Sequence[Line], at: int) -> tuple[str, int]:
    """A heading that begins at `at`, and how many lines it takes."""
    words = lines[at].words
    if len(words) < _WIDE or at + 1 == len(lines):
        return words, 1
    after = lines[at + 1]
    rest = not after.gap and not after.heads and not after.listed and len(after.words) < _SHORT
    return (f"{words} {after.words}", 2) if rest and not ends(after.words) else (words, 1)
