"""Workspaces with as many documents as a benchmark wants, made in seconds and always the same.

Written through SQLite itself: a million documents through a pull would take minutes, and what is measured is the
reading. Words, feeds and dates are drawn from a seed.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from curator.library import Library
from curator.models import Feed

FEEDS = 200
NEWEST = datetime(2026, 11, 21, 6, tzinfo=UTC)
_COUNTRIES = ("AU", "CA", "GB-ENG", "IE", "NL", "NZ", "GB-SCT", "SE", "US")
_SYLLABLES = (
    "men",
    "tal",
    "care",
    "plan",
    "na",
    "tion",
    "al",
    "stra",
    "te",
    "gy",
    "ser",
    "vice",
    "re",
    "co",
    "ver",
    "y",
)
_COMMON = ("health", "report", "policy", "services", "plan", "national", "review", "people")
_CONFIG = """
[network]
name = "Benchmark network"
short = "BN"
countries = {countries}

[mail]
sender = "BN <bn@example.org>"
"""
_FEED = """
[[feeds]]
slug = "{slug}"
name = "{name}"
url = "{url}"
country = "{country}"
"""


def feeds_of(base: str = "https://example.org") -> list[Feed]:
    """The feeds whose documents these are."""
    return [
        Feed(f"f{n}", f"Policy feed {n}", f"{base}/feed/{n}.xml", _COUNTRIES[n % len(_COUNTRIES)]) for n in range(FEEDS)
    ]


def make(folder: Path, documents: int, *, base: str = "https://example.org") -> Path:
    """A workspace with so many documents in the inbox; every fourth thousand of them decided on."""
    folder.mkdir(parents=True, exist_ok=True)
    feeds = feeds_of(base)
    said = [_CONFIG.format(countries=str(list(_COUNTRIES)).replace("'", '"'))]
    said += [_FEED.format(slug=one.slug, name=one.name, url=one.url, country=one.country) for one in feeds]
    (folder / "feeds.toml").write_text("".join(said), encoding="utf-8")
    with Library(folder / "curator.db") as library:
        library.feeds.follow(feeds)
    with sqlite3.connect(folder / "curator.db", isolation_level=None) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO documents (id, feed, guid, link, canonical_url, title, published_at, dated, first_seen_at, "
            "language, excerpt) VALUES (?, ?, ?, ?, ?, ?, ?, 'feed', ?, 'en', ?)",
            _documents(documents),
        )
        connection.execute("INSERT INTO sightings SELECT feed, guid, id, first_seen_at FROM documents")
        connection.execute(
            "INSERT INTO reviews (document, decision, says_countries, blurb) "
            "SELECT id, CASE id % 3 WHEN 0 THEN 'kept' ELSE 'dropped' END, 0, '' FROM documents WHERE id % 4 = 0"
        )
        connection.execute(
            "INSERT INTO documents_fts (rowid, title, blurb, excerpt, text) "
            "SELECT id, title, '', excerpt, '' FROM documents"
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder


LONG_WORD = "sesquipedalian"
"""Stands at the beginning of a long document's text, and nowhere else."""


def lengthen(shelf: Path, words: int = 60_000) -> None:
    """Give the newest document of the inbox a text of so many words."""
    chance = random.Random(27)
    text = " ".join([LONG_WORD, *chance.choices(_rare(chance), k=words - 1)])
    with sqlite3.connect(shelf / "curator.db", isolation_level=None) as connection:
        connection.execute(
            "UPDATE documents SET text = ? WHERE id = (SELECT max(d.id) FROM documents d "
            "LEFT JOIN reviews r ON r.document = d.id WHERE r.document IS NULL)",
            (text,),
        )
    connection.close()


def searched() -> list[str]:
    """Words to search for: some that are in most documents, some that are in few."""
    return [*_COMMON[:4], *_rare(random.Random(26))[:6]]


def _rare(chance: random.Random) -> list[str]:
    return ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(20_000)]


def _documents(count: int) -> Iterator[tuple[object, ...]]:
    chance = random.Random(26)
    rare = _rare(chance)
    for number in range(1, count + 1):
        at = (NEWEST - timedelta(minutes=5 * (count - number))).strftime("%Y-%m-%dT%H:%M:%SZ")
        words = [*chance.choices(rare, k=4), *chance.choices(_COMMON, k=3)]
        excerpt = " ".join([*chance.choices(rare, k=30), *chance.choices(_COMMON, k=12)])
        link = f"https://example.org/{number}"
        yield number, f"f{number % FEEDS}", link, link, link, " ".join(words).capitalize(), at, at, excerpt
