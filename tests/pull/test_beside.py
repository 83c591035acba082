"""A second process brings what this one would have brought, and nothing hangs on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from curator.config import Pull
from curator.models import Failure, Feed, FeedState, Fetched, Select
from curator.pull import beside
from curator.pull.beside import at_hand, bring_beside
from curator.pull.bring import Came, Errand, bring
from tests.http_server import Reply, Site

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
FEEDS = 30
pytestmark = pytest.mark.skipif(os.name != "posix", reason="there is a second process only on Unix")


def rss(n: int) -> bytes:
    items = "".join(
        f"<item><title>Report {n}.{i}</title><link>https://example.org/{n}/{i}</link>"
        f"<pubDate>Fri, 20 Nov 2026 1{i}:00:00 GMT</pubDate><description>On the {i}th of all.</description></item>"
        for i in range(3)
    )
    return f"<rss version='2.0'><channel><title>Feed {n}</title>{items}</channel></rss>".encode()


@pytest.fixture
def errand(site: Site, tmp_path: Path) -> Errand:
    """Feeds that bring something, one that is none, one that is gone, a page, a folder and one that is not new."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text("A report of its own, in a file.")
    page = b"<html><body><main><div><a href='/p/1'>A page in place of a feed</a></div></main></body></html>"
    feeds = [Feed(f"f{n}", f"Feed {n}", site.feed(f"/{n}.xml", rss(n)), "SE") for n in range(FEEDS)]
    feeds += [
        Feed("none", "None", site.at("/none", Reply(b"<html><body>Hello</body></html>"))),
        Feed("gone", "Gone", site.at("/gone", Reply(status=410))),
        Feed("page", "Page", site.feed("/page", page, "text/html"), page=True, select=Select(entry="main div")),
        Feed("folder", "Folder", "file:reports", folder=True),
    ]
    return errand_for(feeds, tmp_path)


def errand_for(feeds: list[Feed], folder: Path, states: dict[str, FeedState] | None = None) -> Errand:
    return Errand(tuple(feeds), states or {}, Pull(per_host=8), folder, "", {}, NOW)


def no_idle() -> None:
    pass


def by_slug(came: list[Came]) -> dict[str, Came]:
    found = {one.slug: one for one in came}
    assert len(found) == len(came)
    return found


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started."""
    processes: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            processes.append(self)

    monkeypatch.setattr("curator.pull.beside.subprocess.Popen", Noted)
    return processes


def test_it_brings_the_same(errand: Errand, started: list[subprocess.Popen[bytes]]) -> None:
    there, here = by_slug(list(bring_beside(errand, no_idle))), by_slug(list(bring(errand, no_idle)))
    assert there == here
    assert there.keys() == {feed.slug for feed in errand.feeds}
    assert [len(there[f"f{n}"].incoming or ()) for n in range(FEEDS)] == [3] * FEEDS
    assert isinstance(there["none"].answer, Failure) and there["none"].answer.stage == "parse"
    assert isinstance(there["gone"].answer, Failure) and there["gone"].answer.illness == "gone"
    folder = there["folder"].answer
    assert isinstance(folder, Fetched) and folder.body and there["folder"].incoming is None
    assert len(started) == 1 and started[0].poll() is not None


@pytest.mark.parametrize("after", [0, 1, 12])
def test_what_a_killed_process_leaves_is_brought_here(
    errand: Errand, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(beside, "_AHEAD", 1)
    came = []
    for one in bring_beside(errand, no_idle):
        came.append(one)
        if len(came) == after:
            started[0].send_signal(signal.SIGKILL)
    if not after:
        monkeypatch.setattr(beside, "_SERVE", "import sys; sys.exit(3)")
        came = list(bring_beside(errand, no_idle))
    assert by_slug(came) == by_slug(list(bring(errand, no_idle)))


def test_where_no_process_can_start_all_is_brought_here(errand: Errand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert len(by_slug(list(bring_beside(errand, no_idle)))) == len(errand.feeds)


def test_nothing_printed_in_the_process_spoils_what_it_brings(errand: Errand, monkeypatch: pytest.MonkeyPatch) -> None:
    talks = "import atexit, curator.pull.parse as p; q = p.parse; p.parse = lambda f: (print('spoilt'), q(f))[1]; "
    monkeypatch.setattr(beside, "_SERVE", beside._SERVE.replace("from curator", talks + "from curator"))
    assert len(by_slug(list(bring_beside(errand, no_idle)))) == len(errand.feeds)


def test_a_programming_error_is_raised_here(site: Site, tmp_path: Path) -> None:
    broken: Any = {"f0": "no state"}
    feeds = [Feed("f0", "F", site.feed("/0.xml", rss(0)))]
    with pytest.raises(AttributeError) as raised:
        list(bring_beside(errand_for(feeds, tmp_path, broken), no_idle))
    assert "In the process that fetches and reads" in raised.value.__notes__[0]


def test_abandoning_it_ends_the_process(errand: Errand, started: list[subprocess.Popen[bytes]]) -> None:
    coming = bring_beside(errand, no_idle)
    next(coming)
    with pytest.raises(KeyboardInterrupt):
        coming.throw(KeyboardInterrupt())
    assert started[0].poll() is not None


def test_where_this_process_dies_the_other_does_not_stay(site: Site, tmp_path: Path) -> None:
    """One in a thousand pulls is killed; a process that nobody waits for would go on asking."""
    site.at("/slow", lambda handler: _silence(site))
    script = (
        "import os, sys, signal\nfrom curator.pull import beside\n"
        "from tests.pull.test_beside import errand_for, Feed, Path\n"
        "start = beside._start\n"
        "def told():\n    process = start(); print(process.pid, flush=True); return process\n"
        "beside._start = told\n"
        "errand = errand_for([Feed('f0', 'F', sys.argv[1])], Path(sys.argv[2]))\n"
        "list(beside.bring_beside(errand, lambda: os.kill(os.getpid(), signal.SIGKILL)))"
    )
    killed = subprocess.run([sys.executable, "-c", script, site.url("/slow"), str(tmp_path)], stdout=subprocess.PIPE)
    assert killed.returncode == -signal.SIGKILL
    until_gone(int(killed.stdout))


def _silence(site: Site) -> None:
    site.closing.wait(60)


def until_gone(pid: int) -> None:
    """Or fail, after a long while. An orphan that ended is taken away by whoever adopts it."""
    ends = time.monotonic() + 30
    while is_running(pid):
        assert time.monotonic() < ends, f"process {pid} still runs"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return bool(said.strip()) and "Z" not in said


def test_while_nothing_comes_there_is_time_for_other_things(site: Site, tmp_path: Path) -> None:
    idled = []

    def slow(handler: Any) -> Reply:
        site.closing.wait(0.5)
        return Reply(rss(0))

    feeds = [Feed("f0", "F", site.at("/slow", slow))]
    assert len(list(bring_beside(errand_for(feeds, tmp_path), lambda: idled.append(1)))) == 1
    assert idled


def test_a_process_at_hand_is_taken_by_the_pull_within(errand: Errand, started: list[subprocess.Popen[bytes]]) -> None:
    with at_hand():
        assert len(started) == 1
        assert len(by_slug(list(bring_beside(errand, no_idle)))) == len(errand.feeds)
    assert len(started) == 1 and started[0].poll() is not None


def test_a_process_at_hand_that_nobody_takes_is_ended(started: list[subprocess.Popen[bytes]]) -> None:
    with pytest.raises(KeyboardInterrupt), at_hand():
        raise KeyboardInterrupt
    assert started[0].poll() is not None


def test_no_feeds_no_wait(tmp_path: Path) -> None:
    assert list(bring_beside(errand_for([], tmp_path), no_idle)) == []
