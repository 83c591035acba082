"""People: in and out as CSV, on lists, forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.errors import ConfigError, UsageError
from curator.models import Subscriber
from curator.workflow.people import (
    add_subscriber,
    erase_subscriber,
    export_subscribers,
    import_subscribers,
    lists,
    subscribers,
)
from curator.workflow.workspace import Workspace
from tests.workflow.world import PEOPLE


def write(folder: Path, text: str) -> Path:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_lists_of_the_digests_are_named_even_when_empty(desk: Workspace) -> None:
    assert lists(desk) == {"members": 3, "key-leaders": 0}


def test_what_is_exported_is_imported_to_the_same(desk: Workspace, tmp_path: Path) -> None:
    people = (
        "address,name,organisation,country,lists\n"
        'dee@example.org,"Dee, Ö",=SUM(A1),SE,members key-leaders\nE@example.org,,,,\n'
    )
    assert import_subscribers(desk, write(tmp_path, people)) == (2, 0)
    before = subscribers(desk)
    assert import_subscribers(desk, write(tmp_path, export_subscribers(desk))) == (0, 0)
    assert subscribers(desk) == before
    assert [one.address for one in subscribers(desk, "key-leaders")] == ["dee@example.org"]
    assert export_subscribers(desk, "key-leaders").count("\n") == 2


def test_bad_lines_are_all_named_and_nothing_is_taken(desk: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, "address,lists\ngood@example.org,members\nbad,members\n,members\nGOOD@example.org,x\n")
    with pytest.raises(ConfigError) as raised:
        import_subscribers(desk, path)
    assert [fault.where for fault in raised.value.faults] == ["line 3", "line 4", "line 5"]
    assert [one.address for one in subscribers(desk)] == list(PEOPLE)


def test_a_file_that_is_not_there(desk: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        import_subscribers(desk, tmp_path / "nobody.csv")


def test_adding_keeps_what_is_known(desk: Workspace) -> None:
    desk.library.people.put([Subscriber("ann@example.org", "Ann", "Office", country="SE", lists=("members",))])
    added = add_subscriber(desk, "ANN@example.org", ("key-leaders",))
    assert added == Subscriber("ann@example.org", "Ann", "Office", country="SE", lists=("key-leaders", "members"))
    assert subscribers(desk, "key-leaders") == [added]
    assert add_subscriber(desk, "ann@example.org", (), name="Ann B").name == "Ann B"
    assert len(subscribers(desk)) == 3


def test_somebody_new(desk: Workspace) -> None:
    assert add_subscriber(desk, "dee@EXAMPLE.org", ("members",), name="Dee").address == "dee@example.org"
    with pytest.raises(UsageError, match="cannot be mailed"):
        add_subscriber(desk, "nonsense", ("members",))


def test_erasing_in_any_spelling(desk: Workspace) -> None:
    erase_subscriber(desk, "ANN@example.org")
    assert [one.address for one in subscribers(desk)] == list(PEOPLE[1:])
    with pytest.raises(UsageError, match="Nobody subscribes"):
        erase_subscriber(desk, "ann@example.org")
