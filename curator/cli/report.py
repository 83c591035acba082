"""report: coverage, silence, a year's list. Plain lines for people and screen readers, JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curator.clean import plain_line
from curator.cli import report_shapes as shapes
from curator.cli.command import Group, day, pass_session
from curator.cli.session import Session
from curator.cli.table import table
from curator.errors import UsageError

if TYPE_CHECKING:
    from curator.taxonomy import Taxonomy
    from curator.workflow.report import Coverage
    from curator.workflow.silence import LastSeat, Silence
    from curator.workflow.workspace import Workspace
    from curator.workflow.year import YearRow

_PICTURE = click.Path(dir_okay=False, path_type=Path)


@click.group(cls=Group)
def report() -> None:
    """What was covered, what is missing, what a year brought."""


@report.command()
@click.option("--since", type=day, metavar="DATE", help="From this day on; without it twelve months are counted.")
@click.option("--until", type=day, metavar="DATE", help="Up to this day; without it today.")
@click.option("--digest", metavar="DIGEST", help="What stands in its sealed and sent editions, not all that was kept.")
@click.option("--svg", metavar="FILE", type=_PICTURE, help="Write it as a picture too, for page, mail and print.")
@click.option("--png", metavar="FILE", type=_PICTURE, help="The same as PNG; needs Chromium or Chrome.")
@pass_session
def coverage(
    session: Session,
    since: date | None,
    until: date | None,
    digest: str | None,
    svg: Path | None,
    png: Path | None,
) -> None:
    """How many kept documents there are by theme, country and month."""
    from curator.workflow.report import coverage as count

    if since and until and until < since:
        raise UsageError(f"--until {until} is before --since {since}. Turn them round.")
    _refuse_ends(svg, png)
    with session.open() as workspace:
        found = count(workspace, since=since, until=until, digest=digest)
        taxonomy = workspace.taxonomy
        for path in filter(None, (svg, png)):
            _draw(session, workspace, found, path)
    session.answer(lambda: shapes.coverage(found), lambda: _grid(session, found, taxonomy))


def _refuse_ends(svg: Path | None, png: Path | None) -> None:
    for path, end in ((svg, ".svg"), (png, ".png")):
        if path and path.suffix.lower() != end:
            raise UsageError(f"--{end[1:]} {path} does not end with {end}. Name it so.")


def _draw(session: Session, workspace: Workspace, found: Coverage, path: Path) -> None:
    from curator.workflow.picture import write_picture

    write_picture(found, workspace.taxonomy, workspace.config.network.name, path, session.environ)
    session.say(plain_line(f"Written to {path}."))


def _grid(session: Session, found: Coverage, taxonomy: Taxonomy) -> Iterator[str]:
    """A row for each theme that has something; `.` is silence. Then the totals, the months, and what has nothing."""
    heads = [code.rpartition("-")[2] if code[:1].isupper() else code[:5] for code in found.countries]
    rows = [("", *heads, "all")]
    silent = [theme for theme in found.themes if theme != "none" and not found.by_theme.get(theme)]
    for theme in found.themes:
        if total := found.by_theme.get(theme, 0):
            cells = (str(found.cells.get((theme, code), ".")) for code in found.countries)
            rows.append((theme, *cells, str(total)))
    rows.append(("all", *(str(found.by_country.get(code, 0)) for code in found.countries), str(found.documents)))
    yield from table(rows, width=session.width, shrink=[0], right=range(1, len(heads) + 2))
    yield ""
    yield from table([(month, str(found.in_month.get(month, 0))) for month in found.months], right=[1])
    if silent:
        yield ""
        labels = map(taxonomy.theme_label, silent)
        yield f"Nothing on: {'; '.join(map(plain_line, labels))}"


@report.command()
@click.option("--digest", metavar="DIGEST", help="In this digest; without it in each that is not about one theme.")
@pass_session
def silence(session: Session, digest: str | None) -> None:
    """What each member country has not had, for how many editions, and which of its feeds are ill."""
    from curator.workflow.silence import silence as look

    with session.open() as workspace:
        found = look(workspace, digest)
        taxonomy = workspace.taxonomy
        if not digest:
            session.faulty(workspace)
    session.answer(lambda: [shapes.silence(one) for one in found], lambda: _countries(session, found, taxonomy))


def _countries(session: Session, found: Sequence[Silence], taxonomy: Taxonomy) -> Iterator[str]:
    several = len({one.digest for one in found}) > 1
    rows = [
        (
            taxonomy.country_label(one.country),
            *([one.digest] if several else []),
            since_when(one.last),
            ", ".join(f"{slug}: {since_when(last)}" for slug, last in one.sections if last.missed > one.last.missed),
            feeds_in_words(one),
        )
        for one in found
    ]
    yield from table(rows, width=session.width, shrink=[2, 3] if several else [1, 2])
    for one in found:
        for feed, health in one.ill:
            since = f" since {health.since:%Y-%m-%d}" if health.since else ""
            yield plain_line(f"  {feed.slug} ({one.country}): {health.condition}{since}: {health.reason}")


def since_when(last: LastSeat) -> str:
    """`in the last`, `none since no. 228 (4 editions)`, `never (12 editions)`."""
    many = f"{last.missed} edition" + "s" * (last.missed != 1)
    if last.number is None:
        return f"never ({many})" if last.missed else "no edition yet"
    return f"none since no. {last.number} ({many})" if last.missed else f"in the last, no. {last.number}"


def feeds_in_words(one: Silence) -> str:
    if not one.feeds:
        return "no feed"
    return f"{len(one.ill)} of {one.feeds} feed{'s' * (one.feeds != 1)} ill" if one.ill else "feeds well"


@report.command()
@click.argument("number", metavar="YEAR", type=int)
@click.option("--csv", "as_csv", is_flag=True, help="As CSV with a header, for a spreadsheet.")
@pass_session
def year(session: Session, number: int, as_csv: bool) -> None:
    """Everything that was mailed in a year: by country, then international, webinars, and editions on one theme."""
    from curator.workflow.year import year as listed
    from curator.workflow.year import year_csv

    if as_csv and session.json:
        raise UsageError("--csv and --json are two forms of one answer; say one.")
    with session.open() as workspace:
        rows = listed(workspace, number)
    lines = year_csv(rows).splitlines if as_csv else lambda: headed(rows)
    session.answer(lambda: [shapes.year_row(row) for row in rows], lines)
    if not rows:
        session.say(f"Nothing was mailed in {number}.")


def headed(rows: Sequence[YearRow]) -> Iterator[str]:
    """The list of a year under its headings; what is nobody's stands under a heading without a name."""
    for heading, below in groupby(rows, key=lambda row: (row.section, row.country_or_organisation)):
        yield ": ".join(filter(None, heading))
        yield from (f"  {row.title}" for row in below)
