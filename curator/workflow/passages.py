"""An edition's words, piece by piece, as the lint reads them and as a mend finds them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curator.clean import plain_line, plain_text
from curator.digest.wording import shown_blurb
from curator.lint import Passage
from curator.models import Edition, Filed, OwnWords
from curator.workflow.hand import own_words, plain_title

EDITORS = "en"
"""The language in which the editor writes where the digest does not say another."""


def passages_of(edition: Edition, filed: Mapping[int, Filed]) -> list[Passage]:
    """Introduction and key messages, then title and blurb of each document, in reading order."""
    heads = [
        Passage(field, text, f"{edition.id}, {field.replace('_', ' ')}", language=EDITORS)
        for field, text in (("introduction", edition.introduction), ("key_messages", edition.key_messages))
        if text.strip()
    ]
    documents = (filed[seat.document] for seat in edition.placements if seat.document in filed)
    webinars = {seat.document for seat in edition.placements if "webinar" in seat.section}
    return heads + [passage for each in documents for passage in _of_document(each, edition, each.id in webinars)]


def _of_document(each: Filed, edition: Edition, live: bool) -> Sequence[Passage]:
    own = own_words(edition, each.id)
    foreign = _language(each.document.language, EDITORS)
    place = f"document {each.id}, “{plain_line(each.document.title, 60)}”"
    title, blurb = title_of(each, own), blurb_of(each, own)
    written = bool(own.blurb or each.blurb.strip())
    live = live or "webinar" in f"{title} {blurb}".casefold()
    return (
        Passage(
            "title",
            title,
            f"{place}, title",
            each.id,
            EDITORS if own.title else foreign,
            title=True,
            by_editor=bool(own.title),
        ),
        Passage(
            "blurb",
            blurb,
            f"{place}, blurb",
            each.id,
            EDITORS if written else foreign,
            by_editor=written,
            live=live,
        ),
    )


def _language(said: str | None, usual: str) -> str:
    """`en-GB` is en; a document that says nothing is taken for one in the editor's language."""
    return said.replace("_", "-").partition("-")[0].casefold() if said else usual


def title_of(filed: Filed, own: OwnWords) -> str:
    """The title as this edition has it, before a bracket that repeats the country is left away."""
    return own.title or plain_title(filed)


def blurb_of(filed: Filed, own: OwnWords) -> str:
    """The blurb as this edition shows it."""
    return own.blurb or (plain_text(filed.blurb) if filed.blurb.strip() else shown_blurb(filed))
