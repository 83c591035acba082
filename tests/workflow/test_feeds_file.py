"""feeds.toml rewritten: what the editor wrote stays, byte for byte, whoever else writes at the same moment."""

from __future__ import annotations

import os
import threading
from codecs import BOM_UTF8
from pathlib import Path

import pytest

from curator.errors import ConfigError, TryLater, UsageError
from curator.workflow.feeds import add_feed, remove_feed
from curator.workflow.feeds_file import with_feeds, without_feed
from curator.workflow.workspace import Workspace
from tests.cli.world import item, rss
from tests.http_server import Reply, Site
from tests.http_server import site as site
from tests.workflow.world import Clock, sit_down

THREE = """\
[network]
name = "x"

# the first
[[feeds]]
slug = "a" # inside
# still of a

# the second
[[feeds]]
slug = "b"

[pull]
per_host = 1

# the third
[[ feeds ]]
slug = "c"
# the end
"""
NEW = {"slug": "d", "name": 'A "name" \\ here', "url": "https://example.org/d"}


@pytest.fixture
def toml(desk: Workspace) -> Path:
    (desk.path / "feeds" / "east.xml").write_text(rss(item(7, "Eastern news", 25)), encoding="utf-8")
    return desk.path / "feeds.toml"


def test_a_feed_goes_and_every_comment_around_it_stays() -> None:
    assert without_feed(THREE, "a") == THREE.replace('[[feeds]]\nslug = "a" # inside\n', "")
    assert without_feed(THREE, "b") == THREE.replace('[[feeds]]\nslug = "b"\n', "").replace("second\n\n", "second\n\n")
    assert without_feed(THREE, "c") == THREE.replace('[[ feeds ]]\nslug = "c"\n', "")
    assert "feeds]" not in without_feed(without_feed(without_feed(THREE, "b"), "a"), "c")


def test_a_feed_comes_at_the_end_and_goes_again() -> None:
    added = with_feeds(THREE, [NEW])
    assert added.startswith(THREE + "\n[[feeds]]\n")
    assert without_feed(added, "d").rstrip() == THREE.rstrip()
    assert with_feeds("", [NEW]).startswith("[[feeds]]\n")


@pytest.mark.parametrize(
    "text",
    [
        'feeds = [{slug = "a"}, {slug = "b"}]\n',
        '[["feeds"]]\nslug = "a"\n',
        '[[feeds]]\nslug = "a"\nname = """\n[[feeds]]\n"""\n',
    ],
)
def test_what_is_written_otherwise_is_left_to_the_editor(text: str) -> None:
    with pytest.raises(UsageError, match="nothing was changed"):
        without_feed(text, "a")
    if text.startswith("feeds"):
        with pytest.raises(UsageError, match="nothing was changed"):
            with_feeds(text, [NEW])


@pytest.mark.parametrize("mark", [b"", BOM_UTF8])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_mark_line_ends_and_permissions_stay(desk: Workspace, toml: Path, mark: bytes, ends: bytes) -> None:
    before = mark + toml.read_bytes().replace(b"\n", ends)
    toml.write_bytes(before)
    toml.chmod(0o640)
    add_feed(desk, "file:feeds/east.xml", slug="east")
    after = toml.read_bytes()
    assert after.startswith(before.rstrip())
    assert after.count(b"\n") == after.count(ends)
    assert toml.stat().st_mode & 0o777 == 0o640
    with sit_down(desk.path, Clock()) as fresh:
        remove_feed(fresh, "east")
    assert toml.read_bytes().rstrip() == before.rstrip()


def test_a_link_stays_a_link(desk: Workspace, toml: Path) -> None:
    real = desk.path.parent / "elsewhere.toml"
    toml.rename(real)
    toml.symlink_to(os.path.relpath(real, toml.parent))
    add_feed(desk, "file:feeds/east.xml", slug="east")
    assert toml.is_symlink()
    assert 'slug      = "east"' in real.read_text(encoding="utf-8")


def test_many_at_once_lose_nothing(desk: Workspace, toml: Path) -> None:
    for number in range(6):
        (desk.path / "feeds" / f"{number}.xml").write_text(rss(), encoding="utf-8")

    def add(number: int) -> None:
        with sit_down(desk.path, Clock()) as own:
            add_feed(own, f"file:feeds/{number}.xml")

    threads = [threading.Thread(target=add, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with sit_down(desk.path, Clock()) as fresh:
        slugs = [feed.slug for feed in fresh.config.feeds]
        assert slugs == ["north", "isles", "a-feed", *(f"a-feed-{n}" for n in range(2, 7))]


def test_what_somebody_else_added_meanwhile_is_seen(desk: Workspace, toml: Path) -> None:
    with sit_down(desk.path, Clock()) as other:
        add_feed(other, "file:feeds/east.xml")
    with pytest.raises(UsageError, match=r"in feeds\.toml already, as “a-feed”"):
        add_feed(desk, "file:feeds/east.xml")


def test_an_edit_by_hand_that_does_not_load_is_not_written_over(desk: Workspace, toml: Path) -> None:
    toml.write_text("broken = [", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"feeds\.toml"):
        add_feed(desk, "file:feeds/east.xml")
    assert toml.read_text(encoding="utf-8") == "broken = ["


@pytest.mark.parametrize("other", ["https://{}/feed", "http://{}/feed/", "HTTP://{}/feed#top"])
def test_one_feed_in_another_spelling_is_the_same(desk: Workspace, site: Site, other: str) -> None:
    added = add_feed(desk, site.at("/feed", Reply(rss().encode())), slug="east")
    with sit_down(desk.path, Clock()) as fresh, pytest.raises(UsageError, match="already, as “east”"):
        add_feed(fresh, other.format(site.host))
    assert added.url == site.url("/feed")


def test_a_server_that_is_down_is_asked_another_time(desk: Workspace, site: Site) -> None:
    with pytest.raises(TryLater, match=r"was not added: .* 503 .*\. Try again later"):
        add_feed(desk, site.at("/feed", Reply(status=503)))
