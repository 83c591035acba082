"""A country that stands twice in one list of countries, in a sentence or in lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from curator.clean import fold
from curator.lint.passages import Mark, Passage
from curator.lint.vocabulary import Names

_PART = re.compile(r"\s*,\s*(?:(?P<last>and|or|&)\s+)?|\s+(?P<pair>and|or|&)\s+")
_ARTICLE = re.compile(r"^(?:the)\s+", re.IGNORECASE)
_FEWEST = 3
"""Countries in a sentence that are a list: two may be compared with themselves in another year."""
_LONGEST = 6
"""Words of a country's name."""

_Named = tuple[int, int]
"""Begin and end."""


def twice(passage: Passage, names: Names) -> Iterator[Mark]:
    """The second of them, where both are called the same: states and provinces have the code of their country."""
    for row in (*_in_sentences(passage, names), *_in_lines(passage, names)):
        seen: set[str] = set()
        for start, end in row:
            name = passage.text[start:end]
            if fold(name) in seen:
                yield Mark("doubled-word", start, end, f"{name} stands in this list twice.")
            seen.add(fold(name))


def _in_sentences(passage: Passage, names: Names) -> Iterator[Sequence[_Named]]:
    """Rows such as `in Sweden, Norway and Finland they`: nothing but names between the first and the last, which is
    the one after an `and`."""
    at, joined, row = 0, False, list[_Named]()
    for part in (*_PART.finditer(passage.text), None):
        end = part.start() if part else len(passage.text)
        whole = _whole(passage.text, at, end, names)
        begun = bool(row)
        one = whole or (_first_words if begun else _last_words)(passage.text, at, end, names)
        row += [one] if one else []
        if part is None or (begun and (joined or not whole)):
            yield from [row] if len(row) >= _FEWEST else []
            other = None if whole or joined else _last_words(passage.text, at, end, names)
            row = [other] if other else []
        at, joined = (part.end(), bool(part["last"] or part["pair"])) if part else (end, False)


def _in_lines(passage: Passage, names: Names) -> Iterator[Sequence[_Named]]:
    """Items of a list, one below the other, that are a country each."""
    row = list[_Named]()
    for line in passage.lines:
        named = _whole(passage.text, line.start, line.start + len(line.text), names) if line.item else None
        if named:
            row.append(named)
        elif line.text.strip():
            yield row
            row = []
    yield row


def _whole(text: str, start: int, end: int, names: Names) -> _Named | None:
    said = text[start:end]
    bare = _ARTICLE.sub("", said.strip()).rstrip(".;")
    begin = start + said.find(bare)
    return (begin, begin + len(bare)) if bare[:1].isupper() and fold(bare) in names.codes else None


def _first_words(text: str, start: int, end: int, names: Names) -> _Named | None:
    """The longest name that a piece begins with, where no possessive follows it."""
    ends = [found.end() for found in re.finditer(r"\w+(?![\w'’-])", text[start : min(end, start + 80)])][:_LONGEST]
    return next((one for each in reversed(ends) if (one := _whole(text, start, start + each, names))), None)


def _last_words(text: str, start: int, end: int, names: Names) -> _Named | None:
    """The longest name that a piece ends with."""
    start = max(start, end - 80)
    starts = [found.start() for found in re.finditer(r"(?<![\w'’-])\w+", text[start:end])][-_LONGEST:]
    return next((one for each in starts if (one := _whole(text, start + each, end, names))), None)
