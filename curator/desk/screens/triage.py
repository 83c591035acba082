"""Triage: the first pass over what came in. The list, what is known of the document under the cursor, the verdict.

State stands here: what was asked for, the ids found, the document read. Widgets are handed models; every write and
every look at the whole library is the clerk's.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableSequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer

from curator.desk.commands import bindings_of, footer_of
from curator.desk.events import Elsewhere, Failed
from curator.desk.screens.beginning import BeginningScreen
from curator.desk.screens.beside import BesideScreen
from curator.desk.screens.clerk import Clerk
from curator.desk.screens.kinship import KinshipScreen
from curator.desk.screens.opening import Opening
from curator.desk.screens.pulling import PullOver
from curator.desk.screens.rooms import RoomsScreen
from curator.desk.screens.survey import Glanced, Surveyed, Told, tell
from curator.desk.widgets.bars import Bar, KeyBar
from curator.desk.widgets.beginning import Beginning
from curator.desk.widgets.document_list import DocumentList
from curator.desk.widgets.reader import Reader
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.search_bar import SearchBar
from curator.desk.widgets.sidebar import Sidebar
from curator.errors import ReadOnly
from curator.models import Filed
from curator.query import AsOf
from curator.workflow.bookmark import Bookmark, keep_bookmark
from curator.workflow.workspace import Workspace

REST_SECONDS = 0.08
"""How long the cursor must rest on a document before its text and suggestions are fetched."""
KEEP_SECONDS = 2.0
"""How often it is looked whether the editor is elsewhere, to be there again after a crash."""


class TriageScreen(KinshipScreen, RoomsScreen, BesideScreen, BeginningScreen):
    """The screen the desk opens on."""

    place = "triage"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("triage")]

    _rest: Timer | None = None
    _surveyed = False
    _glanced: tuple[int, AsOf] | None = None
    """Of which moment the beginning of the list is, and how far the library had come."""
    _kept = Bookmark()
    _sidebar: bool | None = None

    def __init__(self, workspace: Workspace, clerk: Clerk, opening: Opening) -> None:
        super().__init__(workspace, clerk)
        self._opening = opening

    def compose(self) -> ComposeResult:
        network = self.workspace.config.network
        self._names = self._feed_names()
        yield Bar(id="top")
        with Horizontal(id="body"):
            yield Beginning()
            yield Sidebar(id="sidebar")
            with Vertical(id="middle"):
                yield SearchBar(id="search")
                yield DocumentList(
                    self.workspace.taxonomy, self._names, now=self.workspace.now, zone=network.zone, id="list"
                )
            yield Reader(self.workspace.taxonomy, self._names, zone=network.zone, id="reader")
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

    def _feed_names(self) -> dict[str, str]:
        return {feed.slug: feed.name for feed in self.workspace.config.feeds}

    @property
    def reader(self) -> Reader:
        return self.query_one(Reader)

    # ------------------------------------------------------------ looking at the library

    @on(PullOver)
    def _brought(self) -> None:
        self.look()

    def recover(self) -> None:
        self.look()

    @on(Elsewhere)
    def _changed_elsewhere(self) -> None:
        self._names.update(self._feed_names())
        self.listing.judge_anew()
        self.look(elsewhere=True)

    @on(Glanced)
    def _show_glance(self, event: Glanced) -> None:
        """The beginning, unless the cursor belongs further down."""
        if self.lookout.waits_for(event.asked):
            self.understand(event.asked)
            if not event.further:
                self._show_ids(event.ids, event.asked.go_to, event.at, event.first)
                self._glanced = event.asked.stamp, event.at
                self.hurry_no_more()
            self.lookout.look_further()

    @on(Surveyed)
    def _show_survey(self, event: Surveyed) -> None:
        if not self.lookout.waits_for(event.asked):
            return
        self._surveyed = True
        self.tally, self.status, self.coming = event.tally, event.status, event.coming
        self._say_empty(event.feeds)
        if event.ids is not None:
            self.lookout.owed = False
            self._say_gone(event)
            self.selection.keep_only(event.ids)
            self.selection.leave_out(event.late)
            still = self._glanced == (event.asked.stamp, event.at)  # nothing has come in between
            self._show_ids(event.ids, event.asked.go_to, event.at, self.window.known if still else ())
        self.query_one("#top", Bar).attention = bool(event.ill)
        self.show_tally()
        self.show_progress()

    def _show_ids(self, ids: MutableSequence[int], go_to: int | None, at: AsOf, known: Iterable[Filed] = ()) -> None:
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
        if self._rest:
            self._rest.stop()
        number = self.current_id
        if number is not None:
            seen = self.listing.unjudged()
            self.ask(
                lambda workspace: tell(workspace, number, seen) if self.current_id == number else None, looking=True
            )

    @on(Told)
    def _told(self, event: Told) -> None:
        if event.filed.id == self.current_id:
            self.suggested = event.suggested
            self.reader.show_document(event.filed, event.suggested, event.family)
        self.listing.judge(event.hints)

    # ------------------------------------------------------------ reading

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_read()

    def action_read(self) -> None:
        if self.current_id is not None:
            self._set_reading(True)
            self._show_words()
            self.set_focus(self.reader, scroll_visible=False)

    def _set_reading(self, on: bool) -> None:
        """Only on a narrow screen does it look different: elsewhere nothing is styled anew, of all that stands here."""
        self.set_class(on, "-reading", update=self.has_class("-narrow"))

    def _show_words(self) -> None:
        """The document with its text, unless it is there already; what is worked out about it comes once the cursor has
        rested."""
        number = self.current_id
        if number is not None and self.suggested is None and (filed := self.window.whole(number)):
            self.reader.show_document(filed)

    def action_back(self) -> None:
        if self.has_class("-reading"):
            self._set_reading(False)
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
        self.lately = mark.lately
        if mark.sidebar is not None:
            self._show_sidebar(mark.sidebar)
        asked = opening.asked
        if asked.text:
            self._last_search = asked.text
            self.query_one(SearchBar).open(asked.text)
            self.listing.focus()
        self.call_after_refresh(self.prepare_search)  # before all is counted, which may take a second
        self.lookout.begin(asked, opening.glanced)
        if opening.glanced:
            self._show_glance(opening.glanced)
        self.look(go_to=asked.go_to)
        if self._glanced:
            self._glanced = self.asked.stamp, self._glanced[1]
        self.ask(_only_read, looking=True, yielding=True)

    def put_away(self) -> None:
        self.keep_place()

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
            document=asked.go_to if self.lookout.owed else here,
            sidebar=self._sidebar,
            lately=dict(self.lately),
            colours=self.app.theme,
        )
        if mark != self._kept:
            self._kept = mark
            self.ask(partial(_keep, mark), looking=True)


def _keep(mark: Bookmark, workspace: Workspace) -> None:
    if not workspace.library.reads_only:
        keep_bookmark(workspace, mark)


def _only_read(workspace: Workspace) -> Failed | None:
    """Said once, before the first act is refused."""
    if not workspace.library.reads_only:
        return None
    return Failed(ReadOnly(f"{workspace.path} can only be read here: nothing that you decide or write is kept."), True)
