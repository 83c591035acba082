"""The list of documents: one line each, newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, tzinfo

from rich.cells import cell_len
from textual.strip import Strip

from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import (
    Clock,
    fit,
    marked,
    plain,
    short_countries,
    short_day,
    short_section,
    utc_now,
)
from curator.matches import NOTHING, Matcher
from curator.models import Filed
from curator.taxonomy import Taxonomy

Page = Callable[[int, int], Sequence[Filed]]
"""The documents from one index up to, not including, another."""

Find = Callable[[int | None], int | None]
"""Where a document stands in the list."""
Holds = Callable[[int, int], bool]
"""Whether the document at an index, of that number, is selected."""

_STRIPS = 400
"""Rows kept as they were drawn: some screens full."""
_WIDE = 96
"""Columns from which on a row says who published it; with fewer, the title needs them."""
_PUBLISHER = 22
_LETTERS = {"inbox": " ", "kept": "k", "dropped": "d", "later": "l"}


class DocumentList(Rows):
    """Asks `page` for the rows that are seen, and keeps that one page. `feeds` are their names by slug."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        feeds: Mapping[str, str],
        *,
        now: Clock = utc_now,
        zone: tzinfo = UTC,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._taxonomy, self._feeds, self._now, self._zone = taxonomy, feeds, now, zone
        self._page: Page = lambda start, stop: ()
        self._seen: dict[int, Filed] = {}
        self._strips: dict[tuple[int, bool], tuple[Filed, bool, Strip]] = {}
        self._hints: dict[int, bool] = {}
        self._judged: set[int] = set()
        self._look: tuple[object, ...] = ()
        self._at = now()
        self._find: Find = lambda number: None
        self.selection: Holds = lambda index, number: False
        self.mixed = False
        """Whether the rows are of several decisions, so that each shows its letter."""
        self.sought: Matcher = NOTHING
        """What is searched for, marked in the titles."""

    def show_documents(self, total: int, page: Page, find: Find, cursor: int, *, mixed: bool = False) -> None:
        self._page, self._find, self.mixed = page, find, mixed
        self.show_rows(total, cursor)

    def forget_page(self) -> None:
        self._seen = {}

    def is_selected(self, index: int) -> bool:
        filed = self._filed(index)
        return filed is not None and self.selection(index, filed.id)

    def key_of(self, index: int) -> object:
        filed = self._filed(index)
        return filed.id if filed else None

    def find(self, key: object) -> int | None:
        return self._find(key) if isinstance(key, int) else None

    @property
    def top(self) -> int:
        """The first row that is seen."""
        return round(self.scroll_y)

    # ------------------------------------------------------------ what is suggested

    def unjudged(self) -> list[Filed]:
        """What is seen without themes, and nobody has said yet whether any are suggested."""
        return [one for one in self._seen.values() if not one.review.themes and one.id not in self._judged]

    def judge(self, hints: Mapping[int, bool]) -> None:
        """Whether themes are suggested for these documents, by their numbers."""
        if hints:
            self._judged |= hints.keys()
            self._hints |= hints
            self.refresh()

    def judge_anew(self) -> None:
        """Other themes may be suggested now; until that is known, what was stays."""
        self._judged = set()

    # ------------------------------------------------------------ drawing

    def begin_painting(self) -> None:
        super().begin_painting()
        self._at = self._now()
        look = self._looks()
        if look != self._look or len(self._strips) > _STRIPS:
            self._look, self._strips = look, {}

    def _looks(self) -> tuple[object, ...]:
        """All that a row's drawing depends on, besides its document, `mixed`, the cursor and the selection."""
        styles = (self._component(name) for name in ("dim", "accent", "found"))
        day = self._at.astimezone(self._zone).date()
        return (self.size.width, self.sought, day, self.rich_style, *styles)

    def _row(self, index: int, width: int) -> Strip:
        """A row that is drawn already is only moved: what leaves the list moves all below it, and who comes back to a
        queue finds it as it was."""
        filed = self._filed(index)
        marked_out = index == self.cursor or self.jump.on or self.is_selected(index)
        if filed is None or marked_out or not self.painting:
            return super()._row(index, width)
        drawn, hint = self._strips.get((filed.id, self.mixed)), self._hints.get(filed.id, False)
        if drawn is None or drawn[:2] != (filed, hint):
            self._strips[filed.id, self.mixed] = drawn = filed, hint, super()._row(index, width)
        return drawn[2]

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        filed = self._filed(index)
        if filed is None:
            return [(fit("…", width), "dim")]
        decision = filed.review.decision
        quiet = "dim" if decision == "dropped" and self.mixed else ""
        letter = f" {_LETTERS[decision]} " if self.mixed else " "
        own = filed.review.countries is not None
        pieces = [
            (letter, "accent" if decision == "kept" else "dim"),
            (fit(short_day(filed.document.published_at, self._at, self._zone), 8) + " ", "dim"),
            (fit(short_countries(filed, self._taxonomy), 5) + " ", "" if own else "dim"),
            (fit(short_section(filed), 3) + "  ", "" if filed.review.section else "dim"),
        ]
        used = sum(len(text) for text, _ in pieces)
        end = self._publisher(filed, width) + self._end(filed)
        title = fit(filed.document.title or filed.document.link, max(width - used - cell_len(end), 0))
        return [*pieces, *self._title(filed, title, quiet), (end, "dim")]

    def _title(self, filed: Filed, shown: str, name: str) -> list[tuple[str, str]]:
        """The title as far as there is room, with the words searched for marked; those of the whole title, since
        half a word is none."""
        if not self.sought:
            return [(shown, name)]
        length = len(shown.rstrip(" ").rstrip("…"))
        spans = self.sought.spans(plain(filed.document.title))
        return marked(shown, [(start, min(end, length)) for start, end in spans if start < length], name)

    def _publisher(self, filed: Filed, width: int) -> str:
        if width < _WIDE:
            return ""
        publisher, feed = filed.document.publisher, filed.document.feed
        name = self._taxonomy.publisher_label(publisher) if publisher else self._feeds.get(feed, feed)
        return "  " + fit(name, _PUBLISHER)

    def _end(self, filed: Filed) -> str:
        """r for revised; what the editor has done already: t for themes, b for a blurb; a where themes are suggested,
        which the key of that name accepts; + and how many relatives."""
        family = f" +{len(filed.document.family)}" if filed.document.family else ""
        themes = "t" if filed.review.themes else "a" if self._hints.get(filed.id) else " "
        return f"{family} {'r' if filed.revised else ' '}{themes}{'b' if filed.review.blurb else ' '} "

    def _filed(self, index: int) -> Filed | None:
        if index not in self._seen:
            height = max(self.size.height, 1)
            start = max(0, min(index, round(self.scroll_y)) - 2)
            stop = min(self.total, max(index + 1, round(self.scroll_y) + height + 2))
            self._seen = dict(enumerate(self._page(start, stop), start))
        return self._seen.get(index)
