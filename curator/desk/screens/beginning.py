"""Triage while the library is empty: the ways in, instead of an empty list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from textual import on

from curator.config import FEEDS_FILE
from curator.desk.commands import commands_of, footer_of
from curator.desk.screens.pulling import PullScreen
from curator.desk.screens.sample import SAMPLE_HELP, SampleScreen
from curator.desk.screens.selecting import SelectingScreen
from curator.desk.widgets.bars import KeyBar
from curator.desk.widgets.beginning import Beginning, Way, WayList
from curator.desk.widgets.words import counted

_MATTER = ("pull", "feeds", "people", "editions", "leave", "help")
_KEYS = sorted(
    (one for one in (*commands_of("triage"), *commands_of("everywhere")) if one.action in _MATTER),
    key=lambda one: _MATTER.index(one.action),
)
"""What matters while there is nothing to decide on."""


class BeginningScreen(SampleScreen, PullScreen, SelectingScreen):
    """Shows the ways while there is nothing else to show."""

    def show_beginning(self, empty: bool, feeds: int) -> None:
        """`feeds`: how many feeds.toml names."""
        self.query_one(WayList).chords = self.listing.chords
        if empty != self.beginning:
            self.set_class(empty, "-beginning")
            self.query_one(KeyBar).show_commands(_KEYS if empty else footer_of("triage"))
            (self.query_one(WayList) if empty else self.listing).focus()
        if empty:
            file = self.workspace.path / FEEDS_FILE
            where = f"{file} says who the network is, who its members are and how its mail goes."
            head = "Nothing is here yet. Take one of these ways:"
            self.query_one(Beginning).show(head, tuple(self._ways(feeds)), where)

    def _ways(self, feeds: int) -> Iterable[Way]:
        if feeds:
            yield Way("pull", f"Pull {counted(feeds, 'feed')}", "what feeds.toml names already")
        yield Way("sample", "See a sample", SAMPLE_HELP)
        yield Way("add", "Add a feed", "from its address, or that of a page")
        yield Way("import", "Import OPML", "the feeds of another feed reader")

    @on(WayList.Taken)
    def _go(self, event: WayList.Taken) -> None:
        match event.code:
            case "pull":
                self.action_pull()
            case "sample":
                self.ask_for_sample(self.workspace.now, self.workspace.environ)
            case "add" | "import" as begin:
                self._open_feeds(begin)

    def _open_feeds(self, begin: Literal["add", "import"]) -> None:
        from curator.desk.screens.feeds import FeedsScreen

        self.open_over(FeedsScreen(self.workspace, self.clerk, begin))
