"""What shows itself whether the keys go to it. Textual would style it anew with all that stands in it, and draw all of
it, twice for each time that the keys go from one to another."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widget import Widget


class WithKeys(Widget):
    """No rule for `:focus` holds for it."""

    def show_focus(self) -> None:
        """The keys go to it from now on, or no more: draw what looks different."""
        raise NotImplementedError

    def watch_has_focus(self, _has_focus: bool) -> None:
        self.show_focus()

    def on_focus(self, event: events.Focus) -> None:
        self._given(event, events.DescendantFocus(self), keys=True)

    def on_blur(self, event: events.Blur) -> None:
        self._given(event, events.DescendantBlur(self), keys=False)

    def _given(self, event: events.Event, tell: Message, *, keys: bool) -> None:
        event.prevent_default()
        self.has_focus = keys
        if self.parent is not None:
            self.parent.post_message(tell)
