"""Documents: stored by pulls, found by everyone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curator.errors import UsageError
from curator.library import Library
from curator.library.documents import _portions
from curator.models import Counts, KnownDocument, Match, Review
from curator.query import EVERYTHING, All, Is, Term
from tests.library.world import ENGINES, FEEDS, NOW, add, document, review, store, titles

LATER = NOW + timedelta(hours=5)


# ---------------------------------------------------------------- storing


def test_a_document_comes_back_as_the_feed_said_it(library: Library) -> None:
    said = document(1, publisher="gov-scot", text="The whole text.", language=None, dated="updated")
    (number,) = store(library, said).new
    got = library.documents.get(number).document
    words = set(said.__struct_fields__) - {"translations"}  # which its family keeps
    assert {name: getattr(got, name) for name in words} == {name: getattr(said, name) for name in words}
    assert (got.first_seen_at, got.changed_at, got.feeds) == (NOW, None, ("scot",))
    assert (got.feed_country, got.feed_section) == ("GB-SCT", "policy")


def test_what_is_stored_together_is_found_and_all_of_it_or_nothing(library: Library) -> None:
    with library.documents.together():
        add(library, document(1), document(2, "who"))
    assert titles(library.documents.find(Term("Title", prefix=True))) == ["Title 2", "Title 1"]
    with pytest.raises(ZeroDivisionError), library.documents.together():
        add(library, document(3))
        raise ZeroDivisionError
    add(library, document(4))
    assert titles(library.documents.find(Term("Title", prefix=True))) == ["Title 4", "Title 2", "Title 1"]


def test_an_untouched_document_is_in_the_inbox(library: Library) -> None:
    (number,) = add(library, document(1))
    assert library.documents.get(number).review == Review(number)


def test_ids_grow_with_age_though_feeds_list_the_newest_first(library: Library) -> None:
    stored = store(library, document(3), document(2), document(1))
    assert titles(library.documents.pick(stored.new)) == ["Title 1", "Title 2", "Title 3"]
    assert list(stored.new) == sorted(stored.new)


def test_a_change_replaces_words_but_no_dates(library: Library) -> None:
    (number,) = add(library, document(1, text="Full text"))
    said = document(1, title="Better", excerpt="", link="https://example.org/b", canonical_url="https://example.org/b")
    stored = library.documents.store("scot", [Match("changed", said, number)], LATER)
    got = library.documents.get(number).document
    assert (stored.new, stored.changed) == ((), (number,))
    assert (got.title, got.link, got.excerpt, got.text) == ("Better", "https://example.org/b", "", "Full text")
    assert (got.published_at, got.first_seen_at, got.changed_at) == (document(1).published_at, NOW, LATER)


def test_a_change_leaves_the_review_alone(library: Library) -> None:
    (number,) = add(library, document(1))
    review(library, number, decision="kept", countries=("IE",), blurb="Ours")
    before = library.documents.get(number).review
    library.documents.store("scot", [Match("changed", document(1, title="Better"), number)], LATER)
    assert library.documents.get(number).review == before


def test_a_changed_document_is_found_by_its_new_words_only(library: Library) -> None:
    (number,) = add(library, document(1, title="Walrus"))
    library.documents.store("scot", [Match("changed", document(1, title="Penguin"), number)], LATER)
    assert library.documents.numbers(Term("penguin")) == [number]
    assert library.documents.numbers(Term("walrus")) == []


def test_a_known_document_of_another_feed_is_seen_once_more(library: Library) -> None:
    (number,) = add(library, document(1))
    stored = library.documents.store("who", [Match("known", document(1, "who"), number)], LATER)
    got = library.documents.get(number).document
    assert (stored.new, stored.changed) == ((), ())
    assert (got.feed, got.feeds) == ("scot", ("scot", "who"))
    assert library.documents.numbers(Is("feed", "who")) == [number]


def test_what_repeats_a_new_one_is_the_same_document(library: Library) -> None:
    twice = [Match("new", document(1)), Match("known", document(1, guid="again"), repeats=0)]
    (number,) = library.documents.store("scot", twice, NOW).new
    known = library.documents.known("scot", [document(1), document(1, guid="again")])
    assert {guid: found.id for guid, found in known.by_guid.items()} == {"scot-1": number, "again": number}


def test_storing_nothing_is_nothing(library: Library) -> None:
    assert library.documents.store("scot", [], NOW).new == ()


def test_an_exception_leaves_nothing(library: Library, another: Library) -> None:
    with pytest.raises(ZeroDivisionError), library.write():
        store(library, document(1))
        library.documents.store("who", [Match("new", document(2, "who"))], NOW)
        raise ZeroDivisionError
    assert library.documents.count() == another.documents.count() == 0
    assert library.documents.known("scot", [document(1)]).by_guid == {}
    assert library.documents.numbers(Term("title")) == []


def test_nothing_is_seen_before_it_is_whole(library: Library, another: Library) -> None:
    with library.write():
        store(library, document(1))
        assert another.documents.count() == 0
    assert another.documents.count() == 1


def test_an_inner_failure_that_is_caught_takes_back_only_itself(library: Library) -> None:
    with library.write():
        store(library, document(1))
        with pytest.raises(ZeroDivisionError), library.write():
            store(library, document(2))
            raise ZeroDivisionError
    assert titles(library.documents.find()) == ["Title 1"]


# ---------------------------------------------------------------- what matching must know


def test_known_by_guid_is_of_this_feed_only(library: Library) -> None:
    (number,) = add(library, document(1, canonical_url=""))
    mine, other = document(1, canonical_url=""), document(9, "who", guid="scot-1")
    found = library.documents.known("scot", [mine]).by_guid["scot-1"]
    assert (found.id, found.feed, found.title, found.said) == (number, "scot", "Title 1", mine.said)
    assert library.documents.known("who", [other]).by_guid == {}


def test_known_by_address_is_of_every_feed_oldest_first(library: Library) -> None:
    page: dict[str, Any] = {"canonical_url": "https://example.org/page"}
    first, second = add(library, document(1, **page), document(2, "who", **page))
    found = library.documents.known("who", [document(3, "who", **page)]).by_url[page["canonical_url"]]
    assert [(one.id, one.feed) for one in found] == [(first, "scot"), (second, "who")]
    assert [one.guids_of_this_feed for one in found] == [frozenset(), frozenset({"who-2"})]


def test_no_address_is_nobody_s_address(library: Library) -> None:
    add(library, document(1, canonical_url="", link=""))
    assert library.documents.known("who", [document(2, "who", canonical_url="")]).by_url == {}


def test_known_says_what_would_count_as_a_change(library: Library) -> None:
    add(library, document(1))
    known = library.documents.known("scot", [document(1)]).by_guid["scot-1"]
    assert isinstance(known, KnownDocument)
    assert known.said == document(1).said
    assert known.said != document(1, excerpt="otherwise").said


# ---------------------------------------------------------------- reading


def test_documents_come_newest_first_and_the_younger_id_first(library: Library) -> None:
    same_day: dict[str, Any] = {"published_at": NOW}
    add(library, document(1), document(5, **same_day), document(6, **same_day), document(2))
    assert titles(library.documents.find()) == ["Title 6", "Title 5", "Title 2", "Title 1"]
    assert titles(library.documents.find(limit=2)) == ["Title 6", "Title 5"]
    assert len(library.documents.find(limit=0)) == 4
    assert library.documents.numbers(EVERYTHING) == [filed.id for filed in library.documents.find()]


def test_pick_keeps_the_order_asked_for(library: Library) -> None:
    a, b, c = add(library, document(1), document(2), document(3))
    assert [filed.id for filed in library.documents.pick([c, 999, a, c, b])] == [c, a, b]
    assert library.documents.pick([]) == []


def test_lists_leave_the_text_away_and_a_document_has_it(library: Library) -> None:
    (number,) = add(library, document(1, text="Long"))
    assert library.documents.find()[0].document.text == ""
    assert library.documents.get(number).document.text == "Long"


@pytest.mark.parametrize("number", [0, -1, 7, 2**62, 2**70])
def test_no_such_document(library: Library, number: int) -> None:
    with pytest.raises(UsageError, match=f"no document {number}"):
        library.documents.get(number)


@contextmanager
def fresh(engine: str) -> Iterator[Library]:
    """A library for one example of a property."""
    with TemporaryDirectory() as folder, ENGINES[engine](Path(folder)) as opened:
        opened.feeds.follow(FEEDS)
        yield opened


DAYS = st.lists(st.integers(0, 4), max_size=25)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=25, deadline=None)
@given(days=DAYS, size=st.integers(1, 7))
def test_pages_put_together_are_the_whole_list(engine: str, days: list[int], size: int) -> None:
    with fresh(engine) as library:
        add(library, *(document(n, published_at=NOW - timedelta(days=day)) for n, day in enumerate(days)))
        pages, last = [], None
        for _ in count():
            page = library.documents.find(Is("feed", "scot"), limit=size, before=last)
            pages += page
            if len(page) < size:
                break
            last = page[-1]
        assert pages == library.documents.find()


# ---------------------------------------------------------------- counting


@pytest.mark.parametrize("portion", [1, 2, 25_000])
def test_counts_by_decision_and_by_country_as_shown(
    library: Library, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    monkeypatch.setattr("curator.library.counts._PORTION", portion)
    default, said, none, foreign, kept = add(
        library, document(1), document(2), document(3), document(4, "who"), document(5)
    )
    review(library, said, countries=("IE", "NZ"))
    review(library, none, countries=())
    review(library, kept, decision="kept")
    found = library.documents.counts()
    assert found == Counts({"inbox": 4, "kept": 1}, {"GB-SCT": 1, "IE": 1, "NZ": 1}, {}, {"scot": 3, "who": 1})
    assert library.documents.counts("kept").countries == {"GB-SCT": 1}
    assert library.documents.counts("dropped").countries == {}
    assert {default, foreign} <= set(library.documents.numbers(Is("decision", "inbox")))


def test_countries_counted_are_those_that_the_query_finds(library: Library) -> None:
    numbers = add(library, *(document(n, feed) for n, feed in enumerate(("scot", "sverige", "who", "scot", "scot"))))
    review(library, numbers[0], countries=("SE",))
    review(library, numbers[3], countries=())
    shown = library.documents.counts().countries
    for code in ("SE", "GB-SCT", "IE"):
        inbox = All((Is("decision", "inbox"), Is("country", code)))
        assert library.documents.count(inbox) == shown.get(code, 0)


def test_count_of_a_query(library: Library) -> None:
    add(library, document(1), document(2, title="Walrus"))
    assert library.documents.count() == 2
    assert library.documents.count(Term("walrus")) == 1


def test_an_empty_library_counts_nothing(library: Library) -> None:
    assert library.documents.counts() == Counts({}, {})
    assert library.documents.find() == []


def test_effective_country_of_default_word_and_none(library: Library) -> None:
    default, said, none = add(library, document(1), document(2), document(3))
    review(library, said, countries=("IE", "GB-SCT"))
    review(library, none, countries=())
    shown: list[Any] = [library.documents.get(number).countries for number in (default, said, none)]
    assert shown == [("GB-SCT",), ("IE", "GB-SCT"), ()]


def test_what_documents_say_of_their_publishers_and_languages(library: Library) -> None:
    assert library.documents.said() == ([], [])
    said = [("who", "en"), ("oecd", "sv"), ("who", "sv"), (None, "sv"), ("who", None)]
    store(library, *(document(n, publisher=who, language=code) for n, (who, code) in enumerate(said, 1)))
    assert library.documents.said() == (["who", "oecd"], ["sv", "en"])


def test_a_long_list_of_numbers_is_read_whole_whatever_its_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [*range(1, 120), 7, 1_000_000]
    for portion in (1, 2, 10, 10_000):
        monkeypatch.setattr("curator.library.documents._PORTION", portion)
        portions = _portions(",".join(map(str, numbers)))
        assert [int(number) for some in portions for number in some.split(",")] == numbers
