"""The mouse: the desk's, or the terminal's own, which then selects text with it."""

from __future__ import annotations

from textual.driver import Driver

MOUSE_MODES = (1000, 1003, 1015, 1006)
"""Of xterm: clicks, moves, and two ways of telling where beyond column 223; what Textual's drivers set."""


def switch_mouse(driver: Driver, *, on: bool) -> None:
    """Ask the terminal for the mouse, or leave it; also after the desk has been suspended for another program."""
    driver._mouse = on
    driver.write("".join(f"\x1b[?{mode}{'h' if on else 'l'}" for mode in MOUSE_MODES))
    driver.flush()
