"""check: what a careful proofreader would mark, in an edition or in any text, before it is mailed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curator.clean import plain_line
from curator.cli import shapes
from curator.cli.certificate import certify
from curator.cli.command import Command, pass_session
from curator.cli.session import Session
from curator.cli.setup import report_findings
from curator.errors import ExitCode, TemplateFault, UsageError

if TYPE_CHECKING:
    from curator.models import Finding
    from curator.workflow.check import Checked
    from curator.workflow.workspace import Workspace

_MOST = 5_000_000
"""Bytes of a text that are read: a book has a tenth of it."""


@click.command(cls=Command)
@click.argument("name", metavar="ID|FILE")
@click.option("--no-spelling", is_flag=True, help="Leave the spelling unread.")
@click.option("--links", is_flag=True, help="Ask the links that were not asked within a week; without it none is.")
@click.option("--anew", is_flag=True, help="Ask all links, whenever they were asked last.")
@click.option(
    "--mend", metavar="WHAT", multiple=True, help="Write what the finding proposes: its six figures or a code."
)
@click.option("--accept", metavar="WHAT", multiple=True, help="It is right so; do not say it again in this edition.")
@click.option("--reopen", metavar="WHAT", multiple=True, help="Say again what was accepted.")
@click.option("--know", metavar="WORD", multiple=True, help="The word is right: add it to the workspace's words.txt.")
@click.option("--all", "everything", is_flag=True, help="Show what was accepted too.")
@pass_session
def check(
    session: Session,
    name: str,
    no_spelling: bool,
    links: bool,
    anew: bool,
    mend: tuple[str, ...],
    accept: tuple[str, ...],
    reopen: tuple[str, ...],
    know: tuple[str, ...],
    everything: bool,
) -> ExitCode:
    """Look an edition, or any text FILE (- is stdin), over before it is mailed; exit 1 where a finding blocks it."""
    from curator.workflow.known_words import know as learn

    with session.open() as workspace:
        for word in know:
            learn(workspace.path, word)
        if _is_file(name):
            if mend or accept or reopen or links:
                raise UsageError("--links, --mend, --accept and --reopen are for editions; a file is yours to change.")
            findings, hidden = _of_file(workspace, name, not no_spelling), 0
        else:
            if links or anew:
                _ask_links(session, workspace, name, anew)
            checked = _worked(workspace, name, not no_spelling, mend, accept, reopen)
            findings = [*checked.findings, *(checked.accepted if everything else [])]
            hidden = 0 if everything else len(checked.accepted)
            if not isinstance(checked.mail, TemplateFault):  # which is a finding
                certify(session, workspace, name, checked.mail)
    return _answer(session, name, findings, hidden)


def _ask_links(session: Session, workspace: Workspace, name: str, anew: bool) -> None:
    from curator.workflow.links import look_at_links

    looked = look_at_links(workspace, name, anew=anew)
    counts = Counter(one.answer for one in looked.values())
    said = ", ".join(
        f"{counts[answer]} {answer}" for answer in ("alive", "moved", "dead", "doubtful") if counts[answer]
    )
    session.say(f"{len(looked)} links: {said}." if looked else "There is no link to ask.")


def _is_file(name: str) -> bool:
    """An edition is called update-3; what has a dot, a slash or only a hyphen is a file."""
    return name == "-" or "." in name or "/" in name or "\\" in name


def _of_file(workspace: Workspace, name: str, spell: bool) -> list[Finding]:
    from curator.workflow.check import check_text

    try:
        with click.open_file(name, "rb") as file:
            data = file.read(_MOST + 1)
    except OSError as error:
        raise UsageError(f"{name} cannot be read ({error.strerror}).") from error
    if len(data) > _MOST:
        raise UsageError(f"{name} has more than {_MOST // 1_000_000} MB; that is no newsletter.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not UTF-8 text. `curator add {name}` reads PDFs and web pages.") from error
    return check_text(workspace, Path("stdin" if name == "-" else name), text, spell=spell)


def _worked(
    workspace: Workspace, name: str, spell: bool, mend: Sequence[str], accept: Sequence[str], reopen: Sequence[str]
) -> Checked:
    """Mended, accepted and opened again as told, then checked anew."""
    from curator.workflow import check as verbs
    from curator.workflow.mending import mend as write

    checked = verbs.look_over(workspace, name, spell=spell)
    if not (mend or accept or reopen):
        return checked
    to_mend, right = verbs.chosen(checked.findings, mend), verbs.chosen(checked.findings, accept)
    again = verbs.chosen(checked.accepted, reopen)
    if right:
        verbs.accept(workspace, name, right)
    if again:
        verbs.reopen(workspace, name, again)
    if to_mend:
        write(workspace, name, [one for one in to_mend if _can_be_mended(one, mend)])
    return verbs.look_over(workspace, name, spell=spell)


def _can_be_mended(finding: Finding, named: Sequence[str]) -> bool:
    """Of a code those that propose something; one named by its figures must."""
    return finding.id in named or (finding.spot is not None and finding.spot.mend is not None)


def _answer(session: Session, name: str, findings: Sequence[Finding], hidden: int) -> ExitCode:
    none = f"{name}: nothing to mark." if _is_file(name) else f"{name} is ready to be sealed."
    answer = report_findings(session, findings, none, shapes.checked, _end)
    if hidden:
        session.say(f"{hidden} accepted before; --all shows {'it' if hidden == 1 else 'them'}.")
    return answer


def _end(finding: Finding) -> str:
    return f"{_proposed(finding)}[{finding.code} {finding.id}]"


def _proposed(finding: Finding) -> str:
    """`→ “organisation” `."""
    mend = finding.spot.mend if finding.spot else None
    if mend is None:
        return ""
    return f"→ “{plain_line(mend, 80)}” " if mend else "→ left away "
