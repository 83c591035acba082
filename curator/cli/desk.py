"""desk: the terminal interface, on a terminal or in a browser."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from curator.cli.command import Command, pass_session
from curator.cli.session import Session
from curator.desk import SERVED_DRIVER
from curator.errors import UsageError


@click.command(cls=Command)
@click.option("--web", is_flag=True, help="Serve it to a browser on this machine, until Ctrl-C; prints the address.")
@click.option("--port", type=click.IntRange(1, 65535), help="With --web: the port, else any that is free.")
@pass_session
def desk(session: Session, web: bool, port: int | None) -> None:
    """Open the desk, where an editor works (also plain `curator` on a terminal)."""
    if port is not None and not web:
        raise UsageError("--port means something with --web only.")
    if web:
        _serve(session, port or 0)
    else:
        open_desk(session)


def open_desk(session: Session) -> None:
    """Where there is no workspace the editor is asked for one. Raises UsageError where there is no terminal, nor a
    program in its stead that serves it to a browser; the configuration is read before the screen is taken."""
    served = session.environ.get("TEXTUAL_DRIVER") == SERVED_DRIVER
    if not served:
        _check_terminal(session)
    folder: Path | None = session.folder() if session.has_folder else _chosen(session)
    while folder is not None:
        session.named = folder
        gone_to = _sat_down(session)
        folder = None if served else gone_to  # a page closes with its desk


def _check_terminal(session: Session) -> None:
    if not session.interactive:
        raise UsageError(
            "The desk needs a terminal, and this is none. `curator --help` lists the commands that work without."
        )
    if session.environ.get("TERM") in (None, "", "dumb", "unknown"):
        raise UsageError(
            "The desk needs a terminal that can move the cursor, and TERM says it cannot. Set TERM, as xterm."
        )


def _chosen(session: Session) -> Path | None:
    from curator.desk.entrance import choose_workspace

    return choose_workspace(session.now, session.environ)


def _sat_down(session: Session) -> Path | None:
    """The workspace to go to from this one, if any."""
    gc.disable()  # all that a start reads stays: looking for garbage among it takes a tenth of the time
    try:
        with session.open() as workspace:
            from curator.desk.app import open_desk as take_the_screen

            return take_the_screen(workspace)
    finally:
        gc.enable()


def _serve(session: Session, port: int) -> None:
    """Each page is a desk with a workspace of its own; what is wrong with this one is said before any opens."""
    try:
        from curator.desk.web import serve_desk
    except ModuleNotFoundError as error:
        raise UsageError(
            f"The desk in a browser needs {error.name}, which is not installed. "
            "Install it with: pip install 'curator[web]'"
        ) from error
    with session.open() as workspace:
        folder, title = workspace.path, f"{workspace.config.network.short} desk"

    def tell(address: str) -> None:
        session.answer(lambda: {"address": address}, lambda: [address])
        session.say("Open it in a browser on this machine. The address is the key: give it to nobody. Ctrl-C ends it.")

    serve_desk(folder, title, tell, port)
