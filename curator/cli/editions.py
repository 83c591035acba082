"""draft, editions, edition, preview, seal, unseal: from kept documents to an approved mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curator.clean import plain_line
from curator.cli import differing, shapes
from curator.cli.command import Command, Noun, day, pass_session
from curator.cli.session import Session
from curator.cli.table import table

if TYPE_CHECKING:
    from curator.digest.edition import Outline, Seat
    from curator.models import Edition
    from curator.workflow.workspace import Workspace


@click.command(cls=Command)
@click.argument("digest")
@click.option("--topic", metavar="THEME", help="The theme it is about, for a digest that has a topic.")
@click.option("--on", type=day, metavar="DATE", help="Its date; without it the open draft, else the next scheduled.")
@pass_session
def draft(session: Session, digest: str, topic: str | None, on: date | None) -> None:
    """Select, group and number an edition of DIGEST; again on a draft refreshes it, keeping your hand."""
    from curator.workflow import drafting as verbs

    with session.open() as workspace:
        show_edition(session, workspace, verbs.draft(workspace, digest, topic=topic, on=on))


@click.command(cls=Command)
@pass_session
def editions(session: Session) -> None:
    """All editions, newest first."""
    from curator.workflow import looking as verbs

    with session.open() as workspace:
        found = verbs.editions(workspace)
    session.answer(lambda: [shapes.edition(one) for one in found], lambda: _lines(session, found))


def _lines(session: Session, found: Sequence[Edition]) -> Iterator[str]:
    rows = [
        (one.id, one.date.isoformat(), one.status, str(len(one.placements)), one.subject or one.topic or "")
        for one in found
    ]
    yield from table(rows, width=session.width, shrink=[4], right=[3])


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@pass_session
def one_edition(session: Session, name: str) -> None:
    """One edition with its documents, in the order they will be mailed."""
    from curator.workflow import looking as verbs

    with session.open() as workspace:
        show_edition(session, workspace, verbs.find(workspace, name))


edition = Noun(
    "edition",
    shown=one_edition,
    commands=[differing.diff],
    help="One edition (ID) with its documents, in the order they will be mailed; or what changed in it.",
    subcommand_metavar="ID | diff A [B]",
)


def show_edition(session: Session, workspace: Workspace, one: Edition) -> None:
    """An edition as the result of a command."""
    from curator.workflow.carried import seen_before
    from curator.workflow.looking import in_reading_order
    from curator.workflow.rendering import outline
    from curator.workflow.stood import marks

    seen, stood = seen_before(workspace, one), marks(workspace, one)
    session.answer(
        lambda: shapes.edition(in_reading_order(workspace, one), seen),
        lambda: _sheet(one, outline(workspace, one), seen, stood),
    )


def _sheet(
    one: Edition, outline: Outline, seen: Mapping[int, Sequence[str]], stood: Mapping[str, str]
) -> Iterator[str]:
    yield f"{one.id}  {one.date}  {one.status}  {plain_line(one.subject)}".rstrip()
    for section in outline.sections:
        yield ""
        yield f"{plain_line(section.label)} ({section.count})"
        for group in section.groups:
            if group.label:
                compared = f"  (compared {stood[group.key]})" if group.key in stood else ""
                yield f"  {plain_line(group.label)}" + (": nothing" if group.gap else "") + compared
            yield from (f"    {seat.document:>5}  {plain_line(seat.title)}{_marks(seat, seen)}" for seat in group.seats)
    if outline.unplaced:
        yield ""
        yield "In no section, so not mailed"
        yield from (f"    {seat.document:>5}  {plain_line(seat.title)}" for seat in outline.unplaced)
    if one.left_out:
        yield ""
        yield f"Left out: {', '.join(map(str, one.left_out))}"
    if one.carried:
        yield ""
        yield f"Carried over: {', '.join(map(str, one.carried))}"


def _marks(seat: Seat, seen: Mapping[int, Sequence[str]]) -> str:
    """What the editor's hand did to it, and where readers saw it last."""
    marks = ["pinned"] * seat.by_hand + ["own words"] * seat.own_words
    marks += [f"seen in {plain_line(where)}" for where in seen.get(seat.document, ())[:1]]
    return f"  ({', '.join(marks)})" if marks else ""


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.option(
    "--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Where to write the files."
)
@pass_session
def preview(session: Session, name: str, out: Path | None) -> None:
    """Write edition.html, edition.txt and edition.eml into DIR, else into editions/ID of the workspace."""
    from curator.digest.meter import meter
    from curator.workflow import looking as verbs

    with session.open() as workspace:
        written = verbs.preview(workspace, name, out)
    session.say(meter(written.html.stat().st_size))
    session.answer(
        lambda: shapes.preview(written),
        lambda: [str(path.absolute()) for path in (written.html, written.text, written.eml)],
    )


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@pass_session
def seal(session: Session, name: str) -> None:
    """Approve an edition: exactly these words to exactly these people."""
    from curator.workflow import sealing as verbs

    with session.open() as workspace:
        sealed = verbs.seal(workspace, name)
    approval = sealed.seal
    assert approval is not None
    session.answer(
        lambda: shapes.seal(sealed),
        lambda: [f"{sealed.id} sealed by {plain_line(approval.by)}: {approval.hash[:12]}"],
    )


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@pass_session
def unseal(session: Session, name: str) -> None:
    """Take the approval of an edition back."""
    from curator.workflow import sealing as verbs

    with session.open() as workspace:
        opened = verbs.unseal(workspace, name)
    session.answer(lambda: shapes.seal(opened), lambda: [f"{opened.id} is a draft again"])
