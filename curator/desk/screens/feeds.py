"""Feeds: how each is and why, its rhythm, and what an editor does about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from curator.desk.commands import bindings_of, footer_of
from curator.desk.events import Elsewhere
from curator.desk.screens.adding import Added, AddingScreen
from curator.desk.screens.clerk import Clerk
from curator.desk.screens.feeds_file import FeedsFileScreen, FeedsFound, feeds_found
from curator.desk.screens.pulling import Pulling, PullOver
from curator.desk.widgets.bars import Bar, KeyBar
from curator.desk.widgets.feed_list import FeedList, FeedRow
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import counted, long_day, plain, short_day, sparkline
from curator.workflow.rhythm import Watched
from curator.workflow.workspace import Workspace

_MENDS = {
    "moved": " · A takes the new address over",
    "gone": " · r retires it",
    "retired": " · R lets it be pulled again",
}
"""What an editor can do about it here."""
_EMPTY = ("No feeds yet.", "", "a adds one from an address, i takes over those of another feed reader (OPML).")


class FeedsScreen(FeedsFileScreen, AddingScreen):
    """A list, and under it all that is known of the feed under the cursor."""

    place = "feeds"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("feeds")]

    _warned = False

    def __init__(self, workspace: Workspace, clerk: Clerk, begin: Literal["", "add", "import"] = "") -> None:
        """`begin`: what the editor came for."""
        super().__init__(workspace, clerk)
        self._begin = begin

    def compose(self) -> ComposeResult:
        yield Bar(id="top")
        yield FeedList(id="feeds")
        yield Static(id="feed-note", markup=False)
        yield KeyBar(footer_of("feeds"), id="keys")

    def on_mount(self) -> None:
        self.listing.empty = _EMPTY
        self.listing.focus()
        self.watch_others()
        self.look()
        if self._begin:
            self.call_after_refresh(self.act_on, self._begin)

    # ------------------------------------------------------------ looking

    def look(self) -> None:
        self.ask(feeds_found, looking=True)

    @on(Elsewhere)
    @on(PullOver)
    def _changed_elsewhere(self) -> None:
        self.look()

    @on(FeedsFound)
    def _show(self, event: FeedsFound) -> None:
        here = event.go_to or (self.listing.current.slug if self.listing.current else "")
        self.feeds = event.feeds
        rows = [self._row(one) for one in event.feeds]
        at = next((index for index, row in enumerate(rows) if row.slug == here), self.listing.cursor)
        self.listing.show_lines(rows, at)
        ill = sum(one.health.ill for one in event.feeds)
        bar = self.query_one("#top", Bar)
        bar.left = f"Feeds · {counted(len(rows), 'feed')}" + (f", {ill} ill ▲" if ill else ", all well" * bool(rows))
        if event.said:
            self.say(event.said)
        if event.pull:
            self.pull_feeds(event.pull)

    def _row(self, one: Watched) -> FeedRow:
        new = self._day(one.state.last_new_at) if one.state.last_new_at else ""
        country, condition = one.feed.country or "", one.health.condition
        return FeedRow(one.feed.slug, one.feed.name, country, condition, one.health.ill, sparkline(one.weeks), new)

    def _day(self, at: datetime) -> str:
        return short_day(at, self.workspace.now(), self.workspace.config.network.zone).strip()

    @on(Rows.Highlighted)
    def _say_feed(self) -> None:
        lines = self._note(self.current) if self.current else ()
        self.query_one("#feed-note", Static).update("\n".join(map(plain, lines)))

    def _note(self, one: Watched) -> Iterable[str]:
        zone, state, health = self.workspace.config.network.zone, one.state, one.health
        since = f" since {long_day(health.since, zone)}" if health.since else ""
        times = f"failed {counted(state.failures, 'time')} in a row: " if state.failures else ""
        yield f"{one.feed.name} · {health.condition}{since}{_MENDS.get(health.condition, '')}"
        for said in dict.fromkeys(filter(None, (health.reason, state.error))):
            yield f"{times}{said}" if said == state.error else said
        yield f"{one.feed.url}"
        pulled = f"{state.last_pulled_at.astimezone(zone):%d %b %Y %H:%M}" if state.last_pulled_at else "never"
        new = long_day(state.last_new_at, zone) if state.last_new_at else "never"
        weeks = f"{counted(sum(one.weeks), 'document')} in {len(one.weeks)} weeks"
        yield f"pulled {pulled} · last new {new} · {weeks}"
        about = (one.feed.country, one.feed.section, one.feed.publisher, one.feed.language, *one.feed.themes)
        yield " · ".join(filter(None, (one.feed.slug, *about)))

    # ------------------------------------------------------------ pulling

    def action_pull_one(self) -> None:
        if self.current:
            self.pull_feeds((self.current.feed.slug,))

    def action_pull(self) -> None:
        self.pull_feeds(())

    @on(Pulling)
    def _mark(self, event: Pulling) -> None:
        if event.feed and self.pulling is not None:
            self.listing.show_progress({**self.listing.progress, event.feed: event.outcome})

    def pull_begins(self) -> None:
        self.listing.show_progress({})

    @on(Added)
    def _show_added(self, event: Added) -> None:
        self.ask(partial(feeds_found, go_to=event.feed.slug), looking=True)

    # ------------------------------------------------------------ elsewhere

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_browse()

    def action_browse(self) -> None:
        if (one := self.current) is None:
            return
        web = one.feed.url.startswith(("https://", "http://"))
        if not web or not self.browse(one.feed.url):
            self.say(f"There is no browser to open here. The address is {one.feed.url}")

    def action_back(self) -> None:
        """A pull that is left ends after the feeds that are done; that is said once."""
        if self.pulling is not None and not self._warned:
            self._warned = True
            self.say("A pull runs. Leaving once more ends it; what is brought already stays.", severity="warning")
        else:
            self.dismiss()
