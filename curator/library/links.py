"""Links and how they answered when somebody last looked: alive, moved for good, dead, or none that tells."""

from __future__ import annotations

import json
from collections.abc import Iterable

from curator.library.rows import to_instant, to_text
from curator.library.store import Store
from curator.models import LookedAt


class Links:
    """By address as it is given. Only the last answer is kept."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def answers(self, links: Iterable[str]) -> dict[str, LookedAt]:
        """What is remembered of those of `links` that were ever looked at."""
        rows = self._store.rows(
            "SELECT * FROM looked_at WHERE link IN (SELECT value FROM json_each(?))", (json.dumps(sorted(set(links))),)
        )
        return {row["link"]: LookedAt(row["link"], to_instant(row["at"]), row["answer"], row["detail"]) for row in rows}

    def remember(self, looked: Iterable[LookedAt]) -> None:
        """Put them in the place of earlier answers."""
        with self._store.write():
            self._store.run_many(
                "INSERT INTO looked_at (link, at, answer, detail) VALUES (?, ?, ?, ?) ON CONFLICT (link) DO UPDATE SET "
                "at = excluded.at, answer = excluded.answer, detail = excluded.detail",
                [(one.link, to_text(one.at), one.answer, one.detail) for one in looked],
            )
