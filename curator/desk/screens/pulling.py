"""A pull in the background: a thread with its own connection brings documents while the editor works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.worker import get_current_worker

from curator.desk.screens.base import DeskScreen
from curator.desk.screens.clerk import Left
from curator.desk.widgets.bars import Bar
from curator.desk.widgets.words import counted
from curator.models import Failure, PullReport, Stored

if TYPE_CHECKING:
    from curator.workflow.pull import FeedDone


@dataclass
class Pulling(Message):
    """One feed more is done."""

    done: int
    of: int
    new: int
    feed: str = ""
    outcome: str = ""
    """In a word or two: `+3`, `failed`, `nothing`."""


@dataclass
class Pulled(Message):
    report: PullReport


class PullOver(Message):
    """However it ended: what it brought is in the library."""


class PullScreen(DeskScreen):
    """Pulls, and shows how far it is."""

    pulling: Pulling | None = None
    status = ""

    def action_pull(self) -> None:
        self.pull_feeds(())

    def pull_feeds(self, slugs: Sequence[str]) -> None:
        """Those named, or all; nothing where a pull runs already."""
        if self.pulling is None:
            self.pulling = Pulling(0, len(slugs) or len(self.workspace.config.feeds), 0)
            self.pull_begins()
            self.show_progress()
            self.in_thread("pull", partial(self._pull, slugs), over=PullOver())

    def pull_begins(self) -> None:
        """Forget what the last one said."""

    def _pull(self, slugs: Sequence[str]) -> Pulled:
        """Runs in its own thread."""
        from curator.workflow.pull import pull  # not before something is pulled

        worker, new = get_current_worker(), 0

        def on_feed(progress: FeedDone) -> None:
            nonlocal new
            if worker.is_cancelled:
                raise Left
            new += len(progress.outcome.new) if isinstance(progress.outcome, Stored) else 0
            self.post_message(Pulling(progress.done, progress.of, new, progress.feed.slug, _in_a_word(progress)))

        with self.workspace.another() as own:
            return Pulled(pull(own, slugs, on_feed=on_feed))

    @on(Pulling)
    def _count(self, event: Pulling) -> None:
        if self.pulling is not None:
            self.pulling = event
            self.show_progress()

    @on(Pulled)
    def _finished(self, event: Pulled) -> None:
        self.say(told(event.report), title="Pulled")

    @on(PullOver)
    def _over(self) -> None:
        self.pulling = None
        self.show_progress()

    def show_progress(self) -> None:
        """How far the pull is at the right of the top line; `status` while none runs."""
        now, otherwise = self.pulling, self.status
        words = f"pulling {now.done}/{now.of} · {counted(now.new, 'new', 'new')}" if now else otherwise
        self.query_one("#top", Bar).right = words


def _in_a_word(progress: FeedDone) -> str:
    match progress.outcome:
        case Failure():
            return "failed"
        case Stored() as stored:
            return f"+{len(stored.new):,}" if stored.new else "nothing"
    return "nothing"


def told(report: PullReport) -> str:
    """A report in one or two sentences."""
    words = f"{counted(report.new, 'new document')} from {counted(report.feeds, 'feed')}"
    changed = f", {report.changed:,} changed" if report.changed else ""
    ill = f" {counted(report.failed, 'feed')} failed: {', '.join(one.feed for one in report.failures[:5])}"
    return f"{words}{changed}.{ill + ('…' if report.failed > 5 else '.') if report.failed else ''}"
