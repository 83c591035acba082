"""What a list is to show, and looking it up: asked of the clerk, and asked again when it was overtaken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace
from textual.message import Message
from textual.timer import Timer

from curator.desk.screens.base import DeskScreen
from curator.desk.screens.clerk import Work
from curator.desk.screens.survey import Asked, Glanced, glance, survey
from curator.query import AsOf
from curator.workflow.workspace import Workspace

SOON_SECONDS = 0.25
"""How long the editor must rest before the counts are looked up."""


class Lookout:
    """Asks in the name of `screen`, which is posted Glanced and Surveyed, and passes over those it does not wait for.
    `selected` says as of when all of a list is selected, if it is. `owed`: a list was asked for that is not there yet;
    whatever is asked in between, it still has to come."""

    def __init__(self, screen: DeskScreen, selected: Callable[[Asked], AsOf | None]) -> None:
        self._screen, self._selected = screen, selected
        self.asked = Asked()
        self.owed = False
        self._soon: Timer | None = None
        self._glanced: tuple[str, ...] | None = None
        """What the beginning of the list was last looked up for."""

    def begin(self, asked: Asked, glanced: Glanced | None) -> None:
        """With what is known of it before the screen is there."""
        self.asked = asked
        if glanced is not None:
            self._glanced = asked.what

    def look(self, changed: dict[str, Any]) -> None:
        """Ask for the list anew, now; `changed` says what of `asked` is different."""
        self._not_soon()
        once: dict[str, Any] = {"go_to": None, "only_counts": False, "elsewhere": False}
        if self.owed:
            once["go_to"], changed = self.asked.go_to, {**changed, "only_counts": False}
        asked = replace(self.asked, **{**once, **changed}, stamp=self.asked.stamp + 1)
        self.asked = asked = replace(asked, then=self._selected(asked))
        self.owed = not asked.only_counts
        if asked.what != self._glanced:
            self._glanced = asked.what
            self._screen.ask(self._unless_overtaken(glance), looking=True, yielding=True, pressing=True)
        else:
            self.look_further()

    def understand(self, asked: Asked) -> None:
        """That this is meant by what is asked for at this moment."""
        self.asked, self._glanced = asked, asked.what

    def look_further(self) -> None:
        """All of the list and the counts, once its beginning is painted: it would share the processor with that."""
        self._screen.call_after_refresh(self._screen.ask, self._unless_overtaken(survey), looking=True, yielding=True)

    def _unless_overtaken(self, work: Callable[[Workspace, Asked], Message]) -> Work:
        asked = self.asked
        return lambda workspace: work(workspace, asked) if self.asked is asked else None

    def look_soon(self) -> None:
        """Ask for the counts when the editor rests; at once where a list is owed."""
        if self.owed:
            self.look({})
            return
        self.outdate()
        self._not_soon()
        self._soon = self._screen.set_timer(SOON_SECONDS, lambda: self.look({"only_counts": True}))

    def outdate(self) -> None:
        """What is being looked up just now does not know of an act: it is looked up anew once that is written."""
        self.asked = replace(self.asked, stamp=self.asked.stamp + 1)

    def waits_for(self, asked: Asked) -> bool:
        """Whether what was looked up is of this moment."""
        return asked.stamp == self.asked.stamp

    def _not_soon(self) -> None:
        if self._soon:
            self._soon.stop()
            self._soon = None
