"""The people of a mailing list, or the mails of an edition: found by letters of whatever is known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input, Static

from curator.clean import fold
from curator.desk.commands import bindings_of, footer_of
from curator.desk.events import Elsewhere
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.clerk import Clerk
from curator.desk.widgets.bars import Bar, KeyBar
from curator.desk.widgets.line_list import Line, LineList
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.typing import Field
from curator.desk.widgets.words import counted, plain
from curator.models import DOUBTFUL, Subscriber
from curator.workflow.deliveries import Mail, deliveries
from curator.workflow.people import subscribers
from curator.workflow.workspace import Workspace

Look = Callable[[Workspace], Sequence[Line]]


@dataclass
class Listed(Message):
    """Every line, each with its words folded for searching."""

    lines: Sequence[tuple[Line, str]]


class RosterScreen(DeskScreen):
    """`look` reads the lines. Nobody's address is shown anywhere else at the desk."""

    place = "roster"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("roster")]

    def __init__(self, workspace: Workspace, clerk: Clerk, title: str, look: Look) -> None:
        super().__init__(workspace, clerk)
        self._title, self._look_at = title, look
        self._all: Sequence[tuple[Line, str]] = ()

    def compose(self) -> ComposeResult:
        yield Bar(id="top")
        yield Field(placeholder="letters of a name, an address, an organisation …", id="roster-input", compact=True)
        yield LineList(id="lines")
        yield Static(id="line-note", markup=False)
        yield KeyBar(footer_of("roster"), id="keys")

    def on_mount(self) -> None:
        self._list.empty = ("Nobody.",)
        self._field.display = False
        self._list.focus()
        self.watch_others()
        self._look()

    @property
    def _list(self) -> LineList:
        return self.query_one(LineList)

    @property
    def _field(self) -> Input:
        return self.query_one("#roster-input", Input)

    @on(Elsewhere)
    def _look(self) -> None:
        look = self._look_at
        self.ask(lambda workspace: Listed([(one, _words(one)) for one in look(workspace)]), looking=True)

    @on(Listed)
    def _listed(self, event: Listed) -> None:
        self._all = event.lines
        self._filter()

    @on(Input.Changed)
    def _filter(self) -> None:
        asked = fold(self._field.value).split()
        found = [line for line, words in self._all if all(word in words for word in asked)]
        here = self._list.current.key if self._list.current else ""
        at = next((index for index, line in enumerate(found) if line.key == here), 0)
        self._list.show_lines(found, at)
        some = f"{len(found):,} of " if asked else ""
        self.query_one("#top", Bar).left = f"{self._title} · {some}{counted(len(self._all), 'person', 'people')}"

    @on(Input.Submitted)
    def _typed(self) -> None:
        self._list.focus()

    @on(Rows.Highlighted)
    def _say_line(self) -> None:
        lines = self._list.current.note if self._list.current else ()
        self.query_one("#line-note", Static).update("\n".join(map(plain, lines)))

    def action_search(self) -> None:
        self._field.display = True
        self._field.focus()

    def action_back(self) -> None:
        """First the search, then the screen."""
        if self._field.display:
            self._field.value = ""
            self._field.display = False
            self._list.focus()
        else:
            self.dismiss()


def _words(line: Line) -> str:
    return fold(" ".join((line.text, line.end, line.mark, *line.note)))


def readers(name: str) -> Look:
    """The subscribers of a mailing list."""
    return lambda workspace: [_reader(one) for one in subscribers(workspace, name)]


def _reader(one: Subscriber) -> Line:
    known = (one.role, one.organisation, one.country, one.language, one.format)
    note = (" · ".join(filter(None, (one.name, *known))), one.interests, f"on {', '.join(one.lists)}")
    return Line(one.address, one.country, one.address, one.name or one.organisation, note)


def mails(name: str) -> Look:
    """The mails of an edition."""
    return lambda workspace: list(_mails(workspace, deliveries(workspace, name)))


def _mails(workspace: Workspace, found: Iterable[Mail]) -> Iterable[Line]:
    zone = workspace.config.network.zone
    for place, mail in enumerate(found):
        line = mail.delivery
        at = f"{line.at.astimezone(zone):%d %b %Y %H:%M}"
        who, wrong = mail.address or "somebody who asked to be forgotten", line.fate in DOUBTFUL
        note = (f"{line.fate} {at}{f': {line.detail}' if line.detail else ''}", mail.mend)
        yield Line(f"{mail.address or place}", line.fate, who, line.detail if wrong else at, note, wrong)
