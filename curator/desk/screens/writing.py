"""Writing: a blurb beside its excerpt, an introduction, key messages. Nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import msgspec
from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static, TextArea

from curator.clean import plain_lines, plain_text
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.layer import Dialog
from curator.desk.screens.outside import Edited, edit_outside, editor_command
from curator.desk.widgets.area import Area
from curator.desk.widgets.meter import Meter
from curator.desk.widgets.words import plain
from curator.errors import CuratorError
from curator.workflow import words
from curator.workflow.drafts import forget_draft, keep_draft, kept_draft
from curator.workflow.words import Spot
from curator.workflow.workspace import Workspace

KEEP_SECONDS = 0.4
"""The most that a crash can lose, however fast somebody types."""


class Piece(msgspec.Struct, frozen=True):
    """What is written, and where it stands. `name` is its draft's; `text` is begun with where nothing stands; `guide`
    stands beside it; `most` is how many words it should have at most, 0 for no matter; `line`: it is one line, which
    Enter saves."""

    name: str
    title: str
    spot: Spot
    text: str = ""
    guide: str = ""
    most: int = 0
    line: bool = False


class Saved(msgspec.Struct, frozen=True):
    """What stands in the library where somebody's unsaved words are offered again, and whose it is."""

    text: str
    whose: str


class Writing(Dialog[str]):
    """Esc answers the text. What is typed is kept as a draft while typing; `saved` stands beside what is taken up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "done", show=False, priority=True),
        Binding("ctrl+s", "done", show=False, priority=True),
        Binding("enter", "end_line", show=False, priority=True),
        Binding("ctrl+o", "outside", show=False, priority=True),
        Binding("ctrl+t", "take_both", show=False, priority=True),
        Binding("ctrl+r", "take_saved", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]  # noqa: RUF012

    def __init__(self, beneath: DeskScreen, piece: Piece, *, saved: Saved | None = None, outside: bool = False) -> None:
        super().__init__()
        self._beneath, self._piece, self._saved, self._outside = beneath, piece, saved, outside
        self._pause: Timer | None = None
        self._noted = plain_lines(piece.text)

    def compose(self) -> ComposeResult:
        with Vertical(id="writing", classes="-sheet"):
            yield Static(plain(self._piece.title), id="writing-title", markup=False)
            with Horizontal(id="writing-body"):
                yield Area(self._noted, id="writing-text", soft_wrap=True, show_line_numbers=False, compact=True)
                if guide := self._beside():
                    with VerticalScroll(id="writing-guide", can_focus=False):
                        yield Static(plain_text(guide), markup=False)
            yield Meter(self._piece.most, id="writing-meter")
            choice = " · ^t puts both · ^r takes what is saved" if self._saved else ""
            saves = "Enter saves" if self._piece.line else "Esc saves"
            yield Static(f"{saves}{choice} · ^o opens it in $EDITOR", id="writing-keys", markup=False)

    def _beside(self) -> str:
        """The guide; before it what is saved, where that is something else than what is offered."""
        saved = f"{self._saved.whose}:\n\n{self._saved.text}" if self._saved else ""
        return "\n\n".join(filter(None, (saved, self._piece.guide)))

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
        if self._pause is None:
            self._pause = self.set_timer(KEEP_SECONDS, self._keep)

    def _keep(self) -> None:
        self._pause = None
        self._noted = self.query_one(TextArea).text
        name, text = self._piece.name, self._noted
        workspace = self._beneath.workspace
        self._beneath.clerk.jot(lambda: keep_draft(workspace, name, text), self._beneath.post_message)

    def put_away(self) -> None:
        if self.query_one(TextArea).text != self._noted:
            self._keep()

    def action_done(self) -> None:
        """Leave, once what was typed or pasted just before has arrived."""
        self.query_one(TextArea).call_later(self._done)

    def _done(self) -> None:
        if not self.is_current:  # a second Esc, typed before the first had closed this
            return
        if self._pause:
            self._pause.stop()
        self._keep()
        self.dismiss(self.query_one(TextArea).text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "end_line" or self._piece.line

    def action_end_line(self) -> None:
        self.action_done()

    def action_take_both(self) -> None:
        """What is saved, under what was typed."""
        if self._saved:
            area = self.query_one(TextArea)
            area.load_text(f"{area.text.rstrip()}\n\n{plain_lines(self._saved.text)}")
            area.move_cursor(area.document.end)

    def action_take_saved(self) -> None:
        """What is saved, in place of what was typed; ctrl+z brings that back."""
        if self._saved:
            self._write_anew(plain_lines(self._saved.text))

    def _write_anew(self, text: str) -> None:
        """In place of all that stands here; ctrl+z brings that back."""
        area = self.query_one(TextArea)
        area.replace(text, (0, 0), area.document.end, maintain_selection_offset=False)

    def action_outside(self) -> None:
        """The same text in the editor's own editor; what comes back is saved, unless it is to be looked at first."""
        text = self.query_one(TextArea).text
        try:
            edited = self._edited(editor_command(self._beneath.workspace.environ), text)
        except SuspendNotSupported:
            self._beneath.say("This terminal cannot make room for another program.", severity="warning")
            return
        except CuratorError as error:
            self._beneath.tell(error)
            return
        self._write_anew(edited.text)
        if edited.doubt:
            self._beneath.say(edited.doubt, severity="warning")
        else:
            self.action_done()

    def _edited(self, command: list[str], text: str) -> Edited:
        """What comes back. Whatever the editor does, the desk takes the terminal again, which Textual does not after
        a failure."""
        failed: CuratorError | None = None
        with self.app.suspend():
            try:
                return edit_outside(command, text, self._piece.guide)
            except CuratorError as error:
                failed = error
        assert failed is not None
        raise failed


class Stand(msgspec.Struct, frozen=True):
    """How a spot stands when it is opened: what is saved there, who wrote that, and what was typed and never saved."""

    opened: str
    whose: str
    kept: str | None


def _stand(workspace: Workspace, piece: Piece) -> Stand:
    opened = piece.spot.read(workspace)
    whose = words.whose(workspace, piece.spot) if opened else ""
    return Stand(opened, whose, kept_draft(workspace, piece.name))


def write(
    screen: DeskScreen,
    piece: Piece,
    save: Callable[[Workspace, str], object],
    act: Callable[[Callable[[Workspace], object]], None],
    *,
    outside: bool = False,
) -> None:
    """Open `piece`, and when it is left have `act` do the saving, unless somebody wrote there meanwhile. Words that a
    crash cut short, or that could not be saved, are taken up again, beside what is saved now."""
    screen.once_known(lambda own: _stand(own, piece), lambda stand: _open(screen, piece, stand, save, act, outside))


def _open(
    screen: DeskScreen,
    piece: Piece,
    stand: Stand,
    save: Callable[[Workspace, str], object],
    act: Callable[[Callable[[Workspace], object]], None],
    outside: bool,
) -> None:
    unsaved = screen.clerk.unsaved
    kept = unsaved.get(piece.name) or stand.kept

    def saving(workspace: Workspace, text: str) -> None:
        try:
            words.put(workspace, piece.spot, stand.opened, text, save)
        except CuratorError as error:
            unsaved[piece.name] = text
            error.message += " Your words are still here: open them again to save them."
            raise
        unsaved.pop(piece.name, None)
        screen.clerk.jot(lambda: forget_draft(workspace, piece.name, kept), screen.post_message)

    def left(text: str | None) -> None:
        if text is not None:
            act(lambda workspace: saving(workspace, text))

    offered = replace(piece, text=kept if kept is not None else stand.opened or piece.text)
    differs = stand.opened and offered.text.strip() != stand.opened.strip()
    saved = Saved(stand.opened, stand.whose) if differs else None
    screen.app.push_screen(Writing(screen, offered, saved=saved, outside=outside), left)
