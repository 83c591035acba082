"""Brackets and quotation marks that do not come in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curator.lint.passages import Mark, Passage

_BRACKETS = {")": "(", "]": "["}
_FAR = 300  # characters after which a bracket counts as never closed; a quotation may be longer
_FAR_QUOTE = 1_500
_ENUMERATOR = re.compile(r"(?:^|(?<=[\s:;,]))(?:\d{1,2}|[a-z]|[ivx]{1,4})\)")
_MARKDOWN_LINK = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_QUOTES = re.compile(r"[“”„]")
_OPENERS = {"en": "“", "de": "„", "sv": "”", "fi": "”", "nl": "“"}


def pairs(passage: Passage) -> Iterator[Mark]:
    """Both kinds."""
    yield from _brackets(passage)
    yield from _quotes(passage)


def _brackets(passage: Passage) -> Iterator[Mark]:
    text = passage.text
    counted = {found.end() - 1 for found in _ENUMERATOR.finditer(text)}
    spared = {place for found in _MARKDOWN_LINK.finditer(text) for place in range(found.start() + 1, found.end())}
    opened: list[int] = []
    for found in re.finditer(r"[()\[\]]", text):
        at, sign = found.start(), found[0]
        if at in spared:
            continue
        while opened and at - opened[0] > _FAR:
            yield _unpaired(passage, opened.pop(0), "is never closed")
        if sign in "([":
            opened.append(at)
        elif opened and text[opened[-1]] == _BRACKETS[sign]:
            opened.pop()
        elif at not in counted:
            yield _unpaired(passage, at, "closes nothing")
    for at in opened:
        yield _unpaired(passage, at, "is never closed")


def _unpaired(passage: Passage, at: int, fault: str) -> Mark:
    """Marked with the words beside it, so that the same bracket elsewhere is another finding."""
    text = passage.text
    start, end = (at, min(at + 30, len(text))) if text[at] in "([" else (max(at - 30, 0), at + 1)
    piece = text[start:end]
    if text[at] in "([":
        end = start + len(piece.split("\n")[0].rstrip())
    else:
        start = end - len(piece.split("\n")[-1].lstrip())
    return Mark("unpaired", start, max(end, start + 1), f"The bracket “{text[at]}” {fault}.")


def _quotes(passage: Passage) -> Iterator[Mark]:
    """Swedish and Finnish begin and end with the same mark, as typewriters do: there an odd one is left over."""
    curly = [(found.start(), found[0]) for found in _QUOTES.finditer(passage.text)]
    if _OPENERS.get(passage.language, "“") == "”":
        left = curly[-1:] if len(curly) % 2 else []
    else:
        left = _left_over(passage.text, curly)
    straight = [found.start() for found in re.finditer(r'(?<!\d)"', passage.text)]
    for at, sign in [*left, *((at, '"') for at in straight[-1:] if len(straight) % 2)]:
        end = at + len(passage.text[at : at + 30].partition("\n")[0].rstrip())
        yield Mark("unpaired", at, max(end, at + 1), f"The quotation mark {sign} has no other.")


def _left_over(text: str, found: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Where „ opens, “ closes; else “ opens and ” closes. A quotation of several paragraphs opens anew at each."""
    low = any(sign == "„" for _, sign in found)
    opened: list[tuple[int, str]] = []
    left: list[tuple[int, str]] = []
    for at, sign in found:
        while opened and at - opened[0][0] > _FAR_QUOTE:
            left.append(opened.pop(0))
        if sign == "„" or (sign == "“" and not low):
            if not (opened and text[:at].endswith("\n\n")):
                opened.append((at, sign))
        elif opened:
            opened.pop()
        else:
            left.append((at, sign))
    return sorted([*left, *opened])
