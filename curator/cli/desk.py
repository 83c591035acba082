"""desk: the terminal interface."""

from __future__ import annotations

from pathlib import Path

import click

from curator.cli.command import Command, pass_session
from curator.cli.session import Session
from curator.errors import UsageError


@click.command(cls=Command)
@pass_session
def desk(session: Session) -> None:
    """Open the desk, where an editor works (also plain `curator` on a terminal)."""
    open_desk(session)


def open_desk(session: Session) -> None:
    """Where there is no workspace the editor is asked for one. Raises UsageError where there is no terminal; the
    configuration is read before the screen is taken."""
    if not session.interactive:
        raise UsageError(
            "The desk needs a terminal, and this is none. `curator --help` lists the commands that work without."
        )
    if session.environ.get("TERM") in (None, "", "dumb", "unknown"):
        raise UsageError(
            "The desk needs a terminal that can move the cursor, and TERM says it cannot. Set TERM, as xterm."
        )
    folder: Path | None = session.folder() if session.has_folder else _chosen(session)
    while folder is not None:
        session.named = folder
        folder = _sat_down(session)


def _chosen(session: Session) -> Path | None:
    from curator.desk.entrance import choose_workspace

    return choose_workspace(session.now, session.environ)


def _sat_down(session: Session) -> Path | None:
    """The workspace to go to from this one, if any."""
    with session.open() as workspace:
        from curator.desk.app import open_desk as take_the_screen

        return take_the_screen(workspace)
