"""What an edition says, as values: every form of it is made from these, and a seal keeps them. Pure.

This is also the JSON form, so its names are a promise: docs/forms.md lists them, new ones may come, none goes."""

from __future__ import annotations

from datetime import date

import msgspec

from curator.config import Network
from curator.digest.deadlines import nearest_first
from curator.digest.forms.briefing import Brief, Standing
from curator.digest.notice import PlanDay
from curator.models import Edition, Moment, Rendered

VERSION = 1


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What a document's blurb says as a notice: where, who receives, whom to ask, other words, the plan of each day."""

    place: str
    host: str
    contact: str
    words: tuple[str, ...]
    plan: tuple[PlanDay, ...]


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One document. Texts are plain; `blurb` has empty lines between paragraphs; `when` and `dated` are in the language
    of the edition; `organisation` is the publisher's slug where one is known, `countries` are codes, `themes` slugs;
    moments are `2026-12-03` or `2026-12-03 15:00 America/Vancouver`, '' where there is none; `notice` says again what
    the blurb says, in a digest of notices."""

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
    notice: Notice | None = None

    @property
    def quoted(self) -> bool:
        """Whether the blurb is the publisher's own words."""
        return bool(self.blurb) and not self.by_editor

    @property
    def title_foreign(self) -> str:
        """Language code of the title where it is not the edition's, else ''."""
        return self.foreign if self.language else ""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Documents under one heading; `note` is said where there are none, `introduction` (Markdown) to whom it is for."""

    key: str
    label: str
    kind: str
    note: str
    documents: tuple[Listed, ...]
    introduction: str = ""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    slug: str
    label: str
    groups: tuple[Group, ...]

    @property
    def documents(self) -> tuple[Listed, ...]:
        return tuple(each for group in self.groups for each in group.documents)


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """An edition. `introduction` (without what is said to single audiences) and `key_messages` are the editor's
    Markdown; `words` are those of its language that forms need; `domain` makes ids that are one's own; `briefing` is
    what the archive has on its topic, in a digest that sets countries beside each other."""

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
    briefing: Brief | None = None

    @property
    def heading(self) -> str:
        """What it is headed with: of an edition on one topic its subject, else its digest's name and number."""
        return self.subject if self.topic and self.subject else self.called

    @property
    def called(self) -> str:
        """Its digest's name and its number."""
        return f"{self.name} {self.number}"

    @property
    def under(self) -> tuple[str, ...]:
        """What stands below the heading that it does not say: the edition, its topic."""
        said = self.heading.casefold()
        return tuple(each for each in (self.called, self.topic) if each and each.casefold() not in said)

    @property
    def standings(self) -> dict[tuple[str, str], Standing]:
        """How a country stands, by section and group: each country at its first heading."""
        known = {country.key: country for country in self.briefing.countries} if self.briefing else {}
        places = ((section.slug, group.key) for section in self.sections for group in section.groups)
        return {place: country for place in places if (country := known.pop(place[1], None))}

    @property
    def documents(self) -> tuple[Listed, ...]:
        return tuple(each for section in self.sections for each in section.documents)

    @property
    def headed(self) -> dict[str, str]:
        """The anchor of each country's first heading below which something stands, by its code."""
        said = {country.key for country in self.briefing.countries if country.said} if self.briefing else set()
        groups = ((section, group) for section in reversed(self.sections) for group in section.groups)
        return {
            group.key: anchor(section.slug, group.key)
            for section, group in groups
            if group.kind == "country" and (group.documents or group.key in said)
        }

    @property
    def due(self) -> tuple[Listed, ...]:
        """Those with a deadline, in the order in which the mail has them."""
        return nearest_first(self.documents, lambda each: Moment.stored(each.deadline).on if each.deadline else None)


WORDS = ("contents", "original", "quoted", "deadlines", "empty", "closes", "key_messages")


def _domain_of(rendered: Rendered, network: Network) -> str:
    """The network's own, from its sender's address, else from its site."""
    sender = rendered.headers.get("From", "").rpartition("@")[2].rstrip("> ")
    site = network.site.partition("://")[2].partition("/")[0].partition(":")[0]
    return sender or site or "curator.invalid"


def anchor(section: str, group: str) -> str:
    """What a link within a page names a heading by; no section's slug has a dot."""
    return f"{section}.{group.lower()}"


def shown_address(link: str) -> str:
    """An address as readers say it, without https."""
    return link.partition("://")[2] or link


def bare(edition: Edition, mail: Rendered, network: Network) -> Contents:
    """An edition of which nothing is known but its record and its mail, in no language of a digest."""
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
        domain=_domain_of(mail, network),
        introduction=edition.introduction,
        key_messages=edition.key_messages,
        sections=(),
        words=dict.fromkeys(WORDS, ""),
    )


def encoded(contents: Contents) -> str:
    """The JSON form: two spaces deep, one line end at the end."""
    return msgspec.json.format(msgspec.json.encode(contents), indent=2).decode() + "\n"


def decoded(text: str) -> Contents:
    """What `encoded` gave. Raises msgspec.ValidationError for what it did not give."""
    return msgspec.json.decode(text, type=Contents)
