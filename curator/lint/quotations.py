"""Words between quotation marks that the document's own text does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curator.clean import fold
from curator.lint.passages import Mark, Passage

_QUOTED = re.compile(r"“([^“”]{20,})”|\"([^\"\n]{20,})\"|„([^„“”]{20,})[“”]|»([^»«]{20,})«|«([^»«]{20,})»")
_GAP = re.compile(r"\s*(?:\[[^][]*\]|…|\.\.\.)\s*")
_FEWEST = 5  # words; fewer may be a name or a term
_WHOLE = 1_000
"""Characters a document's text must have before a quotation can be missed in it: an excerpt holds but the beginning."""


def quotes(text: str) -> bool:
    """Whether there is a quotation to look for."""
    return bool(_QUOTED.search(text))


def quotations(passage: Passage, source: str) -> Iterator[Mark]:
    """`source` is all that is stored of the document: title, excerpt, text."""
    if len(source) < _WHOLE:
        return
    stored = _bare(source)
    for found in _QUOTED.finditer(passage.text):
        said = next(group for group in found.groups() if group)
        parts = [_bare(part) for part in _GAP.split(said)]
        if sum(len(part.split()) for part in parts) >= _FEWEST and not all(part in stored for part in parts):
            message = "The stored text of the document does not hold these words."
            yield Mark("quotation", found.start(), found.end(), message)


def _bare(text: str) -> str:
    """Its words, without the marks between them."""
    return " ".join(re.findall(r"\w+", fold(text)))
