"""Triage: the first pass over what came in. The list, what is known of the document under the cursor, the verdict.

State stands here: what was asked for, the ids found, the document read. Widgets are handed models; every write and
every look at the whole library is the clerk's.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input

from curator.desk.commands import bindings_of, footer_of
from curator.desk.events import Elsewhere
from curator.desk.screens.beginning import BeginningScreen
from curator.desk.screens.beside import BesideScreen
from curator.desk.screens.clerk import Clerk
from curator.desk.screens.finding import FindingScreen
from curator.desk.screens.kinship import KinshipScreen
from curator.desk.screens.opening import Opening
from curator.desk.screens.pulling import PullScreen
from curator.desk.screens.rooms import RoomsScreen
from curator.desk.screens.survey import Asked, Glanced, Surveyed, Told, glance, survey, tell
from curator.desk.widgets.bars import Bar, KeyBar
from curator.desk.widgets.beginning import Beginning
from curator.desk.widgets.document_list import DocumentList
from curator.desk.widgets.reader import Reader
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.search_bar import SearchBar
from curator.desk.widgets.sidebar import QUEUES, Sidebar, Tally
from curator.models import Filed
from curator.query import AsOf
from curator.workflow.bookmark import Bookmark, keep_bookmark
from curator.workflow.workspace import Workspace

REST_SECONDS = 0.08
"""How long the cursor must rest on a document before its text and suggestions are fetched."""
KEEP_SECONDS = 2.0
"""How often it is looked whether the editor is elsewhere, to be there again after a crash."""


class TriageScreen(KinshipScreen, FindingScreen, BesideScreen, PullScreen, RoomsScreen, BeginningScreen):
    """The screen the desk opens on."""

    place = "triage"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("triage")]

    asked = Asked()
    tally = Tally()
    _rest: Timer | None = None
    _soon: Timer | None = None
    _surveyed = False
    _glanced: tuple[str, ...] | None = None
    """What the beginning of the list was last looked up for."""
    _kept = Bookmark()
    _sidebar: bool | None = None
    _owed = False
    """Whether a list was asked for that is not there yet."""
    _coming = ""

    def __init__(self, workspace: Workspace, clerk: Clerk, opening: Opening) -> None:
        super().__init__(workspace, clerk)
        self._opening = opening

    def compose(self) -> ComposeResult:
        network = self.workspace.config.network
        names = {feed.slug: feed.name for feed in self.workspace.config.feeds}
        yield Bar(id="top")
        with Horizontal(id="body"):
            yield Beginning()
            yield Sidebar(id="sidebar")
            with Vertical(id="middle"):
                yield SearchBar(id="search")
                yield DocumentList(self.workspace.taxonomy, now=self.workspace.now, zone=network.zone, id="list")
            yield Reader(self.workspace.taxonomy, names, zone=network.zone, id="reader")
        yield KeyBar(footer_of("triage"), id="keys")

    def on_mount(self) -> None:
        self.prepare_list()
        self.listing.beside = self.query_one(Sidebar)
        self.listing.focus()
        self.query_one("#top", Bar).left = self.workspace.config.network.short
        self.watch_others()
        self._sit_down(self._opening)
        self.set_interval(KEEP_SECONDS, self.keep_place)
        self.watch_days()

    def on_screen_resume(self) -> None:
        if self._surveyed:
            self.look()

    @property
    def listing(self) -> DocumentList:
        return self.query_one(DocumentList)

    @property
    def reader(self) -> Reader:
        return self.query_one(Reader)

    @property
    def whole(self) -> bool:
        return not self._owed

    # ------------------------------------------------------------ looking at the library

    def look(self, **changed: object) -> None:
        """Ask for the list anew, now; `changed` says what of `asked` is different."""
        if self._soon:
            self._soon.stop()
            self._soon = None
        once: dict[str, object] = {"go_to": None, "only_counts": False, "elsewhere": False}
        if self._owed:  # a list was asked for and is not there yet: whatever comes in between, it still has to come
            once["go_to"], changed = self.asked.go_to, {**changed, "only_counts": False}
        asked = replace(self.asked, **{**once, **changed}, stamp=self.asked.stamp + 1)  # type: ignore[arg-type]
        asked = replace(asked, then=self.selection.still(asked))
        self.asked, self._owed = asked, not asked.only_counts
        if asked.what != self._glanced:
            self._glanced = asked.what
            self.ask(lambda workspace: glance(workspace, asked) if self.asked is asked else None, looking=True)
        self.ask(
            lambda workspace: survey(workspace, asked) if self.asked is asked else None, looking=True, yielding=True
        )

    def look_soon(self) -> None:
        """Ask for the counts when the editor rests; at once where a list is owed."""
        if self._owed:
            self.look()
            return
        self.asked = replace(self.asked, stamp=self.asked.stamp + 1)
        if self._soon:
            self._soon.stop()
        self._soon = self.set_timer(0.25, lambda: self.look(only_counts=True))

    def recover(self) -> None:
        self.look()

    @on(Elsewhere)
    def _changed_elsewhere(self) -> None:
        self.look(elsewhere=True)

    @on(Glanced)
    def _show_glance(self, event: Glanced) -> None:
        """The beginning, unless the cursor belongs further down."""
        if event.asked.stamp == self.asked.stamp and not event.further:
            self._show_ids(event.ids, event.asked.go_to, event.at, event.first)

    @on(Surveyed)
    def _show_survey(self, event: Surveyed) -> None:
        if event.asked.stamp != self.asked.stamp:
            return
        self._surveyed = True
        self.tally, self.status, self._coming = event.tally, event.status, event.coming
        self._say_empty(event.feeds)
        if event.ids is not None:
            self._owed = False
            self._say_gone(event)
            self.selection.keep_only(event.ids)
            self.selection.leave_out(event.late)
            self._show_ids(event.ids, event.asked.go_to, event.at)
        self.query_one("#top", Bar).attention = bool(event.ill)
        self.show_tally()

    def _show_ids(self, ids: MutableSequence[int], go_to: int | None, at: AsOf, known: Sequence[Filed] = ()) -> None:
        """Another list; the cursor stays on its document, or else on its place. `known` is what is read of it."""
        self.unsettled, self.shown_at = False, at
        here, index = self.current_id, self.listing.cursor
        self.mark_found()
        self.window.show(ids, known)
        found = self.window.index(go_to)
        found = self.window.index(here) if found is None else found
        self.show_list(index if found is None else found)
        self.selection.reread(ids, self.listing.cursor)

    def _say_gone(self, event: Surveyed) -> None:
        """What the editor reads was taken away by somebody else: better said than quietly replaced."""
        here = self.current
        if here and event.asked.elsewhere and event.ids is not None and here.id not in event.ids:
            self.say(f"“{here.document.title}” has left this list: somebody else decided on it.")

    def _say_empty(self, feeds: int) -> None:
        self.show_beginning(not self.tally.of(""), feeds)
        if self.asked.text:
            self.listing.empty = ("Nothing matches.", "", "Esc ends the search; g a and / search the whole library.")
        else:
            self.listing.empty = (
                "Nothing waits here.",
                "",
                "g and i, l, k, d or a show the queues; e goes to the editions.",
            )

    def show_tally(self) -> None:
        self.query_one(Sidebar).show_tally(self.tally)
        short, kept = self.workspace.config.network.short, self.tally.of("kept")
        label = self.asked.saved or dict(QUEUES)[self.asked.queue]
        country = self.workspace.taxonomy.country_label(self.asked.country) if self.asked.country else ""
        words = (short, label, country, self._coming, f"{kept:,} kept")
        self.query_one("#top", Bar).left = " · ".join(word for word in words if word)
        self.show_progress()
        self.show_count()

    def show_count(self) -> None:
        how_many = "" if self.beginning else f"{len(self.window):,} {self._counted_as}"
        self.note_keys(self.selected_words or how_many)

    @property
    def _counted_as(self) -> str:
        if self.asked.text or self.asked.saved:
            return "found"
        return "left" if self.asked.queue == "inbox" else self.asked.queue or "in all"

    # ------------------------------------------------------------ the document under the cursor

    @on(Rows.Highlighted)
    def _highlighted(self, event: Rows.Highlighted) -> None:
        if self._rest:
            self._rest.stop()
        shown = self.reader.shown
        if shown is None or shown.id != self.current_id:
            self.suggested = None
            self.call_after_refresh(self._turn_page)
        if self.current_id is not None:
            self._rest = self.set_timer(REST_SECONDS, self._fetch)

    def _turn_page(self) -> None:
        """Once the row is painted: laying out the reading pane takes longer than moving the cursor."""
        filed, shown = self.current, self.reader.shown
        if filed is None or shown is None or filed.id != shown.id:
            self.reader.show_document(filed)

    def _fetch(self) -> None:
        number = self.current_id
        if number is not None:
            self.ask(lambda workspace: tell(workspace, number) if self.current_id == number else None, looking=True)

    @on(Told)
    def _told(self, event: Told) -> None:
        if event.filed.id == self.current_id:
            self.suggested = event.suggested
            self.reader.show_document(event.filed, event.suggested, event.family)

    # ------------------------------------------------------------ searching

    @on(SearchBar.Done)
    def _search_done(self) -> None:
        if self.query_one(SearchBar).faulty:
            return
        self.listing.focus()
        if not self.query_one(Input).value:
            self.query_one(SearchBar).close()

    def show_kept(self, text: str) -> None:
        self.query_one(SearchBar).open(text)
        self.listing.focus()
        self.look(queue="kept", country="", text=text)

    def action_next_match(self) -> None:
        if self.asked.text or not self._last_search:
            self.listing.action_go(1)
            return
        self.query_one(SearchBar).open(self._last_search)
        self.listing.focus()
        self.look(text=self._last_search)

    def action_previous_match(self) -> None:
        self.listing.action_go(-1)

    # ------------------------------------------------------------ reading

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_read()

    def action_read(self) -> None:
        if self.current_id is not None:
            self.add_class("-reading")
            self.reader.focus()

    def action_back(self) -> None:
        if self.has_class("-reading"):
            self.remove_class("-reading")
            self.show_count()
        elif not self.drop_selection():
            self.widen()
        self.listing.focus()

    def action_reader_down(self) -> None:
        self.reader.scroll_relative(y=3, animate=False)

    def action_reader_up(self) -> None:
        self.reader.scroll_relative(y=-3, animate=False)

    def action_sidebar(self) -> None:
        self._show_sidebar(not self.query_one(Sidebar).display)

    def _show_sidebar(self, shown: bool) -> None:
        self._sidebar = shown
        self.set_class(not shown, "-no-sidebar")
        self.set_class(shown, "-sidebar")

    # ------------------------------------------------------------ where the editor was

    def _sit_down(self, opening: Opening) -> None:
        """Show what was shown when this editor last left."""
        self._kept = mark = opening.mark
        if mark.sidebar is not None:
            self._show_sidebar(mark.sidebar)
        asked = opening.asked
        if asked.text:
            self._last_search = asked.text
            self.query_one(SearchBar).open(asked.text)
            self.listing.focus()
        self.asked = asked
        if opening.glanced:
            self._glanced = asked.what
            self._show_glance(opening.glanced)
        self.look(go_to=asked.go_to)

    def keep_place(self) -> None:
        """Remember where the editor is, if it is elsewhere than before."""
        asked, here = self.asked, self.current_id
        mark = Bookmark(
            queue=asked.queue,
            saved=asked.saved,
            country=asked.country,
            theme=asked.theme,
            feed=asked.feed,
            text=asked.text,
            document=asked.go_to if self._owed else here,
            sidebar=self._sidebar,
            colours=self.app.theme,
        )
        if mark != self._kept:
            self._kept = mark
            self.ask(lambda workspace: keep_bookmark(workspace, mark), looking=True)
