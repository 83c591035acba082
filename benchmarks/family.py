"""What recognising families costs: does it grow with the library, and how much is it of a pull's storing?

    python benchmarks/family.py [--documents 1000000] [--rounds 7]

Makes a library of that many documents beside an empty one, then lets the same batches of new documents come into both,
turn by turn: 50 feeds of 50 entries of some 600 characters, matched, stored, indexed and compared, twenty feeds in a
transaction as a pull writes them. Printed is the ratio of the medians, by the clock and by the processor (bar: 1.3).
Then the same on two empty libraries, with and without recognising: what it adds. Making a million takes minutes and
1 GB. Read the ratios, and those by the processor where the machine does other things besides.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from curator.library import Library
from curator.models import Feed, NewDocument
from curator.pull.kinship import keys_of
from curator.workflow import families

BAR = 1.3
NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
YEARS = 10
"""Over which the large library's documents are spread."""
FEEDS = [Feed(f"f{n}", f"Feed {n}", f"https://f{n}.example.org/feed", "SE") for n in range(50)]
_TOGETHER = 20
"""Feeds of 50 documents that a pull writes in one transaction."""
_CHUNK = 20_000
Seconds = tuple[float, float]
"""By the clock and by the processor."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--documents", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=7)
    said = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="curator-bench-") as scratch:
        _beside_an_empty_one(Path(scratch), said.documents, said.rounds)
        _with_and_without(Path(scratch), said.rounds)


def _beside_an_empty_one(scratch: Path, documents: int, rounds: int) -> None:
    words = _Words()
    with _library(scratch / "large.db") as large, _library(scratch / "empty.db") as empty:
        began = time.perf_counter()
        _fill(large, words, documents)
        print(f"{documents} documents in {time.perf_counter() - began:.0f} s, {_megabytes(scratch / 'large.db')} MB")
        taken: dict[str, list[Seconds]] = {"large": [], "empty": []}
        for turn in range(rounds):
            batch = list(_batch(words, turn))
            for name, library in (("large", large), ("empty", empty)):
                taken[name].append(_timed(lambda: _come(library, batch)))  # noqa: B023
    for unit, there, alone in zip(
        ("clock", "processor"), _medians(taken["large"]), _medians(taken["empty"]), strict=True
    ):
        print(f"a batch of {len(FEEDS) * 50}, by the {unit}: {there:.3f} s there, {alone:.3f} s in an empty library")
        print(f"    {there / alone:.2f} × (bar {BAR}: {'holds' if there / alone <= BAR else 'MISSED'})")


def _with_and_without(scratch: Path, rounds: int) -> None:
    words, recognise = _Words(), families._recognise
    taken: dict[bool, list[Seconds]] = {True: [], False: []}
    with _library(scratch / "with.db") as one, _library(scratch / "without.db") as other:
        for turn in range(rounds):
            batch = list(_batch(words, turn))
            for recognising, library in ((True, one), (False, other)):
                families._recognise = recognise if recognising else lambda *_: None
                taken[recognising].append(_timed(lambda: _come(library, batch)))  # noqa: B023
    families._recognise = recognise
    for unit, one_way, other_way in zip(
        ("clock", "processor"), _medians(taken[True]), _medians(taken[False]), strict=True
    ):
        each = (one_way - other_way) / (len(FEEDS) * 50) * 1e6
        print(f"with recognising, by the {unit}: {one_way / other_way:.2f} × without, {each:.0f} µs more a document")


def _come(library: Library, batch: list[tuple[Feed, list[NewDocument]]]) -> None:
    for start in range(0, len(batch), _TOGETHER):
        with library.documents.together():
            for feed, new in batch[start : start + _TOGETHER]:
                families.take_in(library, feed, new, NOW)


# ---------------------------------------------------------------- documents out of nothing


class _Words:
    """Titles and texts of made words, as rare and as frequent as those of a language (Zipf)."""

    def __init__(self) -> None:
        chance = random.Random(1)
        letters = "etaoinshrdlu"
        self.words = ["".join(chance.choices(letters, k=chance.randint(3, 11))) for _ in range(20_000)]
        self.weights = [1 / rank for rank in range(1, len(self.words) + 1)]
        self.chance = chance
        self._pool: list[str] = []

    def some(self, count: int) -> str:
        if len(self._pool) < count:
            self._pool = self.chance.choices(self.words, self.weights, k=100_000)
        taken, self._pool = self._pool[:count], self._pool[count:]
        return " ".join(taken)


def _document(words: _Words, feed: Feed, number: str, age: timedelta, length: int) -> NewDocument:
    link = f"{feed.url}/{number}"
    return NewDocument(number, link, link, words.some(9), feed.slug, None, NOW - age, "feed", "en", words.some(length))


def _batch(words: _Words, turn: int) -> Iterator[tuple[Feed, list[NewDocument]]]:
    for feed in FEEDS:
        yield feed, [_document(words, feed, f"new-{turn}-{n}", timedelta(days=n), 90) for n in range(50)]


def _fill(library: Library, words: _Words, documents: int) -> None:
    """Many documents of short words, straight into the tables; sought and compared is by keys, whatever the length."""
    first = 1
    while first <= documents:
        chunk = range(first, min(first + _CHUNK, documents + 1))
        _pour(library, words, chunk, documents)
        first += len(chunk)


def _pour(library: Library, words: _Words, chunk: range, documents: int) -> None:
    from curator.library import fts
    from curator.library.documents import _row

    rows, keys, sightings = [], [], []
    for number in chunk:
        feed = FEEDS[number % len(FEEDS)]
        age = timedelta(days=365 * YEARS * (documents - number) / documents)
        new = _document(words, feed, f"old-{number}", age, 15)
        rows.append(_row(number, new, "2026-01-01T00:00:00Z"))
        sightings.append((feed.slug, new.guid, number, "2026-01-01T00:00:00Z"))
        keys += [(key, number) for key in keys_of(new, new.excerpt)[0]]
    with library.write():
        library._store.run_many(
            "INSERT INTO documents (id, feed, guid, link, canonical_url, title, publisher, published_at, dated, "
            "first_seen_at, language, excerpt, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        library._store.run_many("INSERT INTO sightings VALUES (?, ?, ?, ?)", sightings)
        library.families.remember(keys)
        fts.index(library._store, list(chunk))


def _library(path: Path) -> Library:
    library = Library(path)
    library.feeds.follow(FEEDS)
    return library


def _megabytes(path: Path) -> int:
    return path.stat().st_size // 1_000_000


def _timed(work: Callable[[], object]) -> Seconds:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def _medians(taken: list[Seconds]) -> Seconds:
    return statistics.median(one for one, _ in taken), statistics.median(one for _, one in taken)


if __name__ == "__main__":
    main()
