"""The contents of an edition as its outline and its mail have them, every word as a form shows it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from curator.config import Network
from curator.digest import notice
from curator.digest.briefing import Archive, brief
from curator.digest.definitions import Digest
from curator.digest.forms.briefing import brief_of
from curator.digest.forms.contents import WORDS, Contents, Group, Listed, Notice, Section, bare
from curator.digest.introductions import introductions
from curator.digest.outline import Outline, OutlineGroup, OutlineSection, Seat
from curator.models import COMPARED, Edition, Filed, Moment, Rendered
from curator.taxonomy import Taxonomy

_OF_NOTICES = ("place", "host", "contact", "field", "times_there")
_OF_BRIEFINGS = (
    *(*COMPARED, "field", "at_a_glance", "examples_here"),
    *("good_practice_elsewhere", "actions_by_actor", "full_text"),
)


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
    archive: Archive | None = None,
) -> Contents:
    """The contents of an edition as `outline` drew it and `render` rendered it; `publishers` as
    `outline.publisher_names` gives it; `doi` says the identifier of a document, '' where it has none; `archive` is what
    there is on its topic."""
    said, named = digest.words.said, digest.words.of(taxonomy)
    theme = named.themes.get(edition.topic or "")
    writing = _Writing(digest, filed, taxonomy, publishers, doi)
    present = {group.key for group in drawn.groups}
    briefing = brief(archive, edition.comparisons, network.countries, named) if archive and digest.briefs else None
    wanted = (*WORDS, *(_OF_NOTICES if digest.notices else ()), *(_OF_BRIEFINGS if briefing else ()))
    return msgspec.structs.replace(
        bare(edition, rendered, network),
        name=digest.name,
        dated=digest.words.long_date(edition.date),
        topic=theme.label if theme else edition.topic or "",
        language=digest.words.language,
        direction=digest.words.direction,
        introduction=introductions(edition.introduction, digest, named, present)[0],
        sections=tuple(writing.section(section) for section in drawn.sections),
        words={name: str(said.get(name, "")) for name in wanted},
        briefing=brief_of(briefing, digest.words) if briefing else None,
    )


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
        self._of_notices = digest.notices
        self._publishers, self._doi = publishers, doi

    def section(self, section: OutlineSection) -> Section:
        groups = tuple(self._group(group) for group in section.groups)
        return Section(slug=section.slug, label=section.label, groups=groups)

    def _group(self, group: OutlineGroup) -> Group:
        listed = tuple(self._listed(seat, group) for seat in group.seats)
        note = "" if group.seats else self._gap(group)
        return Group(
            key=group.key,
            label=group.label,
            kind=group.kind,
            note=note,
            documents=listed,
            introduction=group.introduction,
        )

    def _gap(self, group: OutlineGroup) -> str:
        country = self._words.said["in_sentence"].get(group.label, group.label)
        if group.elsewhere:
            return self._words.filled("gap_elsewhere", country=country, headings=", ".join(group.elsewhere))
        return self._words.filled("gap", country=country)

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
            line=" · ".join(self._short(seat) if self._of_notices else self._line(seat, group)),
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
            notice=_notice(seat.notice) if seat.notice else None,
        )

    def _organisation(self, filed: Filed) -> str:
        slug = filed.document.publisher or filed.document.feed
        known = self._taxonomy.organisation(slug) or self._publishers.get(slug) or filed.document.publisher
        return slug if known else ""

    def _line(self, seat: Seat, group: OutlineGroup) -> Iterator[str]:
        """Publisher, day, kind of file and other countries, what there is of them."""
        if seat.publisher:
            yield seat.publisher
        if seat.published_on:
            yield self._words.long_date(seat.published_on)
        if seat.form:
            yield seat.form
        if seat.also:
            yield self._words.filled("also" if group.kind == "country" else "about", countries=", ".join(seat.also))
        if seat.also_for:
            yield self._words.filled("also_for", audiences=", ".join(seat.also_for))

    def _short(self, seat: Seat) -> Iterator[str]:
        """Of a notice who says it and where it is about; the day it was said would be read as one of its own."""
        return (word for word in (seat.publisher, seat.form, ", ".join(seat.also)) if word)


def _notice(said: notice.Notice) -> Notice:
    return Notice(place=said.place, host=said.host, contact=said.contact, words=said.words, plan=said.plan)


def _text(moment: Moment | None) -> str:
    return str(moment) if moment else ""
