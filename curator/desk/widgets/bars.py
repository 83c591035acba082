"""The line above and the line below: where one is, and the keys that matter there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.reactive import reactive
from textual.strip import Strip

from curator.desk.commands import Command, with_keys
from curator.desk.widgets.inks import Inked
from curator.desk.widgets.words import fit, plain


class Bar(Inked):
    """One line: words at the left, words at the right, the left cut where both have no room."""

    inks = "bar"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--strong", "bar--dim", "bar--attention", "bar--key"}

    left: reactive[str] = reactive("")
    """The first part, up to ` · `, stands out."""
    right: reactive[str] = reactive("")
    attention: reactive[bool] = reactive(False)
    """Whether the right part wants attention."""

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        right = fit(self.right, min(cell_len(plain(self.right)), max(width * 2 // 3, 0))) + " " if self.right else ""
        left = fit(self.left, max(width - 1 - cell_len(right) - 1, 0))
        head, dot, rest = left.partition(" · ")
        segments = [
            Segment(" " + head, self.ink("strong")),
            Segment(dot + rest + " ", self.ink()),
            Segment(right, self.ink("attention" if self.attention else "dim")),
        ]
        return Strip(segments).adjust_cell_length(width, self.ink())


class KeyBar(Bar):
    """The keys that matter where one is; each can be clicked. `right` says how much is left, `note` in its stead what
    the editor must know now."""

    note: reactive[str] = reactive("")
    quiet: reactive[bool] = reactive(False)
    """Whether letters are typed somewhere: they are no commands then."""

    def __init__(self, commands: Sequence[Command], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._commands = tuple(commands)
        self._keys: Mapping[str, str] = {}

    def use_keys(self, keys: Mapping[str, str]) -> None:
        """Show the commands under these keys, by id."""
        self._keys = keys
        self.show_commands(self._commands)

    def show_commands(self, commands: Sequence[Command]) -> None:
        """What matters now; help is the last."""
        self._commands = with_keys(commands, self._keys)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        words = self._words
        right = f"{words} " if words else ""
        room = width - cell_len(right)
        segments: list[Segment] = []
        used = 0
        for command in self._fitting(room):
            text = _shown(command)
            segments += [
                Segment(f" {command.shown_key}", self.ink("key")),
                Segment(f" {command.label} ", self.ink("dim")),
            ]
            used += cell_len(text)
        name = "attention" if self.note else "dim"
        segments.append(Segment(" " * max(room - used, 0) + right, self.ink(name)))
        return Strip(segments).adjust_cell_length(width, self.ink())

    @property
    def _words(self) -> str:
        return self.note or self.right

    def _fitting(self, room: int) -> list[Command]:
        """Those there is room for; help, the last, always stays, unless letters are letters."""
        if self.quiet:
            return []
        *others, last = self._commands
        chosen: list[Command] = []
        room -= cell_len(_shown(last))
        for command in others:
            room -= cell_len(_shown(command))
            if room >= 0:
                chosen.append(command)
        return [*chosen, last]

    async def on_click(self, event: events.Click) -> None:
        x = 0
        for command in self._fitting(self.size.width - cell_len(self._words) - bool(self._words)):
            x += cell_len(_shown(command))
            if event.x < x:
                scope = "app" if command.place == "everywhere" else "screen"
                await self.run_action(f"{scope}.{command.action}")
                return


def _shown(command: Command) -> str:
    return f" {command.shown_key} {command.label} "
