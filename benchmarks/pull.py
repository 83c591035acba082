"""How fast a pull is, beside its peers and beside itself, all in one run on the same machine.

    python benchmarks/pull.py [FOLDER] [--feeds 100,500,2000] [--rounds 3]

FOLDER holds the peers' scripts (`pull_peers.py`, `feedserver.py`, `floor.py`); ../shared/bench by default. They are
run by the Python named in BENCH_PYTHON, which has the packages they need, else by this one. Peers that are not
installed are left out, saying so.

1. 100 and 500 feeds, cold and warm, in turn with the peers.
2. curator alone at every size, in turn: cold, warm, a tenth of the feeds changed; its peak memory, of both processes
   together where there are two; its cost a feed.
3. The rooms of one cold pull, each called here on the same bodies one after another, in CPU seconds, and how far each
   is from what such work costs at least: curl, expat, and SQLite without anything else.

At the end every bar and whether it holds, by the medians of this run. Seconds are of this machine at that moment.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from xml.parsers import expat

from curator.config import Pull
from curator.library import Library
from curator.models import Feed, FeedState, Fetched, NewDocument
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
# The number of feeds, the kind of run, the peer: at most so many times the peer's seconds.
BESIDE = {
    (500, "cold", "sfeed-16"): 0.5,
    (500, "cold", "newsboat-10"): 0.35,
    (500, "warm", "newsboat-10"): 0.15,
    (100, "cold", "newsboat-10"): 0.8,
    (100, "warm", "newsboat-10"): 1.8,
    (100, "warm", FLOOR): 1.3,
}
COST_A_FEED = 1.15  # at 2,000 feeds, times that at 500
PEAK = 120.0  # MB at 2,000 feeds
CHANGED = 1.5  # a pull in which a tenth of the feeds changed, times a warm one
TOGETHER = 20  # feeds a transaction, about what a pull writes at once


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("folder", nargs="?", type=Path, default=BENCH)
    arguments.add_argument("--feeds", default="100,500,2000")
    arguments.add_argument("--rounds", type=int, default=3)
    said = arguments.parse_args()
    if not (said.folder / "pull_peers.py").is_file():
        sys.exit(f"There is no pull_peers.py in {said.folder}: name the folder with the peers' scripts.")
    sizes = sorted({int(number) for number in said.feeds.split(",")})
    bench = Bench(os.environ.get("BENCH_PYTHON", sys.executable), said.folder, said.rounds)
    bars = [bar for feeds in sizes for bar in _beside_peers(bench, feeds)]
    bars += _alone(bench, sizes)
    _rooms(bench, max(size for size in sizes if size <= 500 or size == sizes[0]))
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; {said.rounds} rounds, medians")
    for bar in bars:
        print(bar.line())


@dataclass(frozen=True)
class Bench:
    """Who runs the peers' scripts, where they are, and how often."""

    python: str
    folder: Path
    rounds: int


@dataclass(frozen=True)
class Bar:
    """What was measured of `what`, and the most it may be."""

    what: str
    most: float
    measured: float

    def line(self) -> str:
        verdict = "holds" if self.measured <= self.most else "FAILS"
        return f"{verdict}  {self.what}: {self.measured:.2f}, at most {self.most:g}"


@dataclass(frozen=True)
class Run:
    """One run of a program: seconds by the clock, seconds of CPU, peak MB."""

    wall: float
    cpu: float
    peak: float


# ---------------------------------------------------------------- beside the peers


def _beside_peers(bench: Bench, feeds: int) -> Iterator[Bar]:
    wanted = {peer for size, _, peer in BESIDE if size == feeds}
    names = ["curator", *(peer for peer in PEERS if peer in wanted and _installed(bench.python, peer))]
    if len(names) == 1:
        return
    with tempfile.TemporaryDirectory(prefix="curator-bench-") as scratch:
        runs = _run_peers(bench, names, feeds, Path(scratch))
    for kind in ("cold", "warm"):
        print(f"{feeds} feeds {kind}: " + ", ".join(f"{name} {_median(runs, name, kind):.2f} s" for name in names))
        for name in names[1:]:
            if most := BESIDE.get((feeds, kind, name)):
                ratio = _median(runs, "curator", kind) / _median(runs, name, kind)
                yield Bar(f"{feeds} feeds {kind}, times {name}", most, ratio)


def _run_peers(bench: Bench, names: list[str], feeds: int, scratch: Path) -> dict[str, list[dict[str, float]]]:
    command = [bench.python, str(bench.folder / "pull_peers.py"), "--feeds", str(feeds), "--port", str(PORT)]
    command += ["--rounds", str(bench.rounds), "--only", ",".join(names), "--json", str(scratch / "runs.json")]
    environ = {**os.environ, "CURATOR": str(_program(scratch)), "CURATOR_BENCH": str(scratch)}
    subprocess.run(command, check=True, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    runs: dict[str, list[dict[str, float]]] = json.loads((scratch / "runs.json").read_text())
    return runs


def _installed(python: str, peer: str) -> bool:
    if program := PEERS[peer]:
        found = shutil.which(program) is not None
    else:
        needs = "import httpx, fastfeedparser, nh3, feedparser"
        found = subprocess.run([python, "-c", needs], capture_output=True, check=False).returncode == 0
    if not found:
        print(f"left out, not installed: {peer}")
    return found


def _program(scratch: Path) -> Path:
    """A command that runs this checkout's curator as users run it: from compiled bytecode."""
    compileall.compile_dir(ROOT / "curator", quiet=1)
    program = scratch / "curator"
    program.write_text(
        f'#!/bin/sh\nunset PYTHONDONTWRITEBYTECODE\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m curator "$@"\n'
    )
    program.chmod(0o755)
    return program


def _median(runs: dict[str, list[dict[str, float]]], name: str, kind: str) -> float:
    return statistics.median(run["wall"] for run in runs[f"{name}|{kind}"])


# ---------------------------------------------------------------- curator alone


def _alone(bench: Bench, sizes: list[int]) -> Iterator[Bar]:
    """Rounds over all sizes, so that one size's runs are as near in time to the next one's as can be."""
    runs: dict[tuple[int, str], list[Run]] = {}
    with tempfile.TemporaryDirectory(prefix="curator-bench-") as scratch:
        for _ in range(bench.rounds):
            for feeds in sizes:
                for kind, run in _one_life(bench, feeds, Path(scratch)):
                    runs.setdefault((feeds, kind), []).append(run)
    for (feeds, kind), each in runs.items():
        wall, cpu, peak = (statistics.median(figures) for figures in zip(*map(_figures, each), strict=True))
        print(f"{feeds} feeds {kind}: {wall:.2f} s, {cpu:.2f} s of CPU, {peak:.0f} MB")
    for feeds in sizes:
        yield Bar(
            f"{feeds} feeds, a tenth changed, times warm", CHANGED, _over(runs[feeds, "changed"], runs[feeds, "warm"])
        )
    if {500, 2000} <= set(sizes):
        for kind in ("cold", "warm"):
            cost = _over(runs[2000, kind], runs[500, kind]) * 500 / 2000
            yield Bar(f"2000 feeds {kind}, cost a feed, times that of 500", COST_A_FEED, cost)
    if 2000 in sizes:
        yield Bar("2000 feeds, peak MB", PEAK, max(run.peak for kind in KINDS for run in runs[2000, kind]))


KINDS = ("cold", "warm", "changed")


def _figures(run: Run) -> tuple[float, float, float]:
    return run.wall, run.cpu, run.peak


def _over(these: Iterable[Run], those: Iterable[Run]) -> float:
    """The median of the ratios, round by round."""
    return statistics.median(this.wall / that.wall for this, that in zip(these, those, strict=True))


def _one_life(bench: Bench, feeds: int, scratch: Path) -> Iterator[tuple[str, Run]]:
    with _server(bench, feeds) as base:
        workspace = _workspace(scratch / "workspace", feeds, base)
        for kind in KINDS:
            if kind == "changed":
                urllib.request.urlopen(f"{base}/bump?fraction=0.1").read()
            yield kind, _run([str(_program(scratch)), "-w", str(workspace), "pull"])


def _workspace(folder: Path, feeds: int, base: str) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    declared = "".join(
        f'[[feeds]]\nslug = "f{n}"\nname = "Feed {n}"\nurl = "{base}/feed/{n}.xml"\ncountry = "SE"\n\n'
        for n in range(feeds)
    )
    (folder / "feeds.toml").write_text(NETWORK + declared)
    return folder


NETWORK = """[network]
name = "Bench"
short = "B"
timezone = "UTC"
countries = ["SE"]
postal = "-"
site = "https://example.org"

[mail]
sender = "Bench <bench@example.org>"
smtp = "file:"

[pull]
per_host = 16
concurrency = 50

"""


def _run(command: list[str]) -> Run:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    beside, over = [0.0], threading.Event()
    watching = threading.Thread(target=_watch, args=(process.pid, beside, over))
    watching.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    over.set()
    watching.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}.")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024 + beside[0])


def _watch(pid: int, most: list[float], over: threading.Event) -> None:
    """The most memory that a second process of it ever had, MB, where /proc tells."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    while not over.wait(0.05):
        with suppress(OSError):
            for child in children.read_text().split():
                said = Path(f"/proc/{child}/status").read_text()
                if "VmHWM:" in said:
                    most[0] = max(most[0], int(said.partition("VmHWM:")[2].split()[0]) / 1024)


# ---------------------------------------------------------------- room by room


def _rooms(bench: Bench, feeds: int) -> None:
    print(f"\n{feeds} feeds, room by room, seconds of CPU")
    with tempfile.TemporaryDirectory(prefix="curator-bench-") as folder, _server(bench, feeds) as base:
        scratch = Path(folder)
        declared = [Feed(f"f{n}", f"Feed {n}", f"{base}/feed/{n}.xml", "SE") for n in range(feeds)]
        fetched, cold = _timed(lambda: _fetch(declared, {}, scratch))
        states = {one.slug: FeedState(one.slug, one.etag, one.last_modified, one.content_hash) for one in fetched}
        _, warm = _timed(lambda: _fetch(declared, states, scratch))
        _told("fetch", cold, *_curl(declared, scratch))
        print(f"    fetch, nothing changed {warm:.2f}")
        _reading_and_storing(declared, {one.slug: one for one in fetched}, scratch)


def _told(room: str, own: float, floor: float, of: str) -> None:
    print(f"    {room} {own:.2f}, {of} {floor:.2f}: {own / max(floor, 1e-9):.1f} times")


def _fetch(feeds: list[Feed], states: dict[str, FeedState], folder: Path) -> list[Fetched]:
    settings = Pull(per_host=16, concurrency=50)
    with closing(fetch_all(feeds, states, settings, folder)) as answers:
        return [answer for answer in answers if isinstance(answer, Fetched)]


def _curl(feeds: list[Feed], scratch: Path) -> tuple[float, str]:
    """curl's seconds for the same bodies; without curl, those of urllib, one after another."""
    if shutil.which("curl") is None:
        _, seconds = _timed(lambda: [urllib.request.urlopen(feed.url).read() for feed in feeds])
        return seconds, "urllib"
    asked = "".join(f'url = "{feed.url}"\noutput = "{scratch}/{feed.slug}.xml"\n' for feed in feeds)
    (scratch / "curl").write_text(f"silent\n{asked}")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        ["curl", "-Z", "--parallel-max", "50", "-K", str(scratch / "curl")], check=True, stderr=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, "curl"


def _reading_and_storing(feeds: list[Feed], bodies: dict[str, Fetched], scratch: Path) -> None:
    now = datetime.now(UTC)
    entries, parsing = _timed(lambda: {feed.slug: parse(bodies[feed.slug]) for feed in feeds})
    incoming, normalising = _timed(lambda: {feed.slug: normalise_all(entries[feed.slug], feed, now) for feed in feeds})
    _, expat_alone = _timed(lambda: [_expat(bodies[feed.slug].body or b"") for feed in feeds])
    _told("parse", parsing, expat_alone, "expat")
    _told("parse and normalise", parsing + normalising, expat_alone, "expat")
    matching, storing = _match_and_store(feeds, incoming, scratch / "rooms.db", now)
    with closing(sqlite3.connect(scratch / "plain.db")) as plain:
        _, asking = _timed(lambda: [_ask(plain, each) for each in incoming.values()])
        _, inserting = _timed(lambda: _insert(plain, incoming))
    _told("match", matching, asking, "asking SQLite for the guids")
    _told("store with the full-text index", storing, inserting, "SQLite without one")


def _match_and_store(
    feeds: list[Feed], incoming: dict[str, list[NewDocument]], path: Path, now: datetime
) -> tuple[float, float]:
    matching = 0.0
    with Library(path) as library:
        library.feeds.follow(feeds)
        began = time.process_time()
        for first in range(0, len(feeds), TOGETHER):
            with library.documents.together():
                for feed in feeds[first : first + TOGETHER]:
                    new = incoming[feed.slug]
                    matches, seconds = _timed(lambda: match(new, library.documents.known(feed.slug, new)))  # noqa: B023
                    library.documents.store(feed.slug, matches, now)
                    matching += seconds
        return matching, time.process_time() - began - matching


def _ask(plain: sqlite3.Connection, each: list[NewDocument]) -> list[tuple[str]]:
    plain.execute(_PLAIN)
    guids = json.dumps([new.guid for new in each])
    return plain.execute(
        "SELECT guid FROM documents WHERE guid IN (SELECT value FROM json_each(?))", (guids,)
    ).fetchall()


def _insert(plain: sqlite3.Connection, incoming: dict[str, list[NewDocument]]) -> None:
    rows = [(new.guid, new.link, new.title, new.excerpt) for each in incoming.values() for new in each]
    plain.executemany("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?)", rows)
    plain.commit()


_PLAIN = """CREATE TABLE IF NOT EXISTS documents (
    guid TEXT PRIMARY KEY, link TEXT, title TEXT, excerpt TEXT
) WITHOUT ROWID"""


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
    """With the CPU seconds it took, in all threads."""
    began = time.process_time()
    return work(), time.process_time() - began


@contextmanager
def _server(bench: Bench, feeds: int) -> Iterator[str]:
    command = [bench.python, str(bench.folder / "feedserver.py"), "--feeds", str(feeds), "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        if not server.stdout.readline():
            sys.exit(f"{command[1]} did not start.")
        try:
            yield f"http://127.0.0.1:{PORT}"
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
