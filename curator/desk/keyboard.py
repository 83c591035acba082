"""Keys are answered one after the other: whoever types ahead reaches the picker that opens, not the list beneath it.

Textual hands a key to whatever has the focus when it arrives, and a screen that a key opens has none for some
hundredths of a second: words meant for a picker would be commands over documents.
"""

from __future__ import annotations

import asyncio
from collections import deque
from itertools import takewhile
from pathlib import Path
from typing import TypeGuard

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.screen import SystemModalScreen
from textual.widgets import Input

from curator.clean import plain_lines

LONGEST_SECONDS = 2.0
"""So long the next key waits at most: whatever takes longer does not wait for keys."""
BURST = 16
"""So many letters waiting for a field at once nobody types: a terminal that cannot say so has pasted them."""
ASTRAY = "What was pasted did nothing: no line is open here to put it into. / and b open one."
LEAVE = "ctrl+q"
"""Leaves from the palette as well, which is Textual's own and asks no app for keys."""
_CLOSING = ("escape", "enter")


class KeyboardApp(App[Path]):
    """Holds what is struck or pasted until all before it is done and the screen it leads to is there."""

    def __init__(self) -> None:
        super().__init__()
        self._struck: deque[events.Key | events.Paste] = deque()
        self._answerer: asyncio.Task[None] | None = None
        self._handing_on = False
        self._hurried = False

    @property
    def hurried(self) -> bool:
        """Whether keys are being answered that arrived together: what they come to is painted once."""
        return self._hurried

    @property
    def typed_ahead(self) -> bool:
        """Whether a key is being answered, or waits for that."""
        return self._answerer is not None and not self._answerer.done()

    @property
    def more_struck(self) -> bool:
        """Whether something was struck that is not yet with what it was meant for."""
        return self._handing_on or bool(self._struck)

    @property
    def unsettled(self) -> bool:
        """Whether something is under way that will move what the next key is about."""
        return False

    def held_up(self) -> None:
        """What was under way takes longer than keys wait."""

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if isinstance(event, events.Paste):  # what was copied from a page may hold more than is seen there
            event.text = plain_lines(event.text)
        self._struck.append(event)
        if not self.typed_ahead:
            self._answerer = asyncio.create_task(self._answer())

    async def _answer(self) -> None:
        while self._struck:
            event = self._struck.popleft()
            self._hurried |= bool(self._struck)
            try:
                await self._answer_one(event)
            except Exception as error:
                self._handle_exception(error)
        self._hurry_over()

    def _hurry_over(self) -> None:
        if self._hurried and self.is_running:
            self.screen.check_idle()
        self._hurried = False

    async def _answer_one(self, event: events.Key | events.Paste) -> None:
        before = self.screen
        if isinstance(event, events.Key) and (two := _as_two(event)) and event.key not in self.active_bindings:
            self._struck.extendleft(reversed(two))
            return
        if getattr(event, "key", "") == LEAVE and isinstance(before, SystemModalScreen):
            await self.action_quit()
            return
        if isinstance(event, events.Paste) and not self._takes_text:
            self.notify(ASTRAY, severity="warning", markup=False)
            return
        await self._hand_on(self._pasted(event))
        await self._answered()
        if self.screen is not before and isinstance(event, events.Key):
            self._forget_repeated(event.key)

    async def _hand_on(self, event: events.Key | events.Paste) -> None:
        self._handing_on = True
        try:
            await super().on_event(event)
        finally:
            self._handing_on = False

    @property
    def _takes_text(self) -> bool:
        return getattr(self.focused, "is_typed_into", False) or isinstance(self.focused, Input)

    def _pasted(self, event: events.Key | events.Paste) -> events.Key | events.Paste:
        """A letter and those that wait behind it for the same field as one text: drawing after each would take a minute
        for a page. A letter is all the key it is anywhere else."""
        behind = [one for one in takewhile(_is_letter, self._struck) if isinstance(one, events.Key)]
        if len(behind) < BURST or not _is_letter(event) or not getattr(self.focused, "is_typed_into", False):
            return event
        for _ in behind:
            self._struck.popleft()
        return events.Paste("".join(letter.character or "" for letter in (event, *behind)))

    async def _answered(self) -> None:
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                await self._settled()
        except TimeoutError:
            self.held_up()

    async def _settled(self) -> None:
        before, done = None, set[DOMNode]()
        while self.is_running and before != (here := (self.screen, self.focused)):
            before = here
            if not await self._handled(self.focused or self.screen, done):
                return

    async def _handled(self, first: DOMNode, done: set[DOMNode]) -> bool:
        """Until `first` and what it stands in have handled what they were told, those that have `done` so excepted;
        whether anything can have come of the key."""
        for pump in first.ancestors_with_self:
            if pump not in done:
                done.add(pump)
                await _reached(pump)
            if getattr(first, "awaits_key", False):
                return False
        while self.unsettled:
            await asyncio.sleep(0.005)
        return True

    def _forget_repeated(self, key: str) -> None:
        """A key that closed or opened a screen and was struck again meanwhile was meant for that, not for the next."""
        while key in _CLOSING and self._struck and getattr(self._struck[0], "key", "") == key:
            self._struck.popleft()


def _is_letter(event: events.Event) -> TypeGuard[events.Key]:
    return isinstance(event, events.Key) and event.is_printable


def _as_two(event: events.Key) -> tuple[events.Key, ...]:
    """Esc and the letter after it: where both arrive together, as a slow line delivers them, a terminal sends the same
    for Alt with the letter. One that tells the two apart names no letter with Alt."""
    if not event.key.startswith("alt+") or not event.character:
        return ()
    return events.Key("escape", "\x1b"), events.Key(_character_to_key(event.character), event.character)


async def _reached(pump: MessagePump) -> None:
    """Until what waits for `pump` now is handled; at once where it is closed."""
    there = asyncio.Event()
    if pump.call_later(there.set):
        await there.wait()
