from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest

from curator.digest.edition import leave_out, outline, place
from curator.digest.outline import Outline, Seat, link_form, publisher_names
from curator.models import Edition, Feed, Filed, OwnWords
from tests.digest.sample import sample
from tests.digest.world import DIGESTS, NETWORK, PUBLISHERS, TAXONOMY, edition, filed

UPDATE, BRIEFING = DIGESTS["update"], DIGESTS["make-it-so"]


def draw(given: Edition, documents: list[Filed], digest: str = "update") -> Outline:
    return outline(given, {each.id: each for each in documents}, DIGESTS[digest], NETWORK, TAXONOMY, PUBLISHERS)


def drawn(*documents: Filed) -> Outline:
    return draw(edition(UPDATE, documents), list(documents))


def test_headings_come_in_order_and_none_is_empty() -> None:
    documents = sample()
    policy = draw(edition(UPDATE, documents), documents).sections[2]
    assert [group.label for group in policy.groups] == [
        "Australia", "Canada", "England", "Scotland", "Sweden", "World Health Organization", "European Union",
    ]  # fmt: skip
    assert policy.count == 8
    assert not any(group.gap for group in policy.groups)


def test_numbers_run_in_reading_order() -> None:
    documents = sample()
    assert [seat.number for seat in draw(edition(UPDATE, documents), documents).seats] == list(range(1, 22))


def test_every_member_has_a_place_in_the_briefing_and_gaps_say_where_else_to_look() -> None:
    documents = sample("crisis-care")
    members = draw(edition(BRIEFING, documents), documents, "make-it-so").sections[0]
    assert [group.key for group in members.groups] == list(NETWORK.countries)
    assert {group.label: group.elsewhere for group in members.groups if group.gap} == {
        "Netherlands": (), "New Zealand": ("Australia",), "Sweden": (),
    }  # fmt: skip


def test_an_empty_edition_has_only_the_gaps() -> None:
    assert drawn() == Outline(sections=())
    assert all(group.gap for group in draw(edition(BRIEFING), [], "make-it-so").sections[0].groups)


def test_an_organisation_shows_the_countries_and_not_its_own_name_again() -> None:
    (seat,) = drawn(filed(1, countries=("US", "AU"), publisher="oecd")).seats
    assert (seat.publisher, seat.also) == ("", ("Australia", "USA"))


def test_a_country_shows_the_others_in_the_networks_order() -> None:
    (seat,) = drawn(filed(1, countries=("IT", "US", "SE"), publisher="gov-scot")).seats
    assert (seat.publisher, seat.also) == ("Scottish Government", ("USA", "Italy"))


@pytest.mark.parametrize(
    ("publisher", "feed", "shown"),
    [
        ("who", "x", "World Health Organization"),
        ("moh-nz", "x", "Ministry of Health"),
        (None, "hse", "Health Service Executive"),
        ("Some Institute", "x", "Some Institute"),
        (None, "x", ""),
    ],
)
def test_what_a_publisher_is_called(publisher: str | None, feed: str, shown: str) -> None:
    documents = [filed(1, countries=("SE",), publisher=publisher, feed=feed)]
    given = place(edition(UPDATE, documents), 1, "news", "SE")
    assert draw(given, documents).seats[0].publisher == shown


def test_feeds_give_the_names_of_publishers() -> None:
    feeds = [Feed("a", "Ministry", "u", publisher="moh"), Feed("b", "Ministry, news", "u", publisher="moh")]
    assert publisher_names([*feeds, Feed("c", "Paper", "u")]) == {
        "moh": "Ministry", "a": "Ministry", "b": "Ministry, news", "c": "Paper",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("at", "dated", "shown"),
    [
        (datetime(2026, 11, 20, 20, 0, tzinfo=UTC), "feed", date(2026, 11, 21)),
        (datetime(2026, 11, 20, 0, 0, tzinfo=UTC), "feed", date(2026, 11, 20)),
        (datetime(2026, 11, 20, 20, 0, tzinfo=UTC), "pull", None),
    ],
)
def test_the_day_is_the_networks_and_never_the_pulls(at: datetime, dated: str, shown: date | None) -> None:
    assert drawn(filed(1, countries=("SE",), published_at=at, dated=dated)).seats[0].published_on == shown


def test_what_no_section_takes_is_named_and_not_mailed() -> None:
    found = drawn(filed(1, section=None, countries=("SE",)), filed(2, countries=("SE",)))
    assert [seat.document for seat in found.unplaced] == [1]
    assert [seat.document for seat in found.seats] == [2]


def test_a_placement_without_its_document_has_no_seat() -> None:
    documents = [filed(1, countries=("SE",)), filed(2, countries=("SE",))]
    found = draw(edition(UPDATE, documents), documents[:1])
    assert [seat.document for seat in (*found.seats, *found.unplaced)] == [1]


def test_an_emptied_group_leaves_no_heading() -> None:
    documents = [filed(1, countries=("SE",)), filed(2, countries=("AU",))]
    found = draw(leave_out(edition(UPDATE, documents), 2), documents)
    assert [group.label for group in found.sections[0].groups] == ["Sweden"]


def test_without_grouping_there_is_no_heading() -> None:
    flat = msgspec.structs.replace(UPDATE, group_by="none")
    documents = [filed(1, countries=("SE",))]
    found = outline(edition(flat, documents), {1: documents[0]}, flat, NETWORK, TAXONOMY)
    group = found.sections[0].groups[0]
    assert (group.label, group.kind, group.seats[0].also) == ("", "none", ("Sweden",))


def seats_of(documents: list[Filed], **words: object) -> tuple[Seat, ...]:
    return draw(edition(UPDATE, documents, **words), documents).seats


def test_a_quotation_s_source_is_its_publisher_or_else_the_host() -> None:
    documents = [
        filed(1, countries=("SE",), publisher="gov-scot", excerpt="Said."),
        filed(2, countries=("SE",), publisher="Sweden", excerpt="Said.", link="https://www.example.org/a"),
        filed(3, countries=("SE",), publisher="oecd", excerpt="Said."),
        filed(4, countries=("SE",), publisher=None, excerpt="Said.", link="mailto:a@example.org"),
        filed(5, countries=("SE",), excerpt="Said.", blurb="The editor's."),
    ]
    seats = {seat.document: seat for seat in seats_of(documents)}
    assert [seats[each].source for each in (1, 2, 3, 4)] == ["Scottish Government", "example.org", "OECD", ""]
    assert [seats[each].quoted for each in (1, 2, 3, 4, 5)] == [True, True, True, True, False]
    assert (seats[2].publisher, seats[3].publisher) == ("", "")


def test_a_document_in_another_language_keeps_its_title_beside_the_editor_s() -> None:
    documents = [filed(1, "Nationell strategi", countries=("SE",), language="sv-SE", excerpt="Planen.")]
    (seat,) = seats_of(documents, words=(OwnWords(1, title="National strategy"),))
    assert (seat.title, seat.original, seat.foreign, seat.title_foreign) == (
        "National strategy",
        "Nationell strategi",
        "sv-SE",
        "",
    )
    (seat,) = seats_of(documents)
    assert (seat.title, seat.original, seat.title_foreign) == ("Nationell strategi", "", "sv-SE")
    (seat,) = seats_of([filed(1, countries=("US",), language="en-US")], words=(OwnWords(1, title="Own"),))
    assert (seat.original, seat.foreign) == ("", "")


def test_a_file_is_named_as_one() -> None:
    links = {
        "https://example.org/plan.pdf": "PDF",
        "https://example.org/plan.PDF?v=2#page=3": "PDF",
        "https://example.org/plan.docx": "Word",
        "https://example.org/plan": "",
        "https://example.pdf": "",
        "mailto:a@example.pdf": "",
    }
    assert {link: link_form(link) for link in links} == links
