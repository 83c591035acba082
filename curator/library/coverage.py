"""What was chosen and what was mailed, read for counting: one short value for each document, no texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from curator.library.search import FROM_DOCUMENTS
from curator.library.store import Row, Store
from curator.models import Covered, Seated

_SELECT = (
    "SELECT d.id, d.title, substr(d.published_at, 1, 10) AS published_on, f.country AS feed_country, "
    "coalesce(d.publisher, f.publisher) AS publisher, "
    "coalesce(r.says_countries, 0) AS says_countries"
)
_KEPT = "SELECT document FROM reviews WHERE decision = 'kept'"
_ON_THEME = f"{_KEPT} AND document IN (SELECT document FROM review_tags WHERE axis = 'theme' AND value = :theme)"
_MAILED = (
    "SELECT p.document FROM placements p JOIN editions e ON e.id = p.edition WHERE e.status <> 'draft' "
    "AND (:digest IS NULL OR e.digest = :digest)"
)


class Coverage:
    """It reads; counting is `workflow.report`'s matter."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def kept(self, theme: str = "") -> list[Covered]:
        """Every kept document, or those on a theme, the oldest first."""
        return list(self._covered(_ON_THEME if theme else _KEPT, {"theme": theme}).values())

    def mailed(self, digest: str | None = None) -> list[Seated]:
        """Every seat of every edition that is sealed or sent (of `digest` only, where given), in the order of the
        editions and as they stand in them."""
        covered = self._covered(_MAILED, {"digest": digest})
        rows = self._store.rows(
            'SELECT p.document, p.section, p."group", e.id, e.digest, e.number, e.date '
            "FROM placements p JOIN editions e ON e.id = p.edition "
            "WHERE e.status <> 'draft' AND (? IS NULL OR e.digest = ?) "
            'ORDER BY e.date, e.digest, e.number, p.section, p."group", p.rank',
            (digest, digest),
        )
        return [_seated(row, covered[row["document"]]) for row in rows]

    def editions(self) -> list[tuple[str, int, date]]:
        """Digest, number and date of every edition that is sealed or sent, the oldest first."""
        rows = self._store.rows(
            "SELECT digest, number, date FROM editions WHERE status <> 'draft' ORDER BY date, digest, number"
        )
        return [(row["digest"], row["number"], date.fromisoformat(row["date"])) for row in rows]

    def _covered(self, chosen: str, said: dict[str, str | None]) -> dict[int, Covered]:
        tags = self._tags(chosen, said)
        rows = self._store.rows(
            f"{_SELECT} {FROM_DOCUMENTS} WHERE d.id IN ({chosen}) ORDER BY d.published_at, d.id", said
        )
        return {row["id"]: _covered(row, tags.get(row["id"], {})) for row in rows}

    def _tags(self, chosen: str, said: dict[str, str | None]) -> Mapping[int, Mapping[str, Sequence[str]]]:
        found: dict[int, dict[str, list[str]]] = {}
        for row in self._store.rows(
            "SELECT document, axis, value FROM review_tags "
            f"WHERE axis IN ('country', 'theme') AND document IN ({chosen}) ORDER BY document, axis, position",
            said,
        ):
            found.setdefault(row["document"], {}).setdefault(row["axis"], []).append(row["value"])
        return found


def _covered(row: Row, tags: Mapping[str, Sequence[str]]) -> Covered:
    by_feed = (row["feed_country"],) if row["feed_country"] else ()
    return Covered(
        document=row["id"],
        title=row["title"],
        on=date.fromisoformat(row["published_on"]),
        countries=tuple(tags.get("country", ())) if row["says_countries"] else by_feed,
        themes=tuple(tags.get("theme", ())),
        publisher=row["publisher"],
    )


def _seated(row: Row, covered: Covered) -> Seated:
    on = date.fromisoformat(row["date"])
    return Seated(covered, row["id"], row["digest"], row["number"], on, row["section"], row["group"])
