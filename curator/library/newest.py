"""How far the newest documents reach back: words are looked for among ever more of them before all are searched."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curator.library.store import Store

NEWEST = (400, 2_000, 10_000, 40_000, 160_000)
"""So many, one step after the other: a common word is among the first of them, and reading a step takes longer the more
it finds."""
_UNPREPARED = 40_000
"""Some milliseconds; how far more of them reach is used only where it is known."""


class Reach(msgspec.Struct, frozen=True):
    """All documents published after the instant `after` have at least the id `since`; `newest` was the highest then."""

    since: int
    after: str
    newest: int


class Newest:
    """What is found stays true: ids only grow, and no document is dated anew or deleted."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, Reach | None] = {}
        self._at = 0

    def look_ahead(self) -> None:
        """Find out at leisure what a search would have to: some hundredths of a second in a large library."""
        self._forget_what_is_far()
        for count in NEWEST:
            self._reach(count)

    def reaches(self) -> Iterator[Reach]:
        """Ever further, as long as they leave documents out."""
        self._forget_what_is_far()
        for count in NEWEST:
            found = self._reach(count) if count <= _UNPREPARED else self._known.get(count)
            if found is None:
                return
            yield found

    def _forget_what_is_far(self) -> None:
        """Once the newest are many more by now."""
        newest = int(self._store.value("SELECT coalesce(max(id), 0) FROM documents"))
        if newest - self._at > NEWEST[0]:
            self._known = {
                count: found
                for count, found in self._known.items()
                if found is not None and newest - found.newest <= count // 2
            }
            self._at = newest

    def _reach(self, count: int) -> Reach | None:
        """Those of the very instant at which `count` of them begin are left out: not all of these may be among them.
        None where all documents are."""
        if count not in self._known:
            row = self._store.row(
                "SELECT min(id) AS since, min(published_at) AS after, count(*) AS there FROM "
                "(SELECT id, published_at FROM documents ORDER BY published_at DESC, id DESC LIMIT ?)",
                (count,),
            )
            enough = row if row is not None and row["there"] == count else None
            self._known[count] = Reach(enough["since"], enough["after"], self._at) if enough else None
        return self._known[count]
