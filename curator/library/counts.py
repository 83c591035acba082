"""How many documents stand where, what is folded to another one left out. Only what an editor has touched or what is
folded is read one by one; of the rest, which may be a million, an index knows how many there are of each feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from curator.library.search import UNFOLDED
from curator.library.store import Store
from curator.models import Counts

_PORTION = 25_000
"""Ids of documents whose reviews are counted at once."""
_TOUCHED = (
    "SELECT d.feed, r.decision, r.says_countries, count(*) AS n FROM reviews r JOIN documents d ON d.id = r.document "
    f"WHERE r.document >= ? AND r.document < ? AND {UNFOLDED} GROUP BY 1, 2, 3"
)


def counts(store: Store, decision: str) -> Counts:
    """By decision over all; within `decision` by country (as shown), theme and feed."""
    touched = _touched(store)
    every = Counter(_pairs(store, "SELECT feed, count(*) FROM documents GROUP BY feed"))
    every.subtract(
        _pairs(store, "SELECT d.feed, count(*) FROM relatives k JOIN documents d ON d.id = k.document GROUP BY 1")
    )
    decisions = Counter({"inbox": sum(every.values())})
    within = Counter(every if decision == "inbox" else {})  # of these, whose feed's country shows through:
    silent = Counter(within)
    for (feed, decided, says), number in touched.items():
        decisions["inbox"] -= number
        decisions[decided] += number
        if decision == "inbox":
            within[feed] -= number
            silent[feed] -= number
        if decided == decision:
            within[feed] += number
            silent[feed] += 0 if says else number
    countries = Counter(_tagged(store, "country", decision))
    for feed, country in _feed_countries(store).items():
        countries[country] += silent[feed]
    return Counts(_sorted(decisions), _sorted(countries), _sorted(_tagged(store, "theme", decision)), _sorted(within))


def _touched(store: Store) -> dict[tuple[str, str, bool], int]:
    """A portion at a time: SQLite takes as long to give back what it has sorted as the next letter of a search may
    wait."""
    last = store.value("SELECT coalesce(max(document), 0) FROM reviews")
    found = Counter[tuple[str, str, bool]]()
    for first in range(0, last + 1, _PORTION):
        store.heed()
        for row in store.rows(_TOUCHED, (first, first + _PORTION)):
            found[row["feed"], row["decision"], bool(row["says_countries"])] += row["n"]
    return found


def _tagged(store: Store, axis: str, decision: str) -> dict[str, int]:
    """What editors said, however few or many have said it; a country counts where it is the editor's word."""
    return _pairs(
        store,
        "SELECT t.value, count(*) FROM review_tags t JOIN reviews r ON r.document = t.document "
        "JOIN documents d ON d.id = t.document "
        f"WHERE t.axis = ? AND r.decision = ? AND (t.axis <> 'country' OR r.says_countries = 1) AND {UNFOLDED} "
        "GROUP BY 1",
        (axis, decision),
    )


def _feed_countries(store: Store) -> dict[str, str]:
    rows = store.rows("SELECT slug, country FROM feeds WHERE country IS NOT NULL")
    return {row["slug"]: row["country"] for row in rows}


def _pairs(store: Store, sql: str, params: tuple[str, ...] = ()) -> dict[str, int]:
    return {row[0]: row[1] for row in store.rows(sql, params)}


def _sorted(found: Mapping[str, int]) -> dict[str, int]:
    """The most first, then by name; nothing that is not there."""
    return dict(sorted(((name, n) for name, n in found.items() if n > 0), key=lambda pair: (-pair[1], pair[0])))
