"""The feeds as a list: how each is, what it is called, its rhythm, and when it last brought something."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from curator.desk.widgets.keyed_rows import KeyedRows
from curator.desk.widgets.words import fit, short_country


class FeedRow(msgspec.Struct, frozen=True):
    """One feed in words. `rhythm` is a line of bars, `new` the day of its last new document."""

    slug: str
    name: str
    country: str
    condition: str
    ill: bool
    rhythm: str
    new: str


class FeedList(KeyedRows[FeedRow]):
    """Draws the rows it is given; `progress` says of a slug what the pull that runs has brought."""

    progress: Mapping[str, str] = {}

    def show_progress(self, progress: Mapping[str, str]) -> None:
        self.progress = progress
        self.repaint()

    def key(self, line: FeedRow) -> object:
        return line.slug

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        row = self.lines[index]
        done = self.progress.get(row.slug)
        pieces = [
            (fit(row.condition, 10) + " ", "attention" if row.ill else "dim"),
            (fit(short_country(row.country), 3) + "  ", ""),
        ]
        end = [
            (f"  {row.rhythm} ", "accent"),
            (f"{fit(done or row.new, 8)} ", "dim" if done is None else "attention" if done == "failed" else "strong"),
        ]
        used = sum(len(text) for text, _ in (*pieces, *end))
        return [*pieces, (fit(row.name, max(width - used, 0)), ""), *end]
