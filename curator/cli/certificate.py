"""certificate: what was checked of an edition, by which rules, with which result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from curator.clean import plain_line
from curator.cli import shapes
from curator.cli.command import Command, pass_session
from curator.cli.session import Session

if TYPE_CHECKING:
    from curator.models import Certificate, Rendered
    from curator.workflow.workspace import Workspace


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@pass_session
def certificate(session: Session, name: str) -> None:
    """What was checked of an edition at its seal; of a draft, what sealing it now would keep."""
    from curator.workflow import certificates

    with session.open() as workspace:
        found = certificates.certificate(workspace, name)
    session.answer(lambda: shapes.certificate(name, found), lambda: lines(session, found))


def lines(session: Session, found: Certificate) -> Iterator[str]:
    """A certificate for people: each rule with what breaks it, then what exactly was looked at."""
    for each in found.rulings:
        mark = session.paint("holds", fg="green") if each.holds else session.paint("fails", fg="red")
        yield f"{mark}  {each.what}"
        yield from (f"       {plain_line(fault)}" for fault in each.faults)
    yield f"{summary(found)}, by curator {found.curator} at {shapes.instant(found.at)}"


def summary(found: Certificate) -> str:
    """`14 of 14 rules hold for 3fa91c02b7d4`: the hash of subject, preheader, HTML and text, abbreviated."""
    held = len(found.rulings) - len(found.broken)
    return f"{held} of {len(found.rulings)} rules hold for {found.hash[:12]}"


def certify(session: Session, workspace: Workspace, name: str, mail: Rendered) -> None:
    """Say beside a check how large the mail is and how its certificate stands."""
    from curator.digest.meter import meter
    from curator.workflow import certificates

    found = certificates.certificate(workspace, name, mail)
    session.say(meter(len(mail.html.encode())))
    session.say(f"{summary(found)}; `curator certificate {name}` lists them.")
