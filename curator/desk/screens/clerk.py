"""The clerk: one thread in the background with a connection of its own, doing what it is asked in order.

Whatever may wait for a lock, a template or 100,000 rows goes through it, so that a key never waits. What it finds it
posts; it never touches a widget.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Lock
from time import monotonic

from textual.message import Message

from curator.desk.events import Broke, Failed
from curator.desk.screens.errands import Errands
from curator.errors import CuratorError, Interrupted
from curator.workflow.workspace import Workspace

Work = Callable[[Workspace], Message | None]
Post = Callable[[Message], object]
BUSY_SECONDS = 5.0
"""How long an act waits for a library that another program holds: an editor sits in front of it, so not for long."""


class Clerk:
    """Close it to wait for what has been asked: nothing that was typed is dropped.

    A look that takes long, which counting a million documents does, is called off when something else is asked, and
    done anew afterwards: neither an act nor the next letter of a search waits for it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._own: Workspace | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="clerk")
        self._errands = Errands(workspace)
        self._begun: float | None = None
        self._yielding = False  # whether what runs now is a look that may be called off
        self._pressing = 0  # how much was asked that such a look makes way for, and has not begun
        self._turn = Lock()
        self.owes = 0
        """How much of what was asked is not done yet."""
        self.unsaved: dict[str, str] = {}
        """Words that could not be written, by the name of their piece: they are offered again."""

    def ask(
        self, work: Work, post: Post, *, looking: bool = False, yielding: bool = False, pressing: bool | None = None
    ) -> Future[None]:
        """Do `work` after what was asked before, and `post` what it answers, or how it failed. `looking`: it writes
        nothing; `yielding`: it may take long, and makes way for whatever is pressing and asked while it runs, as all is
        that does not yield, unless `pressing` says otherwise."""
        urgent = not yielding if pressing is None else pressing
        with self._turn:
            self.owes += 1
        if urgent:
            self._make_way()
        return self._thread.submit(lambda: self._do(work, post, looking, yielding, urgent))

    def fetch(self, work: Work, post: Post) -> Future[None]:
        """Look at something small beside all that was asked, whatever is going on there."""
        return self._errand(lambda opened: work(opened()), post)

    def jot(self, write: Callable[[], None], post: Post) -> Future[None]:
        """Write something small into a file, after what was jotted and fetched before; no library is needed."""
        return self._errand(lambda opened: write(), post)

    def _errand(self, work: Callable[[Callable[[], Workspace]], Message | None], post: Post) -> Future[None]:
        with self._turn:
            self.owes += 1

        def errand(opened: Callable[[], Workspace]) -> None:
            guarded(lambda: work(opened), post, self._workspace, looking=True)
            with self._turn:
                self.owes -= 1

        return self._errands.run(errand)

    def _make_way(self) -> None:
        with self._turn:
            self._pressing += 1
            if self._yielding and self._own is not None:
                self._own.library.interrupt()

    @property
    def at_it(self) -> float:
        """For how many seconds the clerk has been at what others have to wait for; 0 when idle."""
        begun = self._begun
        return monotonic() - begun if begun is not None and not self._yielding else 0.0

    def _do(self, work: Work, post: Post, looking: bool, yielding: bool, pressing: bool) -> None:
        self._begun = monotonic()
        try:
            with self._my_turn(yielding, pressing):
                guarded(lambda: work(self._opened()), post, self._workspace, looking=looking)
        except Interrupted:
            self._again(work, post)
        self._begun = None
        with self._turn:
            self.owes -= 1

    def _again(self, work: Work, post: Post) -> None:
        """After what called it off; when the desk closes, never."""
        with suppress(RuntimeError):
            self.ask(work, post, looking=True, yielding=True)

    @contextmanager
    def _my_turn(self, yielding: bool, pressing: bool) -> Iterator[None]:
        """While it lasts, `_make_way` may call a look off that yields; never what comes after it. Raises Interrupted
        where it would have to make way at once."""
        with self._turn:
            self._pressing -= pressing
            if yielding and self._pressing:
                raise Interrupted("Something more pressing waits.")
            self._yielding = yielding
        try:
            yield
        finally:
            with self._turn:
                self._yielding = False
                if self._own is not None:
                    self._own.library.go_on()

    def close(self) -> None:
        self._errands.close()
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def _opened(self) -> Workspace:
        if self._own is None:
            self._own = self._workspace.twin(BUSY_SECONDS)
            self._own.library.allow_interrupts()
        return self._own

    def _close(self) -> None:
        if self._own is not None:
            self._own.close()


class Left(Exception):
    """The editor leaves, or does not want it after all: what is done of it is whole, and nothing is to be said."""


def guarded(
    work: Callable[[], Message | None], post: Post, workspace: Workspace | None, *, looking: bool = False
) -> None:
    """Run `work` in a thread: a failure becomes an event, never a dead thread. A defect's trace is noted in the
    workspace, if there is one. Raises Interrupted."""
    try:
        answer = work()
    except Left:
        return
    except Interrupted:
        raise
    except CuratorError as error:
        answer = Failed(error, looking)
    except Exception as error:
        answer = Broke(error, noted(workspace, error) if workspace else "", looking)
    if answer is not None:
        post(answer)


def noted(workspace: Workspace, error: Exception) -> str:
    """Where the traceback went; '' where it could not be written."""
    path = workspace.path / "log" / "desk.log"
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now().astimezone().isoformat()}\n{''.join(traceback.format_exception(error))}\n")
    except OSError:
        return ""
    return str(path)
