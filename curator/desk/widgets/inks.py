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
        self.begin_painting()
        try:
            return super().render_lines(crop)
        finally:
            self._mixed = None

    def straight_lines(self, crop: Region) -> list[Strip]:
        """The same lines, without Textual's looking at each for its frame: a line that is the one drawn before stays
        that, with all that is worked out of it. What stands at the left and the right of each is drawn once."""
        if self._framed:
            return self.render_lines(crop)
        left, right = self._edges()
        beside = crop.x - left.cell_length - self.scrollable_content_region.width
        if beside >= 0:  # at the right of the scroll bar
            return [right.crop(beside, beside + crop.width)] * crop.height
        lines = self._between(left, right, crop)
        _, background = self.background_colors
        for one in self.get_line_filters():
            lines = [line.apply_filter(one, background) for line in lines]
        return lines

    def _between(self, left: Strip, right: Strip, crop: Region) -> list[Strip]:
        self.begin_painting()
        try:
            ground, lines = self.ink(), [self.render_line(y) for y in crop.line_range]
        finally:
            self._mixed = None
        if left or right:
            lines = [Strip.join((left, line, right)) for line in lines]
        return [_cut(line, crop, ground) for line in lines]

    def _edges(self) -> tuple[Strip, Strip]:
        """Frame and blanks at the sides, as Textual draws them beside any line."""
        gutter = self.styles.gutter
        if not gutter.width:
            return Strip([]), Strip([])
        (line,) = self.render_lines(Region(0, 0, self.outer_size.width, 1))
        return line.crop(0, gutter.left), line.crop(gutter.left + self.scrollable_content_region.width)

    @property
    def _framed(self) -> bool:
        """Whether anything is drawn above, below or over what this widget draws itself."""
        styles = self.styles
        return bool(
            styles.gutter.height
            or styles.tint.a
            or styles.has_rule("hatch")
            or styles.text_opacity != 1
            or self.opacity != 1
            or any(kind for kind, _ in styles.outline)
        )

    def begin_painting(self) -> None:
        """Before the first line is drawn."""
        self._mixed = {}

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


def _cut(line: Strip, crop: Region, ground: Style) -> Strip:
    """Blanks at its end have a style as well: Textual's filters take none without."""
    if not crop.x and line.cell_length == crop.right:
        return line
    return line.adjust_cell_length(max(line.cell_length, crop.right), ground).crop(crop.x, crop.right)
