"""lists, subscribers: who reads."""

from __future__ import annotations

from pathlib import Path

import click

from curator.clean import plain_line
from curator.cli import shapes
from curator.cli.command import Command, Group, pass_session
from curator.cli.session import Session
from curator.cli.table import table
from curator.errors import UsageError


@click.command(cls=Command)
@pass_session
def lists(session: Session) -> None:
    """The mailing lists, and how many are on each."""
    from curator.workflow import people

    with session.open() as workspace:
        counts, sizes = people.lists(workspace), people.growth(workspace)
        session.faulty(workspace)
    rows = [(name, str(count)) for name, count in counts.items()]
    session.answer(lambda: shapes.lists(counts, sizes), lambda: table(rows, right=[1]))


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@pass_session
def deliveries(session: Session, name: str) -> None:
    """Who got an edition, who did not and why, and the mend."""
    from curator.workflow.deliveries import deliveries as mails

    with session.open() as workspace:
        found = mails(workspace, name)
        zone = workspace.config.network.zone
    rows = [
        (
            one.address or "(forgotten)",
            one.delivery.fate,
            f"{one.delivery.at.astimezone(zone):%Y-%m-%d %H:%M}",
            one.delivery.detail,
        )
        for one in found
    ]
    session.answer(lambda: [shapes.mail(one) for one in found], lambda: table(rows, width=session.width, shrink=[0, 3]))
    for mend in dict.fromkeys(f"{one.delivery.fate}: {one.mend}" for one in found if one.mend):
        session.say(mend)
    if not found:
        session.say(f"No mail of {name} went out yet.")


@click.group(cls=Group)
def subscribers() -> None:
    """Who is on the mailing lists: import, export, add, erase."""


@subscribers.command("import")
@click.argument("file", metavar="CSV", type=click.Path(path_type=Path))
@pass_session
def import_(session: Session, file: Path) -> None:
    """Take a CSV file over, all of it or, where a line is wrong, nothing."""
    from curator.workflow import people

    with session.open() as workspace:
        new, changed = people.import_subscribers(workspace, file)
    session.answer(lambda: {"new": new, "changed": changed}, lambda: [f"{new} new, {changed} changed"])


@subscribers.command()
@click.option("--list", "mailing_list", metavar="NAME", help="Of this mailing list only.")
@pass_session
def export(session: Session, mailing_list: str | None) -> None:
    """Print everyone as the CSV that import reads."""
    from curator.workflow import people

    with session.open() as workspace:
        session.answer(
            lambda: [shapes.subscriber(one) for one in people.subscribers(workspace, mailing_list)],
            lambda: people.export_subscribers(workspace, mailing_list).splitlines(),
        )


@subscribers.command()
@click.argument("address")
@click.option("--list", "names", metavar="NAME", multiple=True, help="Put them on this mailing list; may be repeated.")
@click.option("--name", default="", help="Their name.")
@pass_session
def add(session: Session, address: str, names: tuple[str, ...], name: str) -> None:
    """Add one person, or put a known one on more lists."""
    from curator.workflow import people

    if wrong := [one for one in names if not one or one.split() != [one]]:
        raise UsageError(f"“{plain_line(wrong[0], 40)}” is no name of a mailing list: it is one word, as members.")
    with session.open() as workspace:
        one = people.add_subscriber(workspace, address, names, name=name)
    session.answer(lambda: shapes.subscriber(one), lambda: [f"{one.address}: {' '.join(one.lists) or 'on no list'}"])


@subscribers.command()
@click.argument("address")
@pass_session
def erase(session: Session, address: str) -> None:
    """Forget a person; the ledger keeps only that somebody was mailed."""
    from curator.workflow import people

    with session.open() as workspace:
        people.erase_subscriber(workspace, address)
    session.answer(lambda: {"erased": address}, lambda: [f"{address} is forgotten"])
