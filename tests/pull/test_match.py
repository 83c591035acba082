from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from curator.models import Known, KnownDocument, NewDocument
from curator.pull.match import match
from curator.pull.urls import canonical_url

NOW = datetime(2026, 10, 1, tzinfo=UTC)


def new(guid: str, link: str = "", title: str = "Title", feed: str = "a", excerpt: str = "") -> NewDocument:
    return NewDocument(guid, link, canonical_url(link), title, feed, None, NOW, "feed", None, excerpt)


def known(id_: int, document: NewDocument, *guids: str) -> KnownDocument:
    return KnownDocument(
        id_, document.feed, document.title, document.canonical_url, document.said, frozenset(guids or [document.guid])
    )


def by_url(*documents: KnownDocument) -> Known:
    found: dict[str, list[KnownDocument]] = {}
    for document in documents:
        found.setdefault(document.canonical_url, []).append(document)
    return Known(by_url=found)


def verdicts(incoming: list[NewDocument], known_: Known) -> list[tuple[str, int | None, int | None]]:
    return [(m.kind, m.document, m.repeats) for m in match(incoming, known_)]


PAGE = "https://example.org/page"
HOME = "https://example.org/"


def test_nothing_known_is_new() -> None:
    assert verdicts([new("1", PAGE)], Known()) == [("new", None, None)]


def test_the_guid_decides_before_the_address() -> None:
    old = new("1", PAGE)
    assert verdicts([new("1", PAGE)], Known({"1": known(7, old)})) == [("known", 7, None)]
    assert verdicts([new("1", PAGE + "2")], Known({"1": known(7, old)})) == [("changed", 7, None)]


def test_one_guid_for_whatever_a_feed_shows_last_overwrites_nothing() -> None:
    old = replace(known(7, new("the-feed", PAGE, "Old")), published_at=NOW)
    later = replace(new("the-feed", PAGE + "2", "New"), published_at=NOW + timedelta(days=1))
    [verdict] = match([later], Known({"the-feed": old}))
    assert (verdict.kind, verdict.document) == ("new", None)
    assert verdict.incoming.guid not in ("the-feed", "")
    stored = replace(known(8, verdict.incoming), published_at=later.published_at)
    again = Known({"the-feed": old}, {stored.canonical_url: [stored]})
    assert verdicts([later], again) == [("known", 8, None)]


@pytest.mark.parametrize(
    "later",
    [
        new("g", PAGE + "2", "New"),  # a new name and a new address, of the same day
        replace(new("g", PAGE, "New"), published_at=NOW + timedelta(days=1)),
        replace(new("g", PAGE + "2", "Old"), published_at=NOW + timedelta(days=1)),
        replace(new("g", HOME, "New"), published_at=NOW + timedelta(days=1)),
        replace(new("g", "", "New"), published_at=NOW + timedelta(days=1)),
    ],
)
def test_a_guid_stands_as_long_as_anything_agrees_with_it(later: NewDocument) -> None:
    old = replace(known(7, new("g", PAGE, "Old")), published_at=NOW)
    assert verdicts([later], Known({"g": old})) == [("changed", 7, None)]


def test_another_feed_with_the_same_address_is_a_sighting_and_changes_nothing() -> None:
    theirs = KnownDocument(7, "b", "Their title", canonical_url(PAGE), ("Their title", PAGE, "", None))
    assert verdicts([new("1", "http://www.example.org/page?utm_source=x")], by_url(theirs)) == [("known", 7, None)]


def test_a_guid_already_seen_for_another_feeds_document_changes_nothing() -> None:
    theirs = KnownDocument(7, "b", "Their title", canonical_url(PAGE), ("Their title", PAGE, "", None), frozenset("1"))
    assert verdicts([new("1", PAGE)], Known({"1": theirs})) == [("known", 7, None)]


def test_a_new_guid_in_the_same_feed_needs_the_same_title() -> None:
    old = known(7, new("1", PAGE))
    assert verdicts([new("2", PAGE)], by_url(old)) == [("known", 7, None)]
    assert verdicts([new("2", PAGE, excerpt="reworded")], by_url(old)) == [("changed", 7, None)]
    assert verdicts([new("2", PAGE, title="Other")], by_url(old)) == [("new", None, None)]


def test_entries_that_all_link_to_one_page_are_documents_of_their_own() -> None:
    body = [new("1", PAGE, "One"), new("2", PAGE, "Two"), new("3", PAGE, "One")]
    assert verdicts(body, Known()) == [("new", None, None), ("new", None, None), ("known", None, 0)]


def test_a_home_page_needs_the_same_title_in_any_feed() -> None:
    theirs = KnownDocument(7, "b", "Title", canonical_url(HOME), ("Title", HOME, "", None))
    body = [new("1", HOME), new("2", HOME, title="Other")]
    assert verdicts(body, by_url(theirs)) == [("known", 7, None), ("new", None, None)]


def test_what_repeats_in_one_body_keeps_the_first_ones_words() -> None:
    old = known(7, new("1", PAGE))
    body = [new("1", PAGE, excerpt="first"), new("1", PAGE, excerpt="second"), new("9", PAGE, excerpt="third")]
    state = Known({"1": old}, {old.canonical_url: [old]})
    assert verdicts(body, state) == [("changed", 7, None), ("known", 7, None), ("known", 7, None)]
    assert verdicts(body, Known()) == [("new", None, None), ("known", None, 0), ("known", None, 0)]


def test_without_an_address_only_the_guid_counts() -> None:
    assert [m.kind for m in match([new("1"), new("2")], Known())] == ["new", "new"]


def wordy(guid: str, day: int = 1, dated: Literal["feed", "pull"] = "feed", **changes: Any) -> NewDocument:
    """A document without an address."""
    at = datetime(2026, 9, day, tzinfo=UTC)
    return replace(new(guid, excerpt="words"), published_at=at, dated=dated, **changes)


def without_url(*documents: NewDocument) -> Known:
    at = [None if each.dated == "pull" else each.published_at for each in documents]
    found = [replace(known(n, each), published_at=at[n - 1]) for n, each in enumerate(documents, 1)]
    return Known(by_url={"": found})


def test_without_an_address_a_guid_made_anew_each_time_is_no_new_document() -> None:
    before = without_url(wordy("r1"), wordy("r2", title="Two"), wordy("r3", dated="pull", title="Undated"))
    again = [wordy("r4"), wordy("r5", title="Two"), wordy("r6", 5, "pull", title="Undated")]
    assert verdicts(again, before) == [("known", 1, None), ("known", 2, None), ("known", 3, None)]


def test_without_an_address_what_the_feed_still_has_or_says_otherwise_is_another() -> None:
    before = without_url(wordy("1"))
    assert verdicts([wordy("1"), wordy("2")], Known({"1": before.by_url[""][0]}, before.by_url)) == [
        ("known", 1, None),
        ("new", None, None),
    ]
    for other in (wordy("2", 2), wordy("2", dated="pull"), wordy("2", text="a PDF's"), wordy("2", language="sv")):
        assert verdicts([other], before) == [("new", None, None)]


def test_a_hundred_thousand_entries_of_one_page_take_no_time() -> None:
    body = [new(f"r{n}", PAGE, f"Title {n}") for n in range(100_000)]
    started = time.process_time()
    assert {m.kind for m in match(body, Known())} == {"new"}
    again = [new(f"s{n}", PAGE, f"Title {n}") for n in range(100_000)]
    assert {m.kind for m in match(again, by_url(*(known(n, each) for n, each in enumerate(body))))} == {"known"}
    assert time.process_time() - started < 30
