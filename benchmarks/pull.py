"""How fast a pull is, beside its peers, all in one run on the same machine.

    python benchmarks/pull.py [FOLDER] [--feeds 100,500] [--rounds 3]

FOLDER holds the peers' scripts (`pull_peers.py`, `feedserver.py`, `floor.py`); ../shared/bench by default. They are
run by the Python named in BENCH_PYTHON, which has the packages they need, else by this one. Peers that are not
installed are left out, saying so. Read the ratios of one run; the seconds are of this machine at that moment.

Then curator's own time, split into its rooms: each called here on the same bodies, one after another, so that what
overlaps in a pull is counted apart. The floors are what the work costs at least: expat alone, and SQLite alone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from xml.parsers import expat

from curator.config import Pull
from curator.library import Library
from curator.models import Feed, FeedState, Fetched
from curator.pull.fetch import fetch_all
from curator.pull.match import match
from curator.pull.normalise import normalise_all
from curator.pull.parse import parse

T = TypeVar("T")

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
ROOT = Path(__file__).resolve().parents[1]
PORT = 8791
FLOOR = "httpxmulti50+fastfeedparser_nh3"
PEERS = {"sfeed-16": "sfeed_update", "newsboat-10": "newsboat", FLOOR: ""}
# The peer, the kind of run, the number of feeds: at most so many times the peer's seconds.
BARS = {
    ("sfeed-16", "cold", 500): 0.5,
    ("newsboat-10", "cold", 500): 0.35,
    ("newsboat-10", "warm", 500): 0.15,
    ("newsboat-10", "cold", 100): 0.8,
    ("newsboat-10", "warm", 100): 1.8,
    (FLOOR, "warm", 100): 1.3,
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("folder", nargs="?", type=Path, default=BENCH)
    arguments.add_argument("--feeds", default="100,500")
    arguments.add_argument("--rounds", type=int, default=3)
    said = arguments.parse_args()
    if not (said.folder / "pull_peers.py").is_file():
        sys.exit(f"There is no pull_peers.py in {said.folder}: name the folder with the peers' scripts.")
    python = os.environ.get("BENCH_PYTHON", sys.executable)
    for feeds in (int(number) for number in said.feeds.split(",")):
        with tempfile.TemporaryDirectory(prefix="curator-bench-") as scratch:
            _beside_peers(python, said.folder, feeds, said.rounds, Path(scratch))
            _split(python, said.folder, feeds, Path(scratch))


# ---------------------------------------------------------------- beside the peers


def _beside_peers(python: str, folder: Path, feeds: int, rounds: int, scratch: Path) -> None:
    names = ["curator", *_installed(python)]
    command = [python, str(folder / "pull_peers.py"), "--feeds", str(feeds), "--rounds", str(rounds)]
    command += ["--port", str(PORT), "--only", ",".join(names), "--json", str(scratch / "runs.json")]
    environ = {**os.environ, "CURATOR": str(_program(scratch)), "CURATOR_BENCH": str(scratch)}
    subprocess.run(command, check=True, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    runs = json.loads((scratch / "runs.json").read_text())
    for kind in ("cold", "warm"):
        own = _median(runs, "curator", kind)
        print(f"{feeds} feeds {kind}: curator {own:.2f} s")
        for name in names[1:]:
            bar = BARS.get((name, kind, feeds))
            against = f"  bar {bar:g}" if bar else ""
            print(f"    {own / _median(runs, name, kind):6.2f} × {name}{against}")


def _installed(python: str) -> Iterator[str]:
    for name, program in PEERS.items():
        if program:
            found = shutil.which(program) is not None
        else:
            needs = "import httpx, fastfeedparser, nh3, feedparser"
            found = subprocess.run([python, "-c", needs], capture_output=True, check=False).returncode == 0
        if found:
            yield name
        else:
            print(f"left out, not installed: {name}")


def _program(scratch: Path) -> Path:
    """A command that runs this checkout's curator."""
    program = scratch / "curator"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m curator "$@"\n')
    program.chmod(0o755)
    return program


def _median(runs: dict[str, list[dict[str, float]]], name: str, kind: str) -> float:
    return statistics.median(run["wall"] for run in runs[f"{name}|{kind}"])


# ---------------------------------------------------------------- curator's own rooms


def _split(python: str, folder: Path, feeds: int, scratch: Path) -> None:
    with _server(python, folder, feeds) as base:
        declared = [Feed(f"f{n}", f"Feed {n}", f"{base}/feed/{n}.xml", "SE") for n in range(feeds)]
        fetched, seconds = _timed(lambda: _fetch(declared, {}, scratch))
        states = {one.slug: FeedState(one.slug, one.etag, one.last_modified, one.content_hash) for one in fetched}
        _, warm = _timed(lambda: _fetch(declared, states, scratch))
        _, floor = _timed(lambda: [urllib.request.urlopen(feed.url).read() for feed in declared])
    bodies = {one.slug: one for one in fetched}
    print(f"{feeds} feeds, rooms: fetch {seconds:.2f} s, unchanged {warm:.2f} s (urllib, one by one {floor:.2f} s)")
    _in_rooms(declared, bodies, scratch / "rooms.db")


def _fetch(feeds: list[Feed], states: dict[str, FeedState], folder: Path) -> list[Fetched]:
    settings = Pull(per_host=16, concurrency=50)
    with closing(fetch_all(feeds, states, settings, folder)) as answers:
        return [answer for answer in answers if isinstance(answer, Fetched)]


def _in_rooms(feeds: list[Feed], bodies: dict[str, Fetched], path: Path) -> None:
    now = datetime.now(UTC)
    entries, parsing = _timed(lambda: {feed.slug: parse(bodies[feed.slug]) for feed in feeds})
    _, expat_alone = _timed(lambda: [_expat(bodies[feed.slug].body or b"") for feed in feeds])
    incoming, normalising = _timed(lambda: {feed.slug: normalise_all(entries[feed.slug], feed, now) for feed in feeds})
    matching = storing = 0.0
    with Library(path) as library:
        library.feeds.follow(feeds)
        for feed in feeds:
            with library.write():
                new = incoming[feed.slug]
                matches, one = _timed(lambda: match(new, library.documents.known(feed.slug, new)))  # noqa: B023
                _, two = _timed(lambda: library.documents.store(feed.slug, matches, now))  # noqa: B023
            matching, storing = matching + one, storing + two
    count = sum(map(len, incoming.values()))
    print(f"    parse {parsing:.2f} s (expat alone {expat_alone:.2f} s), normalise {normalising:.2f} s")
    print(f"    match {matching:.2f} s, store with the full-text index {storing:.2f} s, {count} documents")


def _expat(body: bytes) -> int:
    """How many elements there are."""
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(body, True)
    return count


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


@contextmanager
def _server(python: str, folder: Path, feeds: int) -> Iterator[str]:
    command = [python, str(folder / "feedserver.py"), "--feeds", str(feeds), "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        server.stdout.readline()
        try:
            yield f"http://127.0.0.1:{PORT}"
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
