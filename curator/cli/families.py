"""family, join, split, lead, proposals: which documents are one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from curator.clean import plain_line
from curator.cli import family_shapes
from curator.cli.command import Command, Listing, pass_session
from curator.cli.session import Session
from curator.cli.table import table

if TYPE_CHECKING:
    from curator.models import Family, Tie
    from curator.workflow.workspace import Workspace

_MOST = 50
"""Proposals listed unless told."""


@click.command(cls=Command)
@click.argument("number", metavar="ID", type=int)
@pass_session
def family(session: Session, number: int) -> None:
    """The family of a document: its lead, its relatives, why they are one, and what is proposed.

    Columns: ID, day, feeds, language, title. The lead stands first.
    """
    from curator.workflow import families

    with session.open() as workspace:
        _show(session, workspace, families.family(workspace, number))


@click.command(cls=Command)
@click.argument("numbers", metavar="ID...", nargs=-1, type=int, required=True)
@pass_session
def join(session: Session, numbers: tuple[int, ...]) -> None:
    """Make one family of documents and their families; the first one's lead leads."""
    from curator.workflow import families

    with session.open() as workspace:
        _show(session, workspace, families.join(workspace, numbers))


@click.command(cls=Command)
@click.argument("number", metavar="ID", type=int)
@pass_session
def split(session: Session, number: int) -> None:
    """Take a document out of its family; no pull puts it back."""
    from curator.workflow import families

    with session.open() as workspace:
        _show(session, workspace, families.split(workspace, number))


@click.command(cls=Command)
@click.argument("number", metavar="ID", type=int)
@pass_session
def lead(session: Session, number: int) -> None:
    """Let a document stand for its family in lists and editions."""
    from curator.workflow import families

    with session.open() as workspace:
        _show(session, workspace, families.lead(workspace, number))


def _show(session: Session, workspace: Workspace, told: Family) -> None:
    session.answer(lambda: family_shapes.family(told), lambda: _lines(session, workspace, told))


def _lines(session: Session, workspace: Workspace, told: Family) -> Iterator[str]:
    zone = workspace.config.network.zone
    rows = [
        (
            str(filed.id),
            filed.document.published_at.astimezone(zone).date().isoformat(),
            " ".join(filed.document.feeds),
            filed.document.language or "",
            filed.document.title,
        )
        for filed in told.members
    ]
    yield from table(rows, width=session.width, shrink=(4, 2), right=(0,))
    yield from (f"  {_told(tie)}" for tie in told.ties)
    titles = {filed.id: filed.document.title for filed in told.strangers}
    inside = {filed.id for filed in told.members}
    for tie in told.proposed:
        stranger = tie.one if tie.other in inside else tie.other
        yield f"  proposed: {stranger}  {plain_line(titles.get(stranger, ''))}: {plain_line(tie.reason)}"


def _told(tie: Tie) -> str:
    return f"{tie.one} and {tie.other}: {plain_line(tie.reason)}"


# ---------------------------------------------------------------- proposals


@click.group(cls=Listing)
def proposals() -> None:
    """Documents that may be one; alone it lists them."""


@proposals.command("list")
@click.option("--limit", default=_MOST, show_default=True, type=click.IntRange(min=0), help="How many at most; 0: all.")
@pass_session
def list_proposals(session: Session, limit: int) -> None:
    """What waits for your word, newest first: two documents, and why they may be one."""
    from curator.workflow import families

    with session.open() as workspace:
        found = families.proposals(workspace, limit=limit)
    rows = [
        (str(tie.one), one.document.title, str(tie.other), other.document.title, tie.reason)
        for tie, one, other in found
    ]
    session.answer(
        lambda: [family_shapes.proposal(*one) for one in found],
        lambda: table(rows, width=session.width, shrink=(1, 3, 4), right=(0, 2)),
    )


@proposals.command("accept")
@click.argument("one", metavar="ID", type=int)
@click.argument("other", metavar="OTHER", type=int)
@pass_session
def accept_proposal(session: Session, one: int, other: int) -> None:
    """The two are one. What stands in an edition leads, else what you have decided on, else the older."""
    from curator.workflow import families

    with session.open() as workspace:
        _show(session, workspace, families.accept(workspace, one, other))


@proposals.command("refuse")
@click.argument("one", metavar="ID", type=int)
@click.argument("other", metavar="OTHER", type=int)
@pass_session
def refuse_proposal(session: Session, one: int, other: int) -> None:
    """The two are two; it is not proposed again."""
    from curator.workflow import families

    with session.open() as workspace:
        families.refuse(workspace, one, other)
    session.answer(lambda: {"refused": [one, other]}, lambda: [f"{one} and {other} stay two"])
