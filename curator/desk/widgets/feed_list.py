"""The feeds as a list: how each is, what it is called, its rhythm, and when it last brought something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import fit, short_country


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One feed in words. `rhythm` is a line of bars, `new` the day of its last new document."""

    slug: str
    name: str
    country: str
    condition: str
    ill: bool
    rhythm: str
    new: str


class FeedList(Rows):
    """Draws the rows it is given; `progress` says of a slug what the pull that runs has brought."""

    feeds: Sequence[FeedRow] = ()
    progress: Mapping[str, str] = {}

    def show_feeds(self, feeds: Sequence[FeedRow], cursor: int) -> None:
        self.feeds = feeds
        self.show_rows(len(feeds), cursor)

    def show_progress(self, progress: Mapping[str, str]) -> None:
        self.progress = progress
        self.repaint()

    @property
    def current(self) -> FeedRow | None:
        return self.feeds[self.cursor] if 0 <= self.cursor < len(self.feeds) else None

    def key_of(self, index: int) -> object:
        return self.feeds[index].slug

    def find(self, key: object) -> int | None:
        return next((index for index, one in enumerate(self.feeds) if one.slug == key), None)

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        row = self.feeds[index]
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
