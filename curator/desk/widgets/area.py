"""Several lines to type into, whose keys act in the order they were struck."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from curator.desk.widgets.typing import act_now


class Area(TextArea):
    is_typed_into = True

    async def on_key(self, event: events.Key) -> None:
        await act_now(self, event)
