"""A library of a curator that knew no families: what is in it is recognised when it comes again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlite_utils import Migrations

from curator.library import Library, schema, store
from curator.models import Match, NewDocument
from curator.workflow import families
from curator.workflow.catching_up import catch_up
from curator.workflow.pull import pull
from curator.workflow.workspace import Workspace
from tests.cli.world import empty_workspace, item, rss
from tests.workflow.world import Clock, add_document, sit_down

BEFORE_FAMILIES = 7
"""Migrations of the last version without them."""
MANY = 25


def title(number: int) -> str:
    return f"Recovery colleges of region {number}, told by those who learn there"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A workspace whose library was made, and filled from the north, by the older version; opened by this one."""
    empty_workspace(tmp_path)
    with (tmp_path / "feeds.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[feeds]]\nslug = "wire"\nname = "Wire"\nurl = "file:feeds/wire.xml"\n')
    older = Migrations("curator")
    older._migrations = schema.migrations._migrations[:BEFORE_FAMILIES]
    with monkeypatch.context() as patched:
        patched.setattr(schema, "migrations", older)
        patched.setattr(store, "_mark_of_the_schema", lambda: BEFORE_FAMILIES)
        with sit_down(tmp_path, Clock()) as workspace:
            _fill(workspace)
            assert workspace.library._store.value("SELECT count(*) FROM sqlite_master WHERE name = 'family_keys'") == 0
    with sit_down(tmp_path, Clock()) as workspace:
        yield workspace


def _fill(workspace: Workspace) -> None:
    workspace.library.feeds.follow(list(workspace.config.feeds))
    matches = [Match("new", _document(number, workspace)) for number in range(1, MANY + 1)]
    workspace.library.documents.store("north", matches, workspace.now())


def _document(number: int, workspace: Workspace) -> NewDocument:
    link = f"https://example.org/north/{number}"
    return NewDocument(
        f"n-{number}", link, link, title(number), "north", None, workspace.now(), "feed", "en", f"About {number}."
    )


def leads(library: Library) -> dict[int, int]:
    every = library.families.leads(range(1, library.documents.count() + MANY + 1))
    return {one: lead for one, lead in every.items() if one != lead}


def test_a_repeat_of_an_old_document_is_recognised_by_the_first_pull(desk: Workspace) -> None:
    (old,) = (one.id for one in desk.library.documents.find() if one.document.title == title(20))
    (desk.path / "feeds" / "wire.xml").write_text(rss(item(77, title(20), 29)), encoding="utf-8")
    assert pull(desk, ["wire"]).new == 1
    assert leads(desk.library) == {MANY + 1: old}
    assert [tie.reason for tie in families.family(desk, old).ties] == ["the same title and publisher, at the same time"]
    assert desk.library.families.unkeyed(1) == []


def test_what_is_added_by_hand_is_recognised_too(desk: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("Nothing of the kind.", encoding="utf-8")
    add_document(desk, str(file))
    assert desk.library.families.unkeyed(1) == []


def test_the_newest_come_first_and_what_was_cut_short_goes_on(desk: Workspace) -> None:
    families_of = desk.library.families
    assert families_of.unkeyed(MANY) == list(range(MANY, 0, -1))
    assert catch_up(desk.library, steps=2, step=4) == 8
    assert families_of.unkeyed(MANY) == list(range(MANY - 8, 0, -1))
    with pytest.raises(ZeroDivisionError), desk.library.write():
        assert catch_up(desk.library, steps=1, step=4) == 4
        raise ZeroDivisionError
    assert families_of.unkeyed(1) == [MANY - 8]
    with Library(desk.library.path) as another:
        assert catch_up(another, step=4) == MANY - 8
        assert catch_up(another, step=4) == 0
    assert catch_up(desk.library) == 0
    assert leads(desk.library) == {}  # nothing of what was there is folded
    assert families.proposals(desk) == []


def test_the_keys_are_those_that_a_pull_leaves(desk: Workspace, tmp_path: Path) -> None:
    catch_up(desk.library)
    keys = "SELECT key, document FROM family_keys ORDER BY key, document"
    caught_up = [tuple(row) for row in desk.library._store.rows(keys)]
    with Library(tmp_path / "new.db") as library:
        library.feeds.follow(list(desk.config.feeds))
        incoming = [_document(number, desk) for number in range(1, MANY + 1)]
        families.take_in(library, desk.config.feeds[0], incoming, desk.now())
        assert [tuple(row) for row in library._store.rows(keys)] == caught_up
        assert library.families.unkeyed(1) == []
    assert len(caught_up) >= MANY


def test_a_key_that_too_many_share_is_left_by_as_many_as_may(desk: Workspace) -> None:
    many = [replace(_document(100 + n, desk), title=title(0), feed="isles") for n in range(30)]
    desk.library.documents.store("isles", [Match("new", one) for one in many], desk.now())
    desk.library.families.keyed_down_to(MANY + 31)
    catch_up(desk.library)
    assert desk.library._store.value("SELECT max(n) FROM (SELECT count(*) n FROM family_keys GROUP BY key)") == 20
