"""What a command is about: the document under the cursor, those selected, or all that a list has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import msgspec

from curator.desk.screens.survey import Asked, query_of
from curator.query import All, AsOf
from curator.workflow.chosen import Chosen
from curator.workflow.workspace import Workspace


class Whole(msgspec.Struct, frozen=True):
    """All that a list has as it was then: `asked` is the list, `then` how far the library had come."""

    asked: Asked
    then: AsOf

    def had(self, number: int) -> bool:
        """Whether the document was there by then."""
        return number <= self.then.document


class Targets(msgspec.Struct, frozen=True, dict=True):
    """`numbers`, in the order of the list, and all of `whole`, however long, but for `without`."""

    numbers: Sequence[int] = ()
    whole: Whole | None = None
    without: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.whole is not None or bool(self.numbers)

    @property
    def alone(self) -> int | None:
        """The one document, where it is about one."""
        return self.numbers[0] if len(self.numbers) == 1 and self.whole is None else None

    def have(self, number: int) -> bool:
        """Of a document that the list shows."""
        taken = self.whole is not None and self.whole.had(number) and number not in self.without
        return taken or number in self._known

    @cached_property
    def _known(self) -> frozenset[int]:
        """The numbers, to look one up for each row of a long list."""
        return frozenset(self.numbers)

    def chosen(self, workspace: Workspace) -> Chosen:
        """For the library; the clerk asks for it, since a query's names may have to be looked up."""
        if self.whole is None:
            return Chosen(self.numbers)
        return Chosen(self.numbers, All((query_of(workspace, self.whole.asked), self.whole.then)), self.without)
