"""What every key does where one is. Written from the list of commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from curator.desk.commands import MOVING, Place, commands_of, with_keys

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


class Help(ModalScreen[None]):
    """Scrolls with the keys of lists; Esc, q or ? closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "leave", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
        Binding("ctrl+d,space", "scroll(10)", show=False),
        Binding("ctrl+u", "scroll(-10)", show=False),
    ]

    def __init__(self, place: Place, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._place, self._keys = place, keys

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Static(Group(*self._parts()), id="help-body", markup=False)

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

    def action_scroll(self, by: int) -> None:
        self.query_one("#help", VerticalScroll).scroll_relative(y=by, animate=False)

    def action_leave(self) -> None:
        self.dismiss(None)


def _table(title: str, rows: Iterable[tuple[str, str]]) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, min_width=14)
    grid.add_column()
    for key, words in rows:
        grid.add_row(Text(key, style="bold"), Text(words))
    return Group(Text(title, style="bold underline"), grid, Text())
