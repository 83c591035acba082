"""The counts at the left: what waits in which queue and saved search, and in the queue shown how many for each
country, theme and feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import ClassVar, Literal

import msgspec
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from curator.desk.widgets.inks import Inked
from curator.desk.widgets.words import fit, short_count, short_country
from curator.models import Counts

QUEUES: tuple[tuple[str, str], ...] = (
    ("inbox", "Inbox"),
    ("later", "Later"),
    ("kept", "Kept"),
    ("dropped", "Dropped"),
    ("", "All"),
)
"""Decision ('' is all) and what it is called; `g` and the first letter of that (`k` for Kept) shows it."""
_PER_LINE = 3
KEYED = 4
"""So many saved searches have a key of their own, `g1` to `g4`."""


class Saved(msgspec.Struct, frozen=True):
    """A saved search and how many documents it finds."""

    name: str
    documents: int


class Tally(msgspec.Struct, frozen=True):
    """What the sidebar shows. `members` in the network's order; `organisations` counts documents of the queue that
    an international organisation issued; `here` is the saved search that is shown, '' for none; `names` are
    what themes and feeds are called, by slug."""

    counts: Counts = msgspec.field(default_factory=Counts)
    queue: str = "inbox"
    members: tuple[str, ...] = ()
    country: str = ""
    theme: str = ""
    feed: str = ""
    here: str = ""
    saved: tuple[Saved, ...] = ()
    names: Mapping[str, str] = msgspec.field(default_factory=dict)
    organisations: int = 0

    def of(self, decision: str) -> int:
        if decision:
            return self.counts.decisions.get(decision, 0)
        return sum(self.counts.decisions.values())

    @property
    def others(self) -> int:
        return sum(n for code, n in self.counts.countries.items() if code not in self.members)


Cell = tuple[str, str, Callable[[], Message] | None]
"""Text, style, and the event that a click on it posts."""


class Sidebar(Inked):
    """Queues, countries, saved searches, themes and feeds; a click on one asks to show it."""

    inks = "sidebar"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sidebar--here",
        "sidebar--dim",
        "sidebar--head",
        "sidebar--attention",
        "sidebar--jump",
    }

    @dataclass
    class QueueAsked(Message):
        decision: str

    @dataclass
    class SavedAsked(Message):
        name: str

    @dataclass
    class Narrowed(Message):
        """Only what has this value; asked again, all of it."""

        axis: Literal["country", "theme", "feed"]
        value: str

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tally = Tally()
        self._lines: list[list[Cell]] = []
        self._labels: Sequence[str] = ()

    def show_tally(self, tally: Tally) -> None:
        self._tally = tally
        before, self._lines = self._lines, list(_lines(tally, self.size.width, self.size.height))
        for y, (was, now) in enumerate(zip_longest(map(_shown, before), map(_shown, self._lines))):
            if was != now:
                self.refresh(Region(0, y, self.size.width, 1))

    def on_resize(self) -> None:
        self.show_tally(self._tally)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        cells = self._lines[y] if y < len(self._lines) else []
        entries = self._entries if self._labels else []
        pieces = [piece for cell in cells for piece in self._labelled(cell, entries)] if entries else cells
        segments = [Segment(text, self.ink(name)) for text, name, _ in pieces]
        return Strip(segments).adjust_cell_length(self.size.width, self.ink())

    # ------------------------------------------------------------ jumping

    def places(self) -> int:
        """Entries that can be gone to: none while the sidebar is hidden."""
        return len(self._entries) if self.display else 0

    def label(self, labels: Sequence[str]) -> None:
        self._labels = labels
        self.refresh()

    def go(self, place: int) -> None:
        says = self._entries[place][2]
        if says:
            self.post_message(says())

    @property
    def _entries(self) -> list[Cell]:
        """Of each entry the first cell that has room for a label."""
        cells: dict[int, Cell] = {}
        for text, name, says in (cell for line in self._lines for cell in line):
            if says and len(text) > 1:
                cells.setdefault(id(says), (text, name, says))
        return list(cells.values())

    def _labelled(self, cell: Cell, entries: Sequence[Cell]) -> list[Cell]:
        """The cell with its label behind its words, or over their beginning where there is no room."""
        place = next((index for index, one in enumerate(entries) if one == cell), None)
        if place is None or place >= len(self._labels):
            return [cell]
        text, name, says = cell
        label = self._labels[place]
        end = len(text.rstrip())
        start = next((one for one in (end + 1, end) if one + len(label) <= len(text)), 0)
        return [(text[:start], name, says), (label, "jump", says), (text[start + len(label) :], name, says)]

    def on_click(self, event: events.Click) -> None:
        x, cells = 0, self._lines[event.y] if event.y < len(self._lines) else []
        for text, _, says in cells:
            x += len(text)
            if event.x < x:
                if says:
                    self.post_message(says())
                return


def _shown(line: list[Cell]) -> list[tuple[str, str]]:
    """What is seen of a line."""
    return [(text, name) for text, name, _ in line]


def _lines(tally: Tally, width: int, height: int) -> Iterable[list[Cell]]:
    """Queues, countries and saved searches; what room is left is for themes and feeds."""
    inner = max(width - 2, 10)
    lines = [*_queues(tally, inner), *_countries(tally, inner), *_saved(tally, inner)]
    room = height - len(lines)
    themes = [*_values(tally, "theme", tally.theme, tally.counts.themes, inner, room // 2)]
    feeds = [*_values(tally, "feed", tally.feed, tally.counts.feeds, inner, room - len(themes))]
    return [*lines, *themes, *feeds]


def _queues(tally: Tally, inner: int) -> Iterable[list[Cell]]:
    yield []
    for decision, label in QUEUES:
        here = decision == tally.queue and not tally.here
        yield _queue(label[0].lower(), label, tally.of(decision), here, partial(Sidebar.QueueAsked, decision), inner)


def _countries(tally: Tally, inner: int) -> Iterable[list[Cell]]:
    yield []
    yield [(" By country", "head", None)]
    cells = [_country_cell(tally, code, inner // _PER_LINE) for code in tally.members]
    for start in range(0, len(cells), _PER_LINE):
        yield [(" ", "", None), *cells[start : start + _PER_LINE]]
    yield [(f" other {tally.others:<4} org {tally.organisations}", "dim", None)]


def _saved(tally: Tally, inner: int) -> Iterable[list[Cell]]:
    if tally.saved:
        yield []
        yield [(" Saved", "head", None)]
    for number, one in enumerate(tally.saved, start=1):
        says = partial(Sidebar.SavedAsked, one.name)
        yield _queue(
            str(number) if number <= KEYED else "", one.name, one.documents, one.name == tally.here, says, inner
        )


def _values(
    tally: Tally, axis: Literal["theme", "feed"], here: str, counts: Mapping[str, int], inner: int, room: int
) -> Iterable[list[Cell]]:
    """The values with the most documents, as many as there is room for; the one that is shown alone always."""
    most = room - 2
    if most < 1 or not (counts or here):
        return
    chosen = [here] * bool(here) + [value for value in counts if value != here]
    yield []
    yield [(f" By {axis}", "head", None)]
    for value in chosen[:most]:
        says = partial(Sidebar.Narrowed, axis, value)
        yield _queue("", tally.names.get(value, value), counts.get(value, 0), value == here, says, inner)


def _queue(key: str, label: str, documents: int, here: bool, says: Callable[[], Message], inner: int) -> list[Cell]:
    """One line with its key, if it has one, and its count."""
    count, named, key = f"{documents:,}", "here" if here else "", f"{key} " if key else ""
    return [
        ("▌" if here else " ", "here", says),
        (key, "dim", says),
        (fit(label, max(inner - 1 - len(key) - len(count), 1)) + " ", named, says),
        (count, named, says),
    ]


def _country_cell(tally: Tally, code: str, width: int) -> Cell:
    """`SE 4`, and `NL 0!` for a member about which nothing waits; close together where there is no room for a blank
    before the next."""
    count = tally.counts.countries.get(code, 0)
    name, said = short_country(code), short_count(count) + "!" * (count == 0)
    text = fit(f"{name} {said}" if len(name) + len(said) < width - 1 else name + said, width)
    style = "here" if code == tally.country else "attention" if count == 0 else ""
    return text, style, partial(Sidebar.Narrowed, "country", code)
