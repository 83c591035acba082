"""The ledger: one line for each edition and person, claimed once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import get_args

import pytest

from curator.library import Library
from curator.models import Delivery, Fate
from tests.library.world import NOW, edition

ADDRESSES = [f"p{n}@example.org" for n in range(5)]
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def opened(library: Library) -> Library:
    """A library with an edition whose five lines are open."""
    library.editions.put(edition(1))
    library.editions.put(edition(2))
    library.deliveries.open("update-1", ADDRESSES, NOW)
    return library


def fates(library: Library, name: str = "update-1") -> dict[str, Fate]:
    return {line.address: line.fate for line in library.deliveries.of(name)}


def test_lines_open_as_pending(opened: Library) -> None:
    assert opened.deliveries.of("update-1") == [Delivery("update-1", one, "pending", NOW) for one in ADDRESSES]
    assert opened.deliveries.of("update-2") == []


def test_opening_again_adds_only_who_is_new(opened: Library) -> None:
    opened.deliveries.claim("update-1", ADDRESSES[0], NOW)
    opened.deliveries.open("update-1", [*ADDRESSES, "new@example.org"], LATER)
    assert fates(opened) == {
        **dict.fromkeys(ADDRESSES, "pending"),
        ADDRESSES[0]: "sending",
        "new@example.org": "pending",
    }


def test_only_one_claim_succeeds(opened: Library) -> None:
    assert opened.deliveries.claim("update-1", ADDRESSES[0], LATER)
    assert not opened.deliveries.claim("update-1", ADDRESSES[0], LATER)
    assert opened.deliveries.of("update-1")[0] == Delivery("update-1", ADDRESSES[0], "sending", LATER)


def test_nobody_s_line_is_not_claimed(opened: Library) -> None:
    assert not opened.deliveries.claim("update-1", "nobody@example.org", NOW)
    assert not opened.deliveries.claim("update-2", ADDRESSES[0], NOW)


@pytest.mark.parametrize("fate", get_args(Fate))
def test_settled_is_claimed_again_only_where_it_waits(opened: Library, fate: Fate) -> None:
    opened.deliveries.claim("update-1", ADDRESSES[0], NOW)
    opened.deliveries.settle("update-1", ADDRESSES[0], fate, LATER, "said so")
    assert opened.deliveries.of("update-1")[0] == Delivery("update-1", ADDRESSES[0], fate, LATER, "said so")
    assert opened.deliveries.claim("update-1", ADDRESSES[0], LATER) == (fate == "pending")


def test_a_line_of_one_edition_says_nothing_of_another(opened: Library) -> None:
    opened.deliveries.open("update-2", ADDRESSES, NOW)
    opened.deliveries.settle("update-1", ADDRESSES[0], "sent", NOW)
    assert fates(opened, "update-2")[ADDRESSES[0]] == "pending"


def test_of_many_at_once_each_line_is_claimed_by_one(opened: Library, connect: Callable[[], Library]) -> None:
    claims: list[str] = []
    start = threading.Barrier(4)

    def claim_all() -> None:
        with connect() as mine:
            start.wait()
            mine_only = [one for one in ADDRESSES if mine.deliveries.claim("update-1", one, LATER)]
        claims.extend(mine_only)

    threads = [threading.Thread(target=claim_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claims) == ADDRESSES
    assert set(fates(opened).values()) == {"sending"}


def test_spellings_of_one_mailbox_are_one_line(opened: Library) -> None:
    opened.deliveries.open("update-1", ["P0@Example.org"], NOW)
    assert list(fates(opened)) == ADDRESSES
    assert opened.deliveries.claim("update-1", "P0@example.org", NOW)
    assert not opened.deliveries.claim("update-1", "p0@example.org", NOW)


# ---------------------------------------------------------------- erased


@pytest.mark.parametrize("spelling", ["p0@example.org", "P0@Example.ORG"])
def test_an_erased_address_is_nowhere_and_still_blocks_a_second_mail(opened: Library, spelling: str) -> None:
    opened.deliveries.settle("update-1", "p0@example.org", "sent", NOW, "to p0@example.org")
    opened.deliveries.erase(spelling, LATER)
    assert "p0@" not in str(opened.deliveries.of("update-1")).lower()
    for again in ("p0@example.org", "P0@example.org"):
        opened.deliveries.open("update-1", [again], LATER)
        assert not opened.deliveries.claim("update-1", again, LATER)
    assert len(opened.deliveries.of("update-1")) == len(ADDRESSES)


def test_who_is_erased_before_their_mail_gets_none(opened: Library) -> None:
    opened.deliveries.erase(ADDRESSES[0], LATER)
    assert sorted(fates(opened).values()) == ["pending"] * 4 + ["withdrawn"]


@pytest.mark.parametrize("fate", ["sent", "failed", "unknown", "withdrawn"])
def test_what_became_of_a_mail_outlives_the_address(opened: Library, fate: Fate) -> None:
    opened.deliveries.settle("update-1", ADDRESSES[0], fate, NOW, "words")
    opened.deliveries.erase(ADDRESSES[0], LATER)
    (line,) = (one for one in opened.deliveries.of("update-1") if "@" not in one.address)
    assert (line.fate, line.detail) == (fate, "")


def test_who_is_erased_while_being_mailed_is_settled_without_a_word(opened: Library) -> None:
    opened.deliveries.claim("update-1", ADDRESSES[0], NOW)
    opened.deliveries.erase(ADDRESSES[0], NOW)
    opened.deliveries.settle("update-1", ADDRESSES[0], "sent", LATER, f"queued for {ADDRESSES[0]}")
    (line,) = (one for one in opened.deliveries.of("update-1") if "@" not in one.address)
    assert (line.fate, line.at, line.detail) == ("sent", LATER, "")


def test_erasing_somebody_unknown_is_nothing(opened: Library) -> None:
    opened.deliveries.erase("nobody@example.org", NOW)
    assert len(fates(opened)) == len(ADDRESSES)


def test_somebody_erased_and_back_gets_the_next_edition(opened: Library) -> None:
    opened.deliveries.erase(ADDRESSES[0], NOW)
    opened.deliveries.open("update-2", ADDRESSES, LATER)
    assert opened.deliveries.claim("update-2", ADDRESSES[0], LATER)
