"""One line on stderr that rewrites itself while something long goes on; nothing where stderr is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from curator.clean import plain_line
from curator.cli.session import Session
from curator.cli.table import cut

if TYPE_CHECKING:
    from curator.workflow.pull import FeedDone, Progress
    from curator.workflow.send import Mailed, OnMail

_ERASE = "\r\x1b[K"
_WIDTH = 70


@contextmanager
def pulling(session: Session) -> Iterator[Progress | None]:
    """What `pull` is to call for each feed: with -v a line for each, on a terminal one that counts, else nothing."""
    if session.verbose:
        yield lambda done: session.say(told(done))
    else:
        with counting(session) as on_feed:
            yield on_feed


@contextmanager
def counting(session: Session) -> Iterator[Progress | None]:
    """On a terminal a line that counts the feeds, else nothing."""
    if session.progress:
        with _line() as show:
            yield lambda done: show(f"{done.done}/{done.of} {done.feed.name}")
    else:
        yield None


@contextmanager
def sending(session: Session) -> Iterator[OnMail | None]:
    """What `send` is to call for each mail."""
    if not session.progress:
        yield None
        return
    with _line() as show:
        yield lambda done: show(mailed(done))


def mailed(done: Mailed) -> str:
    """`120 sent, 2 refused, 378 left, 9.1 a second`."""
    refused = f", {done.failed:,} refused" if done.failed else ""
    return f"{done.sent:,} sent{refused}, {done.left:,} left, {done.rate:.1f} a second"


def told(done: FeedDone) -> str:
    """One feed's outcome in a line."""
    from curator.models import Failure, Stored

    match done.outcome:
        case Failure(stage=stage, error=error):
            what = f"{stage}: {error}"
        case Stored(new=new, changed=changed):
            what = f"{len(new)} new, {len(changed)} changed"
        case _:
            what = "unchanged"
    return plain_line(f"{done.feed.slug}: {what}")


class _Line:
    """The line; called with its new words."""

    def __call__(self, text: str) -> None:
        sys.stderr.write(_ERASE + cut(plain_line(text), _WIDTH))
        sys.stderr.flush()


@contextmanager
def _line() -> Iterator[_Line]:
    try:
        yield _Line()
    finally:
        sys.stderr.write(_ERASE)
        sys.stderr.flush()
