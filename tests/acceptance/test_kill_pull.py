"""kill -9 during a pull: nothing half-written, and the next pull finishes the work."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from curator.models import FeedState
from curator.query import Is, Term
from curator.workflow.packaged import packaged_templates, sample_workspace
from curator.workflow.pull import pull
from curator.workflow.workspace import Workspace
from tests.acceptance.processes import duration_after, kill_after, moments, start
from tests.acceptance.world import sit_down
from tests.http_server import Handler, Reply, Site

SLOW = 0.02


@pytest.fixture
def prepared(site: Site, tmp_path: Path) -> Path:
    """The sample workspace, nothing pulled, its feeds on a server that takes its time."""
    folder = Path(shutil.copytree(sample_workspace(), tmp_path / "prepared"))
    shutil.copytree(packaged_templates(), folder / "templates")
    for path in (folder / "feeds").iterdir():
        site.feed(f"/{path.name}", path.read_bytes())
        site.at(f"/slow/{path.name}", _slowly(site, f"/{path.name}"))
    toml = folder / "feeds.toml"
    toml.write_text(re.sub(r"file:feeds/", site.url("/slow/"), toml.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def _slowly(site: Site, path: str) -> Callable[[Handler], Reply | None]:
    def answer(handler: Handler) -> Reply | None:
        site.closing.wait(SLOW)
        route = site.route(path)
        return route if isinstance(route, Reply) else route(handler)

    return answer


def everything(workspace: Workspace) -> tuple[Any, ...]:
    """The library without numbers and instants: states, documents with all that is known, what search finds."""
    library = workspace.library
    found = library.documents.pick(library.documents.numbers(Is("decision", "inbox")))
    documents = sorted(
        (replace(filed.document, id=0, first_seen_at=filed.document.published_at) for filed in found),
        key=lambda one: (one.feed, one.guid),
    )
    states = [_without_instants(state) for state in library.feeds.states().values()]
    searched = [library.documents.count(Term(filed.document.title)) for filed in found]
    return states, documents, sorted(searched)


def _without_instants(state: FeedState) -> FeedState:
    return replace(state, last_pulled_at=None, last_new_at=None)


def no_feed_is_half_there(workspace: Workspace, whole: Counter[str]) -> None:
    """Of each feed all documents are there and its body is remembered, or neither."""
    for slug, state in workspace.library.feeds.states().items():
        count = workspace.library.documents.count(Is("feed", slug))
        assert (count, state.content_hash is not None) in ((whole[slug], True), (0, False))


def is_sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def killed_often(prepared: Path, tmp_path: Path, times: int) -> None:
    def fresh(name: str) -> tuple[Path, Callable[[], bool]]:
        folder = Path(shutil.copytree(prepared, tmp_path / name))
        return folder, (folder / "curator.db").exists

    folder, begun = fresh("undisturbed")
    longest = duration_after(start(folder, "pull"), begun)
    with sit_down(folder) as workspace:
        expected = everything(workspace)
        whole = Counter(one.feed for one in expected[1])
    assert sum(whole.values()) == 49
    alive = 0
    for number, moment in enumerate(moments(times, longest)):
        folder, begun = fresh(f"killed-{number}")
        alive += kill_after(start(folder, "pull"), begun, moment)
        with sit_down(folder) as workspace:
            no_feed_is_half_there(workspace, whole)
            assert pull(workspace).failed == 0
            assert everything(workspace) == expected
            assert pull(workspace).unchanged == len(whole)
        is_sound(folder / "curator.db")
        shutil.rmtree(folder)
    assert alive >= times // 3, "too many had ended before they were killed for the trial to mean much"


def test_killed_at_some_moments_it_finishes_the_next_time(prepared: Path, tmp_path: Path) -> None:
    killed_often(prepared, tmp_path, 5)


@pytest.mark.soak
def test_killed_at_fifty_moments(prepared: Path, tmp_path: Path) -> None:
    killed_often(prepared, tmp_path, 50)


def test_killed_again_and_again_it_still_finishes(prepared: Path, site: Site, tmp_path: Path) -> None:
    """The same library, killed each time a little after it asked for another feed."""
    folder = Path(shutil.copytree(prepared, tmp_path / "poor"))
    for _ in range(4):
        asked = len(site.seen)
        kill_after(start(folder, "pull"), lambda asked=asked: len(site.seen) > asked + 2, 0.005)  # type: ignore[misc]
    started = time.monotonic()
    with sit_down(folder) as workspace:
        assert pull(workspace).failed == 0
        assert workspace.library.documents.count() == 49
    assert time.monotonic() - started < 20
    is_sound(folder / "curator.db")
