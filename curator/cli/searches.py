"""searches: what the desk keeps beside its queues."""

from __future__ import annotations

import click

from curator.clean import plain_line
from curator.cli.command import Listing, QueryCommand, pass_session
from curator.cli.session import Session
from curator.cli.table import table


@click.group(cls=Listing)
def searches() -> None:
    """The saved searches of desk.toml; alone it lists them."""


@searches.command("list")
@pass_session
def list_(session: Session) -> None:
    """Every saved search with how many documents it finds now."""
    from curator.workflow import desk_file, triage

    with session.open() as workspace:
        found = [(one, triage.count(workspace, one.query)) for one in desk_file.searches(workspace)]
    session.answer(
        lambda: [{"name": one.name, "query": one.query, "documents": count} for one, count in found],
        lambda: table(
            [(plain_line(one.name), plain_line(one.query), str(count)) for one, count in found],
            width=session.width,
            shrink=[1],
            right=[2],
        ),
    )


@searches.command(cls=QueryCommand)
@click.argument("name", metavar="NAME")
@click.argument("query", metavar="QUERY...", nargs=-1, required=True, type=click.UNPROCESSED)
@pass_session
def save(session: Session, name: str, query: tuple[str, ...]) -> None:
    """Save a query under a name, in the place of one of that name; the comments of desk.toml stay."""
    from curator.workflow import desk_file

    with session.open() as workspace:
        saved = desk_file.save_search(workspace, name, " ".join(query))
    session.answer(lambda: {"name": saved.name, "query": saved.query}, lambda: [f"{saved.name}: {saved.query}"])


@searches.command()
@click.argument("name", metavar="NAME")
@pass_session
def forget(session: Session, name: str) -> None:
    """Take a saved search out of desk.toml."""
    from curator.workflow import desk_file

    with session.open() as workspace:
        desk_file.forget_search(workspace, name)
    session.answer(lambda: {"forgotten": name}, lambda: [f"{plain_line(name)} forgotten"])
