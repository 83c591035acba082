"""export: one edition in one form, into a file or onto stdout."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from curator.cli.command import Command, pass_session
from curator.cli.session import Session

FORMS = ("html", "text", "web", "markdown", "pdf", "json", "ics", "ris", "csl")


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.option("--form", type=click.Choice(FORMS), default="web", show_default=True, help="What to make of it.")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write it: a file, a folder, or - for stdout.",
)
@pass_session
def export(session: Session, name: str, form: str, out: Path | None) -> None:
    """Write an edition as web page, Markdown, PDF, calendar or references; without --out into editions/ID."""
    from curator.workflow import forms

    chosen = next(one for one in forms.FORMS if one == form)
    to_stdout = out is not None and str(out) == "-"
    with session.open() as workspace:
        made = forms.export(workspace, name, chosen)
        path = None if to_stdout else forms.written(workspace, made, out)
        sealed = workspace.library.editions.get(name).status != "draft"
    if sealed and not made.sealed:
        session.say(
            f"{name} was sealed before curator kept what this form needs: it is made from the library as it is."
        )
    if path is None:
        sys.stdout.buffer.write(made.data)
        return
    kind = forms.FORMS[chosen]
    session.answer(
        lambda: {
            "form": form,
            "file": str(path.absolute()),
            "media_type": kind.media_type,
            "bytes": len(made.data),
            "sealed": made.sealed,
        },
        lambda: [str(path.absolute())],
    )
