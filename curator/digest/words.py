"""The words of a digest's language: interface, dates, names. Files of TOML, never Python: `data/words/` has those that
come with curator, `words/` in a workspace's `_shared` or in a digest's folder adds to them or brings one anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import msgspec

from curator.clean import plain_line
from curator.config import is_language
from curator.decode import decode, did_you_mean
from curator.errors import ConfigError, Fault
from curator.models import Moment
from curator.taxonomy import Audience, Country, Organisation, SectionName, Taxonomy, Theme
from curator.toml_file import read_toml

PACKAGED = Path(__file__).parents[1] / "data" / "words"
DEFAULT = "en"
NAMES = ("countries", "organisations", "themes", "sections", "audiences")
"""The tables of a file that name what the taxonomy names, by code or slug."""
_PLACE = re.compile(r"\{([^{}\n]*)\}")
_OF_A_DAY = frozenset({"day", "month", "year"})
_SHOWN = 8
"""How many of the words a file lacks are told."""

Forms = str | tuple[str, str]
N = TypeVar("N", Audience, Country, Organisation, SectionName, Theme)


class Dates(msgspec.Struct, frozen=True, kw_only=True):
    """`long` and `short` say how a day is written, with {day}, {month}, {year}; `first` how the first of a month is."""

    months: tuple[str, ...]
    months_short: tuple[str, ...]
    long: str = "{day} {month} {year}"
    short: str = "{day} {month} {year}"
    first: str = "1"


class _File(msgspec.Struct, frozen=True, kw_only=True):
    """A file of words. Each table may be left out where another file of the language has it. `deadline` are the words
    after which a day is a deadline."""

    direction: Literal["ltr", "rtl"] = "ltr"
    singular: tuple[int, ...] = (1,)
    dates: Dates | None = None
    words: dict[str, str | tuple[str, ...]] = msgspec.field(default_factory=dict)
    archive: dict[str, str | tuple[str, ...]] = msgspec.field(default_factory=dict)
    deadline: tuple[str, ...] = ()
    in_sentence: dict[str, str] = msgspec.field(default_factory=dict)
    lists: dict[str, str] = msgspec.field(default_factory=dict)
    countries: dict[str, str] = msgspec.field(default_factory=dict)
    organisations: dict[str, str] = msgspec.field(default_factory=dict)
    themes: dict[str, str] = msgspec.field(default_factory=dict)
    sections: dict[str, str] = msgspec.field(default_factory=dict)
    audiences: dict[str, str] = msgspec.field(default_factory=dict)


class Said(Mapping[str, Any]):
    """The words as a template asks for them: `words.gap`. `in_sentence` and `lists` are tables of names."""

    def __init__(self, language: str, said: Mapping[str, Any]) -> None:
        self._language, self._said = language, MappingProxyType(dict(said))

    def __getitem__(self, name: str) -> Any:
        return self._said[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)

    def __str__(self) -> str:
        return f"the words of “{self._language}”"


class Words(msgspec.Struct, frozen=True):
    """All a digest needs of its language.

    `language` is its code as digest.toml writes it, `file` the file a missing word belongs into, `cues` announce a
    deadline, `lacks` are words that curator's templates use and no file has, `names` stand in for the taxonomy's
    labels by table and key, `foreign` says that the taxonomy speaks another language. `frame` are the words around an
    archive, with those of a mail; `frame_lacks` are those of [archive] that no file has."""

    language: str
    file: str
    direction: str
    singular: tuple[int, ...]
    dates: Dates
    said: Said
    names: Mapping[str, Mapping[str, str]]
    cues: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    foreign: bool = False
    frame: Mapping[str, Any] = msgspec.field(default_factory=dict)
    frame_lacks: tuple[str, ...] = ()

    @property
    def primary(self) -> str:
        """The language without its region."""
        return primary_of(self.language)

    def speaks(self, language: str) -> bool:
        """Whether a code names the same language, whatever its region."""
        return primary_of(language) == self.primary

    def long_date(self, day: date) -> str:
        """A day in full: 1 December 2026."""
        return self._date(self.dates.long, self.dates.months, day)

    def short_date(self, day: date) -> str:
        """A day in short: 1 Dec 2026."""
        return self._date(self.dates.short, self.dates.months_short, day)

    def long_moment(self, moment: Moment) -> str:
        """A moment in full, with its time and whose clock it is: 3 December 2026, 15:00 (Vancouver)."""
        day = self.long_date(moment.on)
        if moment.at is None:
            return day
        form = str(self.said.get("moment", "{day}, {time} ({place})"))
        place = moment.zone.rpartition("/")[2].replace("_", " ")
        return form.replace("{day}", day).replace("{time}", f"{moment.at:%H:%M}").replace("{place}", place)

    def span(self, starts: Moment | None, ends: Moment | None) -> str:
        """From when to when, on one day of one clock the day once: 3 December 2026, 15:00–16:30 (Vancouver)."""
        if not (starts and ends) or starts == ends:
            only = starts or ends
            return self.long_moment(only) if only else ""
        first, last = self.long_moment(starts), self.long_moment(ends)
        if starts.at and ends.at and (starts.on, starts.zone) == (ends.on, ends.zone):
            return first.replace(f"{starts.at:%H:%M}", f"{starts.at:%H:%M}–{ends.at:%H:%M}")
        form = str(self.said.get("from_to", "{start} – {end}"))
        return form.replace("{start}", first).replace("{end}", last)

    def _date(self, form: str, months: tuple[str, ...], day: date) -> str:
        number = self.dates.first if day.day == 1 else str(day.day)
        written = form.replace("{day}", number).replace("{month}", months[day.month - 1])
        return written.replace("{year}", str(day.year))

    def counted(self, forms: Forms, count: int) -> str:
        """The form of a word that goes with a number, and the number in it: 1 document, 2 documents."""
        form = forms if isinstance(forms, str) else forms[count not in self.singular]
        return form.replace("{count}", str(count))

    def filled(self, word: str, **said: str) -> str:
        """A text of the language with its places filled; '' where the language does not have it."""
        text = str(self.said.get(word, ""))
        for name, value in said.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def of(self, taxonomy: Taxonomy) -> Taxonomy:
        """The taxonomy with the labels of this language; what has none keeps its own, which then counts as an alias
        too, so that a title's bracket with it is still known."""
        tables: dict[str, Any] = {table: _renamed(getattr(taxonomy, table), self.names[table]) for table in NAMES}
        return msgspec.structs.replace(taxonomy, **tables)

    def unnamed(self, table: str, keys: Iterable[str]) -> list[str]:
        """Those of `keys` that have no name in this language; none where the taxonomy speaks it itself."""
        return [key for key in keys if self.foreign and key not in self.names[table]]


def _renamed(known: Mapping[str, N], names: Mapping[str, str]) -> dict[str, N]:
    changed = {key: _called(known[key], label) for key, label in names.items() if key in known}
    return {**known, **changed}


def _called(each: N, label: str) -> N:
    changed: dict[str, Any] = {"label": label}
    if isinstance(each, Country):
        changed["aliases"] = (*each.aliases, each.label)
    return msgspec.structs.replace(each, **changed)


def load_words(language: str, folders: Iterable[Path], spoken: str) -> Words:
    """The words of `language`: curator's own, then what the `words/` of each of `folders` add or change.

    A region (`fr-CA`) without a file of its own takes its language's. `spoken` is the taxonomy's language: its labels
    are then used as they are. Raises ConfigError for a language no file has and for every fault of the files."""
    own = [folder / "words" for folder in folders]
    paths = _files(language, [PACKAGED, *own])
    if not paths:
        raise ConfigError(*_no_language(language, own))
    same = primary_of(language) == primary_of(spoken)
    tables: dict[str, Any] = {}
    for path in paths:
        _merge(tables, _read(path), without=NAMES if same and path.parent == PACKAGED else ())
    file = paths[-1].parent.name + "/" + paths[-1].name
    return _words(language, file, _decoded(tables, paths[-1]), foreign=not same)


def has_words(language: str, folders: Iterable[Path]) -> bool:
    """Whether curator, or the `words/` of any of `folders`, has a file of `language`."""
    return bool(_files(language, [PACKAGED, *(folder / "words" for folder in folders)]))


def _files(language: str, folders: Iterable[Path]) -> list[Path]:
    names = dict.fromkeys((primary_of(language), language))
    found = (folder / f"{name}.toml" for folder in folders for name in names if is_language(name))
    return [path for path in found if path.is_file()]


def primary_of(language: str) -> str:
    """`en` of en-GB, ISO 639-1."""
    return language.replace("_", "-").partition("-")[0].lower()


def _no_language(language: str, folders: Iterable[Path]) -> tuple[Path, list[Fault]]:
    if not is_language(language):
        return PACKAGED, [
            Fault("language", f"“{plain_line(language, 20)}” is no language", "Write its code: fr, fr-CA.")
        ]
    known = sorted({path.stem for folder in (PACKAGED, *folders) for path in folder.glob("*.toml") if path.is_file()})
    what = f"there are no words for “{plain_line(language, 20)}”"
    mend = did_you_mean(language, known) or f"There are for {', '.join(known)}; add words/{language}.toml to _shared."
    return PACKAGED, [Fault("language", what, mend)]


def _read(path: Path) -> dict[str, Any]:
    table = read_toml(path)
    _, faults = decode(_File, table)
    if faults:
        raise ConfigError(path, faults)
    return table


def _merge(tables: dict[str, Any], table: Mapping[str, Any], without: Iterable[str]) -> None:
    for key, value in table.items():
        if key not in without:
            tables[key] = {**tables.get(key, {}), **value} if isinstance(value, dict) else value


def _decoded(tables: Mapping[str, Any], path: Path) -> _File:
    file, faults = decode(_File, tables)
    faults += list(_faults(file)) if file else []
    if file is None or faults:
        raise ConfigError(path, faults)
    return file


def _faults(file: _File) -> Iterator[Fault]:
    if file.dates is None:
        yield Fault("dates", "missing", "Write [dates] with months and months_short.")
    for name in ("months", "months_short") if file.dates else ():
        if len(getattr(file.dates, name)) != 12:
            yield Fault(f"dates.{name}", f"has {len(getattr(file.dates, name))} names", "Write twelve.")
    tables: tuple[tuple[Literal["words", "archive"], Any], ...] = (("words", file.words), ("archive", file.archive))
    for table, word, forms in ((table, word, forms) for table, said in tables for word, forms in said.items()):
        if not isinstance(forms, str) and len(forms) != 2:
            yield Fault(
                f"{table}.{word}", f"has {len(forms)} forms", "Write two: for `singular` numbers and for others."
            )
        else:
            yield from _unfilled(f"{table}.{word}", forms, _places(table).get(word))
    for name in ("long", "short") if file.dates else ():
        yield from _unfilled(f"dates.{name}", getattr(file.dates, name), _OF_A_DAY)


def _unfilled(key: str, forms: str | tuple[str, ...], known: frozenset[str] | None) -> Iterator[Fault]:
    """Places that nothing fills, because their names were translated too. A word of the file's own has no `known`."""
    odd = _places_in(forms) - known if known is not None else ()
    for place in sorted(odd):
        right = ", ".join(f"{{{name}}}" for name in sorted(known or ())) or "none"
        yield Fault(key, f"has {{{plain_line(place, 40)}}}, which nothing fills", f"Its places are: {right}.")


def _places_in(forms: str | tuple[str, ...]) -> frozenset[str]:
    return frozenset(_PLACE.findall(forms if isinstance(forms, str) else " ".join(forms)))


@cache
def _places(table: Literal["words", "archive"]) -> dict[str, frozenset[str]]:
    """The words that curator's own templates of mails, or of the archive, use, each with the places it has in English:
    those that they fill."""
    forms = _english()[table]
    return {word: _places_in(said if isinstance(said, str) else tuple(said)) for word, said in forms.items()}


@cache
def _english() -> dict[str, Any]:
    return read_toml(PACKAGED / f"{DEFAULT}.toml")


def _words(language: str, name: str, file: _File, *, foreign: bool) -> Words:
    assert file.dates
    tables = {
        "language": language,
        "in_sentence": MappingProxyType(file.in_sentence),
        "lists": MappingProxyType(file.lists),
    }
    return Words(
        language=language,
        file=name,
        direction=file.direction,
        singular=file.singular,
        dates=file.dates,
        said=Said(language, file.words | tables),
        names={table: getattr(file, table) for table in NAMES},
        cues=file.deadline,
        lacks=tuple(word for word in _places("words") if word not in file.words),
        foreign=foreign,
        frame=Said(language, file.words | file.archive),
        frame_lacks=tuple(word for word in _places("archive") if word not in file.archive),
    )


def in_sentence(label: str) -> str:
    """A country's name within an English sentence: the Netherlands."""
    return str(_english()["in_sentence"].get(label, label))


def lacking(words: Iterable[str]) -> str:
    """`gap, also and 3 others`."""
    listed = list(words)
    shown, rest = listed[:_SHOWN], len(listed) - _SHOWN
    return ", ".join(shown) + (f" and {rest} others" if rest > 0 else "")
