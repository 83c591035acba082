"""Small things that the next key waits for, and the files that words are kept in while they are typed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from curator.workflow.workspace import Workspace

PATIENCE_SECONDS = 1.0
"""How long one waits for a library that another program holds: less than the keys wait for it."""


class Errands:
    """Done in order, in a thread and through a connection of their own: an act on the whole library, which keeps the
    clerk busy for a minute, holds none of them up. Close it to wait for all of them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._own: Workspace | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="errands")

    def run(self, errand: Callable[[Callable[[], Workspace]], None]) -> Future[None]:
        """`errand` is given how to come by the workspace, since opening the library may fail as well."""
        return self._thread.submit(lambda: errand(self._opened))

    def close(self) -> None:
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def _opened(self) -> Workspace:
        if self._own is None:
            self._own = self._workspace.twin(PATIENCE_SECONDS)
        return self._own

    def _close(self) -> None:
        if self._own is not None:
            self._own.close()
