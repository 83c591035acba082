"""send, run: what leaves the house."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Literal

import click

from curator.clean import plain_line
from curator.cli import shapes
from curator.cli.command import Command, pass_session
from curator.cli.progress import pulling, sending
from curator.cli.session import Session
from curator.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from curator.models import Delivery, SendReport
    from curator.workflow.workspace import Workspace

Answer = Literal["sent", "again"]


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.option("--only", metavar="ADDRESS", help="To this one of its list; the others stay as they are.")
@click.option("--dry-run", "dry", is_flag=True, help="Send nothing; `pending` counts whom it would mail.")
@click.option(
    "--unknown",
    "answer",
    type=click.Choice(["sent", "again"]),
    help="Your word on mails a crash left in doubt: they arrived, or are to be sent again.",
)
@pass_session
def send(session: Session, name: str, only: str | None, dry: bool, answer: Answer | None) -> ExitCode:
    """Mail a sealed edition to its mailing list, once each. It asks nothing.

    Ctrl-C stops after the mail in hand; the same command goes on from there.
    """
    if dry and answer:
        raise UsageError("--unknown writes an answer down, so it cannot go with --dry-run.")
    stopped = False
    with session.open() as workspace:
        _settle(session, workspace, name, answer)
        report = _would_send(session, workspace, name, only, dry)
        if not dry:
            report, stopped = _send(session, workspace, name, only)
    session.answer(lambda: shapes.send_report(report), lambda: [_summary(report, dry)])
    for line in _problems(report):
        session.say(line)
    if stopped and report.pending:
        session.say(f"Stopped; `curator send {name}` goes on with the {report.pending:,} who wait.")
        return ExitCode.INTERRUPTED
    return ExitCode.DONE if dry else _code(report)


def _settle(session: Session, workspace: Workspace, name: str, answer: Answer | None) -> None:
    """The editor's word on mails in doubt."""
    from curator.workflow.send import answer_unknown

    if answer:
        count = answer_unknown(workspace, name, answer)
        session.say(f"{count} in doubt: {'taken as sent' if answer == 'sent' else 'to be sent again'}.")


def _would_send(session: Session, workspace: Workspace, name: str, only: str | None, dry: bool) -> SendReport:
    """Look first: raises where the edition may not be sent, and promises nothing before that is known."""
    from curator.workflow.looking import find
    from curator.workflow.send import dry_run, recipients

    edition = find(workspace, name)
    report = dry_run(workspace, name, only=only)
    mailing_list, count = recipients(workspace, edition)
    whom = f"{plain_line(only)} alone" if only else f"{count} on “{mailing_list}”"
    words = f" ({plain_line(edition.subject)})" if edition.subject else ""
    if edition.status == "sent":
        session.say(f"{name}{words} has been sent; nobody waits for it.")
    else:
        session.say(f"{'Would mail' if dry else 'Mailing'} {name}{words} to {whom}.")
    return report


def _send(session: Session, workspace: Workspace, name: str, only: str | None) -> tuple[SendReport, bool]:
    """The report, and whether Ctrl-C cut it short."""
    from curator.workflow import send as verbs

    with sending(session) as on_mail, _stoppable() as stopped:
        report = verbs.send(workspace, name, only=only, on_mail=on_mail, go_on=lambda: not stopped())
        return report, stopped()


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Ctrl-C is noted for after the mail in hand; the second interrupts at once, as always. Where it is ignored, as in
    the background of a script, it stays so."""
    asked, usual = threading.Event(), signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or usual in (signal.SIG_IGN, None):
        yield asked.is_set
        return

    def note(_number: int, _frame: FrameType | None) -> None:
        asked.set()
        signal.signal(signal.SIGINT, usual)
        if sys.stderr is not None:  # not through its buffer, which the interrupted line may hold
            os.write(2, b"\nStopping after the mail in hand; Ctrl-C again stops at once.\n")

    signal.signal(signal.SIGINT, note)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, usual)


def _summary(report: SendReport, dry: bool) -> str:
    if dry:
        return f"would mail {report.pending}; {report.already} have it already"
    parts = [f"{report.sent} sent", f"{report.already} had it already"]
    parts += [f"{report.failed} refused"] * bool(report.failed)
    parts += [f"{report.pending} to be tried again"] * bool(report.pending)
    parts += [f"{report.unknown} in doubt"] * bool(report.unknown)
    return ", ".join(parts)


def _problems(report: SendReport) -> Iterator[str]:
    for one in report.problems:
        yield plain_line(f"{one.address}: {_fate(one)}")
    if report.unknown:
        yield "Whether the mails in doubt arrived is for you to say: --unknown sent, or --unknown again."


def _fate(one: Delivery) -> str:
    fate = "in doubt" if one.fate in ("unknown", "sending") else "refused" if one.fate == "failed" else "not yet"
    return f"{fate}: {one.detail}" if one.detail else fate


def _code(report: SendReport) -> ExitCode:
    if report.pending:
        return ExitCode.TRY_LATER
    return ExitCode.PARTLY if report.failed or report.unknown else ExitCode.DONE


@click.command(cls=Command)
@click.option("--dry-run", "dry", is_flag=True, help="Pull, draft and send nothing; say what would be done.")
@pass_session
def run(session: Session, dry: bool) -> int:
    """Do all that is due: pull, draft, send what is sealed and in its window. The one line in crontab."""
    from curator.workflow.run import run as do_all

    with session.open() as workspace, pulling(session) as on_feed:
        report = do_all(workspace, dry=dry, on_feed=on_feed)
    session.answer(
        lambda: shapes.run_report(report),
        lambda: [f"pulled {report.pulled}, drafted {report.drafted}, sent {report.sent}, held {report.held}"],
    )
    for note in report.notes:
        session.say(f"curator: {plain_line(note)}")
    return report.code
