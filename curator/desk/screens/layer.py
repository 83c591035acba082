"""Screens lie over one another, and only the one on top is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual._context import active_message_pump, visible_screen_stack
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.strip import Strip
from textual.widget import Widget

from curator.desk.painting import PromptScreen


class Layer(PromptScreen[ScreenResultType]):
    """A screen that closes itself alone. What was struck or clicked twice asks twice, and is answered after the first
    has closed this: Textual would then close whatever lies beneath."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def put_away(self) -> None:
        """Keep what is not kept yet: the desk ends."""


LOW = 14
"""Lines below which a dialog leaves away what is not needed to answer it."""


class Dialog(ModalScreen[ScreenResultType], Layer[ScreenResultType]):
    """A layer that asks one thing and lets what lies beneath shine through. The desk is left from here too, as Textual
    asks no app for the keys of a modal screen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "app.quit", show=False)]

    def on_resize(self, event: events.Resize) -> None:
        """Not by Textual's breakpoints, which style a dialog anew whatever its height."""
        self.set_class(event.size.height < LOW, "-low")


class Kept(Dialog[ScreenResultType]):
    """A dialog that the app keeps: it is made once, and shown by painting its own cells and nothing else.

    Textual would tell both screens, style them anew and paint all of both, twice, each time. What lies beneath is seen
    the whole time and stays as it is: it hears nothing. Leans on private names of Textual's, which `textual>=8.2,<8.3`
    holds still."""

    _laid = False
    """Whether it lies there without Textual's having pushed it."""
    _alone = False
    """Whether nothing but the panel is being painted."""

    @property
    def panel(self) -> Widget:
        """What is painted; all around it the screen beneath is seen."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.call_later(self._make_ready)

    def _make_ready(self) -> None:
        """Lay out and draw once, for nobody to see, what is mounted before it is asked for."""
        if self in self.app.screen_stack:
            return
        self._css_update_count = self.app._css_update_count
        self.set_reactive(Screen.stack_updates, 1)  # Textual lays nothing out anew that was never on the stack
        self._refresh_layout(self.app.size)
        visible_screen_stack.set([])
        self._compositor.render_full_update()

    def lay_over(self, then: Callable[[ScreenResultType | None], None]) -> None:
        """Show it; `then` is called with the answer."""
        if not self._compositor.size:
            self.app.push_screen(self, then)
            return
        self._laid = True
        self.app.capture_mouse(None)
        self._push_result_callback(active_message_pump.get(self.app), then)
        self.app._screen_stack.append(self)
        self._update_auto_focus()
        self._fit()
        self._paint()
        self._say_so()

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        if not (self._laid and self.is_active):
            return super().dismiss(result)
        self._laid = False
        self.app.capture_mouse(None)
        self._result_callbacks[-1](result)
        self._pop_result_callback()
        self.app._screen_stack.pop()
        self._paint_beneath(self.app.screen)
        self._say_so()
        return AwaitComplete()

    def _fit(self) -> None:
        """Follow what has changed since it was shown last: colours, the terminal's size."""
        low = self.app.size.height < LOW
        if self._css_update_count != self.app._css_update_count or self.has_class("-low") != low:
            self.set_class(low, "-low", update=False)
            self.update_node_styles(animate=False)
            self._css_update_count = self.app._css_update_count
        if self._compositor.size != self.app.size:
            self._refresh_layout(self.app.size)

    def render_lines(self, crop: Region) -> list[Strip]:
        """What lies beneath is not asked for where only the panel is painted."""
        return [Strip.blank(crop.width)] * crop.height if self._alone else super().render_lines(crop)

    def _paint(self) -> None:
        """The panel, at once; whatever else Textual wanted done while nobody saw it is not seen now either."""
        self._layout_required = self._repaint_required = False
        self._dirty_widgets.clear()
        self._exchange_repaint_regions()
        self._compositor.update_widgets(set(self.panel.walk_children(Widget)))
        self._compositor._dirty_regions = {self.panel.region}
        self._alone = True
        try:
            self._compositor_refresh()
        finally:
            self._alone = False

    def _paint_beneath(self, beneath: Screen[object]) -> None:
        """Where the panel lay, at once; then all that has changed meanwhile, of which Textual forgets some."""
        beneath._compositor._dirty_regions.add(self.panel.region)
        beneath._compositor_refresh()
        beneath.refresh()

    def _say_so(self) -> None:
        """Who follows which screen is on top hears of it, and its notes are those of now."""
        self.app.screen_change_signal.publish(self.app.screen)
        self.app._refresh_notifications()
