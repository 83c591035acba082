"""Links as words: texts that say nothing, addresses that say where the reader came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from curator.clean import fold
from curator.lint.passages import Mark, Passage

_CLICK = re.compile(
    r"\b(?:please )?click(?:ing)? (?:here|below|on (?:the following|this|the) link|on the link|the link|this link)\b|"
    r"\b(?:found|downloaded|read|accessed|viewed|seen|available|registers?|see more|more information|details) here\b"
    r"(?=[\s]*(?:[.,;:!)]|$|\n))|"
    r"\b(?:(?:register|sign up|subscribe|apply|book|download)(?: [\w’'-]+){0,6}|"
    r"(?:read|see|find|learn) (?:more|it|them|the \w+)) here"
    r"(?=\s*(?:[.;:!)]|$|\n))|"
    r"\b(?:follow|use|open|visit|via|at|through) this link\b(?! between| to the past)|"
    r"\bklicka här\b|\bklik hier\b|\bcliquez ici\b|\bhier klicken\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[([^\]\n]{0,200})\]\((\S+?)(?:\s+\"[^\"]*\")?\)")
_ADDRESS = re.compile(r"https?://[^\s<>()\"\]]+[^\s<>()\"\].,;:!?'’]")
_SAYINGS = """
    here|click here|click|read more|more|link|this link|the link|download|website|web site|this page|page
    learn more|see more|details|this|report|read|har|klicka har|las mer|hier|klik hier|lees meer|ici|cliquez ici
    lire la suite|en savoir plus|hier klicken|mehr|weiterlesen
"""
_NOTHING = frozenset(saying.strip() for line in _SAYINGS.splitlines() for saying in line.split("|"))


def links(passage: Passage, untracked: Callable[[str], str]) -> Iterator[Mark]:
    """`untracked` gives an address without what only says where a reader came from."""
    taken: list[range] = []
    for found in _LINK.finditer(passage.text):
        if fold(found[1]).strip(" .:>»→") in _NOTHING:
            taken.append(range(*found.span(1)))
            message = f"A link that says only “{found[1]}” tells nothing to who hears it alone; say what it leads to."
            yield Mark("empty-link", found.start(1), found.end(1), message)
    for found in _CLICK.finditer(passage.text):
        if not any(found.start() in one or found.end() - 1 in one for one in taken):
            message = f"“{found[0]}” does not say where it leads, and in a mail it may be no link at all."
            yield Mark("empty-link", found.start(), found.end(), message)
    for found in _ADDRESS.finditer(passage.text):
        if (clean := untracked(found[0])) != found[0]:
            yield Mark("tracking", found.start(), found.end(), TRACKED, clean)


TRACKED = "The address says where the reader came from (tracking); without that it leads to the same page."


def addresses(passage: Passage) -> list[tuple[int, str]]:
    """Every web address in it, with its place."""
    return [(found.start(), found[0]) for found in _ADDRESS.finditer(passage.text)]
