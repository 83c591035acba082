"""Painting at once, and only what has changed.

Textual paints when its clock of sixty ticks a second next comes by, and puts together whole lines of the screen, of all
that stands in them. Here a change is painted as soon as all that was posted is handled, a later one of the same key
when a moment has passed; and where nothing lies over what has changed, only that is drawn.

Leans on private names of Textual's, which `textual>=8.2,<8.3` holds still; whatever is not as simple as that is left to
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic

from textual import events
from textual.geometry import Region
from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from curator.desk.lean import Piece, Pieces

PAUSE_SECONDS = 1 / 120
"""Nothing is painted at once so shortly after the last: of a burst, each step would be painted."""
BURST_SECONDS = 1 / 60
"""So long keys that arrived together are answered before what they have come to so far is painted."""

Place = tuple[Widget, tuple[Region, Region]]
"""What is seen, with its own region and the part of the screen that it may draw in."""


class PromptScreen(Screen[ScreenResultType]):
    """A screen that does not wait for the clock."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What has the keys. It looks different itself; Textual would draw all of the screen."""

    _painted_at = 0.0
    _changed_at = 0.0
    """When that changed which is not painted yet; 0 where all is."""
    _next: Timer | None = None

    async def _on_idle(self, event: events.Idle) -> None:
        self._gather_changes()
        if self._unpainted and self.is_current and not self.app._batch_count:
            event.prevent_default()  # it would start Textual's clock, which ticks at once
            self._changed_at = self._changed_at or monotonic()
            self._paint_when_due()

    def _paint_when_due(self) -> None:
        if (early := self._due_at - monotonic()) > 0:
            self._paint_in(early)
        else:
            self._painted_at, self._changed_at = monotonic(), 0.0
            self._on_timer_update()

    def hurry_no_more(self) -> None:
        """What the keys were to come to is there: it is painted without waiting for the last of them."""
        self._changed_at = monotonic() - BURST_SECONDS

    @property
    def _due_at(self) -> float:
        if getattr(self.app, "hurried", False):  # by keys that arrived together
            return self._changed_at + BURST_SECONDS
        return self._painted_at + PAUSE_SECONDS

    def _paint_in(self, seconds: float) -> None:
        if self._next is None:
            self._next = self.set_timer(seconds, self._woken)

    def _woken(self) -> None:
        """The screen has been idle before this, and has painted unless it was too early still."""
        self._next = None
        if self._changed_at:
            self._paint_when_due()

    def _gather_changes(self) -> None:
        """What wants to be painted and has not said so yet, which takes it a turn of its own: what is to come after
        the painting would come before it."""
        for widget in self._compositor.visible_widgets:
            if (
                widget._repaint_required
                and widget is not self
                and not (widget._layout_required or widget._recompose_required)
            ):
                widget._repaint_required = False
                self._dirty_widgets.add(widget)

    @property
    def _unpainted(self) -> bool:
        return bool(
            self._dirty_widgets
            or self._repaint_required
            or self._layout_required
            or self._scroll_required
            or self._recompose_required
        )

    def _compositor_refresh(self) -> None:
        self._painted_at, self._changed_at = monotonic(), 0.0
        pieces = None if self.app.is_inline or self.app.screen is not self else self._news_in_pieces()
        if pieces is None:
            super()._compositor_refresh()
            self._forget_what_is_told()
            return
        self._compositor._dirty_regions.clear()
        self._dirty_widgets.clear()
        self.app._display(self, Pieces(pieces))
        self.app._update_mouse_over(self)

    def _forget_what_is_told(self) -> None:
        """Where another lies over this: what has changed here was told to that, which paints it. Textual would tell it
        again with the next change, and that not at all."""
        if self.is_current and self is not self.app.screen:
            self._repaint_required = False
            self._exchange_repaint_regions()

    def _news_in_pieces(self) -> list[Piece] | None:
        """What is to be drawn; None where something of the screen itself is, which may let another shine."""
        places, parts = self._compositor.visible_widgets, dict[Widget, list[Region]]()
        for region in self._compositor._dirty_regions:
            for widget, part in _parts(region, list(places.items())):
                parts.setdefault(widget, []).append(part)
        if self in parts:
            return None
        joined = ((widget, region) for widget, some in parts.items() for region in _joined(some))
        return [piece for widget, region in joined for piece in _drawn(widget, region, places[widget][0])]


def _parts(region: Region, places: Sequence[Place]) -> Iterator[tuple[Widget, Region]]:
    """What of `region` is seen of each widget."""
    for at, (widget, (whole, clip)) in enumerate(places, 1):
        if part := region.intersection(whole).intersection(clip):
            yield widget, part
            for left in _around(part, region):
                yield from _parts(left, places[at:])
            return


def _around(hole: Region, region: Region) -> Iterator[Region]:
    """`region` without the `hole` in it."""
    (left, top, width, height), (x, y, _, high) = region, hole
    for part in (
        Region(left, top, width, y - top),
        Region(left, hole.bottom, width, top + height - hole.bottom),
        Region(left, y, x - left, high),
        Region(hole.right, y, left + width - hole.right, high),
    ):
        if part:
            yield part


def _joined(regions: Iterable[Region]) -> Iterator[Region]:
    """Lines one below the other as one region; none twice."""
    last: Region | None = None
    for region in sorted(regions, key=lambda one: (one.x, one.width, one.y, -one.height)):
        if last is not None and (last.x, last.width) == (region.x, region.width) and region.y <= last.bottom:
            last = Region(last.x, last.y, last.width, max(last.bottom, region.bottom) - last.y)
            continue
        if last is not None:
            yield last
        last = region
    if last is not None:
        yield last


def _drawn(widget: Widget, region: Region, place: Region) -> Iterator[Piece]:
    crop = region.translate(-place.offset)
    draw: Callable[[Region], list[Strip]] = getattr(widget, "straight_lines", widget.render_lines)
    for y, strip in enumerate(draw(crop), region.y):
        yield y, region.x, region.right, strip
