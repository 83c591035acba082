"""An edition as it shows itself, in words that stay: what is kept at its seal, what an archive is made of. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curator.clean import plain_line
from curator.digest.definitions import Digest
from curator.digest.outline import Outline, OutlineGroup, OutlineSection, Seat
from curator.digest.words import Words
from curator.models import Edition, Filed, Shown, ShownDocument, ShownGroup, ShownSection
from curator.taxonomy import Taxonomy


def shown(
    edition: Edition,
    drawn: Outline,
    filed: Mapping[int, Filed],
    digest: Digest,
    taxonomy: Taxonomy,
    publishers: Mapping[str, str],
) -> Shown:
    """The edition as `outline` drew it, with all that its documents were filed under; `publishers` as
    `outline.publisher_names` gives it."""
    taxonomy = digest.words.of(taxonomy)
    writing = _Writing(digest.words, filed, taxonomy, publishers)
    theme = taxonomy.themes.get(edition.topic or "")
    return Shown(
        called=plain_line(digest.name),
        language=digest.words.language,
        direction=digest.words.direction,
        dated=digest.words.long_date(edition.date),
        originally=writing.word("original"),
        topic=theme.label if theme else edition.topic or "",
        sections=tuple(writing.section(section) for section in drawn.sections),
    )


class _Writing:
    """What every document's words depend on."""

    def __init__(
        self, words: Words, filed: Mapping[int, Filed], taxonomy: Taxonomy, publishers: Mapping[str, str]
    ) -> None:
        self._words, self._filed, self._taxonomy, self._publishers = words, filed, taxonomy, publishers

    def word(self, name: str, **said: str) -> str:
        text = str(self._words.said.get(name, ""))
        for place, words in said.items():
            text = text.replace(f"{{{place}}}", words)
        return text

    def section(self, section: OutlineSection) -> ShownSection:
        return ShownSection(section.slug, plain_line(section.label), tuple(map(self._group, section.groups)))

    def _group(self, group: OutlineGroup) -> ShownGroup:
        documents = tuple(self._document(seat, group.kind) for seat in group.seats)
        return ShownGroup(group.key, plain_line(group.label), documents, self._gap(group) if group.gap else "")

    def _gap(self, group: OutlineGroup) -> str:
        country = self._words.said["in_sentence"].get(group.label, group.label)
        if group.elsewhere:
            return self.word("gap_elsewhere", country=country, headings=", ".join(group.elsewhere))
        return self.word("gap", country=country)

    def _document(self, seat: Seat, heading: str) -> ShownDocument:
        filed = self._filed[seat.document]
        slug = filed.document.publisher or filed.document.feed
        return ShownDocument(
            document=seat.document,
            number=seat.number,
            title=seat.title,
            link=seat.link,
            line=_joined(self._about(seat, heading)),
            publisher=self._publisher(slug, filed),
            organisation=slug if self._publisher(slug, filed) else "",
            published_on=seat.published_on,
            countries=tuple(code for code in filed.countries if code not in self._taxonomy.organisations),
            themes=filed.review.themes,
            blurb=seat.blurb,
            quoted=seat.quoted,
            source=self.word("quoted", source=seat.source) if seat.quoted and seat.source else "",
            language=seat.title_foreign,
            foreign=seat.foreign,
            original=seat.original,
        )

    def _about(self, seat: Seat, heading: str) -> Iterable[str]:
        yield seat.publisher
        yield self._words.long_date(seat.published_on) if seat.published_on else ""
        yield seat.form
        if seat.also:
            yield self.word("also" if heading == "country" else "about", countries=", ".join(seat.also))

    def _publisher(self, slug: str, filed: Filed) -> str:
        known = self._taxonomy.organisation(slug)
        return plain_line(known.label if known else self._publishers.get(slug, filed.document.publisher or ""), 120)


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
