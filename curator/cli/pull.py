"""pull: bring new documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from curator.clean import plain_line
from curator.cli import shapes
from curator.cli.command import Command, pass_session
from curator.cli.progress import pulling
from curator.cli.session import Session
from curator.errors import ExitCode

if TYPE_CHECKING:
    from curator.models import PullReport


@click.command(cls=Command)
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@pass_session
def pull(session: Session, slugs: tuple[str, ...]) -> ExitCode:
    """Bring new documents from all feeds, or from those named."""
    from curator.workflow.pull import ahead
    from curator.workflow.pull import pull as bring

    with ahead(session.folder()), session.open() as workspace, pulling(session) as on_feed:
        report = bring(workspace, slugs, on_feed=on_feed)
    session.answer(lambda: shapes.pull_report(report), lambda: [_summary(report)])
    for line in _failures(report):
        session.say(line)
    return ExitCode.PARTLY if report.failed else ExitCode.DONE


def _summary(report: PullReport) -> str:
    return (
        f"{report.new} new, {report.changed} changed; of {report.feeds} feeds {report.fetched} brought something, "
        f"{report.unchanged} unchanged, {report.failed} failed ({report.seconds:.1f} s)"
    )


def _failures(report: PullReport) -> Iterator[str]:
    for one in report.failures:
        yield plain_line(f"{one.feed}: {one.stage}: {one.error}")
