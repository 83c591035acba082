"""The documents of the list: all their ids, and of those on the screen also what is known about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curator.models import Filed
from curator.workflow.workspace import Workspace

_MOST = 400
"""Documents remembered: some screens full; more would only hold memory."""


class Window:
    """Reads what is asked for, and nothing else. `ids` are newest first, as the query gave them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.ids: list[int] = []
        self._known: dict[int, Filed] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def show(self, ids: list[int]) -> None:
        self.ids, self._known = ids, {}

    def page(self, start: int, stop: int) -> Sequence[Filed]:
        """The rows of a list from `start` up to, not including, `stop`; one that is gone is left out."""
        wanted = self.ids[start:stop]
        missing = [number for number in wanted if number not in self._known]
        if missing:
            self.remember(self._workspace.library.documents.pick(missing, texts=False))
        return [self._known[number] for number in wanted if number in self._known]

    def at(self, index: int) -> Filed | None:
        found = self.page(index, index + 1) if 0 <= index < len(self.ids) else ()
        return found[0] if found else None

    def remember(self, documents: Iterable[Filed]) -> None:
        if len(self._known) > _MOST:
            self._known = {}
        self._known |= {filed.id: filed for filed in documents}

    def forget(self, documents: Iterable[int]) -> None:
        """Read them again when they are next seen."""
        for number in documents:
            self._known.pop(number, None)

    def remove(self, number: int) -> None:
        if number in self.ids:
            self.ids.remove(number)

    def index(self, number: int | None) -> int | None:
        return self.ids.index(number) if number is not None and number in self.ids else None
