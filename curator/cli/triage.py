"""keep, drop, later, reopen, tag, accept, undo, redo, history: the editor's word on documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from curator.clean import plain_line
from curator.cli import shapes
from curator.cli.command import Command, pass_session, takes_documents
from curator.cli.documents import as_shapes
from curator.cli.session import Session
from curator.cli.table import table
from curator.errors import UsageError

if TYPE_CHECKING:
    from curator.models import Act, Decision
    from curator.workflow.triage import Tagging


@click.command(cls=Command)
@takes_documents
@pass_session
def keep(session: Session, numbers: tuple[int, ...], query: str | None) -> None:
    """Keep documents: they are for an edition."""
    _decide(session, numbers, query, "kept")


@click.command(cls=Command)
@takes_documents
@pass_session
def drop(session: Session, numbers: tuple[int, ...], query: str | None) -> None:
    """Drop documents: they are for no edition."""
    _decide(session, numbers, query, "dropped")


@click.command(cls=Command)
@takes_documents
@click.option("--until", metavar="DATE", default="", help="The day they come back into the inbox: 2026-12-01, 3d, 2w.")
@pass_session
def later(session: Session, numbers: tuple[int, ...], query: str | None, until: str) -> None:
    """Put documents aside, for good or until a day."""
    _decide(session, numbers, query, "later", until)


@click.command(cls=Command)
@takes_documents
@pass_session
def reopen(session: Session, numbers: tuple[int, ...], query: str | None) -> None:
    """Put documents back into the inbox."""
    _decide(session, numbers, query, "inbox")


def _decide(session: Session, numbers: Sequence[int], query: str | None, decision: Decision, until: str = "") -> None:
    from curator.workflow import triage
    from curator.workflow.chosen import chosen, gathered

    with session.open() as workspace:
        day = triage.coming_day(workspace, until)
        found = gathered(workspace, chosen(workspace, numbers, query))
        changed = triage.decide(workspace, found, decision, until=day)
    _tell(session, changed)


@click.command(cls=Command)
@takes_documents
@pass_session
def accept(session: Session, numbers: tuple[int, ...], query: str | None) -> None:
    """Take over what curator suggests, where the editor has said nothing yet."""
    from curator.workflow import triage
    from curator.workflow.chosen import chosen, gathered

    with session.open() as workspace:
        changed = triage.accept(workspace, gathered(workspace, chosen(workspace, numbers, query), texts=True))
    _tell(session, changed)


def _tell(session: Session, changed: int) -> None:
    session.answer(lambda: {"changed": changed}, lambda: [f"{changed} changed"])


@click.command(cls=Command)
@takes_documents
@click.option("--country", "countries", metavar="C", multiple=True, help="Add a country; may be repeated.")
@click.option("--theme", "themes", metavar="T", multiple=True, help="Add a theme.")
@click.option("--audience", "audiences", metavar="A", multiple=True, help="Add an audience.")
@click.option("--no-country", "no_countries", metavar="C", multiple=True, help="Take a country away.")
@click.option("--no-theme", "no_themes", metavar="T", multiple=True, help="Take a theme away.")
@click.option("--no-audience", "no_audiences", metavar="A", multiple=True, help="Take an audience away.")
@click.option("--section", metavar="S", help="Set the section; '' lets the feed's default stand again.")
@click.option("--blurb", metavar="TEXT", help="Set the two sentences that say why; '' takes them away.")
@click.option(
    "--starts",
    metavar="WHEN",
    help="When it starts: 2026-12-03, '2026-12-03 15:00 America/Vancouver'; '' takes it away.",
)
@click.option("--ends", metavar="WHEN", help="When it ends.")
@click.option("--deadline", metavar="WHEN", help="Until when a reader can act on it.")
@pass_session
def tag(session: Session, /, numbers: tuple[int, ...], query: str | None, **words: object) -> None:
    """Say where documents concern, what they are about, for whom, and why."""
    from curator.workflow import triage
    from curator.workflow.chosen import Chosen, chosen, gathered, numbers_of

    tagging = _tagging(words)
    with session.open() as workspace:
        found = numbers_of(workspace, chosen(workspace, numbers, query))
        changed = triage.tag(workspace, gathered(workspace, Chosen(found)), tagging)
        session.answer(lambda: as_shapes(workspace, found), lambda: [f"{changed} changed"])


def _tagging(words: Mapping[str, object]) -> Tagging:
    from curator.workflow.triage import Tagging

    tagging = Tagging(**words)  # type: ignore[arg-type]
    if tagging == Tagging():
        raise UsageError(
            "Say what to change: --country, --theme, --section, --audience, --blurb, a date, or the --no- forms."
        )
    return tagging


# ---------------------------------------------------------------- the journal


@click.command(cls=Command)
@pass_session
def undo(session: Session) -> None:
    """Take your last act back: a decision, a tag, a blurb, a move."""
    from curator.workflow import triage

    with session.open() as workspace:
        act = triage.undo(workspace)
    session.answer(lambda: {"undone": shapes.act(act)}, lambda: [_told(act, "undone", "Nothing is left to undo.")])


@click.command(cls=Command)
@pass_session
def redo(session: Session) -> None:
    """Do again what you undid last."""
    from curator.workflow import triage

    with session.open() as workspace:
        act = triage.redo(workspace)
    session.answer(lambda: {"redone": shapes.act(act)}, lambda: [_told(act, "done again", "Nothing is to be redone.")])


def _told(act: Act | None, what: str, nothing: str) -> str:
    if act is None:
        return nothing
    about = ", ".join(subject.replace(":", " ") for subject in act.subjects[:5])
    more = f" and {len(act.subjects) - 5} more" if len(act.subjects) > 5 else ""
    return f"{what}: {act.verb} {about}{more}"


@click.command(cls=Command)
@click.argument("subject", metavar="ID")
@pass_session
def history(session: Session, subject: str) -> None:
    """Every editorial act on a document or an edition: who, when, what before, what after."""
    from curator.workflow import triage

    with session.open() as workspace:
        acts = triage.history(workspace, subject)
        zone = workspace.config.network.zone
    rows = [(f"{act.at.astimezone(zone):%Y-%m-%d %H:%M}", act.by, *_change(act, was, now)) for act, was, now in acts]
    session.answer(
        lambda: [shapes.history_line(*one) for one in acts], lambda: table(rows, width=session.width, shrink=[3])
    )


@click.command(cls=Command)
@click.option("--limit", metavar="N", type=click.IntRange(min=0), default=50, help="At most N acts; 0 is all.")
@pass_session
def journal(session: Session, limit: int) -> None:
    """The newest acts of everybody: who, when, what, about what."""
    from curator.workflow.journal import journal as read

    with session.open() as workspace:
        found = read(workspace, limit)
        zone = workspace.config.network.zone
    rows = [
        (f"{one.act.at.astimezone(zone):%Y-%m-%d %H:%M}", plain_line(one.act.by), _verb(one.act), one.about)
        for one in found
    ]
    session.answer(
        lambda: [shapes.journal_line(one.act, one.about) for one in found],
        lambda: table(rows, width=session.width, shrink=[3]),
    )


def _verb(act: Act) -> str:
    return act.verb + (" (undone)" if act.undone else "")


def _change(act: Act, before: Mapping[str, object] | None, after: Mapping[str, object]) -> tuple[str, str]:
    return _verb(act), "; ".join(_differences(before or {}, after))


def _differences(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    for key, value in after.items():
        was = before.get(key, "inbox" if key == "decision" else None)
        if key not in ("document", "by", "at") and (was or value) and was != value:
            yield f"{key}: {_short(was)} → {_short(value)}"


def _short(value: object) -> str:
    if value in (None, "", [], ()):
        return "–"
    if isinstance(value, Mapping):  # a moment
        return " ".join(str(one).removesuffix(":00") for name in ("on", "at", "zone") if (one := value.get(name)))
    if isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
        return str(len(value))
    return plain_line(" ".join(map(str, value)) if isinstance(value, list) else str(value), 60)
