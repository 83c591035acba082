"""The network's vocabulary: themes, countries, organisations, sections, document types, audiences.

A workspace may bring its own `taxonomy.toml`; otherwise curator's default one serves. With `extends = "curator"` it has
all of the default one and what it says itself; what it names by a slug or code that is known takes its place. Keywords
and aliases are compared folded (`clean.fold`); one ending in `*` matches the beginning of a word; `never` are phrases
that must not count as a match; `case_sensitive` ones must stand exactly so in the text (`Turkey`, not the bird; a
capitalised one also counts in a line that is all capitals, an all-capitals one there never does).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from curator.clean import fold, plain_line
from curator.decode import decode_each, did_you_mean, nearest, unknown_keys
from curator.errors import ConfigError, Fault, UsageError
from curator.toml_file import read_toml

TAXONOMY_FILE = "taxonomy.toml"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_SHORT_OPEN = re.compile(r"\w{1,2}\*")
_LETTER = re.compile(r"[^\W_]")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")
_FEW = 8
"""How many known names an error lists."""
EXTENDED = "curator"
"""What `extends` says of a taxonomy that has all of curator's own, too."""


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
    """`code` is ISO 3166-1 alpha-2 or 3166-2 (`SE`, `GB-SCT`); `order` sorts countries outside the network.
    `unless` are countries beside which the name means nothing (Georgia beside the USA is a state of it)."""

    code: str
    label: str
    order: int = 1000
    aliases: tuple[str, ...] = ()
    case_sensitive: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
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
    """Everything by slug or code, in the order of the file; `language` is that of the labels."""

    groups: dict[str, Group]
    themes: dict[str, Theme]
    countries: dict[str, Country]
    organisations: dict[str, Organisation]
    sections: dict[str, SectionName]
    doctypes: dict[str, Doctype]
    audiences: dict[str, Audience]
    language: str = "en"

    def country(self, code: str) -> Country:
        """By its code in any case, its label, an alias that only it has, or a part of its code that only it has (`SCT`
        of `GB-SCT`, as the desk shows it); UsageError with the nearest otherwise."""
        found = self.countries.get(code) or self.countries.get(code.upper())
        return found or _country_called(self, code) or _no_country(self, code)

    def learn(self, theme: Theme) -> None:
        """Take up a theme that was written into the file meanwhile, for all who hold this taxonomy, in any thread: the
        themes are another dict then, so that nobody who goes through them stumbles."""
        msgspec.structs.force_setattr(self, "themes", {**self.themes, theme.slug: theme})

    def theme(self, slug: str) -> Theme:
        """By its slug or label; UsageError with the nearest known otherwise, as for the three below."""
        return self.themes.get(slug) or _called(self.themes, slug, "theme")

    def section(self, slug: str) -> SectionName:
        return self.sections.get(slug) or _called(self.sections, slug, "section")

    def audience(self, slug: str) -> Audience:
        return self.audiences.get(slug) or _called(self.audiences, slug, "audience")

    def organisation(self, slug: str | None) -> Organisation | None:
        """The organisation with exactly this slug; None for any other publisher."""
        return self.organisations.get(slug) if slug else None

    def country_label(self, code: str) -> str:
        """The country's label, or the code itself where the taxonomy does not know it (any more)."""
        known = self.countries.get(code)
        return known.label if known else code

    def theme_label(self, slug: str) -> str:
        """Likewise a theme's."""
        known = self.themes.get(slug)
        return known.label if known else slug

    def group_label(self, slug: str) -> str:
        """A group's; '' where the taxonomy has none of that slug."""
        known = self.groups.get(slug)
        return known.label if known else ""

    def audience_label(self, slug: str) -> str:
        """Likewise an audience's."""
        known = self.audiences.get(slug)
        return known.label if known else slug

    def publisher_label(self, publisher: str) -> str:
        """The organisation's label, or the text itself: a publisher may be any short name."""
        known = self.organisations.get(publisher)
        return known.label if known else publisher


def default_taxonomy_path() -> Path:
    """The taxonomy that travels with curator."""
    return Path(__file__).with_name("data") / TAXONOMY_FILE


def load_taxonomy(path: Path) -> Taxonomy:
    """A `taxonomy.toml`, checked across its lists; ConfigError with every fault at once."""
    data = read_toml(path)
    base, faults = _base(data.get("extends"))
    faults += unknown_keys(data, ("version", "language", "extends", *_LISTS))
    read: dict[str, dict[int, _Named]] = {}
    for name, kind in _LISTS.items():
        read[name], found = decode_each(kind, data.get(name), where=name)
        faults += found
    faults += [fault for name, items in read.items() for fault in _name_faults(name, items)]
    lists = {name: _known(base, name) | {_key(each): each for each in items.values()} for name, items in read.items()}
    faults += _reference_faults(read, lists)
    language = data.get("language", base.language if base else "en")
    if not isinstance(language, str) or not language.strip():
        faults.append(Fault("language", "must be a language's code as en or sv", "Write the language of the labels."))
    if faults:
        raise ConfigError(path, faults)
    return Taxonomy(**lists, language=str(language))  # type: ignore[arg-type]


def _base(extends: object) -> tuple[Taxonomy | None, list[Fault]]:
    """The taxonomy that another begins with: curator's, or none."""
    if extends == EXTENDED:
        return load_taxonomy(default_taxonomy_path()), []
    if extends is None:
        return None, []
    return None, [Fault("extends", f"must be “{EXTENDED}”", "Without it the file is the whole vocabulary.")]


def _known(base: Taxonomy | None, name: str) -> dict[str, _Named]:
    return dict(getattr(base, name)) if base else {}


# ---------------------------------------------------------------- looking up


class _Labelled(Protocol):
    @property
    def slug(self) -> str: ...
    @property
    def label(self) -> str: ...


L = TypeVar("L", bound=_Labelled)


def known_as(known: Mapping[str, L], word: str) -> L | None:
    """The one of that slug or label, accents and case aside."""
    asked = fold(word)
    return next((each for each in known.values() if asked in (fold(each.slug), fold(each.label))), None)


def _called(known: Mapping[str, L], word: str, noun: str) -> L:
    if (found := known_as(known, word)) is not None:
        return found
    raise UsageError(f"There is no {noun} “{plain_line(word, 60)}”. {_nearest_of(known, word)}")


def _nearest_of(known: Mapping[str, L], word: str) -> str:
    slugs = {each.label: each.slug for each in known.values()} | {slug: slug for slug in known}
    near = nearest(word, slugs)
    if near is not None:
        return f"Did you mean {slugs[near]} ({known[slugs[near]].label})?"
    if len(known) > _FEW:
        return f"{len(known)} are known, such as {', '.join(list(known)[:_FEW])}; `curator themes` lists them."
    return f"Known: {', '.join(known)}."


def _country_called(taxonomy: Taxonomy, word: str) -> Country | None:
    asked = fold(word)
    by_label = [each for each in taxonomy.countries.values() if fold(each.label) == asked]
    if by_label or not asked:
        return by_label[0] if by_label else None
    by_alias = [each for each in taxonomy.countries.values() if asked in map(fold, _names(each))]
    if by_alias:
        return by_alias[0] if len(by_alias) == 1 else None
    part = word.strip().upper()
    by_part = [each for each in taxonomy.countries.values() if each.code.partition("-")[2] == part]
    return by_part[0] if len(by_part) == 1 else None


def _no_country(taxonomy: Taxonomy, word: str) -> Country:
    near = _nearest_country(taxonomy, word)
    mend = f"Did you mean {near.code} ({near.label})?" if near else "Use an ISO 3166 code, as SE or GB-SCT."
    raise UsageError(f"There is no country “{plain_line(word, 60)}”. {mend}")


def _nearest_country(taxonomy: Taxonomy, word: str) -> Country | None:
    """A wrong code usually begins the country's name (SW, SPA, SCO); a wrong name is close to a right one."""
    ordered = sorted(taxonomy.countries.values(), key=lambda each: (each.order, each.label))
    asked = fold(word)
    begins = [
        each for each in ordered if asked and any(fold(name).startswith(asked) for name in (each.label, *each.aliases))
    ]
    if begins:
        return begins[0]
    by_name = {name: each for each in reversed(ordered) for name in (*_names(each), each.label)}
    near = nearest(word, by_name) if len(asked) > 3 else None
    return by_name[near] if near else None


def _names(country: Country) -> tuple[str, ...]:
    return (*country.aliases, *country.case_sensitive)


# ---------------------------------------------------------------- checking a file

_Named = Group | Theme | Country | Organisation | SectionName | Doctype | Audience
_LISTS: dict[str, type[_Named]] = {
    "groups": Group,
    "themes": Theme,
    "countries": Country,
    "organisations": Organisation,
    "sections": SectionName,
    "doctypes": Doctype,
    "audiences": Audience,
}


def _key(each: _Named) -> str:
    return each.code if isinstance(each, Country) else each.slug


def _name_faults(name: str, items: Mapping[int, _Named]) -> Iterable[Fault]:
    """Codes and slugs of the wrong form or given twice, labels that are empty, words that can match nothing."""
    seen: dict[str, int] = {}
    for index, each in items.items():
        where, key, field = f"{name}[{index}]", _key(each), "code" if isinstance(each, Country) else "slug"
        form, right = (
            (_COUNTRY_CODE, "an ISO 3166 code as SE or GB-SCT") if field == "code" else (_SLUG, "of a-z, 0-9 and -")
        )
        if not form.fullmatch(key):
            yield Fault(f"{where}.{field}", f"is “{plain_line(key, 60)}”, must be {right}")
        if key in seen:
            yield Fault(f"{where}.{field}", f"“{plain_line(key, 60)}” is already {name}[{seen[key]}]", "Remove one.")
        seen.setdefault(key, index)
        if not each.label.strip():
            yield Fault(f"{where}.label", "is empty", "Give it a name to show.")
        yield from _word_faults(where, each)


def _word_faults(where: str, each: _Named) -> Iterable[Fault]:
    for field in ("keywords", "aliases", "never", "case_sensitive"):
        for index, word in enumerate(getattr(each, field, ())):
            if not _LETTER.search(word):
                yield Fault(f"{where}.{field}[{index}]", "holds no letter or figure", "Remove it.")
            elif _SHORT_OPEN.fullmatch(word):
                yield Fault(f"{where}.{field}[{index}]", "needs three letters before the *", "Write the words out.")
    for index, domain in enumerate(getattr(each, "domains", ())):
        if not _DOMAIN.fullmatch(domain):
            right = "must be a bare host name as gov.scot"
            yield Fault(f"{where}.domains[{index}]", f"is “{plain_line(domain, 60)}”, {right}")
    if isinstance(each, Theme) and not 0 < each.weight <= 10:
        yield Fault(f"{where}.weight", f"is {each.weight}, must be above 0 and at most 10")


def _reference_faults(
    read: Mapping[str, Mapping[int, _Named]], known: Mapping[str, Mapping[str, _Named]]
) -> Iterable[Fault]:
    groups, sections, codes = (list(known[name]) for name in ("groups", "sections", "countries"))
    for index, theme in read["themes"].items():
        if isinstance(theme, Theme) and theme.group not in groups:
            yield _no_such("group", theme.group, f"themes[{index}].group", groups)
    for index, doctype in read["doctypes"].items():
        if isinstance(doctype, Doctype) and doctype.section not in sections:
            yield _no_such("section", doctype.section, f"doctypes[{index}].section", sections)
    for index, country in read["countries"].items():
        for place, code in enumerate(country.unless if isinstance(country, Country) else ()):
            if code not in codes:
                yield _no_such("country", code, f"countries[{index}].unless[{place}]", codes)


def _no_such(noun: str, word: str, where: str, known: list[str]) -> Fault:
    return Fault(where, f"there is no {noun} “{plain_line(word, 60)}”", did_you_mean(word, known))
