"""What every key does where one is. Written from the list of commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import msgspec
from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text
from textual.binding import Binding, BindingType

from curator.desk.commands import MOVING, NAMES, Place, commands_of, with_keys
from curator.desk.screens.leaflet import Leaflet

_KEYS = 14
"""Columns that the keys take at least."""
_QUERY = (
    ("crisis care", "both words, in title, blurb, excerpt or text"),
    ("“crisis care”", "the phrase; crisis* the beginning of a word"),
    ("country:SE", "also theme: section: audience: feed: publisher: lang:"),
    ("since:2026-10-01", "and until:"),
    ("has:blurb  used:update", "- before anything negates it; OR; ( )"),
)


class Help(Leaflet):
    """`?` closes it too."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark", "leave", show=False)]

    def __init__(self, place: Place, keys: Mapping[str, str]) -> None:
        super().__init__(Group(*_parts(place, keys)))


def _parts(place: Place, keys: Mapping[str, str]) -> Iterable[RenderableType]:
    yield _commands(place, keys)
    yield _Table("In every list", tuple(MOVING))
    yield _commands("everywhere", keys)
    if place == "triage":
        yield _Table("Searching", _QUERY)
    yield Text("Esc closes this.", style="dim")


def _commands(place: Place, keys: Mapping[str, str]) -> RenderableType:
    commands = with_keys(commands_of(place), keys)
    return _Table(NAMES[place], tuple((one.shown_keys, one.help) for one in commands))


class _Table(msgspec.Struct, frozen=True):
    """Keys, and beside them words that are broken where there is no room for more."""

    title: str
    rows: tuple[tuple[str, str], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(self.title, style="bold underline")
        room = max(_KEYS, *(cell_len(key) for key, _ in self.rows))
        for key, words in self.rows:
            first, *others = Text(words).wrap(console, max(options.max_width - room - 2, 1))
            yield Text.assemble((set_cell_size(key, room + 2), "bold"), first)
            for line in others:
                yield Text.assemble(" " * (room + 2), line)
        yield Text()
