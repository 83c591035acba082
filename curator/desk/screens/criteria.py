"""The selection criteria of the workspace, to be read beside the work."""

from __future__ import annotations

from typing import ClassVar

from rich.markdown import Heading, Markdown

from curator.desk.screens.leaflet import Leaflet

NONE_YET = (
    "There are no criteria yet. Write what you keep and what you drop into **criteria.md**, beside feeds.toml; "
    "it is shown here."
)


class _AtTheLeft(Heading):
    LEVEL_ALIGN: ClassVar = dict.fromkeys(Heading.LEVEL_ALIGN, "left")


class _Written(Markdown):
    """Headings begin where the text does."""

    elements: ClassVar = {**Markdown.elements, "heading_open": _AtTheLeft}


class Criteria(Leaflet):
    """Markdown's links are words here."""

    def __init__(self, text: str) -> None:
        super().__init__(_Written(text or NONE_YET, hyperlinks=False))
