"""Mutated feeds on the whole way: read, parse, normalise, match, store. No traceback, a sound library, and the same
body once more brings nothing new."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from curator.models import FeedState
from curator.query import EVERYTHING
from curator.workflow.pull import pull
from curator.workflow.workspace import Workspace
from tests.acceptance.test_kill_pull import is_sound
from tests.acceptance.test_real_feeds import check_lines, opened
from tests.corpus import corpus_path
from tests.hostile import limited
from tests.hostile.test_corpus import check
from tests.hostile.test_truncations import bodies
from tests.pull.test_fast import first_entries, mutated

QUICK, SOAK = 500, 20_000
AT_ONCE = 250  # feeds of one pull
LONGEST = 6_000  # bytes of a seed; longer ones are cut to their first entries


def seeds() -> list[bytes]:
    """Small feeds of every format, and the short ones of the corpus where it is there."""
    found = [body for _, body in bodies()]
    try:
        folders = [corpus_path(*one) for one in (("real-feeds",), ("hostile", "broken-feeds"), ("feedparser-suite",))]
    except pytest.skip.Exception:
        return found
    for file in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        body = file.read_bytes()
        if len(body) > LONGEST:
            body = first_entries(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        if len(body) <= LONGEST and file.suffix not in (".jsonl", ".csv", ".md"):
            found.append(body)
    return found


def changed(body: bytes, chance: random.Random) -> bytes:
    """As text, as bytes, cut off, or said to be of another encoding."""
    kind = chance.randrange(8)
    if kind < 4:
        return mutated(body.decode("utf-8", "surrogateescape"), chance).encode("utf-8", "surrogateescape")
    if kind == 4:
        return body[: chance.randrange(len(body))]
    if kind == 5:
        return body.replace(b"utf-8", chance.choice([b"utf-16", b"iso-8859-1", b"euc-jp", b"x"]))
    noisy = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        noisy[chance.randrange(len(noisy))] = chance.randrange(256)
    return bytes(noisy)


def forget(workspace: Workspace) -> None:
    """Nothing of a feed but its name, so that its body is read anew."""
    for slug in workspace.library.feeds.states():
        workspace.library.feeds.remember(FeedState(slug))


def write_all(folder: Path, feeds: Sequence[bytes], chance: random.Random) -> None:
    for n in range(AT_ONCE):
        body = changed(chance.choice(feeds), chance)
        (folder / "feeds" / f"{n}").write_bytes(body or b" ")


def survive(folder: Path, count: int, seed: int) -> None:
    feeds, chance, read = seeds(), random.Random(seed), 0
    (folder / "feeds").mkdir()
    limited.workspace(folder, [f"file:feeds/{n}" for n in range(AT_ONCE)])
    with opened(folder) as workspace:
        for _ in range(count // AT_ONCE):
            write_all(folder, feeds, chance)
            forget(workspace)
            report = pull(workspace)
            check_lines(workspace, report)
            read += report.fetched
            forget(workspace)
            again = pull(workspace)
            assert (again.new, again.fetched) == (0, report.fetched)
            assert [one.error for one in again.failures] == [one.error for one in report.failures]
        assert read > count / 4, "too few of the mutated feeds could be read for the trial to mean much"
        assert all(check(filed.document) for filed in workspace.library.documents.find(EVERYTHING))
    is_sound(folder / "curator.db")


def test_some_mutated_feeds_on_the_whole_way(tmp_path: Path) -> None:
    survive(tmp_path, QUICK, 20261125)


@pytest.mark.soak
def test_twenty_thousand_mutated_feeds_on_the_whole_way(tmp_path: Path) -> None:
    survive(tmp_path, SOAK, 3)
