"""Two documents that are one, that may be, and that only look so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from curator.models import Kin, Verdict
from curator.pull.identifiers import identifiers, own_identifiers
from curator.pull.kinship import keys_of, kinship
from curator.pull.languages import across_languages
from curator.pull.urls import canonical_url
from curator.pull.wording import bare_title, compare, is_release, is_serial, numbers, telling_title

AT = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
WORDS = (
    "The ministry set out today how it will open recovery colleges in every region, who will pay for them and what "
    "people who have used services will teach there, from the first term after the summer until the law is evaluated."
)
TITLE = "Recovery colleges in every region"


def kin(number: int = 1, **said: Any) -> Kin:
    link = str(said.get("link", f"https://health.example.se/news/{number}"))
    plain = Kin(
        number, f"feed-{number}", "ministry", None, f"guid-{number}", link, canonical_url(link), TITLE, AT, None, WORDS
    )
    return replace(plain, **said)


def meet(one: Kin, other: Kin) -> Verdict | None:
    """What is said of two, which is the same both ways, and never said of two that share no key."""
    verdict = kinship(one, other)
    back = kinship(other, one)
    assert (verdict and verdict.certain) == (back and back.certain)
    keys, theirs = keys_of(one, one.words), keys_of(other, other.words)
    if verdict:
        assert {*keys[0], *keys[1]} & set(theirs[0])
    return verdict


@pytest.mark.parametrize(
    "other",
    [
        kin(2),
        kin(2, words=WORDS[:170] + "…", publisher="agency", link="https://agency.example.net/1"),
        kin(2, title=f"Press release: {TITLE}", words="Today we say something else entirely about it. " * 9),
        kin(2, title=f"{TITLE} | Ministry of Health", words=""),
        kin(2, title=f"{TITLE} (PDF, 1 MB)", words="", link="https://health.example.se/media/9.pdf"),
        kin(2, feed="feed-1", words="", link="https://health.example.se/media/9.pdf"),
        kin(2, published_at=AT + timedelta(days=13), words=""),
        kin(2, publisher=None, link="https://www.health.example.se/other/8", words=""),
    ],
)
def test_one(other: Kin) -> None:
    verdict = meet(kin(1), other)
    assert verdict and verdict.certain, verdict


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"publisher": "who", "link": "https://who.example.int/1", "words": "", "title": f"{TITLE} and towns"},
            "from another",
        ),
        ({"title": "Colleges for all of them", "link": "https://agency.example.net/1"}, "under another title"),
        ({"words": WORDS.replace("ministry", "Agency")}, "but one says ministry, the other Agency"),
        ({"country": "NO"}, "another country"),
        ({"words": "Something else is told here about what the ministry wants. " * 9}, "but other words"),
    ],
)
def test_perhaps(changes: dict[str, object], reason: str | None) -> None:
    first = kin(1, country="SE", title=changes["title"]) if reason == "from another" else kin(1, country="SE")
    verdict = meet(first, kin(2, **changes))
    assert verdict
    assert verdict.certain == (reason is None), verdict
    assert reason is None or reason in verdict.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (kin(1, title="Annual report 2025"), kin(2, title="Annual report 2026")),
        (kin(1, title="A guide for families, part 1"), kin(2, title="A guide for families, part 2")),
        (kin(1, title="Waiting times in October"), kin(2, title="Waiting times in November")),
        (kin(1, title="A guide, part I"), kin(2, title="A guide, part II")),
        (
            kin(1, title="Mental health bulletin", words=""),
            kin(2, title="Mental health bulletin", words="", published_at=AT + timedelta(30)),
        ),
        (kin(1, words=""), kin(2, words="", published_at=AT + timedelta(days=15))),
        (kin(1, words=""), kin(2, words="", feed="feed-1")),
        (kin(1, title="News", words=""), kin(2, title="News", words="")),
        (kin(1, title="Of one thing and much else", words=WORDS), kin(2, title="Of another thing", feed="feed-1")),
        (kin(1), kin(2, title="Beds", words="Quite another matter, told at some length. " * 9)),
        (kin(1, title="", words=""), kin(2, title="", words="")),
    ],
)
def test_two(one: Kin, other: Kin) -> None:
    assert kinship(one, other) is None


def test_names_swapped_in_equal_words_are_at_most_proposed() -> None:
    one, other = (
        kin(n, words=f"In {name} the profile was launched. {WORDS}") for n, name in ((1, "Kenya"), (2, "Uganda"))
    )
    verdict = meet(one, other)
    assert verdict == Verdict(False, "96% of the words are the same, but one says Kenya, the other Uganda")
    assert kinship(one, replace(other, feed=one.feed)) is None


def test_a_doi() -> None:
    page = kin(1, link="https://www.example.com/doi/full/10.5555/jmh.2026.17", title="Loneliness", words="")
    doi = kin(2, link="https://doi.org/10.5555/JMH.2026.17", title="Lonely after discharge (open access)", words="")
    assert meet(page, doi) == Verdict(True, "the same DOI 10.5555/jmh.2026.17")
    release = kin(3, title="People are lonely after discharge", words="Published as doi:10.5555/jmh.2026.17.")
    assert meet(page, release) == Verdict(False, "both name DOI 10.5555/jmh.2026.17")
    erratum = kin(4, title="Correction: Loneliness", words="", link="https://doi.org/10.5555/jmh.2026.17")
    assert meet(page, erratum) == Verdict(
        False, "both name DOI 10.5555/jmh.2026.17, but their titles have other numbers"
    )
    several = kin(5, title="New papers", words="10.5555/jmh.2026.17 and 10.5555/jmh.2026.18")
    assert kinship(page, several) is None


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("https://doi.org/10.1016/S2215-0366(26)00012-3", {"doi:10.1016/s2215-0366(26)00012-3"}),
        ("https://example.org/doi/pdf/10.5555/abc.12", {"doi:10.5555/abc.12"}),
        ("https://example.org/doi/10.5555/abc.12/full?x=1", {"doi:10.5555/abc.12"}),
        ("https://example.org/?doi=10.5555%2Fabc.12", {"doi:10.5555/abc.12"}),
        ("(doi: 10.5555/abc.12).", {"doi:10.5555/abc.12"}),
        ("ISBN 978-0-306-40615-8", set()),
        ("ISBN 978-0-306-40615-7", {"isbn:9780306406157"}),
        ("ISBN-10: 0-306-40615-2", {"isbn:9780306406157"}),
        ("ISBN 0306406153", set()),
        ("call 0306406152", set()),
        ("version 10.4/2", set()),
        ("https://example.org/item/9780306406157", {"isbn:9780306406157"}),
        ("https://example.org/item/9780306406157-eng.pdf?sequence=1", {"isbn:9780306406157"}),
        ("https://example.org/item/9780306406158", set()),
        ("https://example.org/9780306406157/chapter", set()),
        ("https://example.org/item/97803064061570", set()),
        ("see 9780306406157", set()),
        ("1" * 500 + "isbn " + "9" * 500, set()),
    ],
)
def test_identifiers(said: str, found: set[str]) -> None:
    assert own_identifiers(kin(1, link=said, words="")) == found
    assert set(identifiers(kin(1, words=""), said)) == found


def test_two_languages_that_the_documents_name() -> None:
    english = kin(
        1, link="https://example.org/en/reports/housing-first", language="en", words="", title="Housing first"
    )
    french = kin(
        2, link="https://example.org/fr/reports/housing-first", language="fr-CA", words="", title="Un logement"
    )
    assert meet(english, french) == Verdict(True, "one page in two languages, en and fr")
    silent = meet(english, replace(french, language=None))
    assert silent and not silent.certain
    assert kinship(english, replace(french, language="en")) is None


def test_countries_are_no_languages() -> None:
    irish = kin(1, link="https://example.org/ie/services/care", language="en", words="")
    british = kin(
        2, link="https://example.org/uk/services/care", language="en", words="", published_at=AT + timedelta(40)
    )
    assert kinship(irish, british) is None


@pytest.mark.parametrize(
    ("address", "across"),
    [
        ("https://example.org/en/reports/one", ("page:https://example.org/*/reports/one", "en")),
        ("https://example.org/en-gb/reports/one", ("page:https://example.org/*/reports/one", "en")),
        ("https://example.org/reports?id=1&lang=fr", ("page:https://example.org/reports?id=1&lang=*", "fr")),
        ("https://example.org/en/news", None),
        ("https://example.org/us/reports/one", None),
        ("https://example.org/reports/one", None),
        ("", None),
    ],
)
def test_addresses_across_languages(address: str, across: tuple[str, str] | None) -> None:
    assert across_languages(address) == across


def test_titles() -> None:
    for said in (
        "PRESS RELEASE: A plan",
        "A plan [PDF, 3 MB]",
        "A Plan | Ministry",
        "News: A plan.pdf",
        "Download: a plan.",
    ):
        assert bare_title(said) == "a plan", said
    assert bare_title("Reporting on suicide: a guide") == "reporting on suicide: a guide"
    assert bare_title("PDF") == "pdf"
    assert telling_title("The first words of what it says and…") == ""
    assert numbers("Report 3, part II, Summer") == {"3", "ii", "summer"}
    assert is_serial("Nyhetsbrev om hälsa")
    assert not is_serial(TITLE)
    assert is_release("Pressmeddelande: Nya regler")
    assert not is_release("Pressing on: a plan")


def test_short_texts_are_not_compared() -> None:
    assert compare("Read more here.", "Read more here.") is None
    assert compare("", WORDS) is None


@given(st.builds(kin, link=st.text(), title=st.text(), words=st.text(), guid=st.text()))
def test_nothing_that_a_feed_says_is_too_odd(odd: Kin) -> None:
    own, besides = keys_of(odd, odd.words)
    assert all(0 <= key < 2**63 for key in (*own, *besides))
    kinship(odd, replace(odd, id=2))


def test_keys_lie_by_their_time() -> None:
    early, late = (keys_of(kin(1, published_at=AT + timedelta(days=days)), kin(1).words) for days in (0, 400))
    assert max(early[0]) < min(late[0])
    assert len(early[0]) == 2
