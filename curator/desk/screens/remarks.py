"""What the check found, as a list: Enter goes there, one key puts it right, another says that it is right so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from curator.desk.screens.layer import Dialog
from curator.desk.widgets.line_list import Line, LineList
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import counted, plain
from curator.models import Finding

Verb = Literal["go", "mend", "accept", "know", "links"]
SIGNS = {"error": "stop", "warning": "look", "note": "note"}
_KEYS = "Enter goes · c corrects · a right so · w known word · l links · Esc"


class Remark(msgspec.Struct, frozen=True):
    """What the editor does about the finding at `index` of the list."""

    verb: Verb
    index: int


class Remarks(Dialog[Remark | None]):
    """Closes with what is to be done; None: nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("c", "do('mend')", show=False),
        Binding("a", "do('accept')", show=False),
        Binding("w", "do('know')", show=False),
        Binding("l", "do('links')", show=False),
    ]

    def __init__(self, findings: Sequence[Finding], cursor: int = 0) -> None:
        super().__init__()
        self._findings, self._cursor = findings, cursor

    def compose(self) -> ComposeResult:
        with Vertical(id="remarks", classes="-sheet"):
            yield Static(counted(len(self._findings), "finding"), id="remarks-title", markup=False)
            yield LineList(id="remarks-list")
            yield Static("", id="remarks-detail", markup=False)
            yield Static(_KEYS, id="remarks-keys", markup=False)

    def on_mount(self) -> None:
        self._list.empty = ("The check found nothing.",)
        self._list.show_lines([_line(one) for one in self._findings], min(self._cursor, len(self._findings) - 1))
        self._list.focus()
        self._tell()

    @property
    def _list(self) -> LineList:
        return self.query_one(LineList)

    @on(Rows.Highlighted)
    def _tell(self) -> None:
        """All of the finding under the cursor, and what would be written."""
        if 0 <= self._list.cursor < len(self._findings):
            self.query_one("#remarks-detail", Static).update(detail(self._findings[self._list.cursor]))

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.action_do("go")

    def action_do(self, verb: Verb) -> None:
        if self._findings or verb == "links":
            self.dismiss(Remark(verb, max(self._list.cursor, 0)))

    def action_leave(self) -> None:
        self.dismiss(None)


def _line(finding: Finding) -> Line:
    mend = finding.spot.mend if finding.spot else None
    return Line(
        finding.id,
        SIGNS[finding.level],
        finding.message if finding.spot else f"{place(finding)}: {finding.message}",
        finding.code if mend is None else f"{finding.code} c",
        attention=finding.level == "error",
    )


def place(finding: Finding) -> str:
    """Where a finding stands, without the number that only curator needs."""
    return finding.where.partition(", ")[2] or finding.where or "the edition"


def detail(finding: Finding) -> str:
    """Place, reason, and what would be written."""
    lines = [place(finding), finding.message]
    spot = finding.spot
    if spot and spot.mend is not None:
        lines.append(f"c: “{spot.quoted}” → “{spot.mend}”" if spot.mend else f"c: “{spot.quoted}” is left away")
    return "\n".join(map(plain, lines))
