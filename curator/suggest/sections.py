"""Where in a digest a document belongs: the feed's word, else what kind of document its title says it is."""

from __future__ import annotations

from curator.clean import plain_line
from curator.models import Document, Suggested
from curator.suggest.texts import Texts
from curator.suggest.vocabulary import Vocabulary


def suggest_section(document: Document, texts: Texts, vocabulary: Vocabulary) -> Suggested | None:
    """Of several kinds named in the title the longest phrase tells; of two as long, the kind first in the taxonomy."""
    taxonomy = vocabulary.taxonomy
    if document.feed_section in taxonomy.sections:
        return Suggested(document.feed_section, "feed")
    order = list(taxonomy.doctypes)
    hits = vocabulary.doctypes.find(texts.title)
    if not hits:
        return None
    best = min(hits, key=lambda hit: (hit.start - hit.end, order.index(hit.phrase.owner), hit.start))
    written = plain_line(" ".join(texts.title.folded[best.start : best.end]), 40)
    return Suggested(taxonomy.doctypes[best.phrase.owner].section, f'title "{written}"')
