"""One edition: as it will be mailed at the left, its text at the right. Here it is arranged, worded, sealed, sent."""

from __future__ import annotations

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
        self.drawn = event
        self.outline.empty = _EMPTY
        if event.said:
            self.say(event.said)
        self._show_rows(event.go_to)
        self.show_head()
        self.check_soon()

    def _show_rows(self, document: int | None = None) -> None:
        if self.drawn is None:
            return
        here = self.outline.current
        rows = rows_of(self.drawn.outline, self._folded, self.drawn.seen, self.drawn.stood)
        wanted = str(document) if document is not None else here.key if here else ""
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
        finding = event.finding
        word, _, number = finding.where.partition(",")[0].partition(" ")
        if word == "document" and number.isdigit():
            self._folded.clear()
            self._show_rows(int(number))
            self.action_read()
        else:
            grave = finding.level == "error"
            self.say(finding.message, title=finding.where, severity="warning" if grave else "information")

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
