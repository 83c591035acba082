"""Feeds nobody here wrote, served locally and pulled in one run: documents, or one clear line for each."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from curator.clean import plain_line, slugify
from curator.models import Failure, PullReport, Stored
from curator.query import EVERYTHING, Is
from curator.workflow.pull import FeedDone, pull
from curator.workflow.workspace import Workspace, open_workspace
from tests.corpus import corpus_path
from tests.http_server import Site

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
HEAD = """
[network]
name = "Anybody"
short = "A"
[mail]
sender = "a@example.org"
[pull]
per_host = 8
timeout = 20
"""


def write_feeds(folder: Path, urls: list[str]) -> None:
    blocks = [
        f'[[feeds]]\nslug = "f{n:03}-{slugify(url.rpartition("/")[2], 30)}"\nname = "Feed {n}"\nurl = "{url}"\n'
        for n, url in enumerate(urls)
    ]
    (folder / "feeds.toml").write_text(HEAD + "\n".join(blocks), encoding="utf-8")


@contextmanager
def opened(folder: Path) -> Iterator[Workspace]:
    with open_workspace(folder, now=lambda: NOW, environ={"CURATOR_EDITOR": "cron"}) as workspace:
        yield workspace


def pulled(workspace: Workspace) -> tuple[PullReport, dict[str, Stored | Failure | None]]:
    outcomes: dict[str, Stored | Failure | None] = {}

    def note(done: FeedDone) -> None:
        outcomes[done.feed.slug] = done.outcome

    return pull(workspace, on_feed=note), outcomes


def serve(site: Site, *parts: str) -> list[str]:
    """The addresses of a corpus folder's feeds, its own lists left out."""
    folder = corpus_path(*parts)
    urls = site.folder(folder, at=f"/{parts[-1]}/") if all(one.is_file() for one in folder.iterdir()) else []
    if not urls:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            urls.append(site.feed(f"/{parts[-1]}/{slugify(str(file.relative_to(folder)), 90)}", file.read_bytes()))
    return [url for url in urls if not url.endswith((".jsonl", ".csv", ".md", "-jsonl", "-csv", "-md"))]


def check_lines(workspace: Workspace, report: PullReport) -> None:
    for failure in report.failures:
        assert failure.stage in ("fetch", "parse")
        assert failure.error == plain_line(failure.error)
        assert 10 < len(failure.error) < 400, failure
        assert not re.search(r"Traceback|Error\(|object at 0x|<class", failure.error), failure
        assert workspace.library.feeds.states()[failure.feed].error == f"{failure.stage}: {failure.error}"


def held(workspace: Workspace) -> int:
    """All documents: those that lists show, and those folded to one of them."""
    return workspace.library.documents.count() + workspace.library.documents.count(Is("family", "folded"))


def check_documents(workspace: Workspace) -> None:
    for filed in workspace.library.documents.find(EVERYTHING):
        one = filed.document
        assert one.title
        assert one.title == plain_line(one.title)
        assert one.guid
        assert one.link == "" or one.link.startswith(("http://", "https://")), one.link
        assert one.published_at.tzinfo
        assert "<" not in one.title or ">" not in one.title or " " in one.title


def test_every_feed_gives_documents_or_one_clear_line(site: Site, tmp_path: Path) -> None:
    urls = serve(site, "real-feeds") + serve(site, "hostile", "broken-feeds")
    assert len(urls) > 120
    write_feeds(tmp_path, urls)
    with opened(tmp_path) as workspace:
        started = time.monotonic()
        first, outcomes = pulled(workspace)
        assert time.monotonic() - started < 60
        assert first.feeds == len(urls) == len(outcomes)
        assert first.fetched + first.failed == first.feeds
        check_lines(workspace, first)
        check_documents(workspace)
        for slug, outcome in outcomes.items():
            state = workspace.library.feeds.states()[slug]
            if isinstance(outcome, Failure):
                assert workspace.library.documents.count(Is("feed", slug)) == 0
                assert state.health in ("failing", "not-a-feed")
                assert state.content_hash is None
            else:
                assert state.health == "ok"
                assert state.content_hash
        count = held(workspace)
        assert first.new == count > 1500
        again, _ = pulled(workspace)
        assert (again.new, again.changed, again.fetched) == (0, 0, 0)
        assert again.failures == first.failures
        assert again.unchanged == first.fetched
        assert held(workspace) == count


def test_read_whole_again_nothing_is_new(site: Site, tmp_path: Path) -> None:
    """Without validators or hash every body is parsed and matched once more: still the same documents."""
    write_feeds(tmp_path, serve(site, "real-feeds"))
    with opened(tmp_path) as workspace:
        first, _ = pulled(workspace)
        for state in workspace.library.feeds.states().values():
            workspace.library.feeds.remember(type(state)(state.slug))
        again, _ = pulled(workspace)
        assert (again.new, again.changed, again.fetched) == (0, 0, first.fetched)
