"""The counts at the left: what waits in which queue, and in the queue shown how many for each country."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from curator.desk.widgets.words import fit, short_country
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


@dataclass(frozen=True, slots=True)
class Tally:
    """What the sidebar shows. `members` in the network's order; `organisations` counts documents of the queue that
    an international organisation issued."""

    counts: Counts = field(default_factory=Counts)
    queue: str = "inbox"
    members: tuple[str, ...] = ()
    country: str = ""
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


class Sidebar(Widget):
    """Queues and countries; a click on one asks to show it."""

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
    class CountryAsked(Message):
        code: str

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tally = Tally()
        self._lines: list[list[Cell]] = []
        self._labels: Sequence[str] = ()

    def show_tally(self, tally: Tally) -> None:
        self._tally = tally
        self._lines = list(_lines(tally, self.size.width))
        self.refresh()

    def on_resize(self) -> None:
        self.show_tally(self._tally)

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        cells = self._lines[y] if y < len(self._lines) else []
        pieces = [piece for cell in cells for piece in self._labelled(cell)] if self._labels else cells
        segments = [Segment(text, base + self._named(name) if name else base) for text, name, _ in pieces]
        return Strip(segments).adjust_cell_length(self.size.width, base)

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

    def _labelled(self, cell: Cell) -> list[Cell]:
        """The cell with its label behind its words, or over their beginning where there is no room."""
        place = next((index for index, one in enumerate(self._entries) if one == cell), None)
        if place is None or place >= len(self._labels):
            return [cell]
        text, name, says = cell
        label = self._labels[place]
        end = len(text.rstrip())
        start = next((one for one in (end + 1, end) if one + len(label) <= len(text)), 0)
        return [(text[:start], name, says), (label, "jump", says), (text[start + len(label) :], name, says)]

    def _named(self, name: str) -> Style:
        full = self.get_component_rich_style(f"sidebar--{name}")
        return Style(color=full.color, bold=full.bold, reverse=full.reverse)

    def on_click(self, event: events.Click) -> None:
        x, cells = 0, self._lines[event.y] if event.y < len(self._lines) else []
        for text, _, says in cells:
            x += len(text)
            if event.x < x:
                if says:
                    self.post_message(says())
                return


def _lines(tally: Tally, width: int) -> Iterable[list[Cell]]:
    inner = max(width - 2, 10)
    yield []
    for decision, label in QUEUES:
        here = decision == tally.queue
        count = f"{tally.of(decision):,}"
        says = partial(Sidebar.QueueAsked, decision)
        yield [
            ("▌" if here else " ", "here", says),
            (f"{label[0].lower()} ", "dim", says),
            (fit(label, max(inner - 2 - len(count), 1)), "here" if here else "", says),
            (count, "here" if here else "", says),
        ]
    yield []
    yield [(" By country", "head", None)]
    cells = [_country_cell(tally, code, inner // _PER_LINE) for code in tally.members]
    for start in range(0, len(cells), _PER_LINE):
        yield [(" ", "", None), *cells[start : start + _PER_LINE]]
    yield [(f" other {tally.others:<4} org {tally.organisations}", "dim", None)]


def _country_cell(tally: Tally, code: str, width: int) -> Cell:
    """`SE 4`, and `NL 0!` for a member about which nothing waits."""
    count = tally.counts.countries.get(code, 0)
    text = fit(f"{short_country(code)} {count}" + "!" * (count == 0), width)
    style = "here" if code == tally.country else "attention" if count == 0 else ""
    return text, style, partial(Sidebar.CountryAsked, "" if code == tally.country else code)
