"""report: what was covered, what is missing, and what a year brought. Pure counting over what the library reads.

A document that concerns two countries and two themes counts in four cells, and once in every total. What concerns no
country and was issued by an international organisation stands under `organisations`, any country that is no member
under `other`, the rest under `none`; what has no theme under `none` too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from curator.models import Covered
from curator.taxonomy import Taxonomy
from curator.workflow.workspace import Workspace

OTHER, ORGANISATIONS, NONE = "other", "organisations", "none"
_COLUMNS = {OTHER: "other countries", ORGANISATIONS: "international organisations", NONE: "no country"}
_SHORT = {OTHER: "oth", ORGANISATIONS: "org", NONE: "n/a"}
MONTHS = 12
"""How many months a coverage looks back, this one among them."""

Cell = tuple[str, str]
"""A theme's slug and a country's code, either as said above."""


class Coverage(msgspec.Struct, frozen=True):
    """How many documents there are by theme, country and month (`2026-11`), from `since` to `until`, both included.
    Cells that are not named are empty. `themes` and `countries` are the axes, in order; `others` are the countries
    under `other`, `issuers` the organisations that have issued something."""

    since: date
    until: date
    documents: int
    themes: tuple[str, ...]
    countries: tuple[str, ...]
    months: tuple[str, ...]
    cells: Mapping[Cell, int] = msgspec.field(default_factory=dict)
    by_month: Mapping[Cell, Mapping[str, int]] = msgspec.field(default_factory=dict)
    by_theme: Mapping[str, int] = msgspec.field(default_factory=dict)
    by_country: Mapping[str, int] = msgspec.field(default_factory=dict)
    in_month: Mapping[str, int] = msgspec.field(default_factory=dict)
    others: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()


def coverage(
    workspace: Workspace, *, since: date | None = None, until: date | None = None, digest: str | None = None
) -> Coverage:
    """What was kept and published in these days (twelve months up to today, unless told); with `digest` what stands
    in its sealed and sent editions, by their date. Raises UsageError for an unknown digest."""
    last = until or workspace.today()
    first = since or _earlier(last, MONTHS - 1)
    found: Iterable[tuple[date, Covered]]
    if digest is None:
        found = ((one.on, one) for one in workspace.library.coverage.kept())
    else:
        seats = workspace.library.coverage.mailed(workspace.digest(digest).slug)
        found = ((seat.on, seat.covered) for seat in seats)
    chosen = [(on, one) for on, one in found if first <= on <= last]
    return _counted(chosen, first, last, workspace.config.network.countries, workspace.taxonomy)


def _counted(
    found: Sequence[tuple[date, Covered]], since: date, until: date, members: Sequence[str], taxonomy: Taxonomy
) -> Coverage:
    cells, by_theme, by_country, in_month = Counter[Cell](), Counter[str](), Counter[str](), Counter[str]()
    by_month: dict[Cell, Counter[str]] = {}
    for on, one in found:
        themes, columns = one.themes or (NONE,), columns_of(one, members, taxonomy)
        month = on.isoformat()[:7]
        by_theme.update(set(themes))
        by_country.update(columns)
        in_month[month] += 1
        for cell in {(theme, column) for theme in themes for column in columns}:
            cells[cell] += 1
            by_month.setdefault(cell, Counter())[month] += 1
    known = [*taxonomy.themes, *sorted(by_theme.keys() - taxonomy.themes.keys() - {NONE}), NONE]
    axis = (*members, OTHER, ORGANISATIONS, *([NONE] if by_country[NONE] else []))
    others = sorted({code for _, one in found for code in one.countries if code not in members})
    issuers = [slug for slug in taxonomy.organisations if any(one.publisher == slug for _, one in found)]
    return Coverage(
        since=since,
        until=until,
        documents=len(found),
        themes=tuple(known),
        countries=axis,
        months=_months(since, until),
        cells=cells,
        by_month=by_month,
        by_theme=by_theme,
        by_country=by_country,
        in_month=in_month,
        others=tuple(others),
        issuers=tuple(issuers),
    )


def columns_of(one: Covered, members: Sequence[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """Where a document stands on the axis of countries, each once."""
    if one.countries:
        return tuple(dict.fromkeys(code if code in members else OTHER for code in one.countries))
    return (ORGANISATIONS,) if one.publisher in taxonomy.organisations else (NONE,)


def _months(since: date, until: date) -> tuple[str, ...]:
    counted = range(since.year * 12 + since.month - 1, until.year * 12 + until.month)
    return tuple(f"{month // 12:04}-{month % 12 + 1:02}" for month in counted)


def _earlier(day: date, months: int) -> date:
    """The first of the month that was `months` before the one of `day`."""
    year, month = divmod(max(day.year * 12 + day.month - 1 - months, 12), 12)
    return date(year, month + 1, 1)


def shade(count: int, most: int) -> int:
    """How full a cell is, 1 to 4: which quarter of the way to the fullest; 0 for nothing."""
    return min(4, 1 + 4 * (count - 1) // most) if count and most else 0


def theme_label(theme: str, taxonomy: Taxonomy) -> str:
    return "no theme" if theme == NONE else taxonomy.theme_label(theme)


def column_label(column: str, taxonomy: Taxonomy) -> str:
    return _COLUMNS[column] if column in _COLUMNS else taxonomy.country_label(column)


def short_column(column: str) -> str:
    """At most three letters: `SE`, `SCT`, `oth`."""
    return _SHORT.get(column) or column.rpartition("-")[2]


def behind(shown: Coverage, cell: Cell, taxonomy: Taxonomy) -> str:
    """What to search among the kept for the documents that a cell counts, in the query language."""
    theme, column = cell
    issued = _either("publisher", tuple(taxonomy.organisations))
    where = {
        OTHER: _either("country", shown.others),
        ORGANISATIONS: f"-has:country {_either('publisher', shown.issuers)}",
        NONE: "-has:country" + (f" -{issued}" if taxonomy.organisations else ""),
    }
    about = "-has:theme" if theme == NONE else f"theme:{theme}"
    return f"{about} {where.get(column, f'country:{column}')} since:{shown.since} until:{shown.until}"


def _either(name: str, values: Sequence[str]) -> str:
    return f"({' OR '.join(f'{name}:{value}' for value in values)})"
