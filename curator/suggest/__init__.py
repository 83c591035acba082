"""Suggestions with their reasons: countries, themes and section of a document. Values in, values out.

    document ─texts→ words ─lexicon→ hits ─countries, themes, sections→ Suggestions

It proposes; the editor decides. It never reads the library, the clock or the network.
"""

from __future__ import annotations

from collections.abc import Sequence

from curator.models import Document, Suggestions
from curator.suggest.countries import suggest_countries
from curator.suggest.sections import doctype_of, suggest_section
from curator.suggest.texts import texts_of
from curator.suggest.themes import suggest_themes
from curator.suggest.vocabulary import vocabulary_of
from curator.taxonomy import Taxonomy

__all__ = ["doctype_of", "suggest"]


def suggest(document: Document, taxonomy: Taxonomy, network_countries: Sequence[str] = ()) -> Suggestions:
    """What the document itself, its feed's defaults and its address say, each with the reason an editor can judge."""
    vocabulary, texts = vocabulary_of(taxonomy), texts_of(document)
    return Suggestions(
        countries=suggest_countries(document, texts, vocabulary, network_countries),
        themes=suggest_themes(document, texts, vocabulary),
        section=suggest_section(document, texts, vocabulary),
    )
