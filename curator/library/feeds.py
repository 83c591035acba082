"""What the library remembers about feeds. `feeds.toml` says which there are; this follows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from curator.library.rows import (
    FEED_COLUMNS,
    feed_of,
    feed_row,
    instant_or_none,
    state_of,
    text_or_none,
    to_instant,
    to_text,
)
from curator.library.store import Store
from curator.models import Feed, FeedState


class Feeds:
    """Feeds and their states. It never fetches, and never edits feeds.toml."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def follow(self, feeds: Sequence[Feed]) -> None:
        """Take over what feeds.toml says now. A feed that is gone keeps its documents; one whose address changed, or
        how it is read, forgets its validators, so that the next pull reads it whole. One that is gone and whose
        address stands there under another slug was renamed: its documents are the new one's. Writes only where
        something differs."""
        if self._declared() == list(feeds):
            return
        with self._store.write():
            self._store.run("UPDATE feeds SET active = 0")
            self._store.run_many(_FOLLOW, [(*feed_row(feed), place) for place, feed in enumerate(feeds)])
            for renamed in self._store.rows(_RENAMED):
                self._hand_over(renamed["old"], renamed["new"])

    def _hand_over(self, old: str, new: str) -> None:
        self._store.run(
            "INSERT INTO sightings (feed, guid, document, first_seen_at) "
            "SELECT ?, guid, document, first_seen_at FROM sightings WHERE feed = ? ON CONFLICT (feed, guid) DO NOTHING",
            (new, old),
        )
        self._store.run("DELETE FROM sightings WHERE feed = ?", (old,))
        self._store.run("UPDATE documents SET feed = ? WHERE feed = ?", (new, old))

    def _declared(self) -> list[Feed]:
        return [feed_of(row) for row in self._store.rows("SELECT * FROM feeds WHERE active = 1 ORDER BY position")]

    def states(self) -> dict[str, FeedState]:
        """By slug, the feeds of feeds.toml only, in its order."""
        rows = self._store.rows("SELECT * FROM feeds WHERE active = 1 ORDER BY position")
        return {row["slug"]: state_of(row) for row in rows}

    def slugs(self) -> set[str]:
        """Of every feed there ever was, those that have left feeds.toml too."""
        return {str(row["slug"]) for row in self._store.rows("SELECT slug FROM feeds")}

    def remember(self, state: FeedState) -> None:
        """Replace what is remembered about one feed."""
        self._store.run(
            "UPDATE feeds SET etag = ?, last_modified = ?, content_hash = ?, last_pulled_at = ?, last_new_at = ?, "
            "error = ?, failing_since = ?, failures = ?, illness = ?, moved_to = ?, moves = ?, moved_since = ?, "
            "undated_since = ?, fresh_until = ?, wait_until = ? WHERE slug = ?",
            (
                state.etag,
                state.last_modified,
                state.content_hash,
                text_or_none(state.last_pulled_at),
                text_or_none(state.last_new_at),
                state.error,
                text_or_none(state.failing_since),
                state.failures,
                state.illness,
                state.moved_to,
                state.moves,
                text_or_none(state.moved_since),
                text_or_none(state.undated_since),
                text_or_none(state.fresh_until),
                text_or_none(state.wait_until),
                state.slug,
            ),
        )

    def appeared(self, slug: str, limit: int = 50) -> list[tuple[datetime, datetime]]:
        """When a feed's newest documents were published and first seen, newest first."""
        rows = self._store.rows(
            "SELECT published_at, first_seen_at FROM documents WHERE feed = ? "
            "ORDER BY published_at DESC, id DESC LIMIT ?",
            (slug, limit),
        )
        return [(to_instant(row["published_at"]), to_instant(row["first_seen_at"])) for row in rows]

    def days(self, since: datetime) -> dict[str, dict[date, int]]:
        """How many documents of each feed were published on which day (UTC) since then, by slug."""
        found: dict[str, dict[date, int]] = {}
        for row in self._store.rows(
            "SELECT feed, substr(published_at, 1, 10) AS day, count(*) AS n FROM documents WHERE published_at >= ? "
            "GROUP BY feed, substr(published_at, 1, 10)",
            (to_text(since),),
        ):
            found.setdefault(row["feed"], {})[date.fromisoformat(row["day"])] = row["n"]
        return found

    def told_at(self, about: str) -> datetime | None:
        """When the editor was last told of this; None: never."""
        return instant_or_none(self._store.value("SELECT at FROM notices WHERE about = ?", (about,)))

    def told(self, about: str, at: datetime) -> None:
        """Remember that the editor is told of this now."""
        self._store.run(
            "INSERT INTO notices (about, at) VALUES (?, ?) ON CONFLICT (about) DO UPDATE SET at = excluded.at",
            (about, to_text(at)),
        )


_FOLLOW = f"""
INSERT INTO feeds ({", ".join(FEED_COLUMNS)}, position, active)
VALUES ({"?, " * len(FEED_COLUMNS)}?, 1)
ON CONFLICT (slug) DO UPDATE SET
    etag          = CASE WHEN url = excluded.url AND source = excluded.source THEN etag END,
    last_modified = CASE WHEN url = excluded.url AND source = excluded.source THEN last_modified END,
    content_hash  = CASE WHEN url = excluded.url AND source = excluded.source THEN content_hash END,
    illness       = CASE WHEN url = excluded.url AND source = excluded.source THEN illness END,
    moved_to      = CASE WHEN url = excluded.url AND source = excluded.source THEN moved_to END,
    moves         = CASE WHEN url = excluded.url AND source = excluded.source THEN moves ELSE 0 END,
    moved_since   = CASE WHEN url = excluded.url AND source = excluded.source THEN moved_since END,
    undated_since = CASE WHEN url = excluded.url AND source = excluded.source THEN undated_since END,
    fresh_until   = CASE WHEN url = excluded.url AND source = excluded.source THEN fresh_until END,
    wait_until    = CASE WHEN url = excluded.url AND source = excluded.source THEN wait_until END,
    name = excluded.name, url = excluded.url, country = excluded.country, section = excluded.section,
    publisher = excluded.publisher, language = excluded.language, themes = excluded.themes, source = excluded.source,
    position = excluded.position, active = 1
"""

_RENAMED = """
SELECT gone.slug AS old, here.slug AS new FROM feeds gone JOIN feeds here ON here.url = gone.url AND here.active = 1
WHERE gone.active = 0 AND EXISTS (SELECT 1 FROM sightings WHERE feed = gone.slug)
"""
