"""Feeds: how each is and why, its rhythm, and what an editor does about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Static

from curator.desk.commands import bindings_of, footer_of
from curator.desk.events import Elsewhere
from curator.desk.screens.adding import AddingScreen
from curator.desk.screens.asking import Asking, only_yes
from curator.desk.screens.outside import open_in_browser
from curator.desk.screens.pulling import Pulling, PullScreen
from curator.desk.widgets.bars import Bar, KeyBar
from curator.desk.widgets.feed_list import FeedList, FeedRow
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import counted, long_day, plain, short_day, sparkline
from curator.errors import UsageError
from curator.models import Feed
from curator.workflow.feeds import remove_feed
from curator.workflow.opml import export_feeds, import_feeds
from curator.workflow.rhythm import Watched, watched
from curator.workflow.workspace import Workspace

_EMPTY = ("No feeds yet.", "", "a adds one from an address, i takes over those of another feed reader (OPML).")


@dataclass
class FeedsFound(Message):
    """Every feed, and what to say; `go_to` is the slug the cursor belongs on."""

    feeds: Sequence[Watched]
    said: str = ""
    go_to: str = ""


class FeedsScreen(PullScreen, AddingScreen):
    """A list, and under it all that is known of the feed under the cursor."""

    place = "feeds"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("feeds")]

    feeds: Sequence[Watched] = ()
    _warned = False

    def compose(self) -> ComposeResult:
        yield Bar(id="top")
        yield FeedList(id="feeds")
        yield Static(id="feed-note", markup=False)
        yield KeyBar(footer_of("feeds"), id="keys")

    def on_mount(self) -> None:
        self._list.empty = _EMPTY
        self._list.focus()
        self.watch_others()
        self.look()

    @property
    def _list(self) -> FeedList:
        return self.query_one(FeedList)

    @property
    def current(self) -> Watched | None:
        row = self._list.current
        return next((one for one in self.feeds if row and one.feed.slug == row.slug), None)

    # ------------------------------------------------------------ looking

    def look(self) -> None:
        self.ask(_found, looking=True)

    @on(Elsewhere)
    def _changed_elsewhere(self) -> None:
        self.look()

    @on(FeedsFound)
    def _show(self, event: FeedsFound) -> None:
        here = event.go_to or (self._list.current.slug if self._list.current else "")
        self.feeds = event.feeds
        rows = [self._row(one) for one in event.feeds]
        at = next((index for index, row in enumerate(rows) if row.slug == here), self._list.cursor)
        self._list.show_feeds(rows, at)
        ill = sum(one.health.ill for one in event.feeds)
        bar = self.query_one("#top", Bar)
        bar.left = f"Feeds · {counted(len(rows), 'feed')}" + (f", {ill} ill ▲" if ill else ", all well" * bool(rows))
        if event.said:
            self.say(event.said)

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
        yield f"{one.feed.name} · {health.condition}{since}{f': {health.reason}' if health.reason else ''}"
        yield f"{one.feed.url}"
        pulled = f"{state.last_pulled_at.astimezone(zone):%d %b %Y %H:%M}" if state.last_pulled_at else "never"
        new = long_day(state.last_new_at, zone) if state.last_new_at else "never"
        weeks = f"{counted(sum(one.weeks), 'document')} in {len(one.weeks)} weeks"
        failed = f" · failed {counted(state.failures, 'time')} in a row: {state.error}" if state.error else ""
        yield f"pulled {pulled} · last new {new} · {weeks}{failed}"
        said = (one.feed.country, one.feed.section, one.feed.publisher, one.feed.language, *one.feed.themes)
        yield " · ".join(filter(None, (one.feed.slug, *said)))

    # ------------------------------------------------------------ pulling

    def action_pull_one(self) -> None:
        if self.current:
            self.pull_feeds((self.current.feed.slug,))

    def action_pull(self) -> None:
        self.pull_feeds(())

    @on(Pulling)
    def _mark(self, event: Pulling) -> None:
        if event.feed and self.pulling is not None:
            self._list.show_progress({**self._list.progress, event.feed: event.outcome})

    def pull_begins(self) -> None:
        self._list.show_progress({})

    def show_progress(self) -> None:
        self.status = f"looking at {self.adding} …" if self.adding else ""
        super().show_progress()

    # ------------------------------------------------------------ feeds.toml

    def added(self, feed: Feed) -> None:
        self.ask(partial(_found, go_to=feed.slug), looking=True)

    def action_remove(self) -> None:
        if (one := self.current) is None:
            return

        def sure(yes: str | None) -> None:
            if yes is not None:
                self.ask(_fresh(lambda own: _told(own, f"{remove_feed(own, one.feed.slug).name} is removed.")))

        question = f"Take “{one.feed.name}” out of feeds.toml? What it brought stays in the library."
        check = only_yes("Only yes removes it; Esc leaves it.")
        self.app.push_screen(Asking(question, "yes", "type yes and Enter · Esc leaves it", check, grave=True), sure)

    def action_import(self) -> None:
        self._ask_for_file("Take over the feeds of which OPML file?", _imported)

    def action_export(self) -> None:
        self._ask_for_file("Write all feeds as OPML into which new file?", _exported)

    def _ask_for_file(self, question: str, work: Callable[[Workspace, Path], FeedsFound]) -> None:
        def given(name: str | None) -> None:
            if name is not None:
                path = self.workspace.path / Path(name.strip()).expanduser()
                self.ask(_fresh(lambda own: work(own, path)), looking=True)

        keys = f"in {self.workspace.path} unless it begins with / or ~ · Esc leaves it"
        self.app.push_screen(Asking(question, "feeds.opml", keys, _file_named), given)

    # ------------------------------------------------------------ elsewhere

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_browse()

    def action_browse(self) -> None:
        if (one := self.current) is None:
            return
        web = one.feed.url.startswith(("https://", "http://"))
        if not web or not open_in_browser(one.feed.url, self.workspace.environ):
            self.say(f"There is no browser to open here. The address is {one.feed.url}")

    def action_back(self) -> None:
        """A pull that is left ends after the feeds that are done; that is said once."""
        if self.pulling is not None and not self._warned:
            self._warned = True
            self.say("A pull runs. Leaving once more ends it; what is brought already stays.", severity="warning")
        else:
            self.dismiss()


def _fresh(work: Callable[[Workspace], FeedsFound]) -> Callable[[Workspace], FeedsFound]:
    """Work on feeds.toml as it is now, whoever wrote it."""

    def done(workspace: Workspace) -> FeedsFound:
        with workspace.another() as own:
            return work(own)

    return done


def _told(workspace: Workspace, said: str) -> FeedsFound:
    with workspace.another() as after:
        return FeedsFound(watched(after), said)


def _found(workspace: Workspace, go_to: str = "") -> FeedsFound:
    with workspace.another() as own:
        return FeedsFound(watched(own), go_to=go_to)


def _imported(workspace: Workspace, path: Path) -> FeedsFound:
    done = import_feeds(workspace, path)
    words = f"{len(done.added)} added, {len(done.skipped)} there already, {len(done.refused)} not feeds."
    first = f" Line {done.refused[0].line}: {done.refused[0].reason}." if done.refused else ""
    return _told(workspace, words + first)


def _exported(workspace: Workspace, path: Path) -> FeedsFound:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(export_feeds(workspace))
    except FileExistsError:
        raise UsageError(f"{path} is there already, and was left as it is. Name another file.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}. Name another file.") from error
    return _told(workspace, f"Written to {path}.")


def _file_named(text: str) -> None:
    if not text.strip():
        raise UsageError("Name a file, as feeds.opml; Esc leaves it.")
