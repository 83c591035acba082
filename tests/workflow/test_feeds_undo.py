"""Changes of feeds.toml taken back: byte for byte, one after the other, never over what somebody else wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from curator.errors import UsageError
from curator.workflow.feeds import add_feed, remove_feed, undo_change
from curator.workflow.feeds_move import retire_feed, revive_feed
from curator.workflow.opml import import_feeds
from curator.workflow.pull import pull
from curator.workflow.workspace import Workspace
from tests.cli.world import item, rss
from tests.workflow.world import Clock, everything, sit_down


def bytes_of(desk: Workspace) -> bytes:
    return (desk.path / "feeds.toml").read_bytes()


def first_slug(desk: Workspace) -> str:
    return desk.config.feeds[0].slug


def test_changes_go_back_one_after_the_other_byte_for_byte(desk: Workspace, clock: Clock) -> None:
    (desk.path / "more.xml").write_text(rss(item(1, "One", 20)), encoding="utf-8")
    texts = [bytes_of(desk)]
    slug = first_slug(desk)
    changes: list[Callable[[Workspace], object]] = [
        lambda one: retire_feed(one, slug),
        lambda one: revive_feed(one, slug),
        lambda one: add_feed(one, "file:more.xml", slug="more"),
        lambda one: remove_feed(one, slug),
    ]
    for change in changes:
        with sit_down(desk.path, clock) as fresh:
            change(fresh)
            texts.append(bytes_of(fresh))
    said = []
    for before in reversed(texts[:-1]):
        with sit_down(desk.path, clock) as fresh:
            said.append(undo_change(fresh))
            assert bytes_of(fresh) == before
    assert said == [f"removed {slug}", "added more", f"changed {slug}", f"changed {slug}"]
    with sit_down(desk.path, clock) as fresh:
        assert undo_change(fresh) == ""
        assert {feed.slug for feed in fresh.config.feeds} == {feed.slug for feed in desk.config.feeds}
        assert set(fresh.library.feeds.states()) == {feed.slug for feed in desk.config.feeds}


def test_a_feed_put_back_has_its_documents_and_its_health(desk: Workspace, clock: Clock) -> None:
    pull(desk)
    slug = first_slug(desk)
    documents, state = len(everything(desk)), desk.library.feeds.states()[slug]
    remove_feed(desk, slug)
    with sit_down(desk.path, clock) as fresh:
        undo_change(fresh)
    with sit_down(desk.path, clock) as later:
        assert (len(everything(later)), later.library.feeds.states()[slug]) == (documents, state)
        assert pull(later, [slug]).new == 0


def test_what_was_written_by_hand_since_is_never_overwritten(desk: Workspace, clock: Clock) -> None:
    retire_feed(desk, first_slug(desk))
    path = desk.path / "feeds.toml"
    path.write_bytes(path.read_bytes() + b"# a word of my own\n")
    with pytest.raises(UsageError, match="changed by hand since"):
        undo_change(desk)
    assert path.read_bytes().endswith(b"# a word of my own\n")
    with sit_down(desk.path, clock) as fresh:
        revive_feed(fresh, first_slug(fresh))
        undo_change(fresh)
        assert path.read_bytes().endswith(b"# a word of my own\n")
        assert undo_change(fresh) == ""


def test_another_editors_change_is_theirs(desk: Workspace) -> None:
    retire_feed(replace(desk, editor="bo"), first_slug(desk))
    with pytest.raises(UsageError, match="is bo's"):
        undo_change(replace(desk, editor="anna"))


@pytest.mark.parametrize("damage", [b"", b"[", b'[{"by": 1}]', b"\xff"])
def test_a_damaged_memory_costs_the_undo_and_nothing_else(desk: Workspace, damage: bytes) -> None:
    retire_feed(desk, first_slug(desk))
    (desk.path / "log" / "feeds-past.json").write_bytes(damage)
    assert undo_change(desk) == ""


def test_an_import_goes_back_as_one_and_ten_changes_are_remembered(
    desk: Workspace, clock: Clock, tmp_path: Path
) -> None:
    opml = tmp_path / "some.opml"
    lines = "".join(f'<outline text="F{n}" xmlUrl="https://example.org/{n}.xml"/>' for n in range(5))
    opml.write_text(f"<opml><body>{lines}</body></opml>", encoding="utf-8")
    before, slug = bytes_of(desk), first_slug(desk)
    import_feeds(desk, opml)
    with sit_down(desk.path, clock) as fresh:
        assert undo_change(fresh) == "added 5 feeds"
        assert bytes_of(fresh) == before
        for _ in range(6):
            retire_feed(fresh, slug)
            revive_feed(fresh, slug)
        taken = 0
        while undo_change(fresh):
            taken += 1
        assert taken == 10


def test_the_memory_is_no_more_readable_than_the_file(desk: Workspace) -> None:
    (desk.path / "feeds.toml").chmod(0o600)
    retire_feed(desk, first_slug(desk))
    assert (desk.path / "log" / "feeds-past.json").stat().st_mode & 0o777 == 0o600
