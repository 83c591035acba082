"""A summary out of the running text of a page or PDF: chapters, parts, numbered boxes, lists of actions.

Text comes as a column's lines, boxes in the middle of sentences. What is a heading, a box or a list is told by its
words (“Chapter 2.”, “2.1 …”, “Box 3.”, “… actions required:”), where a box ends by the space below it. What this cannot
tell an editor mends in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from curator.clean import fold
from curator.digest.summary.columns import (
    ACTIONS,
    BOX,
    BULLET,
    CHAPTER,
    Line,
    ends,
    heading_of,
    items_of,
    joined,
    lines_of,
)
from curator.digest.summary.values import Actions, Box, Chapter, Part, Summary

_SMALL = {"and", "for", "from", "of", "on", "or", "the", "to", "with", "in"}
_STEM = 6
"""Letters by which “Intervention” and “interventions” are one word."""


@dataclass
class _Part:
    """A part while it is read: paragraphs and lists in order, and what was set apart."""

    heading: str
    blocks: list[str] = field(default_factory=list)
    asides: list[Box | Actions] = field(default_factory=list)


class _Reading:
    """Walks the lines once."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines, self._at = lines, 0
        self._opening = [_Part("")]
        self._chapters: list[tuple[str, list[_Part]]] = []
        self._before: Line | None = None

    def read(self) -> Summary:
        while self._at < len(self._lines):
            self._step(self._lines[self._at])
        chapters = (Chapter(title, _parts(parts)) for title, parts in self._chapters)
        return Summary("", "", _parts(self._opening), tuple(chapters))

    @property
    def _open(self) -> list[_Part]:
        return self._chapters[-1][1] if self._chapters else self._opening

    def _step(self, line: Line) -> None:
        if BOX.fullmatch(line.words) or ACTIONS.fullmatch(line.words):
            self._aside()
        elif line.heads:
            self._heading()
        elif self._stands_apart(line):
            self._loose()
        else:
            self._running(line)

    # ------------------------------------------------------------ headings

    def _heading(self) -> None:
        words, taken = heading_of(self._lines, self._at)
        self._at += taken
        self._before = None
        if chapter := CHAPTER.fullmatch(words):
            self._chapters.append((chapter["title"], [_Part("")]))
        else:
            self._open.append(_Part(words))

    # ------------------------------------------------------------ what is set apart

    def _aside(self) -> None:
        head = self._lines[self._at].words
        self._at += 1
        items = items_of(self._column())
        if box := BOX.fullmatch(head):
            title = box["title"] or (items.pop(0) if items else "")
            own, others = _split(items)
            self._seat(Box(int(box["number"]), title, tuple(own)))
        else:
            asked = ACTIONS.fullmatch(head)
            own, others = _split(items)
            self._seat(Actions(asked["area"] if asked else head, (), tuple(own)))
        self._seat_loose(others)

    def _column(self) -> list[str]:
        """The lines up to the next space or heading."""
        start = self._at
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.heads or (line.gap and self._at > start):
                break
            self._at += 1
        return [line.words for line in self._lines[start : self._at]]

    def _stands_apart(self, line: Line) -> bool:
        """Whether a column without a number begins here: a line with a colon that nothing in the text follows up, or
        what stands below one."""
        if line.listed or (self._before and not ends(self._before.words)):
            return False
        if self._before and self._before.words.endswith(":") and not line.gap:
            return line.words[:1].isupper()
        following = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else None
        return line.words.endswith(":") and bool(following) and not _follows_up(following)

    def _loose(self) -> None:
        self._seat_loose(items_of(self._column()))

    def _seat_loose(self, items: list[str]) -> None:
        """Columns without a number; each begins with a line that ends in a colon."""
        title: str | None = None
        below: list[str] = []
        for item in [*items, ":"]:
            if item.endswith(":"):
                if title is not None and below:
                    self._open[-1].asides.append(Box(0, title, tuple(below)))
                title, below = item[:-1], []
            else:
                below.append(item)

    def _seat(self, aside: Box | Actions) -> None:
        if aside.items:
            part = _mentioning(self._open, aside) if isinstance(aside, Box) else _about(self._open, aside)
            part.asides.append(aside)

    # ------------------------------------------------------------ running text

    def _running(self, line: Line) -> None:
        blocks = self._open[-1].blocks
        if line.listed:
            mark = "- " if not line.words[0].isdigit() else f"{line.words.split()[0].rstrip('.)')}. "
            blocks.append(mark + BULLET.sub("", line.words, count=1))
        elif blocks and self._continues(line):
            blocks[-1] = joined(blocks[-1], line.words)
        else:
            blocks.append(re.sub(r"^([#>+])", r"\\\1", line.words))
        self._before = line
        self._at += 1

    def _continues(self, line: Line) -> bool:
        before = self._before
        if before is None:
            return False
        if not line.words[:1].isupper():
            return not (before.closes and line.gap)
        return not before.listed and not before.closes and not line.gap and not ends(before.words)


def _follows_up(line: Line | None) -> bool:
    return line is None or line.listed or line.heads or line.gap


def _split(items: list[str]) -> tuple[list[str], list[str]]:
    """A box's own lines, and what stands below it under headings of its own."""
    at = next((index for index, item in enumerate(items) if item.endswith(":")), len(items))
    return items[:at], items[at:]


def _mentioning(parts: list[_Part], box: Box) -> _Part:
    """The part whose text sends the reader to the box; else the one it stands in."""
    said = re.compile(rf"\bBox {box.number}\b")
    return next((part for part in parts if said.search(" ".join(part.blocks))), parts[-1])


def _about(parts: list[_Part], actions: Actions) -> _Part:
    """The part whose heading has most of its words from the area; else the one the list stands in."""
    area = _stems(actions.area)
    best = max(parts, key=lambda part: _share(_stems(part.heading), area))
    return best if _share(_stems(best.heading), area) else parts[-1]


def _share(heading: set[str], area: set[str]) -> float:
    return len(heading & area) / len(heading) if heading else 0.0


def _stems(words: str) -> set[str]:
    return {each[:_STEM] for each in re.findall(r"[^\W\d_]+", fold(words)) if each not in _SMALL}


def _parts(parts: list[_Part]) -> tuple[Part, ...]:
    found = (Part(part.heading, _text(part.blocks), tuple(part.asides)) for part in parts)
    return tuple(part for part in found if part.heading or part.text or part.asides)


def _text(blocks: list[str]) -> str:
    """Paragraphs with a line between them; a list's lines right below each other."""
    text = ""
    for before, block in zip(["", *blocks], blocks, strict=False):
        text += ("" if not text else "\n" if _mark(before) and _mark(before) == _mark(block) else "\n\n") + block
    return text


def _mark(block: str) -> str:
    found = re.match(r"-|\d+\.", block)
    return "1." if found and found[0] != "-" else found[0] if found else ""


def read_summary(text: str) -> Summary:
    """The summary that a running text holds; without title and link, which it does not say."""
    return _Reading(lines_of(text)).read()
