"""What stands in the place of an empty screen: a sentence, and the ways on, each with a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import fit, plain


class Way(msgspec.Struct, frozen=True):
    """One way on: `code` for the screen, `label` and `help` for the editor."""

    code: str
    label: str
    help: str


class WayList(Rows):
    """The digits take a way at once; Enter and a second click take the one under the cursor."""

    ways: Sequence[Way] = ()

    @dataclass
    class Taken(Message):
        code: str

    def show_ways(self, ways: Sequence[Way]) -> None:
        self.ways = ways
        self.styles.height = len(ways)
        self.show_rows(len(ways), max(self.cursor, 0))

    async def on_key(self, event: events.Key) -> None:
        place = int(event.key) - 1 if event.key.isdecimal() and len(event.key) == 1 else -1
        if 0 <= place < len(self.ways):
            event.stop()
            event.prevent_default()
            self._go_to(place)
            self.action_choose()

    @on(Rows.Chosen)
    def _take(self, event: Rows.Chosen) -> None:
        event.stop()
        self.post_message(self.Taken(self.ways[event.index].code))

    @on(Rows.Highlighted)
    def _moved(self, event: Rows.Highlighted) -> None:
        event.stop()

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        way = self.ways[index]
        labels = max(len(one.label) for one in self.ways) + 3
        return [
            (f"{index + 1}  ", "accent"),
            (fit(way.label, min(labels, width - 3)), "strong"),
            (fit(way.help, max(width - 3 - labels, 0)), "dim"),
        ]


class Beginning(Vertical):
    """`head` and `foot` are said above and below the ways; `going on` what is done meanwhile."""

    def compose(self) -> ComposeResult:
        yield Static(id="beginning-head", markup=False)
        yield WayList(id="ways")
        yield Static(id="beginning-going-on", markup=False)
        yield Static(id="beginning-foot", markup=False)

    @property
    def list(self) -> WayList:
        return self.query_one(WayList)

    def show(self, head: str, ways: Sequence[Way], foot: str) -> None:
        self.query_one("#beginning-head", Static).update(plain(head))
        self.query_one("#beginning-foot", Static).update(plain(foot))
        self.list.show_ways(ways)

    def going_on(self, words: str) -> None:
        self.query_one("#beginning-going-on", Static).update(plain(words))
