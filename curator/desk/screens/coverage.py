"""Coverage: what was kept by theme and country as a picture, and what has been silent for how long."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Static

from curator.desk.commands import bindings_of, footer_of
from curator.desk.events import Elsewhere
from curator.desk.screens.asking import something
from curator.desk.screens.asking_path import AskingPath, path_typed
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.clerk import Clerk
from curator.desk.widgets.bars import Bar, KeyBar
from curator.desk.widgets.coverage_grid import CoverageGrid, GridHead, Picture
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import MONTHS, counted, plain, sparkline
from curator.taxonomy import Taxonomy
from curator.workflow.picture import write_picture
from curator.workflow.report import (
    Cell,
    Coverage,
    behind,
    column_label,
    coverage,
    shade,
    short_column,
    theme_label,
)
from curator.workflow.silence import LastSeat, Silence, silence
from curator.workflow.workspace import Workspace

Show = Callable[[str, Cell], object]
"""Shows the kept documents of a search, and remembers the cell it came from."""

_EMPTY = (
    "Nothing kept in these months.",
    "",
    "What you keep in triage is counted here, by theme and country. [ counts the twelve months before.",
)


@dataclass
class Counted(Message):
    """The picture of the year that ends on `until`."""

    found: Coverage
    until: date


@dataclass
class Silent(Message):
    """Since when each member has been silent, by country."""

    found: Mapping[str, Silence]


@dataclass
class Written(Message):
    path: Path


class CoverageScreen(DeskScreen):
    """Arrows or hjkl move over the grid; Enter shows the documents of the cell in triage."""

    place = "coverage"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("coverage")]

    found: Coverage | None = None
    _silent: Mapping[str, Silence] = {}

    def __init__(self, workspace: Workspace, clerk: Clerk, show: Show, at: Cell | None = None) -> None:
        super().__init__(workspace, clerk)
        self._show, self._at = show, at
        self.until = workspace.today()

    def compose(self) -> ComposeResult:
        grid = CoverageGrid(id="grid")
        yield Bar(id="top")
        yield GridHead(grid, id="grid-head")
        yield grid
        yield GridHead(grid, sums=True, id="grid-sums")
        yield Static(id="cell-note", markup=False)
        yield KeyBar(footer_of("coverage"), id="keys")

    def on_mount(self) -> None:
        self._grid.empty = _EMPTY
        self._grid.focus()
        self.watch_others()
        self._look()

    @property
    def _grid(self) -> CoverageGrid:
        return self.query_one(CoverageGrid)

    @on(Elsewhere)
    def _look(self) -> None:
        until = self.until
        self.ask(lambda workspace: Counted(coverage(workspace, until=until), until), looking=True)
        self.ask(_silences, looking=True)

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        if event.until != self.until:
            return
        self.found = found = event.found
        picture = picture_of(found, self.workspace.taxonomy)
        row, column = _place(picture, self._grid.current or self._at)
        self._grid.show_picture(picture if found.documents else Picture(), row, column)
        bar = self.query_one("#top", Bar)
        bar.left = (
            f"Coverage · {counted(found.documents, 'kept document')}, {_month(found.since)} to {_month(found.until)}"
        )
        bar.right = f"all {sparkline([found.in_month.get(month, 0) for month in found.months])}"
        self._say_cell()

    @on(Silent)
    def _silences(self, event: Silent) -> None:
        self._silent = event.found
        self._say_cell()

    @on(Rows.Highlighted)
    def _say_cell(self) -> None:
        for head in self.query(GridHead):
            head.refresh()
        cell = self._grid.current
        lines = () if cell is None or self.found is None else self._note(self.found, cell)
        self.query_one("#cell-note", Static).update("\n".join(map(plain, lines)))

    def _note(self, found: Coverage, cell: Cell) -> Iterable[str]:
        theme, column = cell
        months = found.by_month.get(cell, {})
        line = sparkline([months.get(month, 0) for month in found.months])
        taxonomy = self.workspace.taxonomy
        many = counted(found.cells.get(cell, 0), "document")
        yield f"{theme_label(theme, taxonomy)} · {column_label(column, taxonomy)}: {many}"
        yield f"{_month(found.since)} {line} {_month(found.until)}"
        yield silence_in_words(self._silent[column]) if column in self._silent else ""

    # ------------------------------------------------------------ keys

    def action_column(self, by: int) -> None:
        self._grid.move_column(by)

    def action_year(self, by: int) -> None:
        """A year back, or on again, never beyond today."""
        today = self.workspace.today()
        year, month = max(self.until.year + by, 2), self.until.month
        self.until = min(date(year, month, monthrange(year, month)[1]), today)
        self._look()

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        cell = self._grid.current
        if cell is None or self.found is None:
            return
        if not self.found.cells.get(cell):
            self.say("Nothing was kept there in these months.")
            return
        self._show(behind(self.found, cell, self.workspace.taxonomy), cell)
        self.dismiss()

    def action_write(self) -> None:
        if (found := self.found) is None:
            return
        base = self.workspace.path

        def named(typed: str | None) -> None:
            if typed is not None:
                self.say("Drawing …")
                write = partial(self._write, found, path_typed(typed, base))
                self.in_thread("picture", write, looking=True)

        question = "Write the picture into which file? .svg, or .png where there is a Chromium."
        check = something("Name a file, as coverage.svg; Esc leaves it.")
        name = f"coverage-{found.until:%Y-%m}.svg"
        self.app.push_screen(AskingPath(question, base, check, value=name, wanted=(".svg", ".png")), named)

    def _write(self, found: Coverage, path: Path) -> Written:
        """Runs in its own thread."""
        network = self.workspace.config.network.name
        write_picture(found, self.workspace.taxonomy, network, path, self.workspace.environ)
        return Written(path)

    @on(Written)
    def _tell_written(self, event: Written) -> None:
        self.say(f"Written to {event.path}.")

    def action_back(self) -> None:
        self.dismiss()


def _silences(workspace: Workspace) -> Silent:
    """In the first digest that is about no one theme; most networks have only one."""
    found: dict[str, Silence] = {}
    with workspace.another() as own:  # feeds.toml as it is now
        for one in silence(own):
            found.setdefault(one.country, one)
    return Silent(found)


def picture_of(found: Coverage, taxonomy: Taxonomy) -> Picture:
    most = max(found.cells.values(), default=0)
    return Picture(
        rows=[(theme, theme_label(theme, taxonomy)) for theme in found.themes],
        columns=[(code, short_column(code)) for code in found.countries],
        cells=found.cells,
        shades={cell: shade(count, most) for cell, count in found.cells.items()},
        of_row=found.by_theme,
        of_column=found.by_country,
    )


def _place(picture: Picture, cell: Cell | None) -> tuple[int, int]:
    """Where a cell stands; where it is not there any more, the first with something in it."""
    rows = [key for key, _ in picture.rows]
    columns = [key for key, _ in picture.columns]
    if cell and cell[0] in rows and cell[1] in columns:
        return rows.index(cell[0]), columns.index(cell[1])
    first = next((row for row in rows if picture.of_row.get(row)), rows[0] if rows else "")
    return (rows.index(first) if first else 0), 0


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def silence_in_words(one: Silence) -> str:
    """`update: nothing since no. 228 (4 editions) · update: no research in 12 editions · no feed`."""
    parts = [_since(one.last, "", one.digest)]
    parts += [_since(last, slug, one.digest) for slug, last in one.sections if last.missed > one.last.missed]
    if one.ill:
        feed, health = one.ill[0]
        since = f" since {health.since.day} {health.since:%b %Y}" if health.since else ""
        parts.append(f"{len(one.ill)} of {counted(one.feeds, 'feed')} ill: {feed.slug} {health.condition}{since}")
    elif not one.feeds:
        parts.append("no feed")
    return " · ".join(parts)


def _since(last: LastSeat, section: str, digest: str) -> str:
    what = f"no {section}" if section else "nothing"
    many = counted(last.missed, "edition")
    if last.number is None:
        return f"{digest}: {what} in {many}" if last.missed else f"{digest}: no edition yet"
    return (
        f"{digest}: {what} since no. {last.number} ({many})"
        if last.missed
        else f"{digest}: in the last, no. {last.number}"
    )
