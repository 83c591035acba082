"""`templates/<slug>/digest.toml`, decoded: what a digest is. Nothing in Python knows any digest by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from curator.clean import slugify
from curator.decode import decode, did_you_mean
from curator.digest.schedule import Schedule, schedule_faults
from curator.digest.words import DEFAULT, Words, load_words
from curator.errors import ConfigError, Fault, UsageError
from curator.query import parse
from curator.taxonomy import SectionName, Taxonomy
from curator.toml_file import read_toml

TEMPLATES = ("body.html.j2", "body.txt.j2")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Takes = Literal["section", "members", "organisations", "audience", "rest"]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A heading of a digest and the documents it takes; the first section that takes a document has it.

    `section` takes those the taxonomy's section of this slug was given to; `members` those about a country of the
    network that no international organisation published; `organisations` those one published, or that are about
    one and no country; `audience` those that are for somebody; `rest` all.
    `every_member` gives each country of the network a place, a stated gap where
    there is nothing. `label` defaults to the taxonomy's."""

    slug: str
    label: str = ""
    takes: Takes = "section"
    every_member: bool = False


class _Product(msgspec.Struct, frozen=True, kw_only=True):
    """What digest.toml says as it is, sections left out. `subject` and `preheader` are Jinja templates of one line.

    `mailing_list` is who gets it; `select` the query that fills an edition, where `$topic` stands for the topic.
    `group_by` orders a section by country and organisation, by audience, or not at all. `topic`: an edition is about a
    theme.
    `once`: no document stands in two editions. `bring_back`: a draft takes again what earlier editions had and is still
    to come; `drop_past`: it takes nothing that is over. `notices`: each blurb is read as a notice,
    and the nearest date comes first. `first`: the number of the first edition. `language` is that of
    its mails; `web_page` and `calendar`, templates too, are the addresses at which an edition's forms will lie."""

    name: str
    subject: str
    mailing_list: str
    preheader: str = ""
    select: str = "decision:kept"
    group_by: Literal["country", "audience", "none"] = "country"
    schedule: Schedule | None = None
    topic: bool = False
    once: bool = True
    bring_back: bool = False
    drop_past: bool = True
    notices: bool = False
    first: int = 1
    language: str = DEFAULT
    web_page: str = ""
    calendar: str = ""


class Translation(msgspec.Struct, frozen=True, kw_only=True):
    """What of a digest.toml is said otherwise in another language; `sections` are labels by slug."""

    name: str = ""
    subject: str = ""
    preheader: str = ""
    sections: dict[str, str] = msgspec.field(default_factory=dict)


class _Written(_Product, frozen=True, kw_only=True):
    """The file: a section may be just its name; `languages` has, by language, what it says in others than its own."""

    sections: tuple[str | Section, ...]
    languages: dict[str, Translation] = msgspec.field(default_factory=dict)


class Digest(_Product, frozen=True, kw_only=True):
    """A recurring product. `slug` is its folder; `words` those of its language."""

    slug: str
    sections: tuple[Section, ...]
    words: Words

    def selection(self, topic: str | None = None) -> str:
        """The query that fills an edition. UsageError where the digest needs a topic and none is given."""
        if self.topic and not topic:
            raise UsageError(f"“{self.slug}” needs a topic. Name a theme with --topic THEME.")
        return self.select.replace("$topic", topic or "")

    @property
    def briefs(self) -> bool:
        """Whether an edition sets the countries beside each other on its topic."""
        return self.topic and self.group_by == "country"

    def section(self, slug: str) -> Section | None:
        return next((section for section in self.sections if section.slug == slug), None)


def load_digests(templates_dir: Path, taxonomy: Taxonomy) -> tuple[dict[str, Digest], dict[str, ConfigError]]:
    """Every folder with a digest.toml whose name does not begin with `_` or `.`, by slug, in order of the names; and,
    by folder, what is wrong with those that cannot be used, each with all its faults.

    Raises ConfigError where the folder itself cannot be read."""
    digests: dict[str, Digest] = {}
    faulty: dict[str, ConfigError] = {}
    for path in _manifests(templates_dir):
        digest, faults = _load(path, taxonomy)
        if digest:
            digests[digest.slug] = digest
        else:
            faulty[path.parent.name] = ConfigError(path, faults)
    return digests, faulty


def _manifests(templates_dir: Path) -> list[Path]:
    try:
        found = sorted(templates_dir.glob("*/digest.toml"))
    except OSError as error:
        fault = Fault("", f"cannot be read: {error.strerror}", "Allow reading it (chmod u+rx).")
        raise ConfigError(templates_dir, [fault]) from error
    return [path for path in found if not path.parent.name.startswith(("_", "."))]


def _below(path: Path, fault: Fault) -> Fault:
    place = f"{path.parent.name}/{path.name}"
    return Fault(f"{place}: {fault.where}" if fault.where else place, fault.what, fault.mend)


def _load(path: Path, taxonomy: Taxonomy) -> tuple[Digest | None, list[Fault]]:
    try:
        table = read_toml(path)
    except ConfigError as error:
        return None, list(error.faults)
    written, faults = decode(_Written, table)
    faults += _folder_faults(path.parent)
    sound = _sound(table, faults)
    said = written or _decoded(sound)
    words, found = _words(said.language, path.parent, taxonomy)
    faults += found
    digest = _digest(path.parent.name, said, taxonomy, words)
    faults += _language_faults(said)
    faults += [fault for fault in _value_faults(digest, taxonomy) if written or _key(fault) in sound]
    return (None if faults else digest), faults


def _sound(table: dict[str, Any], faults: list[Fault]) -> dict[str, Any]:
    """The keys of a file with faults that have none themselves: what they say can still be looked at."""
    return {key: value for key, value in table.items() if key not in {_key(fault) for fault in faults}}


def _key(fault: Fault) -> str:
    return re.split(r"[.\[]", fault.where, maxsplit=1)[0]


def _decoded(sound: dict[str, Any]) -> _Written:
    stand_ins = {"name": "x", "subject": "x", "mailing_list": "x", "sections": [], "topic": "$topic" in str(sound)}
    written, _ = decode(_Written, stand_ins | sound)
    return written or _Written(name="x", subject="x", mailing_list="x", sections=())


def _words(language: str, folder: Path, taxonomy: Taxonomy) -> tuple[Words, list[Fault]]:
    """The words of a digest in `folder`; English beside the faults where there is any."""
    folders = (folder.parent / "_shared", folder)
    try:
        return load_words(language, folders, taxonomy.language), []
    except ConfigError as error:
        faults = [each if each.where == "language" else _below(error.path, each) for each in error.faults]
        return load_words(DEFAULT, (), taxonomy.language), faults


def _digest(slug: str, written: _Written, taxonomy: Taxonomy, words: Words) -> Digest:
    other = written.languages.get(words.language) or written.languages.get(words.primary) or Translation()
    labels = words.of(taxonomy).sections
    sections = (_labelled(section, labels, other.sections) for section in written.sections)
    said = {name: text for name in ("name", "subject", "preheader") if (text := getattr(other, name))}
    values = {name: getattr(written, name) for name in _Product.__struct_fields__} | said
    return Digest(slug=slug, words=words, **values | {"sections": tuple(sections)})


def _labelled(written: str | Section, known: Mapping[str, SectionName], other: Mapping[str, str]) -> Section:
    """A section with its heading: the translation's, its own, the taxonomy's."""
    section = Section(slug=written) if isinstance(written, str) else written
    named = known.get(section.slug)
    label = other.get(section.slug) or section.label or (named.label if named else "")
    return msgspec.structs.replace(section, label=label)


# ---------------------------------------------------------------- what decoding alone cannot see


def _folder_faults(folder: Path) -> list[Fault]:
    faults = [
        Fault("", f"the folder has no {name}", "Write it, or copy another digest's.")
        for name in TEMPLATES
        if not (folder / name).is_file()
    ]
    if not _SLUG.fullmatch(folder.name):
        mend = f"Use a to z, 0 to 9 and hyphens, as in “{slugify(folder.name)}”."
        faults.append(Fault("", f"the folder's name “{folder.name}” cannot name a digest", mend))
    return faults


def _language_faults(written: _Written) -> list[Fault]:
    """A language's labels for sections the digest does not have."""
    slugs = [each if isinstance(each, str) else each.slug for each in written.sections]
    return [
        Fault(f"languages.{language}.sections.{slug}", "is no section of the digest", did_you_mean(slug, slugs))
        for language, other in written.languages.items()
        for slug in other.sections
        if slugs and slug not in slugs
    ]


def _value_faults(digest: Digest, taxonomy: Taxonomy) -> list[Fault]:
    faults = _text_faults(digest) + _section_faults(digest, taxonomy) + _select_faults(digest, taxonomy)
    if digest.schedule:
        faults += schedule_faults(digest.schedule)
    if digest.first < 0:
        faults.append(Fault("first", f"{digest.first} is below 0", "Use the number of the first edition."))
    return faults


def _text_faults(digest: Digest) -> list[Fault]:
    texts = {"name": digest.name, "subject": digest.subject, "mailing_list": digest.mailing_list}
    faults = [Fault(key, "is empty", "Write it.") for key, text in texts.items() if not text.strip()]
    if digest.mailing_list.strip() and not _SLUG.fullmatch(digest.mailing_list):
        mend = f"Write “{slugify(digest.mailing_list)}”."
        faults.append(Fault("mailing_list", "a list's name is a to z, 0 to 9 and hyphens", mend))
    return faults


def _section_faults(digest: Digest, taxonomy: Taxonomy) -> list[Fault]:
    faults = [] if digest.sections else [Fault("sections", "is empty", "Name at least one section.")]
    seen: set[str] = set()
    for index, section in enumerate(digest.sections):
        where = f"sections[{index}]"
        if section.slug in seen:
            faults.append(Fault(where, f"“{section.slug}” stands twice", "Remove one."))
        seen.add(section.slug)
        if not _SLUG.fullmatch(section.slug):
            faults.append(Fault(where, "a section's slug is a to z, 0 to 9 and hyphens", f"“{slugify(section.slug)}”?"))
        elif section.takes == "section" and section.slug not in taxonomy.sections:
            mend = did_you_mean(section.slug, taxonomy.sections) or f"Known: {', '.join(taxonomy.sections)}."
            faults.append(Fault(where, f"“{section.slug}” is no section of the taxonomy", mend))
        elif not section.label:
            faults.append(Fault(f"{where}.label", "missing", "Add the heading the reader sees."))
    return faults


def _select_faults(digest: Digest, taxonomy: Taxonomy) -> list[Fault]:
    if "$topic" in digest.select and not digest.topic:
        return [Fault("select", "uses $topic, but the digest has no topic", "Add `topic = true`.")]
    try:
        parse(digest.select.replace("$topic", next(iter(taxonomy.themes), "x")), taxonomy)
    except UsageError as error:
        what, _, mend = error.message.partition(". ")
        return [Fault("select", what.rstrip("."), mend)]
    return []
