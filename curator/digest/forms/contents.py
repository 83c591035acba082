"""What an edition says, as values: every form of it is made from these, and a seal keeps them. Pure.

This is also the JSON form, so its names are a promise: docs/forms.md lists them, new ones may come, none goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import msgspec

from curator.config import Network
from curator.digest.definitions import Digest
from curator.digest.outline import Outline, OutlineGroup, OutlineSection, Seat
from curator.models import Edition, Filed, Moment, Rendered
from curator.taxonomy import Taxonomy

VERSION = 1


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One document. Texts are plain; `blurb` has empty lines between paragraphs; `when` and `dated` are in the language
    of the edition; `organisation` is the publisher's slug where one is known, `countries` are codes, `themes` slugs;
    moments are `2026-12-03` or `2026-12-03 15:00 America/Vancouver`, '' where there is none."""

    document: int
    number: int
    title: str
    original: str
    language: str
    foreign: str
    link: str
    doi: str
    publisher: str
    organisation: str
    source: str
    published_on: date | None
    dated: str
    line: str
    blurb: str
    by_editor: bool
    file: str
    starts: str
    ends: str
    deadline: str
    when: str
    due: str
    countries: tuple[str, ...]
    themes: tuple[str, ...]

    @property
    def quoted(self) -> bool:
        """Whether the blurb is the publisher's own words."""
        return bool(self.blurb) and not self.by_editor

    @property
    def title_foreign(self) -> str:
        """Language code of the title where it is not the edition's, else ''."""
        return self.foreign if self.language else ""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Documents under one heading; `note` is said where there are none."""

    key: str
    label: str
    kind: str
    note: str
    documents: tuple[Listed, ...]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    slug: str
    label: str
    groups: tuple[Group, ...]

    @property
    def documents(self) -> tuple[Listed, ...]:
        return tuple(each for group in self.groups for each in group.documents)


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """An edition. `introduction` and `key_messages` are the editor's Markdown; `words` are those of its language that
    forms need; `domain` makes ids that are one's own."""

    version: int
    id: str
    digest: str
    name: str
    number: int
    date: date
    dated: str
    topic: str
    subject: str
    preheader: str
    language: str
    direction: str
    network: str
    short: str
    site: str
    postal: str
    domain: str
    introduction: str
    key_messages: str
    sections: tuple[Section, ...]
    words: dict[str, str]

    @property
    def documents(self) -> tuple[Listed, ...]:
        return tuple(each for section in self.sections for each in section.documents)

    @property
    def due(self) -> list[Listed]:
        """Those with a deadline, the nearest first."""
        return sorted((each for each in self.documents if each.deadline), key=lambda each: (each.deadline, each.number))


_WORDS = ("contents", "original", "quoted", "deadlines", "empty", "closes", "key_messages")


def contents_of(
    edition: Edition,
    drawn: Outline,
    filed: Mapping[int, Filed],
    digest: Digest,
    network: Network,
    rendered: Rendered,
    taxonomy: Taxonomy,
    publishers: Mapping[str, str],
    doi: Callable[[Filed], str],
) -> Contents:
    """The contents of an edition as `outline` drew it and `render` rendered it; `publishers` as
    `outline.publisher_names` gives it; `doi` says the identifier of a document, '' where it has none."""
    said, theme = digest.words.said, digest.words.of(taxonomy).themes.get(edition.topic or "")
    writing = _Writing(digest, filed, taxonomy, publishers, doi)
    return Contents(
        version=VERSION,
        id=edition.id,
        digest=edition.digest,
        name=digest.name,
        number=edition.number,
        date=edition.date,
        dated=digest.words.long_date(edition.date),
        topic=theme.label if theme else edition.topic or "",
        subject=rendered.subject,
        preheader=rendered.preheader,
        language=digest.words.language,
        direction=digest.words.direction,
        network=network.name,
        short=network.short,
        site=network.site,
        postal=network.postal,
        domain=_domain(rendered, network),
        introduction=edition.introduction,
        key_messages=edition.key_messages,
        sections=tuple(writing.section(section) for section in drawn.sections),
        words={name: str(said.get(name, "")) for name in _WORDS},
    )


def _domain(rendered: Rendered, network: Network) -> str:
    """The network's own, from its sender's address, else from its site."""
    sender = rendered.headers.get("From", "").rpartition("@")[2].rstrip("> ")
    site = network.site.partition("://")[2].partition("/")[0].partition(":")[0]
    return sender or site or "curator.invalid"


class _Writing:
    """Sections, groups and seats with every word as a form shows it."""

    def __init__(
        self,
        digest: Digest,
        filed: Mapping[int, Filed],
        taxonomy: Taxonomy,
        publishers: Mapping[str, str],
        doi: Callable[[Filed], str],
    ) -> None:
        self._words, self._filed, self._taxonomy = digest.words, filed, taxonomy
        self._publishers, self._doi = publishers, doi

    def section(self, section: OutlineSection) -> Section:
        groups = tuple(self._group(group) for group in section.groups)
        return Section(slug=section.slug, label=section.label, groups=groups)

    def _group(self, group: OutlineGroup) -> Group:
        listed = tuple(self._listed(seat, group) for seat in group.seats)
        note = "" if group.seats else self._gap(group)
        return Group(key=group.key, label=group.label, kind=group.kind, note=note, documents=listed)

    def _gap(self, group: OutlineGroup) -> str:
        country = self._words.said["in_sentence"].get(group.label, group.label)
        if group.elsewhere:
            return self._fill("gap_elsewhere", country=country, headings=", ".join(group.elsewhere))
        return self._fill("gap", country=country)

    def _listed(self, seat: Seat, group: OutlineGroup) -> Listed:
        filed = self._filed[seat.document]
        deadline = seat.closes or (Moment(seat.deadline) if seat.deadline else None)
        return Listed(
            document=seat.document,
            number=seat.number,
            title=seat.title,
            original=seat.original,
            language=seat.language,
            foreign=seat.foreign,
            link=seat.link,
            doi=self._doi(filed),
            publisher=seat.publisher or seat.source,
            organisation=self._organisation(filed),
            source=seat.source if seat.quoted else "",
            published_on=seat.published_on,
            dated=self._words.long_date(seat.published_on) if seat.published_on else "",
            line=" · ".join(self._line(seat, group)),
            blurb=seat.said,
            by_editor=seat.by_editor,
            file=seat.form,
            starts=_text(seat.starts),
            ends=_text(seat.ends),
            deadline=_text(deadline),
            when=seat.when,
            due=seat.due,
            countries=tuple(code for code in filed.countries if code not in self._taxonomy.organisations),
            themes=filed.review.themes,
        )

    def _organisation(self, filed: Filed) -> str:
        slug = filed.document.publisher or filed.document.feed
        known = self._taxonomy.organisation(slug) or self._publishers.get(slug) or filed.document.publisher
        return slug if known else ""

    def _line(self, seat: Seat, group: OutlineGroup) -> Iterator[str]:
        """Publisher, day, kind of file and other countries, what there is of them."""
        yield from (word for word in (seat.publisher,) if word)
        if seat.published_on:
            yield self._words.long_date(seat.published_on)
        yield from (word for word in (seat.form,) if word)
        if seat.also:
            yield self._fill("also" if group.kind == "country" else "about", countries=", ".join(seat.also))

    def _fill(self, word: str, **said: str) -> str:
        text = str(self._words.said.get(word, ""))
        for name, value in said.items():
            text = text.replace(f"{{{name}}}", value)
        return text


def _text(moment: Moment | None) -> str:
    return str(moment) if moment else ""


def bare(edition: Edition, mail: Rendered, network: Network) -> Contents:
    """An edition of which nothing is known any more but its record and its mail."""
    return Contents(
        version=VERSION,
        id=edition.id,
        digest=edition.digest,
        name=edition.digest,
        number=edition.number,
        date=edition.date,
        dated=edition.date.isoformat(),
        topic=edition.topic or "",
        subject=mail.subject,
        preheader=mail.preheader,
        language="en",
        direction="ltr",
        network=network.name,
        short=network.short,
        site=network.site,
        postal=network.postal,
        domain=_domain(mail, network),
        introduction=edition.introduction,
        key_messages=edition.key_messages,
        sections=(),
        words=dict.fromkeys(_WORDS, ""),
    )


def encoded(contents: Contents) -> str:
    """The JSON form: two spaces deep, one line end at the end."""
    return msgspec.json.format(msgspec.json.encode(contents), indent=2).decode() + "\n"


def decoded(text: str) -> Contents:
    """What `encoded` gave. Raises msgspec.ValidationError for what it did not give."""
    return msgspec.json.decode(text, type=Contents)
