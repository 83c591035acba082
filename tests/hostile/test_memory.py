"""A pull over every feed of the corpus at once, under a limit of memory."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.test_real_feeds import serve
from tests.hostile import limited
from tests.http_server import Site

MOST = 120  # MB; the largest of them has 2.5


def test_a_pull_over_all_real_feeds_is_small(site: Site, tmp_path: Path) -> None:
    urls = serve(site, "real-feeds")
    assert len(urls) >= 112
    ended = limited.pull(limited.workspace(tmp_path, urls))
    assert ended.report["fetched"] > 100
    assert ended.megabytes < MOST
    again = limited.pull(tmp_path)
    assert (again.report["new"], again.report["changed"]) == (0, 0)
    assert again.megabytes < MOST / 2
