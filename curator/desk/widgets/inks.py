"""The styles a widget's lines are drawn in, worked out once for all the lines of a painting.

Textual mixes each one anew with what lies beneath it, up to the screen: for fifty lines that takes longer than all the
rest of a key.
"""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Inked(Widget):
    """A widget that draws its own lines. `inks` is the first part of its component classes: `rows` of `rows--dim`."""

    inks: ClassVar[str]
    _mixed: dict[tuple[str, str], Style] | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        self._mixed = {}
        try:
            return super().render_lines(crop)
        finally:
            self._mixed = None

    @property
    def painting(self) -> bool:
        """Whether the lines are drawn for the screen."""
        return self._mixed is not None

    def ink(self, name: str = "", on: str = "") -> Style:
        """What is written as `name`, over the ground `on`; '' is plain."""
        if self._mixed is None:
            return self._mix(name, on)
        if (name, on) not in self._mixed:
            self._mixed[name, on] = self._mix(name, on)
        return self._mixed[name, on]

    def _mix(self, name: str, on: str) -> Style:
        if name:
            return self.ink("", on) + self._named(name)
        return self.ink() + self._ground(on) if on else self.rich_style

    def _named(self, name: str) -> Style:
        """How a piece is written, whatever it stands on."""
        full = self._component(name)
        return Style(color=full.color, bold=full.bold, underline=full.underline, reverse=full.reverse or None)

    def _ground(self, name: str) -> Style:
        """What a piece stands on."""
        full = self._component(name)
        return Style(bgcolor=full.bgcolor, reverse=full.reverse)

    def _component(self, name: str) -> Style:
        return self.get_component_rich_style(f"{self.inks}--{name}")
