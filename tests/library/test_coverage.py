"""What is read for counting: kept and mailed documents, a feed's days, list sizes, fates."""

from __future__ import annotations

from datetime import date, timedelta

from curator.library import Library
from curator.models import Placement, Rendered
from tests.library.world import NOW, add, document, edition, review


def test_kept_documents_come_with_the_words_in_force(library: Library) -> None:
    scot, who, dropped = add(library, document(1), document(2, "who"), document(3))
    review(library, scot, decision="kept", countries=("SE", "IT"), themes=("recovery", "housing"), section="news")
    review(library, who, decision="kept")
    review(library, dropped, decision="dropped", themes=("recovery",))
    first, second = library.coverage.kept()
    assert (first.document, first.on, first.title) == (scot, (NOW - timedelta(days=99)).date(), "Title 1")
    assert (first.countries, first.themes) == (("SE", "IT"), ("recovery", "housing"))
    assert (second.countries, second.themes, second.publisher) == ((), (), "who")


def test_kept_on_a_theme_is_the_kept_that_have_it(library: Library) -> None:
    both, other, dropped = add(library, document(1), document(2), document(3))
    review(library, both, decision="kept", themes=("recovery", "housing"))
    review(library, other, decision="kept", themes=("housing",))
    review(library, dropped, decision="dropped", themes=("recovery",))
    (found,) = library.coverage.kept("recovery")
    assert (found.document, found.themes) == (both, ("recovery", "housing"))
    assert [one.document for one in library.coverage.kept("housing")] == [both, other]
    assert library.coverage.kept("'; --") == []


def test_an_editors_word_that_there_is_no_country_stands(library: Library) -> None:
    (number,) = add(library, document(1))
    review(library, number, decision="kept")
    assert library.coverage.kept()[0].countries == ("GB-SCT",)
    review(library, number, countries=())
    assert library.coverage.kept()[0].countries == ()


def test_mailed_is_what_stands_in_sealed_and_sent_editions(library: Library) -> None:
    first, second = add(library, document(1), document(2))
    seats = (Placement(second, "policy", "SE", 2), Placement(first, "policy", "SE", 1))
    library.editions.put(edition(1, status="sent", placements=seats))
    library.editions.put(edition(2, status="draft", placements=seats))
    library.editions.put(edition(1, "other", status="sealed", placements=seats[:1]))
    assert [(one.edition, one.covered.document) for one in library.coverage.mailed()] == [
        ("other-1", second),
        ("update-1", first),
        ("update-1", second),
    ]
    assert {one.digest for one in library.coverage.mailed("other")} == {"other"}
    assert library.coverage.editions() == [("other", 1, date(2026, 12, 1)), ("update", 1, date(2026, 12, 1))]


def test_a_feeds_documents_are_counted_by_day(library: Library) -> None:
    add(library, document(100), document(99), document(98), document(100, "who"))
    days = library.feeds.days(NOW - timedelta(days=1))
    assert days == {"scot": {NOW.date(): 1, (NOW - timedelta(days=1)).date(): 1}, "who": {NOW.date(): 1}}


def test_sizes_are_those_that_editions_were_approved_for(library: Library) -> None:
    library.editions.put(edition(1))
    assert library.editions.sizes() == []
    library.editions.freeze("update-1", Rendered("", "", "", "", "members"), ["a@example.org", "b@example.org"])
    assert library.editions.sizes() == [("members", "update-1", date(2026, 12, 1), 2)]


def test_fates_are_counted_by_edition(library: Library) -> None:
    library.editions.put(edition(1))
    assert library.deliveries.fates() == {}
    library.deliveries.open("update-1", ["a@example.org", "b@example.org"], NOW)
    library.deliveries.settle("update-1", "a@example.org", "failed", NOW, "no such mailbox")
    assert library.deliveries.fates() == {"update-1": {"failed": 1, "pending": 1}}
