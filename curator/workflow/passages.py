"""An edition's words, piece by piece, as the lint reads them and as a mend finds them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from curator.clean import plain_line, plain_text
from curator.digest.summary.values import Summary
from curator.digest.wording import shown_blurb
from curator.digest.words import primary_of
from curator.lint import Passage
from curator.models import Edition, Filed, OwnWords
from curator.workflow.hand import own_words, plain_title

ANNEX = "summary"
"""The field of a spot in a summary that stands in a mail."""


def passages_of(edition: Edition, filed: Mapping[int, Filed], language: str = "en") -> list[Passage]:
    """Introduction and key messages, how countries stand, then title and blurb of each document. `language` is the
    digest's, ISO 639-1: the editor writes in it."""
    heads = [
        Passage(field, text, f"{edition.id}, {field.replace('_', ' ')}", language=language)
        for field, text in (("introduction", edition.introduction), ("key_messages", edition.key_messages))
        if text.strip()
    ]
    documents = (filed[seat.document] for seat in edition.placements if seat.document in filed)
    webinars = {seat.document for seat in edition.placements if "webinar" in seat.section}
    return [
        *heads,
        *_compared(edition, language),
        *(one for each in documents for one in _of_document(each, edition, language, each.id in webinars)),
    ]


def _compared(edition: Edition, language: str) -> Iterator[Passage]:
    for one in edition.comparisons:
        for name, text in one.by_field.items():
            if text.strip():
                where = f"{edition.id}, {one.country}, {name}"
                yield Passage(compared_field(one.country, name), text, where, language=language)


def annexed(known: Iterable[tuple[str, Summary]], language: str) -> Iterator[Passage]:
    """What a briefing shows of summaries, each with where it stands: conclusions, and what is asked for. It is
    mended there, by hand. `language` is that of a summary which does not say one."""
    for place, summary in known:
        spoken = _language(summary.language, language)
        for chapter in summary.chapters:
            for part in chapter.conclusions:
                yield Passage(ANNEX, part.text, f"{place}, {part.heading}", language=spoken, by_editor=False)
        for asked in summary.actions:
            where = f"{place}, actions required: {asked.area}"
            yield Passage(ANNEX, "\n\n".join(asked.items), where, language=spoken, by_editor=False)


def compared_field(country: str, name: str) -> str:
    """The field of a spot in what is said of a country: `SE.law`."""
    return f"{country}.{name}"


def _of_document(each: Filed, edition: Edition, language: str, live: bool) -> Sequence[Passage]:
    own = own_words(edition, each.id)
    foreign = _language(each.document.language, language)
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
            language if own.title else foreign,
            title=True,
            by_editor=bool(own.title),
        ),
        Passage(
            "blurb",
            blurb,
            f"{place}, blurb",
            each.id,
            language if written else foreign,
            by_editor=written,
            live=live,
        ),
    )


def _language(said: str | None, usual: str) -> str:
    """`en-GB` is en; a document that says nothing is taken for one in the editor's language."""
    return primary_of(said) if said else usual


def title_of(filed: Filed, own: OwnWords) -> str:
    """The title as this edition has it, before a bracket that repeats the country is left away."""
    return own.title or plain_title(filed)


def blurb_of(filed: Filed, own: OwnWords) -> str:
    """The blurb as this edition shows it."""
    return own.blurb or (plain_text(filed.blurb) if filed.blurb.strip() else shown_blurb(filed))
