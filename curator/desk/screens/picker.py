"""Choosing from many by typing a few letters: countries, themes, audiences, a section, a digest, a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from curator.desk.screens.layer import Dialog
from curator.desk.widgets.choices import Choice, ChoiceList, matching
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.typing import Field
from curator.desk.widgets.words import plain

Picked = tuple[str, ...] | None
"""The codes taken, in the order taken; None: the editor left it as it was."""

_SEVERAL = "Tab takes one of several · Enter is done · Esc changes nothing"
_ONE = "Enter takes it · Esc changes nothing"


class Picker(Dialog[Picked]):
    """Enter takes the row under the cursor and is done; Tab takes or gives back one of several
    and stays. After a Tab, Enter adds nothing more."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab", "take", show=False, priority=True),
        Binding("down,ctrl+n", "go(1)", show=False),
        Binding("up,ctrl+p", "go(-1)", show=False, priority=True),
        Binding("pagedown", "go(10)", show=False),
        Binding("pageup", "go(-10)", show=False),
    ]

    def __init__(
        self, title: str, choices: Sequence[Choice], taken: Sequence[str] = (), *, several: bool = True
    ) -> None:
        super().__init__()
        self._title, self._choices, self._several = title, choices, several
        self._taken = list(taken)
        self._changed = False
        self._filtered = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="picker"):
            yield Static(plain(self._title), id="picker-title", markup=False)
            yield Field(id="picker-input", compact=True, placeholder="type to filter")
            yield ChoiceList(id="picker-list")
            yield Static(_SEVERAL if self._several else _ONE, id="picker-keys", markup=False)

    def on_mount(self) -> None:
        self._list.several = self._several
        self._list.empty = ("Nothing is called that.",)
        self._filter("")

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def _filter(self, typed: str) -> None:
        self._filtered = typed
        self._list.show_choices(matching(self._choices, typed), self._taken)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._filtered:
            self._filter(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        current, typed = self._list.current, self.query_one(Input).value
        if not self._several:
            self.dismiss((current.code,) if current else None)
            return
        if current and (typed or not self._changed) and current.code not in self._taken:
            self._taken.append(current.code)
        self.dismiss(tuple(self._taken))

    @on(Rows.Chosen)
    def _clicked(self, event: Rows.Chosen) -> None:
        event.stop()
        if self._several:
            self.action_take()
        else:
            self._submitted()

    def action_take(self) -> None:
        """Take the row, once the letters typed just before have filtered the list."""
        self.query_one(Input).call_later(self._take)

    def _take(self) -> None:
        self._filter_anew()
        current = self._list.current
        if not current or not self._several:
            return
        if current.code in self._taken:
            self._taken.remove(current.code)
        else:
            self._taken.append(current.code)
        self._changed = True
        if self.query_one(Input).value:
            self.query_one(Input).value = ""
        else:
            self._list.mark_taken(self._taken)

    def action_go(self, by: int) -> None:
        self._filter_anew()
        self._list.action_go(by)

    def _filter_anew(self) -> None:
        """If the line says something else by now."""
        if self.query_one(Input).value != self._filtered:
            self._filter(self.query_one(Input).value)

    def action_leave(self) -> None:
        self.dismiss(None)
