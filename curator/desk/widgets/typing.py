"""Fields whose keys act in the order they were struck.

Textual puts a letter in at once, but does what a key is bound to only after the key has gone up through every layer.
In a burst, as a slow line delivers it, letters would overtake the backspaces struck before them.
"""

from __future__ import annotations

from textual import events
from textual.widget import Widget
from textual.widgets import Input


class Field(Input):
    """One line; for several see `widgets.area`, which takes longer to load."""

    is_typed_into = True

    async def on_key(self, event: events.Key) -> None:
        await act_now(self, event)


async def act_now(field: Widget, event: events.Key) -> None:
    """Do what the field itself binds the key to; every other key goes its way, and so do those that would scroll it
    where it has nowhere to scroll."""
    for binding in field._bindings.key_to_bindings.get(event.key, ()):
        if not binding.priority and await field.app.run_action(binding.action, field):
            event.stop()
            event.prevent_default()
            return
