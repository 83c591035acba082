"""How fast the desk is, in a real pseudo-terminal of 160×48, beside its floors and newsboat, all in one run.

    python benchmarks/desk.py [FOLDER] [--rounds 5] [--large 1000000]

FOLDER holds the peers' scripts (`make_newsboat_cache.py`, `feedserver.py`); ../shared/bench by default. What is not
installed is left out, saying so. The workspaces, up to 1.5 GB, are made in a temporary folder. Read the ratios of one
run; the seconds are of this machine at that moment.

A start counts from exec until the first document is painted, a key until its effect is. Each floor takes turns with
what is measured against it. That of a key is the plain list of `bare.py`, which reads and draws the rows that are seen;
the one that draws two rows only is said beside it. All of
them have compiled bytecode, as what is installed has, whatever the environment says of writing it.
"""

from __future__ import annotations

import argparse
import compileall
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.shelves import LONG_WORD, lengthen, make, searched
from benchmarks.terminal import ROWS, Terminal
from curator.library import Library
from curator.query import All, Is, Term

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT.parent / "shared" / "bench"
PORT = 8793
FRAMES = 2 / 60  # seconds: two frames of a screen
ENVIRON = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main() -> None:
    said = _arguments()
    for folder in ("curator", "benchmarks"):
        compileall.compile_dir(ROOT / folder, quiet=2)
    with tempfile.TemporaryDirectory(prefix="curator-desk-") as scratch:
        folder = Path(scratch)
        shelves = {n: make(folder / f"shelf-{n}", n) for n in (1_000, 10_000, 100_000, said.large)}
        lengthen(shelves[100_000])
        _starts(shelves, said.large, said.rounds)
        _newsboat(said.folder, shelves[100_000], folder, said.rounds)
        _keys(shelves[100_000], said.rounds)
        _search(shelves[10_000], shelves[said.large], said.rounds)
        _while_pulling(said.folder, folder)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("folder", nargs="?", type=Path, default=BENCH)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--large", type=int, default=1_000_000)
    return arguments.parse_args()


# ---------------------------------------------------------------- programs


def desk(workspace: Path) -> Terminal:
    """Sit down anew: where the last round left is forgotten."""
    shutil.rmtree(workspace / "log", ignore_errors=True)
    command = [sys.executable, "-m", "curator", "--workspace", str(workspace), "desk"]
    return Terminal(command, {**ENVIRON, "PYTHONPATH": str(ROOT), "CURATOR_EDITOR": "bench"})


def bare(*words: str) -> Terminal:
    return Terminal([sys.executable, str(ROOT / "benchmarks" / "bare.py"), *words], ENVIRON)


def opening_of(workspace: Path, *query: Is | Term) -> bytes:
    """How the title of a list's first document begins, as it is painted."""
    with Library(workspace / "curator.db") as library:
        (number,) = library.documents.numbers(All(query or (Is("decision", "inbox"),)), limit=1)
        return library.documents.get(number).document.title[:24].encode()


# ---------------------------------------------------------------- starting


def _starts(shelves: dict[int, Path], large: int, rounds: int) -> None:
    """An empty Textual application, the desk over few documents and the desk over many, in turn."""
    seconds: dict[str, list[float]] = {"empty": [], "few": [], "many": []}
    memory = []
    for _ in range(rounds):
        with bare("empty") as floor:
            seconds["empty"].append(floor.until(b"READY"))
        for name, number in (("few", 1_000), ("many", large)):
            with desk(shelves[number]) as program:
                seconds[name].append(program.until(opening_of(shelves[number])))
                program.settle(1.5)
                memory.append(program.peak_mb)
    middle = {name: statistics.median(found) for name, found in seconds.items()}
    print(f"start: empty app {middle['empty']:.3f} s, desk {middle['few']:.3f} s, of {large:,} {middle['many']:.3f} s")
    _bar("desk / empty app", middle["few"] / middle["empty"], 2.0)
    _bar(f"{large:,} documents / 1,000", middle["many"] / middle["few"], 1.15)
    _bar("peak memory, MB", max(memory), 90)


def _newsboat(scripts: Path, shelf: Path, folder: Path, rounds: int) -> None:
    """The same 100,000 articles in 200 feeds."""
    if not shutil.which("newsboat") or not (scripts / "make_newsboat_cache.py").is_file():
        print("left out, not installed: newsboat")
        return
    cache, urls = _newsboat_cache(scripts, folder)
    ours, theirs = [], []
    for _ in range(min(rounds, 3)):
        command = ["newsboat", "-u", str(urls), "-c", str(cache), "-C", str(folder / "nb-config")]
        with Terminal(command, {**os.environ, "HOME": str(folder)}) as peer:
            theirs.append(peer.until(rb"Policy feed \d+"))
            peak = peer.peak_mb
        with desk(shelf) as program:
            ours.append(program.until(opening_of(shelf)))
    own, peer_s = statistics.median(ours), statistics.median(theirs)
    print(f"100,000 documents: desk {own:.3f} s, newsboat {peer_s:.3f} s, {peak:.0f} MB")
    _bar("desk / newsboat", own / peer_s, 0.1)


def _newsboat_cache(scripts: Path, folder: Path) -> tuple[Path, Path]:
    (folder / "nb-config").write_text("show-read-feeds yes\n")
    seed, seed_urls = folder / "nb-seed.db", folder / "nb-seed-urls"
    with _feeds(scripts, 2) as base:
        seed_urls.write_text("".join(f"{base}/feed/{n}.xml\n" for n in range(2)))
        reload = ["newsboat", "-x", "reload", "-u", seed_urls, "-c", seed, "-C", folder / "nb-config"]
        subprocess.run(reload, check=True, env={**os.environ, "HOME": str(folder)}, stdout=subprocess.DEVNULL)
    cache, urls = folder / "nb.db", folder / "nb-urls"
    grow = [sys.executable, scripts / "make_newsboat_cache.py", seed, cache, urls, "200", "500"]
    subprocess.run(grow, check=True, stdout=subprocess.DEVNULL)
    return cache, urls


# ---------------------------------------------------------------- keys


def _keys(shelf: Path, rounds: int) -> None:
    """From a key to its effect; a chord (`g k`) counts from its last key, as it is felt. The floor is a list without
    anything around it, moved by the same key; that of a picker is the least that Textual can lay over such a list, that
    of jumping and opening at once the least pane beside one, opened by the same keys."""
    found: dict[str, list[float]] = {name: [] for name in _MEASURED}
    library = str(shelf / "curator.db")
    for _ in range(rounds):
        with bare("sparing", library) as program:
            program.until(b"READY")
            program.settle()
            found["sparing list"] += _presses(program, [b"j"] * 60)
        with bare("list", library) as program:
            program.until(b"READY")
            program.settle()
            found["bare list"] += _presses(program, [b"j"] * 60)
            found["bare picker"] += _openings(program, found["bare Esc"])
        with bare("beside", library) as program:
            program.until(b"READY")
            program.settle()
            found["bare pane"] += _into_the_first(program, b"gg\r")
        with desk(shelf) as program:
            program.until(opening_of(shelf))
            program.settle(0.5)
            found["moving"] += _presses(program, [b"j"] * 60)
            found["tagging"] += _openings(program, found["Esc"])
            found["tagging"] += _openings(program, found["Esc by kitty's protocol"], b"\x1b[27u")
            found["queues"] += _last_presses(program, b"g", [b"k", b"d", b"a", b"i"] * 5)
            found["keeping"] += _presses(program, [b"s", b"d"] * 20)
        with desk(shelf) as program:
            program.until(opening_of(shelf))
            program.settle(0.5)
            found["opening a long document"] += _into_the_first(program, b"gg", b"\r")
            found[_BOTH] += _into_the_first(program, b"gg\r")
            program.press(b"\r")
            program.settle(0.2)
            found["paging in it"] += _presses(program, [b" ", b"\x02"] * 10)
    for name, times in found.items():
        print(f"{name}: p50 {_p50(times):.1f} ms, p95 {_p95(times):.1f} ms")
    _against_floors(found)


_FLOORS = ("bare list", "sparing list", "bare picker", "bare Esc", "bare pane")
_ESC = ("Esc", "Esc by kitty's protocol")
_BOTH = "jumping to one and opening it"
_OPENED = ("opening a long document", _BOTH)
_MEASURED = (*_FLOORS, "moving", "tagging", *_ESC, "queues", "keeping", *_OPENED, "paging in it")


def _against_floors(found: dict[str, list[float]]) -> None:
    floor, sparing, picker, _, pane = (_p50(found[name]) for name in _FLOORS)
    print(f"       ({_p50(found['moving']) / sparing:.2f}  moving, p50 / a list that draws two rows)")
    _bar("tagging, p50 / floor of a picker", _p50(found["tagging"]) / picker, 2.0)
    _bar(f"{_BOTH}, p50 / floor of a pane", _p50(found.pop(_BOTH)) / pane, 2.0)
    for name in [name for name in found if name not in _FLOORS]:
        _bar(f"{name}, p50 / bare list", _p50(found[name]) / floor, 2.0)
        _bar(f"{name}, p95 / two frames", _p95(found[name]) / (FRAMES * 1000), 1.0)


def _openings(program: Terminal, closed: list[float], escape: bytes = b"\x1b") -> list[float]:
    """A picker opened, until its title is there, in milliseconds; `closed` is given how long `escape` took. Where the
    picker does not come, or does not go, it is said which time it was and what was painted instead."""
    opened = []
    for nth in range(1, 11):
        try:
            opened.append(program.press(b"t", b"Themes", 5) * 1000)
            program.settle(0.1)
            closed.append(program.press(escape, seconds=5) * 1000)
            program.settle(0.1)
        except TimeoutError as error:
            raise SystemExit(f"The picker did not open or close, time {nth} of 10: {error}") from error
    return opened


def _into_the_first(program: Terminal, *keys: bytes) -> list[float]:
    """From the list's end to its first document, of 60,000 words, and into it: milliseconds from the last of `keys`,
    struck when what the one before paints is there, until these are."""
    opened = []
    for _ in range(10):
        program.press(b"G")
        program.settle(0.2)
        for key in keys[:-1]:
            program.press(key)
            program.settle(0.03)
        opened.append(program.press(keys[-1], LONG_WORD.encode(), 5) * 1000)
        program.settle(0.2)
        program.press(b"\x1b")
        program.settle(0.2)
    return opened


def _last_presses(program: Terminal, first: bytes, keys: Sequence[bytes]) -> list[float]:
    """Chords that begin with `first`."""
    found = []
    for key in keys:
        program.write(first)
        program.settle(0.05)
        found += _presses(program, [key])
    return found


def _presses(program: Terminal, keys: Sequence[bytes]) -> list[float]:
    found = []
    for key in keys:
        found.append(program.press(key) * 1000)
        program.settle(0.05)
    return found


# ---------------------------------------------------------------- searching


def _search(small: Path, large: Path, rounds: int) -> None:
    """From a word, typed at once, to the list that it makes."""
    few, many = [], []
    for _ in range(rounds):
        few += _searches(small)
        many += _searches(large)
    print(f"search: 10,000 documents p95 {_p95(few):.0f} ms, many p95 {_p95(many):.0f} ms")
    _bar("search, p95, many documents / 10,000", _p95(many) / _p95(few), 2.0)
    _bar("search, p95 / what is never felt, 50 ms", _p95(many) / 50, 1.0)


def _searches(shelf: Path) -> Iterator[float]:
    for word in searched():
        opening = _moved_by(shelf, word)
        with desk(shelf) as program:
            program.until(opening_of(shelf))
            program.settle(1.0)
            program.press(b"/")
            program.settle(0.3)
            yield program.press(word.encode(), re.escape(opening)) * 1000


def _moved_by(shelf: Path, word: str) -> bytes:
    """How the title begins of the first document that a search brings to another line: what stays where it stands may
    not be painted again."""
    inbox = Is("decision", "inbox")
    with Library(shelf / "curator.db") as library:
        before = library.documents.numbers(inbox, limit=ROWS)
        found = library.documents.numbers(All((inbox, Term(word))), limit=ROWS)
        number = next(one for one, other in zip(found, before, strict=False) if one != other)
        return library.documents.get(number).document.title[:24].encode()


# ---------------------------------------------------------------- while feeds are pulled


def _while_pulling(scripts: Path, folder: Path) -> None:
    """The cursor moves while 500 feeds bring 25,000 documents."""
    if not (scripts / "feedserver.py").is_file():
        print("left out: there is no feedserver.py")
        return
    with _feeds(scripts, 500) as base:
        shelf = make(folder / "pulling", 10_000, base=base)
        feeds = "".join(f'[[feeds]]\nslug = "p{n}"\nname = "P{n}"\nurl = "{base}/feed/{n}.xml?p"\n' for n in range(500))
        with (shelf / "feeds.toml").open("a") as file:
            file.write(f"[pull]\nper_host = 16\nconcurrency = 50\n{feeds}")
        with bare("list", str(shelf / "curator.db")) as program:
            program.until(b"READY")
            program.settle()
            floor = _presses(program, [b"j"] * 60)
        with desk(shelf) as program:
            program.until(opening_of(shelf))
            program.settle(0.5)
            quiet = _presses(program, [b"j"] * 40)
            program.press(b"p")
            busy = _presses(program, [b"j"] * 60)
    print(f"moving before the pull: p50 {_p50(quiet):.1f} ms, p95 {_p95(quiet):.1f} ms")
    print(f"moving while 500 feeds are pulled: p50 {_p50(busy):.1f} ms, p95 {_p95(busy):.1f} ms")
    _bar("moving while pulling, p50 / bare list", _p50(busy) / _p50(floor), 2.0)
    _bar("moving while pulling, p95 / two frames", _p95(busy) / (FRAMES * 1000), 1.0)


@contextmanager
def _feeds(scripts: Path, count: int) -> Iterator[str]:
    python = os.environ.get("BENCH_PYTHON", sys.executable)
    command = [python, str(scripts / "feedserver.py"), "--feeds", str(count), "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        server.stdout.readline()
        try:
            yield f"http://127.0.0.1:{PORT}"
        finally:
            server.terminate()
            time.sleep(0.2)


# ---------------------------------------------------------------- figures


def _p50(found: Sequence[float]) -> float:
    return statistics.median(found)


def _p95(found: Sequence[float]) -> float:
    return sorted(found)[int(len(found) * 0.95)]


def _bar(what: str, ratio: float, most: float) -> None:
    print(f"    {ratio:8.2f}  {what}, at most {most:g}: {'holds' if ratio <= most else 'MISSED'}", flush=True)


if __name__ == "__main__":
    main()
