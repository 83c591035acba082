"""Choosing from many by typing a few letters: countries, themes, audiences, a section, a digest, a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import msgspec
from msgspec.structs import replace
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from curator.desk.screens.layer import Kept
from curator.desk.widgets.choices import NEW, Choice, ChoiceList, anew, matching
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.typing import Field
from curator.desk.widgets.words import plain

Picked = tuple[str, ...] | None
"""The codes taken, in the order taken; None: the editor left it as it was."""

PICKER = "picker"
"""What the app calls the one that it keeps."""
_SEVERAL = "Tab takes one of several · Enter is done · Esc changes nothing"
_ONE = "Enter takes it · Esc changes nothing"


class Asked(msgspec.Struct, frozen=True):
    """What is asked: a title, what can be chosen, what of it is taken already, whether several can be. `new`: what
    one is called that is not there yet and can be taken too, its code then `NEW` and what was typed."""

    title: str
    choices: Sequence[Choice]
    taken: Sequence[str] = ()
    several: bool = True
    new: str = ""


class Picker(Kept[Picked]):
    """Enter takes the row under the cursor and is done; Tab takes or gives back one of several
    and stays. After a Tab, Enter adds nothing more. `pick` lays it over a screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab", "take", show=False, priority=True),
        Binding("down,ctrl+n", "go(1)", show=False),
        Binding("up,ctrl+p", "go(-1)", show=False, priority=True),
        Binding("pagedown", "go(10)", show=False),
        Binding("pageup", "go(-10)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._asked = Asked("", ())
        self._taken: list[str] = []
        self._changed = False
        self._filtered = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="picker"):
            yield Static(id="picker-title", markup=False)
            yield Field(id="picker-input", compact=True, placeholder="type to filter")
            yield ChoiceList(id="picker-list")
            yield Static(id="picker-keys", markup=False)

    def on_mount(self) -> None:
        self._list.empty = ("Nothing is called that.",)
        self._show()

    def ask(self, asked: Asked) -> None:
        """Begin anew with what is asked."""
        self._asked, self._taken, self._changed = asked, list(asked.taken), False
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        several = self._asked.several
        self.query_one("#picker-title", Static).update(plain(self._asked.title), layout=False)
        keys, words = self.query_one("#picker-keys", Static), _SEVERAL if several else _ONE
        if keys.content != words:
            keys.update(words, layout=False)
        with self.prevent(Input.Changed):
            self._field.value = ""
        self._list.several = several
        self._filter("")

    @property
    def panel(self) -> Widget:
        return self.query_one("#picker")

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    @property
    def _field(self) -> Field:
        return self.query_one(Field)

    def _filter(self, typed: str) -> None:
        self._filtered = typed
        found = matching(self._asked.choices, typed)
        self._list.show_choices([*found, *anew(self._asked.choices, typed, self._asked.new)], self._taken)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._filtered:
            self._filter(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        current, typed = self._list.current, self._field.value
        if not self._asked.several:
            self.dismiss((current.code,) if current else None)
            return
        if current and (typed or not self._changed) and current.code not in self._taken:
            self._taken.append(current.code)
        self.dismiss(tuple(self._taken))

    @on(Rows.Chosen)
    def _clicked(self, event: Rows.Chosen) -> None:
        event.stop()
        if self._asked.several:
            self.action_take()
        else:
            self._submitted()

    def action_take(self) -> None:
        """Take the row, once the letters typed just before have filtered the list."""
        self._field.call_later(self._take)

    def _take(self) -> None:
        self._filter_anew()
        current = self._list.current
        if not current or not self._asked.several:
            return
        if current.code in self._taken:
            self._taken.remove(current.code)
        else:
            self._taken.append(current.code)
            self._know(current)
        self._changed = True
        if self._field.value:
            self._field.value = ""
        else:
            self._list.mark_taken(self._taken)

    def _know(self, taken: Choice) -> None:
        """What is new stands with the others once it is taken."""
        if taken.code.startswith(NEW) and taken not in self._asked.choices:
            self._asked = replace(self._asked, choices=[taken, *self._asked.choices])

    def action_go(self, by: int) -> None:
        self._filter_anew()
        self._list.action_go(by)

    def _filter_anew(self) -> None:
        """If the line says something else by now."""
        if self._field.value != self._filtered:
            self._filter(self._field.value)

    def action_leave(self) -> None:
        self.dismiss(None)


def pick(
    app: App[Any],
    title: str,
    choices: Sequence[Choice],
    then: Callable[[Picked], None],
    taken: Sequence[str] = (),
    *,
    several: bool = False,
    new: str = "",
) -> None:
    """Lay the picker that the app keeps over the screen, or another where that is shown already; `then` is called
    with what was picked."""
    picker = app.get_screen(PICKER, Picker) if app.is_screen_installed(PICKER) else Picker()
    if picker in app.screen_stack:
        picker = Picker()
    picker.ask(Asked(title, choices, taken, several, new))
    picker.lay_over(then)
