"""How long what is scrolled is, said without laying out the screen anew, which Textual does whenever that changes."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView


def set_extent(view: ScrollView, size: Size) -> None:
    """The scroll bar and the place follow; only where the bar comes or goes, or what is scrolled is as high as it is
    long, is anything else laid out. Leans on a private name of Textual's, which `textual>=8.2,<8.3` holds still."""
    if view.styles.auto_dimensions:
        view.virtual_size = size
    elif size != view.virtual_size:
        view.set_reactive(ScrollView.virtual_size, size)
        view._scroll_update(size)
