"""What an edition shows, kept at its seal in words that need neither documents nor taxonomy nor templates any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """One document as an edition shows it. `number` counts from 1 in reading order; `link` may stand in a page or is
    ''; `line` is the one below the title; `publisher` a name and `organisation` its slug, each '' where nobody knows;
    `countries` are codes, `themes` slugs; `blurb` is plain text, paragraphs apart, a quotation where `quoted`, whose
    source `source` says; `original` is the title as published where the edition's is another. `language` is that of
    the title, `foreign` that of the document where it is not the mail's."""

    document: int
    number: int
    title: str
    link: str = ""
    line: str = ""
    publisher: str = ""
    organisation: str = ""
    published_on: date | None = None
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    blurb: str = ""
    quoted: bool = False
    source: str = ""
    language: str = ""
    foreign: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A heading and what stands below it; `gap` is the sentence of a member country about which there is nothing."""

    key: str
    label: str
    documents: tuple[ShownDocument, ...] = ()
    gap: str = ""


@dataclass(frozen=True, slots=True)
class ShownSection:
    slug: str
    label: str
    groups: tuple[ShownGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition's name, day and contents in its language; `called` is its digest's name, `dated` the day in words,
    `originally` what stands before an original title, `topic` the theme's name."""

    called: str
    language: str
    direction: str
    dated: str
    originally: str = ""
    topic: str = ""
    sections: tuple[ShownSection, ...] = ()

    @property
    def documents(self) -> tuple[ShownDocument, ...]:
        return tuple(each for section in self.sections for group in section.groups for each in group.documents)
