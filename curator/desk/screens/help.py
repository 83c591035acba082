"""What every key does where one is. Written from the list of commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual.binding import Binding, BindingType

from curator.desk.commands import MOVING, Place, commands_of, with_keys
from curator.desk.screens.leaflet import Leaflet

_NAMES: dict[Place, str] = {
    "triage": "Triage",
    "editions": "Editions",
    "edition": "One edition",
    "coverage": "Coverage",
    "feeds": "Feeds",
    "people": "People",
    "roster": "One list, or the mails of an edition",
    "journal": "Journal",
    "everywhere": "Everywhere",
}
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
        super().__init__()
        self._place, self._keys = place, keys

    def written(self) -> RenderableType:
        return Group(*self._parts())

    def _parts(self) -> Iterable[RenderableType]:
        yield self._commands(self._place)
        yield _table("In every list", MOVING)
        yield self._commands("everywhere")
        if self._place == "triage":
            yield _table("Searching", _QUERY)
        yield Text("Esc closes this.", style="dim")

    def _commands(self, place: Place) -> RenderableType:
        commands = with_keys(commands_of(place), self._keys)
        return _table(_NAMES[place], ((one.shown_keys, one.help) for one in commands))


def _table(title: str, rows: Iterable[tuple[str, str]]) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, min_width=14)
    grid.add_column()
    for key, words in rows:
        grid.add_row(Text(key, style="bold"), Text(words))
    return Group(Text(title, style="bold underline"), grid, Text())
