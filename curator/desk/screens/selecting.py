"""Selecting rows of the list of documents, and which documents a command is about."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from textual import on

from curator.desk.commands import chords_of, counted_of
from curator.desk.screens.asking import Asking
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.clerk import Clerk
from curator.desk.screens.lookout import Lookout
from curator.desk.screens.selection import Selection
from curator.desk.screens.survey import Asked
from curator.desk.screens.targets import Targets, Whole
from curator.desk.screens.window import Window
from curator.desk.widgets.bars import KeyBar
from curator.desk.widgets.document_list import DocumentList
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.sidebar import Tally
from curator.desk.widgets.words import counted
from curator.models import Filed
from curator.query import AsOf
from curator.workflow.chosen import numbers_of
from curator.workflow.workspace import Workspace

ROWS_SECONDS = 0.02
"""How long painting waits for a library that another program holds: a row that is not there yet is painted as `…`."""


class SelectingScreen(DeskScreen):
    """`targets` are the selected documents, else as many as the count says from the cursor on, else the one there.
    `shown_at` is how far the library had come when it was asked for what the list shows, `tally` what the sidebar
    counts."""

    tally = Tally()
    shown_at: AsOf | None = None

    def __init__(self, workspace: Workspace, clerk: Clerk) -> None:
        super().__init__(workspace, clerk)
        self.window = Window(workspace.twin(ROWS_SECONDS), self.tell)
        self.selection = Selection()
        self.lookout = Lookout(self, self.selection.still)

    @property
    def listing(self) -> DocumentList:
        return self.query_one(DocumentList)

    @property
    def beginning(self) -> bool:
        """Whether nothing at all is in the library: ways in are shown instead of the list."""
        return self.has_class("-beginning")

    @property
    def asked(self) -> Asked:
        """What the list is to show."""
        return self.lookout.asked

    def look(self, **changed: object) -> None:
        """Ask for the list anew, now; `changed` says what of `asked` is different."""
        self.lookout.look({"top": self.listing.top, **changed})

    @property
    def whole(self) -> bool:
        """Whether all of the list is known, not only its beginning."""
        return not self.lookout.owed

    @property
    def current(self) -> Filed | None:
        return self.window.at(self.listing.cursor)

    @property
    def current_id(self) -> int | None:
        index = self.listing.cursor
        return self.window.ids[index] if 0 <= index < len(self.window) else None

    def on_unmount(self) -> None:
        self.window.close()

    def prepare_list(self) -> None:
        self.listing.selection = self.selection.holds
        self.listing.chords = chords_of(self.place)
        self.listing.counted = self.listing.counted | counted_of(self.place)

    # ------------------------------------------------------------ selecting

    def action_select(self) -> None:
        """Take the row, or give it back, and go to the next; a range that is being drawn ends as it stands."""
        if self.selection.ranging:
            self.selection.settle(self.window.ids)
        elif self.current_id is not None:
            self.selection.toggle(self.current_id)
            self.listing.action_go(1)
        self.show_selection()

    def action_select_range(self) -> None:
        if self.selection.ranging:
            self.selection.settle(self.window.ids)
        elif self.listing.cursor >= 0:
            self.selection.begin(self.listing.cursor, self.window.ids)
        self.show_selection()

    def action_select_all(self) -> None:
        """All that is asked for, read or not: what comes into it later was not seen, and is not selected."""
        if self.shown_at is None:
            return
        self.selection.take_all(Whole(self.asked, self.shown_at))
        if not self.whole:
            self.look()
        self.show_selection()

    def drop_selection(self) -> bool:
        """Whether there was one."""
        there = bool(self.selection)
        self.selection.clear()
        self.show_selection()
        return there

    @on(Rows.Highlighted)
    def _stretch(self, event: Rows.Highlighted) -> None:
        if self.selection.ranging and event.rows is self.listing:
            self.selection.stretch(max(event.index, 0))
            self.show_selection()

    def show_selection(self) -> None:
        self.listing.refresh()
        self.show_count()

    @property
    def selected_words(self) -> str:
        """`23 selected`; `all selected` until they are counted; '' where nothing is."""
        if not self.selection:
            return ""
        return "all selected" if self._selected is None else f"{self._selected:,} selected"

    # ------------------------------------------------------------ what a command is about

    def targets(self) -> Targets:
        """Uses a typed count up."""
        count = max(self.listing.typed.taken(), 1)
        if self.selection:
            found = self.selection.of(self.window.ids)
            return replace(found, whole=replace(found.whole, asked=self.asked)) if found.whole else found
        index = self.listing.cursor
        return Targets(list(self.window.ids[index : index + count])) if index >= 0 else Targets()

    @property
    def _selected(self) -> int | None:
        """How many are; None while all of a list are and the list is being read."""
        return self.selection.count(self.window.ids) if self.whole or not self.selection.whole else None

    def how_many(self, targets: Targets) -> int | None:
        """None while that is being counted."""
        return self._selected if targets.whole else len(targets.numbers)

    def once_sure(self, targets: Targets, verb: str, act: Callable[[], None]) -> None:
        """Do `act`; where it is about more than the screen shows, say first about how many and wait for Enter."""

        def ask(count: int) -> None:
            self._once_sure(count, verb, act)

        if (count := self.how_many(targets)) is None:
            self.once_known(lambda own: len(numbers_of(own, targets.chosen(own))), ask)
        else:
            ask(count)

    def _once_sure(self, count: int, verb: str, act: Callable[[], None]) -> None:
        if count <= max(self.listing.size.height, 1):
            act()
            return
        question = f"{verb} all {counted(count, 'document')}?"
        keys = f"Enter: {verb.lower()}, u takes it back · Esc changes nothing"

        def answered(answer: str | None) -> None:
            if answer is not None:
                act()

        self.app.push_screen(Asking(question, "Enter", keys, lambda _: None), answered)

    def words_for(self, targets: Targets) -> str:
        """What a command is about, for a title: the document's own, or how many."""
        if targets.alone is not None and (filed := self.current) is not None and filed.id == targets.alone:
            return filed.document.title
        count = self.how_many(targets)
        return "all of this list" if count is None else counted(count, "document")

    # ------------------------------------------------------------ the line below

    def show_count(self) -> None:
        """Say how many are selected, or left."""
        how_many = "" if self.beginning else f"{len(self.window):,} {self._counted_as}"
        self.note_keys(self.selected_words or how_many)

    @property
    def _counted_as(self) -> str:
        if self.asked.text or self.asked.saved:
            return "found"
        return "left" if self.asked.queue == "inbox" else self.asked.queue or "in all"

    def note_keys(self, words: str) -> None:
        self.query_one(KeyBar).right = words
