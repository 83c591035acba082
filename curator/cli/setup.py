"""Workspaces: init, demo, doctor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curator.clean import plain_line
from curator.cli import shapes
from curator.cli.command import Command, pass_session
from curator.cli.progress import pulling
from curator.cli.session import Session
from curator.errors import ExitCode

if TYPE_CHECKING:
    from curator.models import Finding
    from curator.workflow.setup import Demo

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(cls=Command)
@click.argument("folder", metavar="[DIR]", default=".", type=_FOLDER)
@pass_session
def init(session: Session, folder: Path) -> None:
    """Make a fresh workspace here, or in DIR."""
    from curator.workflow.setup import init as make

    made = make(folder)
    session.answer(lambda: shapes.workspace(made), lambda: [str(made.absolute())])
    session.say(f"Next: fill in {made / 'feeds.toml'}, then `curator feeds add URL` and `curator pull`.")


@click.command(cls=Command)
@click.argument("folder", metavar="[DIR]", default="demo", type=_FOLDER)
@pass_session
def demo(session: Session, folder: Path) -> None:
    """Make a sample workspace in DIR (else ./demo) that needs no network, and open the desk on a terminal."""
    from curator.workflow.setup import demo as make

    with pulling(session) as on_feed:
        made = make(folder, now=session.now, environ=session.environ, on_feed=on_feed)
    session.answer(lambda: shapes.demo(made), lambda: _demo_lines(made))
    if session.interactive and not session.json:
        from curator.cli.desk import open_desk

        session.named = made.workspace
        open_desk(session)


def _demo_lines(made: Demo) -> Iterator[str]:
    yield f"{made.documents} documents in {made.workspace.absolute()}"
    for edition, written in zip(made.editions, made.previews, strict=True):
        yield f"{edition.id}: {plain_line(edition.subject)}"
        yield f"  {written.html}"
        yield f"  {written.text}"


@click.command(cls=Command)
@pass_session
def doctor(session: Session) -> ExitCode:
    """Look at workspace, database, templates, mail settings and the desk's; exit 1 where something is wrong."""
    from curator.workflow.doctor import doctor as examine

    folder = session.folder()
    findings = examine(folder, now=session.now, environ=session.environ)
    if (folder / "desk.toml").exists():
        from curator.desk.checkup import desk_findings

        findings += desk_findings(folder)
    return report_findings(session, findings, "Nothing is wrong.")


def report_findings(
    session: Session,
    findings: Sequence[Finding],
    when_none: str,
    shape: Callable[[Finding], object] = shapes.finding,
    end: Callable[[Finding], str] = lambda one: f"[{one.code}]",
) -> ExitCode:
    """Print what a check found, in JSON as `shape` says and in lines that end as `end` says; answers 1 where one
    blocks."""
    session.answer(
        lambda: [shape(one) for one in findings], lambda: (_line(session, one, end(one)) for one in findings)
    )
    if not findings:
        session.say(when_none)
    return ExitCode.PARTLY if any(one.level == "error" for one in findings) else ExitCode.DONE


COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def _line(session: Session, one: Finding, end: str) -> str:
    where = f"{plain_line(one.where)}: " if one.where else ""
    return f"{session.paint(one.level, fg=COLOURS[one.level])}: {where}{plain_line(one.message)} {end}"
