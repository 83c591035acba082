"""Counts claimed against counts listed: “the following five countries: …” with four, “three documents” before two.

Lists are counted as narrowly and as widely as they can be read (“health and social care” may be one thing or two);
only a count that fits no reading is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from curator.lint.numbers import NUMBER, value, written
from curator.lint.passages import Line, Mark, Passage

_CLAIM = re.compile(
    rf"\b(?P<number>{NUMBER})\s+(?:[\w’'/-]+\s+){{0,3}}?"
    r"(?P<noun>[\w’'-]*[^\W\d_]s|people|children|criteria|of (?:them|these|those))\b",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\b(?:such as|including|e\.g\.|for example|among|at least|more than|over|up to|about|around|nearly|some|of the|"
    r"at most|between|other|further|last|past|first|next|days?|weeks?|months?|years?|hours?|minutes?|times|cents?)\b",
    re.IGNORECASE,
)
_SUITE = re.compile(
    rf"\b(?:suite|set|series|collection|package|list) of (?P<number>{NUMBER})\s+(?P<noun>[^\W\d_]+s)\b", re.IGNORECASE
)
_OF_EDITION = re.compile(
    rf"\b(?P<number>{NUMBER}|\d{{2,3}}) (?:new |latest )?(?P<noun>documents|resources|countries)\b", re.IGNORECASE
)
_THIS = re.compile(
    r"\b(?:this|today['’]s) (?:\w+ )?(?:update|edition|issue|newsletter|mail|number|suite|collection)\b|^\W*$",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"{NUMBER}\s+of\s+(?:the|our|its|all)\s+{NUMBER}\s", re.IGNORECASE)
"""`Seven of the nine members`: what is claimed is the share."""
_BOTH = re.compile(
    r"\b(?P<number>both) (?P<noun>[a-z]+s|children|people), (?P<list>[^.;:\n]{3,200}?), (?:have|are|were|had|will)\b",
    re.I,
)
_NAME = r"(?:the )?(?-i:[A-Z])[\w’'.-]*(?: (?:of|the|de|(?-i:[A-Z])[\w’'.-]*))*"
_NAMES = rf"{_NAME}(?:, {_NAME})+,? and {_NAME}"
_APART = re.compile(
    rf"[^.;:()\n–—]{{0,40}}(?:\((?P<list>{_NAMES})\)| [–—] (?P<between>{_NAMES}) [–—](?= ))", re.IGNORECASE
)
"""Names set apart behind a claim, in brackets or between dashes."""
_ONES = re.compile(r"(?:^|,|;|\band)\s*one (?:from|on|in|for|about|by|of|at|with)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]")
_FAR = 120  # characters between a number and its colon
_LONGEST = 9  # words of one thing in a sentence; longer ones are clauses


def counts(passage: Passage) -> Iterator[Mark]:
    """Claims that end in a colon, against the sentence or the lines after it; a suite against the only list there."""
    for colon in re.finditer(r":(?=\s)", passage.text):
        begin, end = passage.sentence(colon.start())
        claim = _last_claim(passage.text, begin, colon.start())
        if claim is None:
            continue
        rest_of_line = passage.text[colon.end() :].partition("\n")[0]
        if rest_of_line.strip():
            least, most = _in_sentence(passage.text[colon.end() : end])
        else:
            least, most = _below(passage, colon.end())
        yield from _compared(claim, least, most)
    yield from _suites(passage)
    yield from _boths(passage)
    yield from _apart(passage)


def _last_claim(text: str, begin: int, end: int) -> re.Match[str] | None:
    """The last number with its noun before a colon, where nothing makes it a loose one."""
    found = list(_CLAIM.finditer(text, max(begin, end - _FAR), end))
    if not found:
        return None
    last = found[-1]
    if _SHARE.match(last[0]):
        return None if _LOOSE.search(text, last.end(), end) else last
    around = text[max(begin, last.start() - 12) : last.start()] + " " + text[last.start() : end]
    return None if _LOOSE.search(around) else last


def _compared(claim: re.Match[str], least: int, most: int) -> Iterator[Mark]:
    claimed = value(claim["number"])
    if most < 2 or least <= claimed <= most:
        return
    listed = str(least) if least == most else f"{least} or {most}"
    message = f"It says {claim['number']} {claim['noun']}, but {listed} are listed."
    mend = written(least, claim["number"]) if least == most else None
    yield Mark("count", claim.start("number"), claim.end("number"), message, mend)


def of_edition(passage: Passage, holds: Mapping[str, int]) -> Iterator[Mark]:
    """“This Update has 14 documents from six countries” against how many there are; `holds` says so by noun."""
    for claim in _OF_EDITION.finditer(passage.text) if holds else ():
        here = holds.get(claim["noun"].casefold())
        before = passage.text[passage.sentence(claim.start())[0] : claim.start()]
        if here is None or not _THIS.search(before) or value(claim["number"]) == here:
            continue
        message = (
            f"It says {claim['number']} {claim['noun']}; there {'is' if here == 1 else 'are'} {here} in this edition."
        )
        yield Mark("count", claim.start("number"), claim.end("number"), message, written(here, claim["number"]))


# ---------------------------------------------------------------- lists within a sentence


def _in_sentence(text: str) -> tuple[int, int]:
    """How many things a sentence lists, at least and at most; 0, 0 where it is no plain list."""
    bare = _BRACKETS.sub("", text).strip(" .\n")
    if _ONES.match(bare) and (ones := len(_ONES.findall(bare))) > 1:
        return ones, ones
    if ";" in bare:
        pieces = [piece for piece in bare.split(";") if piece.strip()]
        return len(pieces), len(pieces)
    pieces = [piece.strip() for piece in bare.split(",")]
    pieces = [piece for piece in pieces if piece and piece.casefold() not in ("etc", "etc.")]
    if len(pieces) < 2 or any(len(piece.split()) > _LONGEST or ":" in piece for piece in pieces):
        return 0, 0
    ands = sum(len(re.findall(r"(?<!^)\s(?:and|or|&|und|et|och|en)\s", piece)) for piece in pieces)
    closed = len(re.findall(r"\s(?:and|or|&)\s", f" {pieces[-1]}"))
    oxford = bool(re.match(r"(?:and|or|&)\s", pieces[-1]))
    least = len(pieces) + (1 if closed and not oxford and ands == closed else 0)
    return (least if _plain(pieces) else len(pieces)), len(pieces) + ands


def _plain(pieces: Sequence[str]) -> bool:
    """Whether “and” can only part the last two: every thing before is one or two words."""
    return all(len(piece.split()) <= 2 for piece in pieces[:-1])


# ---------------------------------------------------------------- lists in lines


def _below(passage: Passage, at: int) -> tuple[int, int]:
    """How many lines or list items follow a claim that ends its line."""
    following = [line for line in passage.lines if line.start >= at and line.text.strip()]
    if not following:
        return 0, 0
    if following[0].item:
        return _items(following)
    return _bare(following)


def _items(lines: Sequence[Line]) -> tuple[int, int]:
    """Items of a list, up to the first line of running text; lines between two items belong to the one before."""
    last = max((place for place, line in enumerate(lines) if line.item), default=0)
    items = 0
    for place, line in enumerate(lines):
        if not line.item and (place > last or _is_heading_after(lines, place)):
            break
        items += line.item
    return items, items


def _is_heading_after(lines: Sequence[Line], place: int) -> bool:
    """Two lines in a row that are no items end a list."""
    return place + 1 < len(lines) and not lines[place + 1].item


def _bare(lines: Sequence[Line]) -> tuple[int, int]:
    """Short lines without a full stop, before a sentence; the last of them may be the heading of what follows, and is
    where the others end alike and it does not."""
    block: list[str] = []
    for line in lines:
        text = line.text.strip()
        if text.endswith((".", "!", "?", ":", ";", ",")) or len(text) > 200:
            break
        block.append(text)
    if len(block) < 2 or len(block) == len(lines) > 12:
        return 0, 0
    alike = _ending_alike(block)
    if 2 <= alike < len(block):
        return alike, alike
    return (0, 0) if len(block) > 12 else (len(block) - 1, len(block))


def _ending_alike(block: Sequence[str]) -> int:
    """How many of the first lines end in the same three words."""
    tail = block[0].split()[-3:]
    count = 0
    for line in block:
        if len(tail) < 3 or line.split()[-3:] != tail:
            break
        count += 1
    return count


# ---------------------------------------------------------------- suites and pairs


def _suites(passage: Passage) -> Iterator[Mark]:
    items = sum(line.item for line in passage.lines)
    for claim in _SUITE.finditer(passage.text):
        after = [line for line in passage.lines if line.item and line.start > claim.end()]
        if len(after) == items and items > 1 and items != value(claim["number"]):
            message = f"It says {claim['number']} {claim['noun']}, but {items} are listed below it."
            yield Mark("count", claim.start("number"), claim.end("number"), message)


def _boths(passage: Passage) -> Iterator[Mark]:
    """`Both countries, Sweden, Norway and Finland, have`: three names or more."""
    for claim in _BOTH.finditer(passage.text):
        listed, _ = _in_sentence(claim["list"])
        if listed > 2 and all(part.strip()[:1].isupper() for part in re.split(r",|\band\b", claim["list"])):
            message = f"It says {claim['number']} {claim['noun']}, but {listed} are listed."
            yield Mark("count", claim.start("number"), claim.end("number"), message)


def _apart(passage: Passage) -> Iterator[Mark]:
    """`Five trusts took part (Leeds, York, Hull and Durham)`: the claim next to the names."""
    for claim in _CLAIM.finditer(passage.text):
        apart = _APART.match(passage.text, claim.end())
        if apart and not _LOOSE.search(passage.text, max(claim.start() - 12, 0), claim.end()):
            between = passage.text[claim.end() : apart.start(apart.lastgroup or 0)]
            if not _CLAIM.search(between) and not _LOOSE.search(between):
                yield from _compared(claim, *_in_sentence(apart[apart.lastgroup or 0]))
