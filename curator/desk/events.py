"""What background work says to the screen that asked for it, and the machine to the desk. Who posts these never
touches a widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from curator.errors import CuratorError


@dataclass
class Failed(Message):
    """Work that ended in an expected failure: its sentence is for the editor. `looking`: nothing was to be written,
    so that looking again would only fail again. `undone` says which act, on what, was not done."""

    error: CuratorError
    looking: bool = False
    undone: str = ""


@dataclass
class Broke(Message):
    """Work that ended in a defect of curator; `report` is where its traceback was written, if it could be."""

    error: Exception
    report: str = ""
    looking: bool = False


@dataclass
class Known(Message):
    """What a screen wanted to know before it goes on, which `go_on` does with it. `given_up` is how often its editor
    had waited no longer when it was asked."""

    go_on: Callable[[], object]
    given_up: int = 0


class Elsewhere(Message):
    """Another process has changed the library."""


@dataclass
class Ended(Message):
    """The signal `number` asks the desk to end."""

    number: int
