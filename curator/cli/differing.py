"""edition diff: what changed in an edition since its seal, or between two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from curator.clean import plain_line
from curator.cli.command import Command, pass_session
from curator.cli.session import Session

if TYPE_CHECKING:
    from curator.digest.forms.contents import Listed
    from curator.workflow.differing import Difference, Moved, Seat, View

Shape = dict[str, Any]


@click.command(name="diff", cls=Command)
@click.argument("name", metavar="A")
@click.argument("other", metavar="[B]", required=False)
@pass_session
def diff(session: Session, name: str, other: str | None) -> None:
    """What changed from edition A to edition B; without B, from A as it was sealed to what it would be now."""
    from curator.workflow.differing import difference

    with session.open() as workspace:
        found = difference(workspace, name, other)
    session.answer(lambda: _shape(found), lambda: _lines(found))


# ---------------------------------------------------------------- for people


def _lines(found: Difference) -> Iterator[str]:
    yield f"{_called(found.old)} → {_called(found.new)}"
    for each in found.reworded:
        if each.document is None:
            yield f"  ~ {each.part}: {_plain(each.changes)}"
    yield from (f"  + {_seat(seat)}" for seat in found.added)
    yield from (f"  - {_seat(seat)}" for seat in found.removed)
    yield from (f"  > {_moved(each)}" for each in found.moved)
    for each in found.reworded:
        if each.document is not None:
            yield f"  ~ {_document(each.document)}: {each.part}: {_plain(each.changes)}"
    if found.joined or found.left:
        yield f"  ~ people on “{plain_line(found.new.mail.mailing_list)}”: {found.joined} joined, {found.left} left"
    if found.otherwise:
        yield "  ~ the way it is set, by a template; no word and no place"
    elif not found.told:
        yield "  nothing"


def _called(view: View) -> str:
    return f"{view.edition.id} ({view.state})"


def _plain(changes: str) -> str:
    return plain_line(changes)


def _document(document: Listed) -> str:
    return f"{document.document:>5}  {plain_line(document.title, 80)}"


def _seat(seat: Seat) -> str:
    return f"{_document(seat.document)} ({_heading(seat)})"


def _heading(seat: Seat) -> str:
    return plain_line(f"{seat.section}, {seat.group}" if seat.group else seat.section)


def _moved(each: Moved) -> str:
    if each.headings:
        return f"{_document(each.became.document)}: {_heading(each.was)} → {_heading(each.became)}"
    return f"{_document(each.became.document)}: elsewhere under {_heading(each.became)}"


# ---------------------------------------------------------------- for scripts


def _shape(found: Difference) -> Shape:
    return {
        "from": {"edition": found.old.edition.id, "as": found.old.state},
        "to": {"edition": found.new.edition.id, "as": found.new.state},
        "same": not found.told and not found.otherwise,
        "added": [_placed(seat) for seat in found.added],
        "removed": [_placed(seat) for seat in found.removed],
        "moved": [{**_placed(each.became), "from": _under(each.was)} for each in found.moved],
        "words": [
            {
                "document": each.document.document if each.document else None,
                "part": each.part,
                "was": each.was,
                "now": each.became,
                "changes": each.changes,
            }
            for each in found.reworded
        ],
        "joined": found.joined,
        "left": found.left,
        "template": found.otherwise,
    }


def _placed(seat: Seat) -> Shape:
    return {"document": seat.document.document, "title": seat.document.title, **_under(seat)}


def _under(seat: Seat) -> Shape:
    return {"section": seat.section, "group": seat.group}
