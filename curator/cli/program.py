"""The program as a whole: its commands, and how a failure becomes one sentence and an exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click

from curator import __version__, kept
from curator.clean import plain_line
from curator.cli import desk
from curator.cli.command import Sections
from curator.cli.session import Session, utc_now
from curator.errors import CuratorError, ExitCode

_OUT_OF_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)

EPILOG = "docs/cli.md has every command, every exit code and the JSON of each."


@click.group(
    cls=Sections,
    name="curator",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
)
@click.option(
    "-w",
    "--workspace",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The workspace; without it CURATOR_WORKSPACE, else the nearest folder upwards with a feeds.toml.",
)
@click.option("-v", "--verbose", is_flag=True, help="Say more on stderr: feed by feed, and where an error arose.")
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def program(context: click.Context, folder: Path | None, verbose: bool) -> None:
    """Read what many countries publish, choose what matters, say why, and mail it out.

    Without a command it opens the desk.
    """
    session = context.ensure_object(Session)
    session.named, session.verbose = folder, verbose
    if context.invoked_subcommand is None:
        if session.interactive:
            desk.open_desk(session)
        else:
            click.echo(context.get_help())


program.add_section("Begin", ["setup.init", "setup.demo", "desk.desk"])
program.add_section("Bring", ["pull.pull", "feeds.feeds", "documents.add"])
program.add_section(
    "Read",
    [
        "documents.documents",
        "documents.show",
        "documents.cite",
        "searches.searches",
        "triage.history",
        "triage.journal",
        "report.report",
        "matrix.matrix",
    ],
)
program.add_section(
    "Fold", ["families.family", "families.join", "families.split", "families.lead", "families.proposals"]
)
program.add_section(
    "Judge",
    [
        "triage.keep",
        "triage.drop",
        "triage.later",
        "triage.reopen",
        "triage.tag",
        "triage.accept",
        "triage.undo",
        "triage.redo",
        "themes.themes",
    ],
)
program.add_section(
    "Build",
    [
        "editions.draft",
        "editions.editions",
        "editions.edition",
        "hand.introduce",
        "hand.move",
        "hand.pin",
        "hand.word",
        "hand.leave_out",
        "hand.carry",
        "matrix.compare",
        "summary.summary",
    ],
)
program.add_section(
    "Mail",
    [
        "editions.preview",
        "forms.export",
        "checking.check",
        "certificate.certificate",
        "editions.seal",
        "editions.unseal",
        "send.send",
        "send.run",
        "archive.archive",
    ],
)
program.add_section("Care", ["people.lists", "people.subscribers", "people.deliveries", "setup.doctor"])


def run_program(
    argv: Sequence[str],
    *,
    now: Callable[[], datetime] = utc_now,
    environ: Mapping[str, str] = os.environ,
    busy_seconds: float = 30.0,
) -> int:
    """Run one command line; answers the exit code. Nothing but a failing interpreter is raised."""
    session = Session(now=now, environ=environ, busy_seconds=busy_seconds)
    kept.use(kept.folder_of(environ))
    try:
        code = _invoke(list(argv), session)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except BaseException as error:
        return _failed(error, session)


def _invoke(argv: list[str], session: Session) -> int:
    with program.make_context("curator", argv, obj=session) as context:
        code = program.invoke(context)
    return int(code) if isinstance(code, int) else ExitCode.DONE


def _failed(error: BaseException, session: Session) -> int:
    """Say on stderr what went wrong; answers the exit code."""
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case SystemExit():
            return error.code if isinstance(error.code, int) else ExitCode.PARTLY
        case KeyboardInterrupt() | click.Abort():
            _complain(session, "interrupted; what was done so far is kept.")
            return ExitCode.INTERRUPTED
        case BrokenPipeError():
            _abandon_stdout()
            return ExitCode.DONE
    sentence, code = _in_words(error)
    _complain(session, sentence)
    if session.verbose and not isinstance(error, click.ClickException):
        session.say("".join(traceback.format_exception(error)).rstrip())
    return code


def _in_words(error: BaseException) -> tuple[str, ExitCode]:
    match error:
        case CuratorError():
            return error.message, error.exit_code
        case click.ClickException():
            return _usage(error), ExitCode.USAGE
        case OSError() if error.errno in _OUT_OF_ROOM:
            _abandon_stdout()
            where = error.filename or "the output"
            return f"{where} cannot be written: {error.strerror}. Make room, then try again.", ExitCode.TRY_LATER
        case OSError() if error.filename:
            return f"{error.filename} cannot be used: {error.strerror}.", ExitCode.USAGE
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    mend = "Run it again with -v before the command for the traceback, and report that."
    return f"this is a defect in curator: {what}. {mend}", ExitCode.PARTLY


def _usage(error: click.ClickException) -> str:
    message = error.format_message().rstrip()
    message += "" if message.endswith((".", "?", "!")) else "."
    context = getattr(error, "ctx", None)
    return f"{message} `{context.command_path} --help` shows how it is used." if context else message


def _complain(session: Session, sentence: str) -> None:
    for line in sentence.splitlines():
        indent = "  " if line.startswith("  ") else ""
        session.say(f"curator: {indent}{plain_line(line)}")


def _abandon_stdout() -> None:
    """Nobody takes the output any more: let the interpreter's last flush go nowhere, not fail."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        return
