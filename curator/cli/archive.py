"""archive: a site of what was mailed."""

from __future__ import annotations

from pathlib import Path

import click

from curator.cli.command import Command, pass_session
from curator.cli.session import Session
from curator.errors import ExitCode


@click.command(cls=Command)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--sealed", is_flag=True, help="Editions too that are sealed and not sent yet.")
@click.option("--url", metavar="URL", default="", help="The address the site will have, for its feeds.")
@click.option(
    "--language", metavar="CODE", default="", help="The language around editions, else theirs where it is one."
)
@pass_session
def archive(session: Session, folder: Path | None, sealed: bool, url: str, language: str) -> ExitCode:
    """Write a site of all sent editions into DIR, else into archive/ of the workspace: pages, feeds, a search."""
    from curator.workflow import archive as verbs

    with session.open() as workspace:
        done = verbs.archive(workspace, folder, with_sealed=sealed, url=url, language=language)
    counts = f"{done.editions} edition{'s' * (done.editions != 1)}, {done.files} files"
    session.say(f"{counts}: {done.written} written, {done.removed} taken away")
    for name, why in done.left_out.items():
        session.say(f"{name} was left out: {why}. Bring curator.db back from a backup; its pages stay as they were.")
    index = str((done.folder / "index.html").absolute())
    figures = {
        "editions": done.editions,
        "files": done.files,
        "written": done.written,
        "removed": done.removed,
        "language": done.language,
        "left_out": [{"edition": name, "why": why} for name, why in done.left_out.items()],
    }
    session.answer(lambda: {"index": index, **figures}, lambda: [index])
    return ExitCode.PARTLY if done.left_out else ExitCode.DONE
