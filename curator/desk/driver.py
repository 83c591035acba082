"""Reading the keyboard on a terminal: Esc counts as Esc after 25 ms.

Esc is also the first byte of what an arrow or a function key sends, so a terminal's reader has to wait whether more
comes. Textual looks ten times a second only, and each Esc takes a tenth of a second or two.
"""

from __future__ import annotations

import codecs
import os
import select

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

ESCAPE_MS = 25
"""What a terminal or a line sends of one key arrives together; ESCDELAY, in milliseconds, for one where it does not."""
_LOOK_SECONDS = 0.1
"""How often it is looked whether the desk is left, while no key comes."""


class DeskDriver(LinuxDriver):
    """Textual's, with a keyboard that is read at once."""

    def run_input_thread(self) -> None:
        """Read keys until the desk is left, or nobody can strike one any more."""
        if "ESCDELAY" not in os.environ:
            setattr(constants, "ESCAPE_DELAY", ESCAPE_MS / 1000)  # noqa: B010 - final, but for its environment variable
        parser, decoder = XTermParser(), codecs.getincrementaldecoder("utf-8")("replace")
        wait = _LOOK_SECONDS
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], wait)[0]:
                if not (read := os.read(self.fileno, 4096)):
                    return
                for event in parser.feed(decoder.decode(read)):
                    self.process_message(event)
                wait = constants.ESCAPE_DELAY  # this may have been the beginning of something
            else:
                wait = _LOOK_SECONDS
            for event in parser.tick():
                self.process_message(event)
