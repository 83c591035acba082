"""Text that a terminal pastes without saying so: what came in one read, and no hand has typed.

Where a terminal, tmux or a line between cannot mark what is pasted, its letters come as keys, and over a list each of
them would be a command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeGuard

from textual import events

MOST_LETTERS = 32
"""More letters than these, with no other key among them, come in one read only from a paste: a line that stands still
for three seconds holds back fewer, and scripts have Enter or Esc among theirs. A key held down counts once."""
GOES_ON_SECONDS = 0.1
"""A paste longer than one read comes in several; so soon after the last, more than one letter is the rest of it."""
_BREAKS = {"enter": "\n", "ctrl+j": "\n", "tab": "\t"}


class Pasted:
    """Puts together again, of what a terminal sends, what was pasted."""

    _ends_open = False
    """Whether the last read ended with what was pasted."""

    def together(self, read: Iterable[Any], waited: float) -> Iterator[Any]:
        """The events of one read, for which was `waited` so many seconds; a pasted text is one of them."""
        goes_on = self._ends_open and waited < GOES_ON_SECONDS
        for is_text, some in groupby(read, _is_text):
            stretch = list(some)
            pasted = is_text and (_is_poured(stretch) or (goes_on and len(stretch) > 1))
            self._ends_open, goes_on = pasted, False
            if pasted:
                yield events.Paste("".join(_BREAKS.get(key.key) or key.character or "" for key in stretch))
            else:
                yield from stretch


def _is_text(event: object) -> TypeGuard[events.Key]:
    return isinstance(event, events.Key) and (event.is_printable or event.key in _BREAKS)


def _is_poured(stretch: Sequence[events.Key]) -> bool:
    """Whether a line of it is longer than what is typed."""
    lines = groupby(stretch, lambda key: key.key not in _BREAKS)
    return any(is_line and sum(1 for _ in groupby(line, lambda key: key.key)) > MOST_LETTERS for is_line, line in lines)
