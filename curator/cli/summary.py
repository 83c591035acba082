"""summary: one long document in its chapters, boxes and lists of actions; read in, listed, built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from curator.clean import plain_line
from curator.cli.command import Group, pass_session
from curator.cli.session import Session
from curator.cli.table import table
from curator.errors import UsageError

if TYPE_CHECKING:
    from curator.workflow.summaries import Known


@click.group(cls=Group)
def summary() -> None:
    """Structured summaries of long documents: chapters, boxes, actions required."""


@summary.command()
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--name", default="", metavar="NAME", help="Call it so; without it as the file is called.")
@click.option("--title", default="", metavar="TEXT", help="The document's title.")
@click.option("--link", default="", metavar="URL", help="The address of its full text; without one it is not built.")
@click.option("--publisher", default="", metavar="TEXT", help="Who issued it.")
@click.option("--language", default="", metavar="CODE", help="The language it is in, as en or fr.")
@click.option("--theme", "themes", multiple=True, metavar="THEME", help="Briefings on it have it as an annex. Repeat.")
@click.option("--anew", is_flag=True, help="Write it again although it was changed by hand.")
@pass_session
def read(session: Session, /, source: Path, name: str, themes: tuple[str, ...], anew: bool, **said: str) -> None:
    """Read a text, PDF or web page into summaries/NAME.md, to be looked through there."""
    from curator.workflow import summaries as verbs

    with session.open() as workspace:
        known = verbs.read(workspace, source, verbs.Front(**said, themes=themes), name=name, anew=anew)
    session.answer(lambda: _shape(known) | {"written": known.written}, lambda: [_counted(known)])
    session.say("Written; look it through there." if known.written else "It is there already, just so.")
    _tell(session, [known])


@summary.command("list")
@pass_session
def list_(session: Session) -> None:
    """Every summary, and what keeps it from its readers."""
    from curator.workflow import summaries as verbs

    with session.open() as workspace:
        found = verbs.summaries(workspace)
    rows = [(one.name, *_counts(one), one.summary.title or "(no title)") for one in found]
    session.answer(lambda: [_shape(one) for one in found], lambda: table(rows, width=session.width, shrink=[4]))
    _tell(session, found)


@summary.command()
@click.argument("name", metavar="NAME")
@click.option("--annex", is_flag=True, help="What a briefing says of it: conclusions, actions, good practice.")
@click.option("--actor", default="", metavar="ACTOR", help="Only what it asks of this actor or area.")
@click.option("--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Write it there.")
@click.option(
    "--also",
    multiple=True,
    type=click.Choice(["pdf", "json"]),
    help="Beside HTML and text: PDF by Chromium, JSON. Repeat.",
)
@pass_session
def build(session: Session, name: str, annex: bool, actor: str, out: Path | None, also: tuple[str, ...]) -> None:
    """Write a summary as a page, in HTML and text."""
    from curator.workflow import summaries as verbs

    if annex and actor:
        raise UsageError("--annex and --actor are two forms; say one.")
    with session.open() as workspace:
        built = verbs.build(workspace, name, "annex" if annex else "page", actor, out, also)
        home = workspace.path
    made = {"html": built.html, "text": built.text, "pdf": built.pdf, "json": built.json}
    paths = {form: _below(path, home) for form, path in made.items() if path}
    session.answer(lambda: paths, lambda: list(paths.values()))


def _below(path: Path, home: Path) -> str:
    return str(path.relative_to(home) if path.is_relative_to(home) else path)


def _counts(known: Known) -> Sequence[str]:
    found = known.summary
    return str(len(found.chapters)), str(len(found.boxes)), str(len(found.actions))


def _counted(known: Known) -> str:
    chapters, boxes, actions = _counts(known)
    return plain_line(f"summaries/{known.path.name}: {chapters} chapters, {boxes} boxes, {actions} lists of actions")


def _tell(session: Session, found: Sequence[Known]) -> None:
    for line in _faults(found):
        session.say(plain_line(line))


def _faults(found: Sequence[Known]) -> Iterator[str]:
    for known in found:
        yield from (f"summaries/{known.path.name}: {fault}" for fault in known.faults)


def _shape(known: Known) -> dict[str, Any]:
    found = known.summary
    return {
        "name": known.name,
        "file": f"summaries/{known.path.name}",
        "title": found.title,
        "link": found.link,
        "publisher": found.publisher,
        "themes": list(found.themes),
        "chapters": [chapter.title for chapter in found.chapters],
        "boxes": [{"number": box.number, "title": box.title, "lines": list(box.items)} for box in found.boxes],
        "actions": [
            {"area": each.area, "actors": list(each.actors), "actions": list(each.items)} for each in found.actions
        ],
        "faults": [str(fault) for fault in known.faults],
    }
