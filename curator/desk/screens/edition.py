"""One edition: as it will be mailed at the left, its text at the right. Here it is arranged, worded, sealed, sent."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from curator.desk.commands import bindings_of, footer_of
from curator.desk.events import Elsewhere
from curator.desk.screens.clerk import Clerk
from curator.desk.screens.drawing import Checked, Drawn, Sought, keys_of, rows_of
from curator.desk.screens.exporting import ExportingScreen
from curator.desk.widgets.bars import Bar, KeyBar
from curator.desk.widgets.outline_list import OutlineList
from curator.desk.widgets.preview import Preview
from curator.desk.widgets.rows import Rows
from curator.workflow.passages import ANNEX
from curator.workflow.stood import CODE as AS_BEFORE
from curator.workflow.workspace import Workspace

_EMPTY = ("Nothing stands in this edition.", "", "Keep documents in triage, then D selects them.")


class EditionScreen(ExportingScreen):
    """Shows what the clerk draws. What the verbs do is in the three screens this is built on."""

    place = "edition"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("edition")]

    def __init__(self, workspace: Workspace, clerk: Clerk, name: str) -> None:
        super().__init__(workspace, clerk, name)
        self._folded: set[str] = set()

    def compose(self) -> ComposeResult:
        yield Bar(id="top")
        with Horizontal(id="body"):
            yield OutlineList(id="outline")
            yield Preview(id="preview")
        yield KeyBar(footer_of("edition"), id="keys")

    def on_mount(self) -> None:
        self.outline.focus()
        self.outline.empty = ("One moment …",)
        self.watch_others()
        self.draw()

    @property
    def preview(self) -> Preview:
        return self.query_one(Preview)

    @on(Elsewhere)
    def _changed_elsewhere(self) -> None:
        if not self.mailing:
            self.draw()

    # ------------------------------------------------------------ what the clerk drew

    @on(Drawn)
    def _show(self, event: Drawn) -> None:
        self.drawn, self.unsettled = event, False
        self.outline.empty = _EMPTY
        if event.said:
            self.say(event.said)
        self._show_rows(None if event.go_to is None else str(event.go_to))
        self.show_head()
        self.check_soon()

    def _show_rows(self, key: str | None = None) -> None:
        if self.drawn is None:
            return
        here = self.outline.current
        rows = rows_of(self.drawn.outline, self._folded, self.drawn.seen, self.drawn.stood)
        wanted = key if key is not None else here.key if here else ""
        cursor = next((index for index, row in enumerate(rows) if row.key == wanted), None)
        self.outline.show_outline(rows, max(self.outline.cursor, 0) if cursor is None else cursor)

    @on(Checked)
    def _show_check(self, event: Checked) -> None:
        first = self.checked is None
        self.checked = event
        self.preview.show_text(event.text)
        if first:
            self.preview.scroll_home(animate=False)
        self.show_head()
        self.list_again()

    # ------------------------------------------------------------ looking

    @on(Sought)
    def _go_to(self, event: Sought) -> None:
        """To the document, or to where its words are written; of what is mended elsewhere it is said where."""
        finding = event.finding
        field = finding.spot.field if finding.spot else ""
        word, _, number = finding.where.partition(",")[0].partition(" ")
        grave = finding.level == "error"
        if word == "document" and number.isdigit():
            self._stand_on(number)
            self.action_read()
            return
        mend = f" It is mended in {finding.where.split(', ')[1]}, by hand." if field == ANNEX else ""
        self.say(finding.message + mend, title=finding.where, severity="warning" if grave else "information")
        if field in ("introduction", "key_messages"):
            self._write_whole(field)
        elif (code := field.partition(".")[0]) in self.workspace.config.network.countries:
            self._stand_on_country([code])
            self.compare_country(code)
        elif finding.code == AS_BEFORE and self.drawn:
            self._stand_on_country(self.drawn.stood)

    def _stand_on(self, key: str) -> None:
        self._folded.clear()
        self._show_rows(key)

    def _stand_on_country(self, codes: Collection[str]) -> None:
        """On the first heading of one of these countries."""
        self._folded.clear()
        rows = rows_of(self.drawn.outline, set(), {}, {}) if self.drawn else []
        found = (row.key for row in rows if row.kind == "group" and row.key.partition("/")[2] in codes)
        self._show_rows(next(found, None))

    def _write_whole(self, field: str) -> None:
        if field == "introduction":
            self.action_introduce()
        else:
            self.action_key_messages()

    def action_read(self) -> None:
        """Go to the preview, where it shows what the cursor stands on."""
        self._show_place()
        self.add_class("-reading")
        self.preview.focus()

    def _show_place(self) -> None:
        row = self.outline.current
        if row and self.drawn:
            seat = next((one for one in self.drawn.outline.seats if one.document == row.document), None)
            heading = row.text.upper() if row.kind == "section" else row.text
            self.preview.jump_to(f"[{seat.number}]" if seat else heading)

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_read()

    @on(Rows.Highlighted)
    def _follow(self) -> None:
        if not self.has_class("-narrow"):
            self._show_place()

    def action_preview_down(self) -> None:
        self.preview.scroll_relative(y=10, animate=False)

    def action_preview_up(self) -> None:
        self.preview.scroll_relative(y=-10, animate=False)

    def action_fold(self) -> None:
        row = self.outline.current
        if row and row.kind in ("section", "group"):
            self._folded ^= {row.key}
            self._show_rows()

    def action_fold_all(self) -> None:
        if self.drawn:
            every = keys_of(self.drawn.outline)
            self._folded = set() if every <= self._folded else every
            self._show_rows()

    def action_back(self) -> None:
        if self.has_class("-reading"):
            self.remove_class("-reading")
            self.outline.focus()
        elif self.mailing:
            self.say(self.busy, severity="warning")
        else:
            self.dismiss()
