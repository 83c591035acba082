"""A summary as the Markdown file an editor writes: parsed with the line of every fault, and written so that parsing
gives the same again. docs/digests.md has the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from curator.clean import plain_line
from curator.decode import did_you_mean
from curator.digest.summary.values import Actions, Box, Chapter, Part, Summary
from curator.digest.wording import safe_link
from curator.errors import Fault

FENCE = "---"
FRONT = ("title", "link", "publisher", "language", "themes")
"""The keys of the front part, in the order they are written."""
_REQUIRED = "Actions required:"
_FOR = "For:"
_BOX = re.compile(r"Box (\d+)(?:[.:]\s*(.*))?")
_HEADING = re.compile(r"(#{1,3}) +(.*)")


@dataclass
class _Aside:
    """A box or list of actions while its lines are read; `line` is its heading's."""

    heading: str
    line: int
    actors: tuple[str, ...] = ()
    items: list[str] = field(default_factory=list)


@dataclass
class _Part:
    heading: str
    lines: list[str] = field(default_factory=list)
    asides: list[_Aside] = field(default_factory=list)


class _Parsing:
    """Walks the lines once; `faults` are told in their order."""

    def __init__(self) -> None:
        self.front: dict[str, str] = {}
        self.faults: list[Fault] = []
        self._opening: list[_Part] = [_Part("")]
        self._chapters: list[tuple[str, list[_Part]]] = []
        self._aside: _Aside | None = None

    def read(self, text: str) -> Summary:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        start = self._read_front(lines)
        for number, line in enumerate(lines[start:], start=start + 1):
            self._line(number, line.rstrip())
        said = self.front
        return Summary(
            title=said.get("title", ""),
            link=said.get("link", ""),
            opening=tuple(self._parts(self._opening)),
            chapters=tuple(Chapter(title, tuple(self._parts(parts))) for title, parts in self._chapters),
            publisher=said.get("publisher", ""),
            language=said.get("language", ""),
            themes=_list(said.get("themes", "")),
        )

    # ------------------------------------------------------------ the front part

    def _read_front(self, lines: list[str]) -> int:
        """How many lines it takes."""
        if not lines or lines[0].strip() != FENCE:
            self._fault(1, "there is no front part", f"Begin with a line {FENCE}, then title: and link:, then {FENCE}.")
            return 0
        for number, line in enumerate(lines[1:], start=2):
            if line.strip() == FENCE:
                return number
            if line.strip():
                self._said(number, line)
        self._fault(1, "the front part never ends", f"Close it with a line {FENCE}.")
        return len(lines)

    def _said(self, number: int, line: str) -> None:
        key, colon, value = line.partition(":")
        key = plain_line(key).lower()
        if not colon or key not in FRONT:
            mend = did_you_mean(key, FRONT) if colon else "Write it as `key: words`."
            self._fault(number, f"“{plain_line(line, 40)}” is nothing the front part knows", mend or _known())
        elif key in self.front:
            self._fault(number, f"{key} stands twice", "Remove one.")
        else:
            self.front[key] = plain_line(value)

    # ------------------------------------------------------------ the body

    def _line(self, number: int, line: str) -> None:
        heading = _HEADING.fullmatch(line)
        if heading:
            self._heading(number, len(heading[1]), plain_line(heading[2]))
        elif re.fullmatch(r"#{1,3}", line):
            self._fault(number, "a heading is empty", "Write it, or remove the line.")
        elif self._aside:
            self._item(number, self._aside, line)
        else:
            self._open[-1].lines.append(_markdown(line))

    @property
    def _open(self) -> list[_Part]:
        return self._chapters[-1][1] if self._chapters else self._opening

    def _heading(self, number: int, level: int, words: str) -> None:
        self._aside = None
        if level == 1:
            self._chapters.append((words, [_Part("")]))
        elif level == 2:
            self._open.append(_Part(words))
        else:
            self._aside = _Aside(words, number)
            self._open[-1].asides.append(self._aside)

    def _item(self, number: int, aside: _Aside, line: str) -> None:
        words = plain_line(line)
        if line.startswith("- "):
            aside.items.append(plain_line(line[2:]))
        elif aside.items and line.startswith("  ") and words:
            aside.items[-1] += f" {words}"
        elif words.startswith(_FOR) and not aside.items and aside.heading.startswith(_REQUIRED):
            aside.actors = _list(words.removeprefix(_FOR))
        elif words:
            what = f"“{plain_line(words, 40)}” stands under “{plain_line(aside.heading, 40)}” outside its list"
            self._fault(number, what, "Begin it with “- ”.")

    def _parts(self, parts: list[_Part]) -> Iterator[Part]:
        for part in parts:
            text = "\n".join(part.lines).strip("\n")
            asides = tuple(self._set_apart(each) for each in part.asides)
            if part.heading or text or asides:
                yield Part(part.heading, text, asides)

    def _set_apart(self, aside: _Aside) -> Box | Actions:
        if not aside.items:
            self._fault(aside.line, f"“{plain_line(aside.heading, 40)}” has nothing below it", "Add lines with “- ”.")
        if aside.heading.startswith(_REQUIRED):
            area = aside.heading.removeprefix(_REQUIRED).strip()
            if not area:
                self._fault(aside.line, "the actions have no area", f"Write it, as in “### {_REQUIRED} Financing”.")
            return Actions(area, aside.actors, tuple(aside.items))
        numbered = _BOX.fullmatch(aside.heading)
        number, title = (int(numbered[1]), numbered[2] or "") if numbered else (0, aside.heading)
        return Box(number, title, tuple(aside.items))

    def _fault(self, line: int, what: str, mend: str) -> None:
        self.faults.append(Fault(f"line {line}", what, mend))


def parse_summary(text: str) -> tuple[Summary, list[Fault]]:
    """The summary a file holds, and every fault of its form, by line."""
    parsing = _Parsing()
    summary = parsing.read(text)
    return summary, sorted(parsing.faults, key=lambda fault: int(fault.where.rpartition(" ")[2]))


def unready(text: str, summary: Summary) -> list[Fault]:
    """Why a well-formed summary cannot be shown to readers yet, by line."""
    faults = []
    if not summary.title:
        faults.append(Fault(_where(text, "title"), "there is no title", "Write the document's, title: …"))
    if not summary.link:
        mend = "Write its address, link: https://…; without it readers cannot look anything up."
        faults.append(Fault(_where(text, "link"), "there is no link to the full text", mend))
    elif not safe_link(summary.link):
        faults.append(Fault(_where(text, "link"), "the link is none that readers can follow", "Use https://…"))
    if not summary.chapters:
        faults.append(Fault("", "there is no chapter", "Begin each with a line “# Its title”."))
    return faults + _misnumbered(summary)


def _misnumbered(summary: Summary) -> list[Fault]:
    numbers = [box.number for box in summary.boxes]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    return [Fault("", f"there are several boxes {number}", "Give each its own number.") for number in twice]


def _where(text: str, key: str) -> str:
    lines = text.split("\n")
    at = next((number for number, line in enumerate(lines, 1) if line.lower().startswith(f"{key}:")), 1)
    return f"line {at}"


def write_summary(summary: Summary) -> str:
    """The file that `parse_summary` reads as this summary."""
    front = {
        "title": summary.title,
        "link": summary.link,
        "publisher": summary.publisher,
        "language": summary.language,
        "themes": ", ".join(summary.themes),
    }
    needed = ("title", "link")
    head = [f"{key}: {said}".rstrip() for key, said in front.items() if said or key in needed]
    blocks = ["\n".join([FENCE, *head, FENCE]), *_written(summary.opening)]
    for chapter in summary.chapters:
        blocks += [f"# {chapter.title}", *_written(chapter.parts)]
    return "\n\n".join(blocks) + "\n"


def _written(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if part.heading:
            yield f"## {part.heading}"
        if part.text:
            yield part.text
        yield from map(_aside, part.asides)


def _aside(aside: Box | Actions) -> str:
    actors: tuple[str, ...] = ()
    if isinstance(aside, Actions):
        heading, actors = f"{_REQUIRED} {aside.area}", aside.actors
    elif aside.number:
        heading = f"Box {aside.number}. {aside.title}".removesuffix(". ")
    else:
        heading = aside.title
    lines = [f"{_FOR} {', '.join(actors)}", ""] if actors else []
    return "\n".join([f"### {heading}", "", *lines, *(f"- {item}" for item in aside.items)])


def _list(words: str) -> tuple[str, ...]:
    return tuple(each for part in words.split(",") if (each := plain_line(part)))


def _markdown(line: str) -> str:
    """The line without control characters, with the indent that Markdown lives by."""
    return " " * (len(line) - len(line.lstrip(" "))) + plain_line(line)


def _known() -> str:
    return f"It knows {', '.join(FRONT)}."
