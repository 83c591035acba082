"""The documents of the list: all their ids, and of those on the screen also what is known about them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, MutableSequence, Sequence

from curator.desk.screens.targets import Targets
from curator.errors import CuratorError
from curator.models import Filed
from curator.workflow.workspace import Workspace

_MOST = 400
"""Documents remembered: some screens full; more would only hold memory."""


class Window:
    """Reads what is asked for, and nothing else, while a key waits: through a `workspace` of its own, whose library
    waits for nobody. `ids` are newest first, as the query gave them."""

    def __init__(self, workspace: Workspace, tell: Callable[[CuratorError], None]) -> None:
        self._workspace, self._tell = workspace, tell
        self._failed = False
        self.ids: MutableSequence[int] = []
        self._known: dict[int, Filed] = {}
        self._gone: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def show(self, ids: MutableSequence[int], known: Iterable[Filed] = ()) -> None:
        self.ids, self._known, self._gone = ids, {}, {}
        self.remember(known)

    @property
    def known(self) -> Iterable[Filed]:
        """What is remembered of the documents."""
        return self._known.values()

    def close(self) -> None:
        self._workspace.close()

    def page(self, start: int, stop: int) -> Sequence[Filed]:
        """The rows of a list from `start` up to, not including, `stop`; one that is gone is left out, and all that
        are not known yet where the library cannot be read, which is told once."""
        return self.some(self.ids[start:stop])

    def whole(self, number: int) -> Filed | None:
        """With its text; None where it is gone or cannot be read."""
        found = self._read([number], texts=True)
        return found[0] if found else None

    def _read(self, numbers: Sequence[int], *, texts: bool = False) -> Sequence[Filed]:
        try:
            found = self._workspace.library.documents.pick(numbers, texts=texts)
        except CuratorError as error:
            if not self._failed:
                self._tell(error)
            self._failed = True
            return ()
        self._failed = False
        return found

    def some(self, numbers: Sequence[int]) -> Sequence[Filed]:
        """Those of `numbers` that are there: few, since the editor waits."""
        if missing := [number for number in numbers if number not in self._known]:
            self.remember(self._read(missing))
        return [self._known[number] for number in numbers if number in self._known]

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

    def forget_all(self) -> None:
        self._known = {}

    def remove(self, number: int) -> None:
        """It has left the list; where it stood is remembered."""
        if (index := self.index(number)) is not None:
            self._gone[number] = index
            del self.ids[index]

    def remove_all(self, targets: Targets) -> None:
        """They have left the list; where they stood a new look tells."""
        if targets.whole is not None and not targets.without:
            self.ids = array("q")
        else:
            self.ids = array("q", (number for number in self.ids if not targets.have(number)))

    def bring_back(self, number: int, decision: str) -> int | None:
        """Where it stands again, if it left this list and has `decision` once more; None where only a new look at
        the library can tell."""
        index = self._gone.get(number)
        found = self._read([number]) if index is not None else ()
        if index is None or not found or found[0].review.decision != decision:
            return None
        self.remember(found)
        del self._gone[number]
        self.ids.insert(index, number)
        return min(index, len(self.ids) - 1)

    def index(self, number: int | None) -> int | None:
        try:
            return None if number is None else self.ids.index(number)
        except ValueError:
            return None
