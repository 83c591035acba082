"""What a briefing on one topic draws from the archive: who has published what, how countries stand, who is asked what.

Pure: the archive comes as values. A gap is named, never left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from curator.clean import fold, plain_line, plain_text
from curator.digest.summary.values import Practice, Summary
from curator.models import COMPARED, Comparison, Covered
from curator.taxonomy import Taxonomy

YEARS = 2
"""How far back a briefing looks."""


class Archive(msgspec.Struct, frozen=True):
    """What the archive has on a topic: kept documents published from `since` to `until`, both included; summaries."""

    since: date
    until: date
    documents: tuple[Covered, ...] = ()
    summaries: tuple[Summary, ...] = ()


class MatrixDocument(msgspec.Struct, frozen=True):
    """A document of the archive under one of its countries."""

    document: int
    """Its id in the library."""
    title: str
    """Its title, one line."""
    published_on: date
    """The day it came out."""


class MatrixCountry(msgspec.Struct, frozen=True):
    """One country of the network: what the archive has of it, and how it stands."""

    code: str
    """Its code."""
    label: str
    """Its name."""
    documents: tuple[MatrixDocument, ...]
    """The archive's documents about it, the newest first."""
    law: str = ""
    """What the editor says of its law on the topic; may be empty, as the three below."""
    policy: str = ""
    """Of its policy."""
    practice: str = ""
    """Of its practice."""
    data: str = ""
    """Of its data."""
    examples: tuple[Practice, ...] = ()
    """Examples of good practice there, from the summaries on the topic."""

    @property
    def gap(self) -> bool:
        """Whether the archive has nothing about it."""
        return not self.documents

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """Name and text of the fields that say something, in the order law, policy, practice, data."""
        return tuple((name, text) for name in COMPARED if (text := getattr(self, name)))


class Asked(msgspec.Struct, frozen=True):
    """What the summaries on the topic ask of one actor."""

    actor: str
    """Who is asked; the area where nobody is named."""
    items: tuple[str, ...]
    """The actions, each once."""


class Briefing(msgspec.Struct, frozen=True):
    """What the archive has on an edition's topic."""

    since: date
    """The first day that was looked at."""
    until: date
    """The last."""
    countries: tuple[MatrixCountry, ...]
    """The network's countries, in its order, each with what there is of it."""
    count: int
    """How many documents there are on the topic, wherever they concern."""
    asked: tuple[Asked, ...]
    """What is asked of whom."""
    elsewhere: tuple[Practice, ...]
    """Examples of good practice in no country of the network, or in none that is known."""
    summaries: tuple[Summary, ...]
    """The summaries on the topic, which the mail has as annexes."""

    @property
    def gaps(self) -> tuple[MatrixCountry, ...]:
        """The countries about which there is nothing."""
        return tuple(country for country in self.countries if country.gap)

    @property
    def compared(self) -> bool:
        """Whether the editor has said how any country stands."""
        return any(country.said for country in self.countries)


def brief(archive: Archive, comparisons: Iterable[Comparison], members: Sequence[str], taxonomy: Taxonomy) -> Briefing:
    """The archive by country and by actor; `members` are the network's countries in its order."""
    said = {each.country: each for each in comparisons}
    examples = [(_country_of(each, taxonomy), each) for summary in archive.summaries for each in summary.practices]
    return Briefing(
        since=archive.since,
        until=archive.until,
        countries=tuple(_country(code, archive, said.get(code), examples, taxonomy) for code in members),
        count=len(archive.documents),
        asked=tuple(_asked(archive.summaries)),
        elsewhere=tuple(each for code, each in examples if code not in members),
        summaries=archive.summaries,
    )


def _country(
    code: str,
    archive: Archive,
    said: Comparison | None,
    examples: Iterable[tuple[str, Practice]],
    taxonomy: Taxonomy,
) -> MatrixCountry:
    about = sorted((each for each in archive.documents if code in each.countries), key=_newest)
    law, policy, practice, data = (plain_text(text) for text in (said or Comparison(code)).fields)
    return MatrixCountry(
        code,
        taxonomy.country_label(code),
        tuple(MatrixDocument(each.document, plain_line(each.title), each.on) for each in about),
        law,
        policy,
        practice,
        data,
        examples=tuple(each for where, each in examples if where == code),
    )


def _newest(covered: Covered) -> tuple[int, int]:
    return -covered.on.toordinal(), covered.document


def _asked(summaries: Iterable[Summary]) -> Iterator[Asked]:
    found: dict[str, tuple[str, dict[str, None]]] = {}
    for summary in summaries:
        for actor in summary.actors:
            _, items = found.setdefault(fold(actor), (actor, {}))
            items |= {item: None for actions in summary.asked_of(actor) for item in actions.items}
    return (Asked(actor, tuple(items)) for actor, items in found.values())


def _country_of(practice: Practice, taxonomy: Taxonomy) -> str:
    """The code of the country a place ends in, '' where that is none the taxonomy knows."""
    last = fold(practice.place.rpartition(",")[2].replace(".", ""))
    for country in taxonomy.countries.values():
        names = (country.label, country.code, *(alias.rstrip("*") for alias in country.aliases))
        if last and last in {fold(name.replace(".", "")) for name in names}:
            return country.code
    return ""
