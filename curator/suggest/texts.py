"""A document as the suggestions read it: its title, and what follows, as words."""

from __future__ import annotations

import msgspec

from curator.models import Document
from curator.suggest.lexicon import Words, words_of

MOST = 30_000
"""Characters of a text that are read: a document says what it is about before that, and a book would cost 20 ms."""


class Texts(msgspec.Struct, frozen=True):
    title: Words
    body: Words


def texts_of(document: Document) -> Texts:
    """The body is excerpt and text, the excerpt only once where the text begins with it. `US$` is money, no place."""
    excerpt, text = document.excerpt[:MOST], document.text[:MOST]
    body = text if excerpt and text.startswith(excerpt.rstrip("….")[:200]) else f"{excerpt}\n{text}"
    return Texts(words_of(document.title[:MOST]), words_of(body.replace("US$", "$")))
