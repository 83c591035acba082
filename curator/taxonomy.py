"""The network's vocabulary: themes, countries, organisations, sections, document types, audiences.

A workspace may bring its own `taxonomy.toml`; otherwise curator's default one serves. Keywords and aliases are
compared folded (`clean.fold`); one ending in `*` matches the beginning of a word; `never` are phrases that
must not count as a match; `case_sensitive` ones must stand exactly so in the text.
"""

from __future__ import annotations

import msgspec


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A first level of themes."""

    slug: str
    label: str


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    slug: str
    group: str
    label: str
    definition: str = ""
    keywords: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    weight: float = 1.0


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """`code` is ISO 3166-1 alpha-2 or 3166-2 (`SE`, `GB-SCT`); `order` sorts countries outside the network."""

    code: str
    label: str
    order: int = 1000
    aliases: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """An international organisation; what it publishes stands under its own heading, in this `order`."""

    slug: str
    label: str
    order: int = 1000
    aliases: tuple[str, ...] = ()
    case_sensitive: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


class SectionName(msgspec.Struct, frozen=True, kw_only=True):
    slug: str
    label: str


class Doctype(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of document and the section it usually belongs to."""

    slug: str
    label: str
    section: str
    keywords: tuple[str, ...] = ()


class Audience(msgspec.Struct, frozen=True, kw_only=True):
    slug: str
    label: str


class Taxonomy(msgspec.Struct, frozen=True, kw_only=True):
    """Everything by slug or code, in the order of the file."""

    groups: dict[str, Group]
    themes: dict[str, Theme]
    countries: dict[str, Country]
    organisations: dict[str, Organisation]
    sections: dict[str, SectionName]
    doctypes: dict[str, Doctype]
    audiences: dict[str, Audience]
