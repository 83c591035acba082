"""A feed under another slug is the same feed where its address is the same."""

from __future__ import annotations

from msgspec.structs import replace

from curator.library import Library
from curator.models import Filed, Match
from curator.query import Is
from tests.library.world import FEEDS, NOW, add, document, review

RENAMED = replace(FEEDS[0], slug="alba", country="GB")


def shown(library: Library, number: int) -> Filed:
    return library.documents.get(number)


def test_its_documents_come_along(library: Library) -> None:
    numbers = add(library, document(1), document(2, link="", canonical_url=""))
    review(library, numbers[0], decision="kept", blurb="Mine.")
    library.feeds.follow((RENAMED, *FEEDS[1:]))
    first = shown(library, numbers[0])
    assert (first.document.feed, first.document.feeds, first.countries) == ("alba", ("alba",), ("GB",))
    assert (first.review.decision, first.blurb) == ("kept", "Mine.")
    assert library.documents.numbers(Is("feed", "scot")) == []
    again = [document(1, feed="alba", guid="scot-1"), document(2, feed="alba", guid="scot-2")]
    assert set(library.documents.known("alba", again).by_guid) == {"scot-1", "scot-2"}


def test_also_where_it_was_gone_for_a_while_or_comes_back(library: Library) -> None:
    (number,) = add(library, document(1))
    library.feeds.follow(FEEDS[1:])
    assert shown(library, number).document.feed == "scot"
    library.feeds.follow((RENAMED, *FEEDS[1:]))
    assert shown(library, number).document.feed == "alba"
    library.feeds.follow(FEEDS)
    assert shown(library, number).document.feed == "scot"


def test_what_both_have_seen_stays_one(library: Library) -> None:
    (number,) = add(library, document(1))
    library.feeds.follow((RENAMED, *FEEDS[1:]))
    (other,) = add(library, document(3, feed="alba", guid="scot-3"))
    library.feeds.follow(FEEDS)
    assert library.documents.numbers(Is("feed", "scot")) == [other, number]


def test_another_address_is_another_feed(library: Library) -> None:
    (number,) = add(library, document(1))
    library.feeds.follow((replace(RENAMED, url="https://example.org/alba.xml"), *FEEDS[1:]))
    assert shown(library, number).document.feed == "scot"


def test_guids_made_anew_for_every_answer_do_not_fill_the_library(library: Library) -> None:
    (number,) = add(library, document(1))
    for turn in range(30):
        again = document(1, guid=f"random-{turn}")
        library.documents.store("scot", [Match("known", again, number)], NOW)
    at_url = library.documents.known("scot", [document(1, guid="yet another")]).by_url["https://example.org/scot/1"]
    assert len(at_url[0].guids_of_this_feed) == 20
