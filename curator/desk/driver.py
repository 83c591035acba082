"""Reading the keyboard on a terminal: Esc counts as Esc after 25 ms.

Esc is also the first byte of what an arrow or a function key sends, so a terminal's reader has to wait whether more
comes. Textual looks ten times a second only, and each Esc takes a tenth of a second or two.
"""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic
from typing import Any, TextIO

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from curator.desk.events import Ended
from curator.desk.pasting import Pasted

ESCAPE_MS = 25
"""What a terminal or a line sends of one key arrives together; ESCDELAY, in milliseconds, for one where it does not."""
_ESCAPE = re.compile(r"\x1b(?=[ -/:-@`{|}~\r]|[^\W_NOPX](?s:.))")
"""Esc with a sign that begins no sequence, or with a letter and more, as a slow line delivers them: Textual hears no
Esc in the first, and ^ for it in the second. A letter alone may be one with Alt."""
_ESC = "\x1b"
_LOOK_SECONDS = 0.1
"""How often it is looked whether the desk is left, while no key comes."""


class DeskDriver(LinuxDriver):
    """Textual's, with a keyboard that is read at once."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._file = Outlet(self._file)  # type: ignore[assignment, arg-type]

    def start_application_mode(self) -> None:
        """Also have it end in order when the machine or another program asks for that."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            self._loop.add_signal_handler(number, self._app.post_message, Ended(number))

    def run_input_thread(self) -> None:
        """Read keys until the desk is left, or nobody can strike one any more, which ends it as a hangup does."""
        if "ESCDELAY" not in os.environ:
            setattr(constants, "ESCAPE_DELAY", ESCAPE_MS / 1000)  # noqa: B010 - final, but for its environment variable
        ear, pasted, decoder = Ear(), Pasted(), codecs.getincrementaldecoder("utf-8")("replace")
        wait, waited = _LOOK_SECONDS, 0.0
        while not self.exit_event.is_set():
            since = monotonic()
            struck = select.select([self.fileno], [], [], wait)[0]
            waited += monotonic() - since
            if struck:
                if not (read := self._read()):
                    self._loop.call_soon_threadsafe(self._app.post_message, Ended(signal.SIGHUP))
                    return
                for event in pasted.together(ear.heard(decoder.decode(read)), waited):
                    self.process_message(event)
                waited = 0.0
                wait = constants.ESCAPE_DELAY  # this may have been the beginning of something
            else:
                wait = _LOOK_SECONDS
            for event in ear.hushed(longer=not struck):
                self.process_message(event)

    def _read(self) -> bytes:
        """What was struck; nothing once the terminal is gone."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""


class Ear:
    """Makes keys, and what else a terminal says, of what was read. Esc at its end is held back until it is known what
    follows, so that it is all the same where a line cuts what it delivers."""

    def __init__(self) -> None:
        self._parser, self._held = XTermParser(), ""

    def heard(self, read: str) -> Iterator[Any]:
        read = self._held + read
        known = read.rstrip(_ESC)
        ends = len(read) - len(known)
        self._held = _ESC if ends else ""
        for at, text in enumerate(_ESCAPE.split(known)):
            if at:
                yield events.Key("escape", _ESC)
            if text:  # '' says that no more will come
                yield from self._parser.feed(text)
        yield from (events.Key("escape", _ESC) for _ in range(ends - 1))

    def hushed(self, *, longer: bool) -> Iterator[Any]:
        """What is known once no more comes for now; `longer`: for so long that an Esc was one."""
        if longer and self._held:
            self._held = ""
            yield events.Key("escape", _ESC)
        yield from self._parser.tick()


class Outlet:
    """What is written to a terminal, as long as there is one. The thread that writes would end at the first failure,
    and everybody wait who gives it more."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
