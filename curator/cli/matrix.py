"""matrix, compare: a theme across the network's countries, and how each stands on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from curator.clean import plain_line
from curator.cli.command import Command, day, pass_session
from curator.cli.session import Session
from curator.cli.table import table
from curator.errors import UsageError

if TYPE_CHECKING:
    from curator.digest.briefing import Briefing
    from curator.models import Comparison, Covered

_TITLE = 48
"""Cells that a title gets at most beside the marks of all countries."""


@click.command(cls=Command)
@click.argument("theme", metavar="THEME")
@click.option("--since", type=day, metavar="DATE", help="From this day on; without it two years up to today.")
@pass_session
def matrix(session: Session, theme: str, since: date | None) -> None:
    """Which kept documents on THEME concern which member country, and which countries have none."""
    from curator.workflow.matrix import matrix as look

    with session.open() as workspace:
        slug, documents, found = look(workspace, theme, since)
    session.answer(lambda: _shape(slug, documents, found), lambda: _lines(session, documents, found))


def _lines(session: Session, documents: Sequence[Covered], found: Briefing) -> Iterator[str]:
    """A row for each document, the newest first; `x` where it concerns a country. Then the sums, and the gaps."""
    codes = [country.code for country in found.countries]
    rows = [("", "", *(code.rpartition("-")[2] for code in codes))]
    for one in documents:
        marks = ("x" if code in one.countries else "." for code in codes)
        rows.append((one.on.isoformat(), plain_line(one.title, _TITLE), *marks))
    rows.append(("", "in all", *(str(len(country.documents)) for country in found.countries)))
    yield from table(rows, width=session.width, shrink=[1], right=range(2, len(codes) + 2))
    if found.gaps:
        yield ""
        yield f"Nothing since {found.since} from: {', '.join(country.label for country in found.gaps)}"


def _shape(slug: str, documents: Sequence[Covered], found: Briefing) -> dict[str, Any]:
    return {
        "theme": slug,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "countries": [{"code": each.code, "documents": len(each.documents)} for each in found.countries],
        "documents": [
            {
                "id": one.document,
                "title": one.title,
                "published_on": one.on.isoformat(),
                "countries": list(one.countries),
            }
            for one in documents
        ],
        "gaps": [each.code for each in found.gaps],
    }


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.argument("country", metavar="[COUNTRY]", default="", required=False)
@click.option("--law", metavar="TEXT", help="What its law says on the topic; '' takes it out.")
@click.option("--policy", metavar="TEXT", help="What its policy is.")
@click.option("--practice", metavar="TEXT", help="What is done.")
@click.option("--data", metavar="TEXT", help="What is counted and published.")
@pass_session
def compare(session: Session, /, name: str, country: str, **said: str | None) -> None:
    """Say in a draft how COUNTRY stands on its topic, in fields all countries have; without it show what is said."""
    from curator.workflow.compare import compare as verb
    from curator.workflow.looking import find
    from curator.workflow.stood import stood_before

    worded = any(text is not None for text in said.values())
    if bool(country) != worded:
        raise UsageError("Name a COUNTRY together with --law, --policy, --practice or --data, or none of them.")
    with session.open() as workspace:
        edition = verb(workspace, name, country, **said) if country else find(workspace, name)
        before = {code: one.number for code, one in stood_before(workspace, edition).items()}
    session.answer(
        lambda: {"edition": edition.id, "comparisons": [_compared(one, before) for one in edition.comparisons]},
        lambda: (plain_line(line) for one in edition.comparisons for line in _fields(one, before)),
    )


def _fields(one: Comparison, before: Mapping[str, int]) -> Iterator[str]:
    mark = f" (as in no. {before[one.country]})" if one.country in before else ""
    yield from (f"{one.country} {name}: {text}{mark}" for name, text in one.by_field.items() if text)


def _compared(one: Comparison, before: Mapping[str, int]) -> dict[str, Any]:
    return {"country": one.country, **one.by_field, "as_in": before.get(one.country)}
