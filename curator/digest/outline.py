"""An edition as it will be read: sections, groups, seats, with every word as shown. Mail and desk both use it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from curator.clean import plain_line, plain_text
from curator.config import Network
from curator.digest.deadlines import deadline
from curator.digest.definitions import Digest, Section
from curator.digest.groups import INTERNATIONAL, group_order
from curator.digest.introductions import introductions
from curator.digest.notice import Notice, labels_of, read_notice
from curator.digest.wording import TITLE_LIMIT, published_on, safe_link, shown_blurb, shown_title
from curator.models import Edition, Feed, Filed, Moment, OwnWords, Placement
from curator.taxonomy import Taxonomy

_FORMS = {
    "pdf": "PDF",
    "docx": "Word",
    "doc": "Word",
    "xlsx": "Excel",
    "xls": "Excel",
    "pptx": "PowerPoint",
    "zip": "ZIP",
}
"""Kinds of files by the ends of their names: what a reader on a phone wants to know before following a link."""

GroupKind = Literal["country", "organisation", "international", "audience", "none"]


class Seat(msgspec.Struct, frozen=True):
    """One document where it stands."""

    document: int
    """The document's id in the library."""
    number: int
    """Its number in the edition, from 1, in reading order: the plain text's link number."""
    title: str
    """One line, without a bracketed country that its heading already says."""
    link: str
    """Its address, always http, https or mailto; empty where it has none that may stand in a mail."""
    publisher: str
    """Who issued it, in words; empty where a heading says it or nobody knows."""
    published_on: date | None
    """The day it came out, on the network's calendar; nothing where it is not known."""
    also: tuple[str, ...]
    """Names of the countries it is about beyond its heading."""
    blurb: str
    """The editor's words, or the first sentences of the feed's; may be empty. Plain text, paragraphs apart."""
    by_editor: bool
    """Whether the blurb is the editor's own."""
    by_hand: bool
    """Whether the editor put it in this place."""
    language: str
    """Language code of the title where it is known (`sv`), else empty."""
    own_words: bool = False
    """Whether title or blurb are this edition's own, not the document's."""
    foreign: str = ""
    """Language code of the document where it is not the mail's, else empty."""
    original: str = ""
    """The title as published, where the editor gave a document in another language one of their own; else empty."""
    source: str = ""
    """Whose words a blurb is that is not the editor's: the publisher's name even where the heading says it, else the
    host of the link."""
    deadline: date | None = None
    """The last day on which a reader can act, the edition's or later: the editor's date, or as the blurb says."""
    starts: Moment | None = None
    """When what it is about starts, as the editor gave it: `.on` is the day, `.at` the time, `.zone` whose clock."""
    ends: Moment | None = None
    """When it ends, as `starts`."""
    closes: Moment | None = None
    """The deadline with its time, where the editor gave one and it is not over; `deadline` is its day."""
    when: str = ""
    """When it starts and ends, in words, with times and whose clock it is; empty where it does neither."""
    due: str = ""
    """The deadline in words, with its time where it has one; empty where there is none."""
    also_for: tuple[str, ...] = ()
    """Names of the audiences it is for beyond its heading, in a digest that groups by audience."""
    form: str = ""
    """What kind of file the link leads to where its name says so (`PDF`), else empty."""
    notice: Notice | None = None
    """What the editor's blurb says as a notice, in a digest of `notices`; nothing elsewhere."""

    @property
    def title_foreign(self) -> str:
        """Language code of the title as shown where it is not the mail's, else empty."""
        return "" if not self.language else self.foreign

    @property
    def said(self) -> str:
        """The blurb without what marks the days of a notice."""
        return "\n\n".join(each.removeprefix("## ") for each in self.blurb.split("\n\n")) if self.notice else self.blurb

    @property
    def quoted(self) -> bool:
        """Whether the blurb is the publisher's own words, to be set apart as a quotation."""
        return bool(self.blurb) and not self.by_editor


class OutlineGroup(msgspec.Struct, frozen=True):
    """The documents under one heading: a country, an organisation, what is international, or an audience."""

    key: str
    """Country code, organisation slug, audience slug, or empty for what is international."""
    label: str
    """The heading; empty where the digest does not group."""
    kind: GroupKind
    """`country`, `organisation`, `international`, `audience`, or `none` where the digest does not group."""
    seats: tuple[Seat, ...]
    """Its documents in order; none in a gap."""
    elsewhere: tuple[str, ...] = ()
    """In a gap, the headings of this edition under which documents also about this country stand."""
    introduction: str = ""
    """What the editor says to this audience, Markdown; empty where the digest does not group by audience."""

    @property
    def gap(self) -> bool:
        """Whether this is a member country about which nothing was found."""
        return not self.seats


class OutlineSection(msgspec.Struct, frozen=True):
    """A section that has something to show."""

    slug: str
    """Its name in digest.toml; also its anchor in the HTML."""
    label: str
    """The heading."""
    groups: tuple[OutlineGroup, ...]
    """Its groups in order. Only a section with `every_member` has gaps."""

    @property
    def count(self) -> int:
        """How many documents it holds."""
        return sum(len(group.seats) for group in self.groups)


class Outline(msgspec.Struct, frozen=True):
    """The whole edition. `unplaced` are seats in no section of the digest, which are not mailed; a document that has a
    placement and is no longer known is in neither. `countries` and `organisations` are headings shown."""

    sections: tuple[OutlineSection, ...]
    unplaced: tuple[Seat, ...] = ()

    @property
    def groups(self) -> tuple[OutlineGroup, ...]:
        return tuple(group for section in self.sections for group in section.groups)

    @property
    def seats(self) -> tuple[Seat, ...]:
        return tuple(seat for group in self.groups for seat in group.seats)

    @property
    def countries(self) -> tuple[str, ...]:
        return self._labels("country")

    @property
    def organisations(self) -> tuple[str, ...]:
        return self._labels("organisation")

    def _labels(self, kind: GroupKind) -> tuple[str, ...]:
        return tuple(dict.fromkeys(group.label for group in self.groups if group.kind == kind and not group.gap))


def link_form(link: str) -> str:
    """The kind of file an address names, '' for a page or what nobody can tell."""
    path = link.partition("#")[0].partition("?")[0]
    return _FORMS.get(path.rpartition("/")[2].rpartition(".")[2].lower(), "") if path.count("/") > 2 else ""


def link_host(filed: Filed) -> str:
    """The host of a document's web address without www, '' where it has none."""
    return (urlsplit(safe_link(filed.document.link)).hostname or "").removeprefix("www.")


def publisher_names(feeds: Sequence[Feed]) -> dict[str, str]:
    """What to call a publisher that is no organisation of the taxonomy: the name of the first feed that names it."""
    names: dict[str, str] = {}
    for feed in feeds:
        names.setdefault(feed.publisher or feed.slug, feed.name)
        names.setdefault(feed.slug, feed.name)
    return names


def outline(
    edition: Edition,
    filed: Mapping[int, Filed],
    digest: Digest,
    network: Network,
    taxonomy: Taxonomy,
    publishers: Mapping[str, str] | None = None,
) -> Outline:
    """The edition's placements in reading order, named in the digest's language; `publishers` is as `publisher_names`
    gives it."""
    taxonomy = digest.words.of(taxonomy)
    words = {each.document: each for each in edition.words}
    drawing = _Drawing(edition, filed, digest, network, taxonomy, publishers or {}, words)
    known = [placement for placement in edition.placements if placement.document in filed]
    sections = tuple(drawing.sections(known))
    slugs = {section.slug for section in digest.sections}
    lost = [placement for placement in known if placement.section not in slugs]
    return Outline(
        sections=sections,
        unplaced=tuple(drawing.seat(placement, "none") for placement in lost),
    )


class _Drawing:
    """What every seat's words depend on, and the running number."""

    def __init__(
        self,
        edition: Edition,
        filed: Mapping[int, Filed],
        digest: Digest,
        network: Network,
        taxonomy: Taxonomy,
        publishers: Mapping[str, str],
        words: Mapping[int, OwnWords],
    ) -> None:
        self._edition, self._filed = edition, filed
        self._digest, self._network, self._taxonomy = digest, network, taxonomy
        self._publishers, self._words = publishers, words
        self._number = 0
        present = {each.group for each in edition.placements if each.document in filed}
        self._introductions = introductions(edition.introduction, digest, taxonomy, present)[1]
        self._headings: dict[str, tuple[str, ...]] = {}
        self._labels = labels_of(digest.words.said) if digest.notices else None

    def sections(self, placements: Sequence[Placement]) -> Iterator[OutlineSection]:
        self._headings = self._elsewhere(placements)
        for section in self._digest.sections:
            within = [placement for placement in placements if placement.section == section.slug]
            groups = tuple(self._groups(section, within))
            if groups:
                yield OutlineSection(section.slug, section.label, groups)

    def _groups(self, section: Section, placements: Sequence[Placement]) -> Iterator[OutlineGroup]:
        keys = {placement.group for placement in placements}
        if section.every_member:
            keys |= set(self._network.countries)
        for key in sorted(keys, key=self._order):
            kind = self._kind(key)
            within = sorted((each for each in placements if each.group == key), key=_by_rank)
            seats = tuple(self.seat(each, kind) for each in within)
            elsewhere = () if seats else self._headings.get(key, ())
            yield OutlineGroup(key, self._label(key, kind), kind, seats, elsewhere, self._introductions.get(key, ""))

    def _elsewhere(self, placements: Sequence[Placement]) -> dict[str, tuple[str, ...]]:
        """For each country, the headings under which documents about it stand."""
        slugs = {section.slug for section in self._digest.sections}
        headings: dict[str, dict[str, None]] = {}
        for placement in placements:
            label = self._label(placement.group, self._kind(placement.group))
            if placement.section in slugs and label:
                for code in self._filed[placement.document].countries:
                    headings.setdefault(code, {})[label] = None
        return {code: tuple(labels) for code, labels in headings.items()}

    def _order(self, key: str) -> tuple[int, int, str]:
        return group_order(key, self._network, self._taxonomy)

    def _kind(self, key: str) -> GroupKind:
        if self._digest.group_by == "audience" and (key == INTERNATIONAL or key in self._taxonomy.audiences):
            return "audience" if key else "none"
        if key in self._taxonomy.organisations:
            return "organisation"
        if key != INTERNATIONAL:
            return "country"
        return "none" if self._digest.group_by == "none" else "international"

    def _label(self, key: str, kind: GroupKind) -> str:
        if kind == "audience":
            return self._taxonomy.audiences[key].label
        if kind == "organisation":
            return self._taxonomy.organisations[key].label
        if kind == "country":
            return self._taxonomy.country_label(key)
        return str(self._digest.words.said.get("international", "")) if kind == "international" else ""

    def seat(self, placement: Placement, kind: GroupKind) -> Seat:
        self._number += 1
        filed = self._filed[placement.document]
        own = self._words.get(filed.id) or OwnWords(filed.id)
        headings = {self._label(placement.group, kind), self._section(placement.section)}
        if country := self._taxonomy.countries.get(placement.group):
            headings |= {country.label, *country.aliases}  # a feed may be called by its country in another language
        publisher = self._publisher(filed)
        title = self._title(filed, placement.group)
        language = plain_line(filed.document.language or "", 20)
        closes = self._ahead(filed.review.deadline)
        said = plain_text(own.blurb) or plain_text(filed.blurb)
        deadline = closes.on if closes else self._deadline(filed, said)
        foreign = language if language and not self._digest.words.speaks(language) else ""
        return Seat(
            document=filed.id,
            number=self._number,
            title=plain_line(own.title, TITLE_LIMIT) or title,
            link=safe_link(filed.document.link),
            publisher="" if publisher in headings else publisher,
            published_on=published_on(filed.document, self._network.zone),
            also=self._also(filed, placement.group),
            blurb=plain_text(own.blurb) or shown_blurb(filed),
            by_editor=bool(own.blurb.strip() or filed.blurb.strip()),
            by_hand=placement.by_hand,
            language="" if own.title else language,
            own_words=bool(own.title or own.blurb),
            foreign=foreign,
            original=title if own.title and foreign else "",
            source=publisher if kind == "organisation" or publisher not in {*headings, ""} else link_host(filed),
            deadline=deadline,
            starts=filed.review.starts,
            ends=filed.review.ends,
            closes=closes,
            when=self._digest.words.span(filed.review.starts, filed.review.ends),
            due=self._due(closes, deadline),
            also_for=self._also_for(filed, placement.group),
            form=link_form(filed.document.link),
            notice=read_notice(said, self._labels) if said and self._labels else None,
        )

    def _due(self, closes: Moment | None, deadline: date | None) -> str:
        moment = closes or (Moment(deadline) if deadline else None)
        return self._digest.words.long_moment(moment) if moment else ""

    def _ahead(self, moment: Moment | None) -> Moment | None:
        return moment if moment and moment.day_in(self._network.zone) >= self._edition.date else None

    def _deadline(self, filed: Filed, blurb: str) -> date | None:
        """What the blurb says, where the editor has given no date of its own."""
        words = self._digest.words
        if filed.review.deadline:
            return None
        return deadline(blurb, self._edition.date, words.dates, words.cues)

    def _title(self, filed: Filed, group: str) -> str:
        """The title as published, or the language's word for none."""
        if not plain_line(filed.document.title):
            return str(self._digest.words.said.get("untitled", "")) or shown_title(filed.document)
        return shown_title(filed.document, self._taxonomy.countries.get(group))

    def _section(self, slug: str) -> str:
        section = self._digest.section(slug)
        return section.label if section else ""

    def _publisher(self, filed: Filed) -> str:
        slug = filed.document.publisher or filed.document.feed
        organisation = self._taxonomy.organisations.get(slug)
        return plain_line(
            organisation.label if organisation else self._publishers.get(slug, filed.document.publisher or ""), 120
        )

    def _also_for(self, filed: Filed, group: str) -> tuple[str, ...]:
        if self._digest.group_by != "audience":
            return ()
        known = self._taxonomy.audiences.items()
        return tuple(each.label for slug, each in known if slug != group and slug in filed.review.audiences)

    def _also(self, filed: Filed, group: str) -> tuple[str, ...]:
        beyond = [code for code in filed.countries if code != group and code not in self._taxonomy.organisations]
        labels = (self._taxonomy.country_label(code) for code in sorted(beyond, key=self._order))
        return tuple(dict.fromkeys(labels))


def _by_rank(placement: Placement) -> tuple[int, int]:
    return placement.rank, placement.document
