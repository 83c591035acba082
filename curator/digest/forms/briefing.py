"""What a briefing has beside its documents, for every form: how countries stand, who is asked, annexes. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from curator.digest.briefing import Asked, Briefing, MatrixCountry, MatrixDocument
from curator.digest.summary.values import Practice, Summary
from curator.digest.words import Words
from curator.models import COMPARED


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """One country of the network: what the archive has of it, how it stands in the editor's words, what is done well
    there; `line` says how much there is, in words."""

    key: str
    label: str
    line: str
    documents: tuple[MatrixDocument, ...]
    law: str
    policy: str
    practice: str
    data: str
    examples: tuple[Practice, ...]

    @property
    def said(self) -> list[tuple[str, str]]:
        """Name and text of the fields that say something."""
        return [(name, text) for name in COMPARED if (text := getattr(self, name))]


class AnnexChapter(msgspec.Struct, frozen=True, kw_only=True):
    """What a chapter of a summary comes to; `conclusions` are Markdown."""

    heading: str
    conclusions: tuple[str, ...]


class Annex(msgspec.Struct, frozen=True, kw_only=True):
    """The summary of one long document, with the address of its full text."""

    heading: str
    title: str
    link: str
    publisher: str
    chapters: tuple[AnnexChapter, ...]


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """What the archive has on an edition's topic from `since` to `until`; `said` is that in words. `elsewhere` are
    examples of good practice in no country of the network."""

    since: date
    until: date
    count: int
    said: str
    countries: tuple[Standing, ...]
    elsewhere: tuple[Practice, ...]
    asked: tuple[Asked, ...]
    annexes: tuple[Annex, ...]

    @property
    def glanced(self) -> bool:
        """Whether there is anything to see at a glance."""
        return bool(self.count) or any(country.said for country in self.countries)


def brief_of(known: Briefing, words: Words) -> Brief:
    """A briefing with its sentences in the language of the edition."""
    return Brief(
        since=known.since,
        until=known.until,
        count=known.count,
        said=_said(known, words),
        countries=tuple(_standing(country, words) for country in known.countries),
        elsewhere=known.elsewhere,
        asked=known.asked,
        annexes=tuple(_annex(summary, words) for summary in known.summaries),
    )


def _said(known: Briefing, words: Words) -> str:
    day = words.long_date(known.since)
    found = words.filled("glance", documents=_counted(known.count, words), day=day)
    gaps = ", ".join(country.label for country in known.gaps)
    return f"{found} {words.filled('glance_gaps', countries=gaps)}" if gaps else found


def _counted(count: int, words: Words) -> str:
    return words.counted(words.said.get("documents", ""), count)


def _standing(country: MatrixCountry, words: Words) -> Standing:
    return Standing(
        key=country.code,
        label=country.label,
        line="; ".join(_line(country, words)),
        documents=country.documents,
        examples=country.examples,
        **{name: getattr(country, name) for name in COMPARED},
    )


def _line(country: MatrixCountry, words: Words) -> Iterator[str]:
    if country.gap:
        yield words.filled("glance_none", country=country.label)
    else:
        many, day = _counted(len(country.documents), words), words.long_date(country.documents[0].published_on)
        yield words.filled("glance_country", country=country.label, documents=many, day=day)
    if country.said:
        names = ", ".join(str(words.said.get(name, name)).lower() for name, _ in country.said)
        yield words.filled("glance_known", fields=names)


def _annex(summary: Summary, words: Words) -> Annex:
    chapters = enumerate(summary.chapters, 1)
    return Annex(
        heading=words.filled("annex", title=summary.title),
        title=summary.title,
        link=summary.link,
        publisher=summary.publisher,
        chapters=tuple(
            AnnexChapter(
                heading=words.filled("chapter", number=str(number), title=chapter.title),
                conclusions=tuple(part.text for part in chapter.conclusions),
            )
            for number, chapter in chapters
            if chapter.conclusions
        ),
    )
