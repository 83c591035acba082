"""Writing: a blurb beside its excerpt, an introduction, key messages. Nothing typed is ever lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from curator.clean import plain_text
from curator.desk.screens.outside import edit_outside, editor_command
from curator.desk.widgets.meter import Meter
from curator.desk.widgets.words import plain
from curator.errors import CuratorError
from curator.workflow.drafts import forget_draft, keep_draft, kept_draft
from curator.workflow.workspace import Workspace

PAUSE_SECONDS = 0.4
"""How long typing must rest before the draft is kept."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is written. `name` is its draft's; `guide` stands beside it; `most` is how many words it should have at
    most, 0 for no matter."""

    name: str
    title: str
    text: str
    guide: str = ""
    most: int = 0


class Writing(ModalScreen[str]):
    """Esc answers the text. What is typed is kept as a draft while typing, and taken up again after a crash."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "done", show=False, priority=True),
        Binding("ctrl+s", "done", show=False, priority=True),
        Binding("ctrl+o", "outside", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]  # noqa: RUF012

    def __init__(self, workspace: Workspace, piece: Piece, *, outside: bool = False) -> None:
        super().__init__()
        self._workspace, self._piece, self._outside = workspace, piece, outside
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        kept = kept_draft(self._workspace, self._piece.name)
        text = self._piece.text if kept is None else kept
        with Vertical(id="writing"):
            yield Static(plain(self._piece.title), id="writing-title", markup=False)
            with Horizontal(id="writing-body"):
                yield TextArea(text, id="writing-text", soft_wrap=True, show_line_numbers=False, compact=True)
                if self._piece.guide:
                    with VerticalScroll(id="writing-guide", can_focus=False):
                        yield Static(plain_text(self._piece.guide), markup=False)
            yield Meter(self._piece.most, id="writing-meter")
            yield Static("Esc saves · ^o opens it in $EDITOR", id="writing-keys", markup=False)

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()
        self.query_one(Meter).measure(area.text)
        if self._outside:
            self.call_after_refresh(self.action_outside)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.query_one(Meter).measure(self.query_one(TextArea).text)
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self._keep)

    def _keep(self) -> None:
        try:
            keep_draft(self._workspace, self._piece.name, self.query_one(TextArea).text)
        except CuratorError as error:
            self.notify(error.message, title=error.title, severity="warning", markup=False)

    def action_done(self) -> None:
        if self._pause:
            self._pause.stop()
        self._keep()
        self.dismiss(self.query_one(TextArea).text)

    def action_outside(self) -> None:
        """The same text in the editor's own editor; what comes back is saved."""
        area = self.query_one(TextArea)
        try:
            command = editor_command(self._workspace.environ)
            with self.app.suspend():
                text = edit_outside(command, area.text, self._piece.guide)
        except SuspendNotSupported:
            self.notify("This terminal cannot make room for another program.", severity="warning", markup=False)
            return
        except CuratorError as error:
            self.notify(error.message, title=error.title, severity="warning", markup=False)
            return
        area.load_text(text)
        self.action_done()


def saved(workspace: Workspace, piece: Piece) -> None:
    """The text is in the library: its draft may go."""
    forget_draft(workspace, piece.name)
