"""themes: what documents can be about."""

from __future__ import annotations

import click

from curator.cli import shapes
from curator.cli.command import Command, Listing, pass_session
from curator.cli.session import Session
from curator.cli.table import table


@click.group(cls=Listing)
def themes() -> None:
    """The themes that documents are tagged with, and that a Make it so is about; alone it lists them."""


@themes.command("list")
@pass_session
def list_(session: Session) -> None:
    """Every theme with its group."""
    with session.open() as workspace:
        known = workspace.taxonomy
    rows = [(one.slug, one.label, known.group_label(one.group)) for one in known.themes.values()]
    session.answer(
        lambda: [shapes.theme(*row) for row in rows], lambda: table(rows, width=session.width, shrink=[1, 2])
    )


@themes.command(cls=Command)
@click.argument("label", metavar="LABEL")
@click.option("--group", metavar="G", required=True, help="The group that it belongs to: slug or label.")
@pass_session
def add(session: Session, label: str, group: str) -> None:
    """Write a new theme into taxonomy.toml of the workspace; what stands there stays."""
    from curator.workflow.themes import add_theme

    with session.open() as workspace:
        theme = add_theme(workspace, label, group)
        within = workspace.taxonomy.group_label(theme.group)
    session.answer(
        lambda: shapes.theme(theme.slug, theme.label, within), lambda: [f"{theme.slug}: {theme.label} ({within})"]
    )
