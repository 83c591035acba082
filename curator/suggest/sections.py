"""Where in a digest a document belongs: the feed's word, else what kind of document its title says it is."""

from __future__ import annotations

from curator.clean import plain_line
from curator.models import Document, Suggested
from curator.suggest.lexicon import Hit, Words, words_of
from curator.suggest.texts import Texts
from curator.suggest.vocabulary import Vocabulary, vocabulary_of
from curator.taxonomy import Taxonomy


def suggest_section(document: Document, texts: Texts, vocabulary: Vocabulary) -> Suggested | None:
    """Of several kinds named in the title the longest phrase tells; of two as long, the kind first in the taxonomy."""
    taxonomy = vocabulary.taxonomy
    if document.feed_section in taxonomy.sections:
        return Suggested(document.feed_section, "feed")
    best = _kind(texts.title, vocabulary)
    if best is None:
        return None
    written = plain_line(" ".join(texts.title.folded[best.start : best.end]), 40)
    return Suggested(taxonomy.doctypes[best.phrase.owner].section, f'title "{written}"')


def doctype_of(title: str, taxonomy: Taxonomy) -> str:
    """The kind of document that a title names, as a slug; '' where it names none."""
    best = _kind(words_of(title), vocabulary_of(taxonomy))
    return best.phrase.owner if best else ""


def _kind(title: Words, vocabulary: Vocabulary) -> Hit | None:
    order = list(vocabulary.taxonomy.doctypes)
    hits = vocabulary.doctypes.find(title)
    if not hits:
        return None
    return min(hits, key=lambda hit: (hit.start - hit.end, order.index(hit.phrase.owner), hit.start))
