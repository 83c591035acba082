"""People: who reads, and what each is on."""

from __future__ import annotations

import pytest

from curator.errors import UsageError
from curator.library import Library
from curator.models import Subscriber

ANN = Subscriber(
    "ann@example.org", "Ann Ö", "Health", "Lead", "NZ", "recovery", "en", "html", lists=("key-leaders", "members")
)
BOB = Subscriber("bob@example.org", lists=("members",))
NOBODY = Subscriber("nobody@example.org")


def test_people_come_back_as_they_were_put(library: Library) -> None:
    assert library.people.put([BOB, ANN, NOBODY]) == (3, 0)
    assert library.people.subscribers() == [ANN, BOB, NOBODY]
    assert library.people.subscribers("key-leaders") == [ANN]
    assert library.people.subscribers("members") == [ANN, BOB]
    assert library.people.addresses("members") == ["ann@example.org", "bob@example.org"]
    assert library.people.lists() == {"key-leaders": 1, "members": 2}


def test_an_unknown_list_is_empty(library: Library) -> None:
    assert library.people.subscribers("nothing") == []
    assert library.people.addresses("nothing") == []
    assert library.people.lists() == {}


def test_put_replaces_everything_and_counts_what_changed(library: Library) -> None:
    library.people.put([ANN, BOB])
    changed = Subscriber("ann@example.org", "Ann", lists=("members", "other"))
    assert library.people.put([changed, BOB, NOBODY]) == (1, 1)
    assert library.people.subscribers() == [changed, BOB, NOBODY]
    assert library.people.lists() == {"members": 2, "other": 1}
    assert library.people.put([changed]) == (0, 0)


def test_one_mailbox_in_two_spellings_is_one_person(library: Library) -> None:
    """As it was first written: the ledger and sealed lists know that spelling."""
    library.people.put([ANN])
    assert library.people.put([Subscriber("ANN@Example.org", "Ann", lists=("members", "new"))]) == (0, 1)
    assert library.people.subscribers() == [Subscriber("ann@example.org", "Ann", lists=("members", "new"))]
    assert library.people.addresses("new") == ["ann@example.org"]
    assert [one.address for one in library.people.subscribers("new")] == ["ann@example.org"]


def test_spellings_of_one_file_are_one_person(library: Library) -> None:
    library.people.put([ANN, Subscriber("Ann@example.org", "Second", lists=("members",))])
    assert [(one.address, one.name) for one in library.people.subscribers()] == [("ann@example.org", "Second")]
    assert library.people.addresses("members") == ["ann@example.org"]


def test_letters_beyond_ascii_are_one_person_too(library: Library) -> None:
    library.people.put([Subscriber("jörg@example.org", lists=("members",))])
    assert library.people.put([Subscriber("JÖRG@example.org", lists=("members",))]) == (0, 0)
    assert library.people.addresses("members") == ["jörg@example.org"]


def test_somebody_is_found_in_any_spelling(library: Library) -> None:
    library.people.put([ANN, BOB])
    assert library.people.find("ANN@example.org") == ANN
    assert library.people.find("nobody@example.org") is None


def test_erasing_forgets(library: Library) -> None:
    library.people.put([ANN, BOB])
    library.people.erase("Ann@example.org")
    assert library.people.subscribers() == [BOB]
    assert library.people.lists() == {"members": 1}
    with pytest.raises(UsageError, match=r"Nobody subscribes as ann@example\.org"):
        library.people.erase("ann@example.org")


def test_all_or_none(library: Library) -> None:
    library.people.put([BOB])
    with pytest.raises(ZeroDivisionError), library.write():
        library.people.put([ANN])
        raise ZeroDivisionError
    assert library.people.subscribers() == [BOB]
