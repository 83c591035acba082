"""What points at nothing, and what was left over from where the words came from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curator.lint.passages import Mark, Passage

_POINTS = re.compile(
    r"\b(?:the )?(?:links?|form|table|figure|list|attachment|programme|agenda|details?) below\b|"
    r"\bsee (?:below|attached)\b|"
    r"\b(?:at|see) the (?:bottom|foot|end) of this page\b|\bthe following (?:link|address|page|website)\b|"
    r"\bthe attached (?:document|file|report|flyer|form)\b|\b(?:klicka|se) nedan\b|\bci-dessous\b|\bzie hieronder\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|www\.|\]\(|@\w")
_LEFT_OVER = (
    (re.compile(r"This email address is being protected from spambots\.?|You need JavaScript enabled to view it\.?"),
     "a web page's protection of an address, in its place", None),
    (re.compile(r"!\[\]\(?\)?(?!\()"), "a picture that is not there", ""),
    (re.compile(r"^Translate »\s*$|\bTranslate »"), "a button of the web page", ""),
    (re.compile(r"\s*The post .{3,200}? appeared first on .{3,100}$"), "the web site's own last line", ""),
    (re.compile(r"\s*(?:Continue reading|Read more|Läs mer|Lire la suite|Lees verder)\s*(?:…|\.\.\.|»|→|›)?\s*$"),
     "a link that is none here", ""),
    (re.compile(r"&(?:amp|nbsp|lt|gt|quot|#\d{2,5}|rsquo|ldquo|rdquo|ndash);"), "HTML that was not read", None),
    (re.compile(r"</?(?:p|br|div|span|strong|em|b|i|a)\b[^>]{0,80}>", re.IGNORECASE), "HTML that was not read", None),
    (re.compile(r"\b(?:[Ll]orem ipsum|TODO|FIXME|XXX|TK TK)\b|\{\{|\}\}"), "a note to write it", None),
)  # fmt: skip
_NUMBERED = re.compile(r"^[ \t]*(\d{1,2})\.(\d{1,2})\.?[ \t]+[^\W\d_]", re.MULTILINE)


def references(passage: Passage) -> Iterator[Mark]:
    """All of them."""
    yield from _pointing(passage)
    yield from _left_over(passage)
    yield from _numbering(passage)


def _pointing(passage: Passage) -> Iterator[Mark]:
    """“See below” where nothing stands below: in a title or blurb nothing ever does; elsewhere a link needs an address
    after it, and the rest needs lines after it."""
    for found in _POINTS.finditer(passage.text):
        after = passage.text[found.end() :]
        wants_address = re.search(r"link|page|address|website|attached", found[0], re.IGNORECASE)
        if not _ADDRESS.search(after) and (wants_address or "\n" not in after.strip()):
            yield Mark("points-at-nothing", found.start(), found.end(), f"“{found[0]}” points at nothing that is here.")


def _left_over(passage: Passage) -> Iterator[Mark]:
    text = passage.text
    for pattern, what, mend in _LEFT_OVER:
        for found in pattern.finditer(text):
            if not passage.by_editor or found[0] not in ("{{", "}}"):
                start = found.end() - len(found[0].lstrip())
                yield Mark("left-over", start, found.end(), f"Left over: {what}.", mend)


def _numbering(passage: Passage) -> Iterator[Mark]:
    """Sections of a chapter that begin with .2, or leave one out."""
    last: dict[int, int] = {}
    for found in _NUMBERED.finditer(passage.text):
        chapter, number = int(found[1]), int(found[2])
        before = last.get(chapter, 0)
        follows = re.search(rf"^[ \t]*{chapter}\.{number + 1}\b", passage.text[found.end() :], re.MULTILINE)
        if number == before + 2 and (before or follows):
            message = f"{chapter}.{number} follows, but there is no {chapter}.{before + 1}."
            yield Mark("numbering", found.start(1), found.end(2), message)
        last[chapter] = max(number, before)
