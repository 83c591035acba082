"""What a document is about: the themes whose words it uses, in its title or often enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from curator.clean import plain_line
from curator.models import Document, Suggested
from curator.suggest.lexicon import Hit, Words, longest
from curator.suggest.texts import Texts
from curator.suggest.vocabulary import Vocabulary

MOST = 4
"""Themes suggested at most."""
_TITLE = 4.0
"""How many words in a text one word in the title is worth."""
_WORDS_PER_HIT = 150
"""In a longer text a theme's words must stand about this often to count."""


@dataclass(slots=True)
class Evidence:
    """What speaks for one theme: its words as the document writes them, folded."""

    title: Counter[str] = field(default_factory=Counter)
    body: Counter[str] = field(default_factory=Counter)


def suggest_themes(document: Document, texts: Texts, vocabulary: Vocabulary) -> tuple[Suggested, ...]:
    """The feed's own first, then those the words tell, the strongest first; at most `MOST`."""
    own = [slug for slug in document.feed_themes if slug in vocabulary.taxonomy.themes]
    told = (one for one in _told(texts, vocabulary) if one.code not in own)
    return (*(Suggested(slug, "feed") for slug in own), *told)[:MOST]


def _told(texts: Texts, vocabulary: Vocabulary) -> Iterator[Suggested]:
    found: dict[str, Evidence] = {}
    for hit in _words_in(texts.title, vocabulary):
        found.setdefault(hit.phrase.owner, Evidence()).title[_written(hit, texts.title)] += 1
    for hit in _words_in(texts.body, vocabulary):
        found.setdefault(hit.phrase.owner, Evidence()).body[_written(hit, texts.body)] += 1
    enough = 1.0 if len(texts.body) < 80 else max(2.0, len(texts.body) / _WORDS_PER_HIT)
    themes = vocabulary.taxonomy.themes
    strength = {slug: _strength(each, themes[slug].weight, enough) for slug, each in found.items()}
    order = list(themes)
    best = sorted((slug for slug in found if strength[slug]), key=lambda slug: (-strength[slug], order.index(slug)))
    return (Suggested(slug, _reason(found[slug])) for slug in best)


def _words_in(words: Words, vocabulary: Vocabulary) -> list[Hit]:
    return longest(vocabulary.themes.find(words), lambda hit: hit.phrase.owner)


def _strength(each: Evidence, weight: float, enough: float) -> float:
    """0 where neither the title has a word of it nor the text enough of them. The text counts at most as a title
    with two words, so that length alone never wins."""
    body = weight * each.body.total()
    if not each.title and body < enough:
        return 0.0
    return _TITLE * weight * min(each.title.total(), 3) + min(body / enough, 2.0) * _TITLE / 2


def _written(hit: Hit, words: Words) -> str:
    return plain_line(" ".join(words.folded[hit.start : hit.end]), 40)


def _reason(each: Evidence) -> str:
    parts = [f'title "{each.title.most_common(1)[0][0]}"'] if each.title else []
    parts += [f'"{word}" ×{count}' for word, count in each.body.most_common(2)]
    return "; ".join(parts)
