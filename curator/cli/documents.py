"""documents, show, add: what the library holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from curator.clean import plain_line, plain_text
from curator.cli import shapes
from curator.cli.command import Command, QueryCommand, pass_session, takes_documents
from curator.cli.session import Session
from curator.cli.table import table
from curator.errors import UsageError

if TYPE_CHECKING:
    from curator.digest.citation import Form
    from curator.models import Filed, Suggestions
    from curator.workflow.revisions import Revision
    from curator.workflow.workspace import Workspace

MARKS = {"inbox": ".", "kept": "+", "dropped": "-", "later": ">"}
_COLOURS = {"inbox": "white", "kept": "green", "dropped": "red", "later": "yellow"}
FORMS = ("address", "citation", "markdown", "quotation")


@click.command(cls=QueryCommand)
@click.argument("words", metavar="[QUERY]...", nargs=-1, type=click.UNPROCESSED)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=0), help="How many at most; 0: all.")
@pass_session
def documents(session: Session, words: tuple[str, ...], limit: int) -> None:
    """List documents, newest first; QUERY narrows them (docs/query.md).

    Columns: ID, day, country, section, decision (. inbox, + kept, - dropped, > later; * revised), title, publisher.
    """
    from curator.workflow import triage

    text = " ".join(words)
    with session.open() as workspace:
        found = triage.find(workspace, text, limit=limit)
        numbers = [filed.id for filed in found]
        session.answer(lambda: as_shapes(workspace, numbers), lambda: _lines(session, workspace, found))
        if limit and len(found) == limit and not session.json:
            session.say(f"{limit} of {triage.count(workspace, text)}; --limit 0 shows all.")


def as_shapes(workspace: Workspace, numbers: Sequence[int]) -> list[dict[str, Any]]:
    """Documents by their ids with what is suggested for each, which is read from their texts, a few at a time."""
    from curator.workflow import triage
    from curator.workflow.chosen import Chosen, gathered

    found = gathered(workspace, Chosen(numbers), texts=True)
    return [shapes.document(filed, triage.suggestions(workspace, filed)) for filed in found]


def _lines(session: Session, workspace: Workspace, found: Sequence[Filed]) -> Iterator[str]:
    from curator.workflow.triage import publisher_labels

    zone, publisher = workspace.config.network.zone, publisher_labels(workspace)
    rows = [
        (
            str(filed.id),
            filed.document.published_at.astimezone(zone).date().isoformat(),
            " ".join(filed.countries),
            filed.section or "",
            MARKS[filed.review.decision] + "*" * filed.revised,
            filed.document.title,
            publisher(filed),
        )
        for filed in found
    ]
    lines = table(rows, width=session.width, shrink=(2, 6, 5), right=(0,))
    for filed, line in zip(found, lines, strict=True):
        decision = filed.review.decision
        yield line if decision == "inbox" else session.paint(line, fg=_COLOURS[decision])


@click.command(cls=Command)
@click.argument("number", metavar="ID", type=int)
@pass_session
def show(session: Session, number: int) -> None:
    """One document: what its feed said, what the editor says, what curator suggests, and its text."""
    from curator.workflow import triage
    from curator.workflow.revisions import revisions

    with session.open() as workspace:
        filed = triage.show(workspace, number)
        suggestions, changes = triage.suggestions(workspace, filed), revisions(workspace, filed)
        session.answer(
            lambda: (
                shapes.document(filed, suggestions, text=True)
                | {"revisions": [shapes.revision(one) for one in changes]}
            ),
            lambda: _sheet(workspace, filed, suggestions, changes),
        )


def _sheet(workspace: Workspace, filed: Filed, suggestions: Suggestions, changes: Sequence[Revision]) -> Iterator[str]:
    yield f"{filed.id}  {plain_line(filed.document.title)}"
    yield ""
    yield from table([(name, value) for name, value in _facts(workspace, filed) if value])
    for heading, text in (
        ("Blurb", filed.blurb),
        ("Excerpt", filed.document.excerpt),
        ("Changed", "\n\n".join(_changes(workspace, changes))),
        ("Suggested", "\n\n".join(_proposals(suggestions))),
        ("Text", filed.document.text),
    ):
        if text:
            yield from ("", heading, *(f"  {line}".rstrip() for line in plain_text(text).splitlines()))


def _changes(workspace: Workspace, changes: Sequence[Revision]) -> Iterator[str]:
    for one in changes:
        when = one.at.astimezone(workspace.config.network.zone)
        for part, said in one.changes.items():
            yield f"{when:%Y-%m-%d %H:%M} {part}: {said}"


def _facts(workspace: Workspace, filed: Filed) -> Iterator[tuple[str, str]]:
    from curator.workflow import triage

    said, review = filed.document, filed.review
    yield "publisher", triage.publisher_labels(workspace)(filed)
    published = said.published_at.astimezone(workspace.config.network.zone)
    yield "published", f"{published:%Y-%m-%d}" + ("" if said.dated == "feed" else f" (by the {said.dated})")
    yield "revised", "its feed has changed it since you last acted on it" if filed.revised else ""
    yield "feed", ", ".join(said.feeds or (said.feed,))
    yield "link", said.link
    yield "decision", review.decision + (f" until {review.later_until}" if review.later_until else "")
    yield "section", filed.section or ""
    yield "countries", ", ".join(filed.countries)
    yield "themes", ", ".join(review.themes)
    yield "audiences", ", ".join(review.audiences)
    yield from ((name, str(moment)) for name, moment in review.dates.items())
    yield "folded to", str(said.lead or "")
    for filed in workspace.library.documents.pick(said.family, texts=False):
        feeds, title = ", ".join(filed.document.feeds), plain_line(filed.document.title)
        yield "relative", f"{filed.id}  {title} ({feeds})"


def _proposals(suggestions: Suggestions) -> Iterator[str]:
    for axis, proposed in (
        ("country", suggestions.countries),
        ("theme", suggestions.themes),
        ("section", (suggestions.section,) if suggestions.section else ()),
    ):
        for one in proposed:
            yield f"{axis} {one.code}: {one.reason}"


@click.command(cls=Command)
@takes_documents
@click.option("--form", type=click.Choice(FORMS), default="citation", show_default=True, help="How to quote them.")
@pass_session
def cite(session: Session, numbers: tuple[int, ...], query: str | None, form: Form) -> None:
    """Documents as one quotes them elsewhere: address, citation, Markdown link or quotation."""
    from curator.workflow.chosen import chosen, gathered
    from curator.workflow.cite import citations

    with session.open() as workspace:
        found = list(gathered(workspace, chosen(workspace, numbers, query)))
        texts = citations(workspace, found, form)
    session.answer(
        lambda: [shapes.citation(one.id, form, text) for one, text in zip(found, texts, strict=True)],
        lambda: (text for text in texts if text),
    )


@click.command(cls=Command)
@click.argument("what", metavar="URL|FILE|-")
@pass_session
def add(session: Session, what: str) -> None:
    """Put one document into the inbox by hand: a web page, a PDF, a mail, a file, or what comes on standard input."""
    from curator.workflow.add import STANDARD_INPUT, add_documents
    from curator.workflow.triage import suggestions

    data = _standard_input() if what == STANDARD_INPUT else b""
    with session.open() as workspace:
        filed, *attached = add_documents(workspace, what, data)
        session.answer(
            lambda: shapes.document(filed, suggestions(workspace, filed)),
            lambda: [f"{one.id}  {plain_line(one.document.title)}" for one in (filed, *attached)],
        )
    if filed.document.lead:
        session.say(f"It is folded to document {filed.document.lead}; `curator family {filed.id}` says why.")
    if attached:
        session.say(f"With it came {len(attached)} attached: {', '.join(str(one.id) for one in attached)}.")


def _standard_input() -> bytes:
    """As much as a file may have, and one more byte for the fault's sake."""
    from curator.reading.read import FILE_BYTES

    if sys.stdin is None:
        raise UsageError("There is no standard input to read.")
    return sys.stdin.buffer.read(FILE_BYTES + 1)
