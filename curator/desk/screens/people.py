"""People and deliveries: the mailing lists with their size and growth, and what became of every edition's mails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Static

from curator.desk.commands import bindings_of, footer_of
from curator.desk.events import Elsewhere
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.roster import RosterScreen, mails, readers
from curator.desk.widgets.bars import Bar, KeyBar
from curator.desk.widgets.line_list import Line, LineList
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import counted, plain, sparkline
from curator.models import DOUBTFUL
from curator.workflow.deliveries import Handed, handed
from curator.workflow.people import Size, growth, lists
from curator.workflow.workspace import Workspace

_EMPTY = ("Nobody subscribes yet.", "", "curator subscribers import people.csv   (in a shell) takes a list over.")


@dataclass
class PeopleFound(Message):
    lines: Sequence[Line]


class PeopleScreen(DeskScreen):
    """Enter opens a list's people or an edition's mails."""

    place = "people"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("people")]

    def compose(self) -> ComposeResult:
        yield Bar(id="top")
        yield LineList(id="lines")
        yield Static(id="line-note", markup=False)
        yield KeyBar(footer_of("people"), id="keys")

    def on_mount(self) -> None:
        self._list.empty = _EMPTY
        self._list.focus()
        self.query_one("#top", Bar).left = "People · mailing lists, and the mails of every edition"
        self.watch_others()
        self._look()

    @property
    def _list(self) -> LineList:
        return self.query_one(LineList)

    @on(Elsewhere)
    def _look(self) -> None:
        self.ask(_people, looking=True)

    @on(PeopleFound)
    def _found(self, event: PeopleFound) -> None:
        here = self._list.current.key if self._list.current else ""
        at = next((index for index, line in enumerate(event.lines) if line.key == here), 0)
        self._list.show_lines(event.lines, at)

    @on(Rows.Highlighted)
    def _say_line(self) -> None:
        lines = self._list.current.note if self._list.current else ()
        self.query_one("#line-note", Static).update("\n".join(map(plain, lines)))

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        if (line := self._list.current) is None:
            return
        kind, _, name = line.key.partition(":")
        look, title = (readers(name), f"List {name}") if kind == "list" else (mails(name), f"Mails of {name}")
        self.open_over(RosterScreen(self.workspace, self.clerk, title, look))

    def action_back(self) -> None:
        self.dismiss()


def _people(workspace: Workspace) -> PeopleFound:
    sizes = growth(workspace)
    names = [_list_line(name, count, sizes.get(name, ())) for name, count in lists(workspace).items()]
    return PeopleFound([*names, *map(_edition_line, handed(workspace))])


def _list_line(name: str, count: int, sizes: Sequence[Size]) -> Line:
    """Its growth is what the sealed editions were approved for; who came when is not known otherwise."""
    recent = sizes[-24:]
    bars = sparkline([one.subscribers for one in recent])
    note = f"{name}: {counted(count, 'subscriber')} now"
    steps = [f"{one.subscribers:,} for {one.edition} ({one.on:%b %Y})" for one in recent[-6:]]
    return Line(f"list:{name}", "list", name, f"{bars}  {count:>7,}", (note, " · ".join(steps)))


def _edition_line(one: Handed) -> Line:
    wrong = any(one.fates.get(fate, 0) for fate in DOUBTFUL)
    words = " · ".join(_fates(one))
    return Line(f"mail:{one.edition.id}", "mails", f"{one.edition.id}  {one.edition.subject}", words, (words,), wrong)


def _fates(one: Handed) -> Iterable[str]:
    for fate in ("sent", "failed", "unknown", "sending", "pending", "withdrawn"):
        if count := one.fates.get(fate, 0):
            yield f"{count:,} {fate}"
