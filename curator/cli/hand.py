"""introduce, move, leave-out, carry, pin, word: the editor's hand in a draft, for scripts."""

from __future__ import annotations

from pathlib import Path

import click

from curator.cli.command import Command, pass_session
from curator.cli.editions import show_edition
from curator.cli.session import Session
from curator.errors import UsageError


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.option("--text", metavar="MARKDOWN", help="The words themselves.")
@click.option("--file", "source", metavar="FILE", type=click.Path(path_type=Path), help="A file with them; - is stdin.")
@click.option("--key-messages", is_flag=True, help="Set the key messages instead of the introduction.")
@pass_session
def introduce(session: Session, name: str, text: str | None, source: Path | None, key_messages: bool) -> None:
    """Set the introduction of a draft, or its key messages, in Markdown."""
    from curator.workflow import edition as verbs

    words = _words(text, source)
    with session.open() as workspace:
        verb = verbs.key_messages if key_messages else verbs.introduce
        show_edition(session, workspace, verb(workspace, name, words))


def _words(text: str | None, source: Path | None) -> str:
    if (text is None) == (source is None):
        raise UsageError("Give the words with --text, or with --file (- for stdin), one of the two.")
    if text is not None:
        return text
    assert source is not None
    try:
        with click.open_file(str(source), encoding="utf-8") as file:
            words: str = file.read()
            return words
    except OSError as error:
        raise UsageError(f"{source} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{source} is not UTF-8 text; nothing was changed.") from error


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.argument("document", type=int)
@click.option("--by", "steps", metavar="N", type=int, help="Places further down its group; up where negative.")
@click.option("--section", metavar="S", help="Seat it in this section.")
@click.option("--group", metavar="G", help="Under this heading: a country, an organisation, or '' (international).")
@click.option("--rank", metavar="N", type=click.IntRange(1), help="As the Nth there; without it the last.")
@pass_session
def move(
    session: Session,
    name: str,
    document: int,
    steps: int | None,
    section: str | None,
    group: str | None,
    rank: int | None,
) -> None:
    """Move DOCUMENT within a draft: by some places, or to a section and group. It brings back what was left out."""
    from curator.workflow import edition as verbs

    if (steps is None) == (section is None) or (section is None and (group is not None or rank is not None)):
        raise UsageError("Say either --by N, or --section S with --group G.")
    with session.open() as workspace:
        if steps is not None:
            edition = verbs.move(workspace, name, document, steps)
        else:
            assert section is not None
            edition = verbs.place(workspace, name, document, section, group or "", rank)
        show_edition(session, workspace, edition)


@click.command("leave-out", cls=Command)
@click.argument("name", metavar="ID")
@click.argument("document", type=int)
@pass_session
def leave_out(session: Session, name: str, document: int) -> None:
    """Take DOCUMENT out of a draft; a refresh does not bring it back."""
    from curator.workflow import edition as verbs

    with session.open() as workspace:
        show_edition(session, workspace, verbs.leave_out(workspace, name, document))


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.argument("documents", metavar="DOCUMENT...", type=int, nargs=-1, required=True)
@pass_session
def carry(session: Session, name: str, documents: tuple[int, ...]) -> None:
    """Take documents out of a draft and keep them for the next edition of its digest, which proposes them first."""
    from curator.workflow import hand as verbs

    with session.open() as workspace:
        show_edition(session, workspace, verbs.carry(workspace, name, documents))


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.argument("documents", metavar="DOCUMENT...", type=int, nargs=-1, required=True)
@click.option("--off", is_flag=True, help="Let a refresh place them again.")
@pass_session
def pin(session: Session, name: str, documents: tuple[int, ...], off: bool) -> None:
    """Have a refresh keep documents where they stand."""
    from curator.workflow import hand as verbs

    with session.open() as workspace:
        show_edition(session, workspace, verbs.pin(workspace, name, documents, not off))


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.argument("document", type=int)
@click.option("--title", metavar="TEXT", help="The title in this edition; '' lets the document's stand again.")
@click.option("--blurb", metavar="TEXT", help="The blurb in this edition; '' lets the document's stand again.")
@pass_session
def word(session: Session, name: str, document: int, title: str | None, blurb: str | None) -> None:
    """Give DOCUMENT a title or a blurb for this edition alone; elsewhere its own words stand."""
    from curator.workflow import hand as verbs

    if title is None and blurb is None:
        raise UsageError("Say the words with --title, --blurb or both.")
    with session.open() as workspace:
        show_edition(session, workspace, verbs.word(workspace, name, document, title=title, blurb=blurb))
