"""Suggestions and their reasons, on sentences that have gone wrong elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from benchmarks.suggest import document_of
from curator.models import Document
from curator.suggest import suggest
from curator.taxonomy import default_taxonomy_path, load_taxonomy

TAXONOMY = load_taxonomy(default_taxonomy_path())
NETWORK = ("AU", "CA", "GB-ENG", "IE", "NL", "NZ", "GB-SCT", "SE", "US")


def document(
    title: str = "",
    excerpt: str = "",
    text: str = "",
    link: str = "https://example.org/1",
    feed_country: str | None = None,
    feed_section: str | None = None,
) -> Document:
    plain = document_of(title, text, link)
    return replace(plain, excerpt=excerpt, feed_country=feed_country, feed_section=feed_section)


def countries(title: str = "", excerpt: str = "", **more: str | None) -> list[str]:
    return [each.code for each in suggest(document(title, excerpt, **more), TAXONOMY, NETWORK).countries]  # type: ignore[arg-type]


def themes(title: str = "", excerpt: str = "", text: str = "") -> list[str]:
    return [each.code for each in suggest(document(title, excerpt, text), TAXONOMY, NETWORK).themes]


def reasons(**said: str | None) -> dict[str, str]:
    return {each.code: each.reason for each in suggest(document(**said), TAXONOMY, NETWORK).countries}  # type: ignore[arg-type]


# ---------------------------------------------------------------- countries


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Mental Health in Scotland", ["GB-SCT"]),
        ("SCOTLAND'S 10 YEAR VISION", ["GB-SCT"]),
        ("Suicide prevention in Northern Ireland", ["GB-NIR"]),
        ("Suicide prevention in Ireland", ["IE"]),
        ("New South Wales inquiry into services", ["AU"]),
        ("Services in Wales", ["GB-WLS"]),
        ("Prince of Wales opens a clinic", []),
        ("American Indian health services", ["US"]),
        ("India: a national survey", ["IN"]),
        ("Latin American leaders meet", []),
        ("Papua New Guinea and Guinea-Bissau", ["GW", "PG"]),
        ("A study in guinea pigs", []),
        ("Guinea reports", ["GN"]),
        ("How to roast a turkey", []),
        ("Turkey reforms its law", ["TR"]),
        ("TURKEY REFORMS ITS LAW", ["TR"]),
        ("Türkiye reforms its law", ["TR"]),
        ("Tell us what you think", []),
        ("TELL US WHAT YOU THINK", []),
        ("US survey of carers", ["US"]),
        ("The U.S. survey of carers", ["US"]),
        ("U.S. VETERANS", ["US"]),
        ("Democratic Republic of the Congo", ["CD"]),
        ("Congo: new law", ["CG"]),
        ("Crimean-Congo fever", []),
        ("Niger and Nigeria", ["NE", "NG"]),
        ("Services in the Niger Delta", ["NG"]),
        ("Dominica", ["DM"]),
        ("Dominican Republic", ["DO"]),
        ("Georgia: deinstitutionalisation begins", ["GE"]),
        ("University of Georgia study", []),
        ("Crisis lines in Georgia, USA", ["US"]),
        ("Japanese encephalitis vaccine", []),
        ("After the Paris Agreement", []),
        ("New Jersey opens a crisis centre", ["US"]),
        ("Côte d’Ivoire and Cote d'Ivoire", ["CI"]),
        ("Whānau ora", ["NZ"]),
        ("UK and Scottish policy", ["GB-SCT"]),
        ("UK policy", ["GB"]),
        ("British Columbia's plan", ["CA"]),
        ("South Korea and North Korea", ["KP", "KR"]),
    ],
)
def test_names_in_a_title(title: str, codes: list[str]) -> None:
    assert sorted(countries(title)) == sorted(codes)


def test_the_feed_comes_first_and_every_reason_is_given() -> None:
    found = reasons(
        title="Mental health in Scotland",
        excerpt="Scotland and the Scottish Government. Scotland leads.",
        link="https://www.gov.scot/x",
        feed_country="GB-SCT",
    )
    assert found == {"GB-SCT": 'feed; title "Scotland"; "Scotland" ×2; "Scottish" ×1; address gov.scot'}
    assert countries("What Sweden learnt", feed_country="NZ") == ["NZ", "SE"]


def test_a_bracketed_country_at_the_end_of_a_title_goes_before_the_others() -> None:
    found = reasons(title="What Sweden taught us (New Zealand)")
    assert list(found) == ["NZ", "SE"]
    assert found["NZ"] == "title ends (New Zealand)"
    assert countries("Wraparound Milwaukee: the family connection (USA)") == ["US"]
    assert countries("Let's get real (2nd edition)") == []


@pytest.mark.parametrize(
    ("link", "codes"),
    [
        ("https://www.gov.scot/publications/x", ["GB-SCT"]),
        ("https://www.england.nhs.uk/x", ["GB-ENG"]),
        ("https://www.gov.uk/x", ["GB"]),
        ("https://www.health.gov.au/x", ["AU"]),
        ("https://www.socialstyrelsen.se./x", ["SE"]),
        ("https://www.who.int/x", []),
        ("https://news.un.org/x", []),
        ("https://notgov.scotland.example/x", []),
        ("https://[bad/x", []),
        ("not an address", []),
        ("", []),
    ],
)
def test_the_address_tells_a_country(link: str, codes: list[str]) -> None:
    assert countries("A new plan", link=link) == codes


def test_the_whole_kingdom_gives_way_to_a_nation_that_is_certain() -> None:
    assert countries("UK statistics", link="https://www.gov.uk/x", feed_country="GB-ENG") == ["GB-ENG"]
    assert countries("UK statistics for Scotland", feed_country="GB") == ["GB", "GB-SCT"]
    assert countries("Statistics", "The UK and British figures. UK and British again. One from Wales.") == [
        "GB",
        "GB-WLS",
    ]


def test_a_name_in_passing_in_a_long_text_does_not_count() -> None:
    filler = "services for people and those who run them " * 60
    assert countries("A plan", text=f"Sweden. {filler} Sweden Sweden Sweden {filler} Peru") == ["SE"]
    assert countries("A plan for Sweden", text=f"{filler} Peru {filler}") == ["SE"]


def test_money_is_no_country() -> None:
    assert countries("A grant", "It costs US$5 million, or US$ 6 million.") == []


def test_equals_stand_in_the_order_of_the_network() -> None:
    assert countries("Peru, Sweden, Australia and Canada") == ["AU", "CA", "SE", "PE"]


def test_an_excerpt_that_begins_the_text_counts_once() -> None:
    found = reasons(title="A plan", excerpt="Sweden has a plan…", text="Sweden has a plan for all.")
    assert found == {"SE": '"Sweden" ×1'}


def test_a_country_the_taxonomy_has_lost_is_not_suggested() -> None:
    assert countries("A plan", feed_country="XX") == []


# ---------------------------------------------------------------- themes


@pytest.mark.parametrize(
    ("title", "slugs"),
    [
        ("Suicide prevention: what works?", ["suicide-self-harm"]),
        ("Peer reviewed articles", []),
        ("Peer-led support", ["peer-support"]),
        ("Economic recovery after the storm", []),
        ("What is mental health recovery?", ["recovery"]),
        ("Substance abuse treatment", ["addiction-substance-use"]),
        ("Award for a good place to take part in an act", []),
        ("Deinstitutionalization in Europe", ["deinstitutionalisation"]),
        ("Suicide bombing", []),
    ],
)
def test_words_in_a_title(title: str, slugs: list[str]) -> None:
    assert themes(title) == slugs


def test_a_theme_says_which_words_and_how_often() -> None:
    text = "Suicide prevention works. Suicide prevention needs money. Suicidal people need help."
    given = suggest(document("A report", text=text), TAXONOMY, NETWORK).themes
    assert [(each.code, each.reason) for each in given] == [
        ("suicide-self-harm", '"suicide prevention" ×2; "suicidal" ×1')
    ]


def test_one_word_in_a_long_text_is_no_theme() -> None:
    filler = "the council met and the council agreed on many things of no weight here " * 40
    assert themes("Minutes", text=f"{filler} homelessness {filler}") == []
    assert themes("Minutes", text=f"homelessness housing tenants {filler[:900]} housing") == ["housing-homelessness"]


def test_at_most_four_themes() -> None:
    assert len(themes("Suicide, dementia, housing, gambling, refugees and telehealth in prisons")) == 4


# ---------------------------------------------------------------- sections


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("A systematic review of peer support", "research"),
        ("Webinar: a systematic review of peer support", "research"),
        ("Webinar: the new strategy", "webinars"),
        ("National Suicide Prevention Strategy", "policy"),
        ("Clinical practice guideline for depression", "policy"),
        ("Minister announces funding", "news"),
        ("Hello", None),
    ],
)
def test_a_title_tells_the_section(title: str, section: str | None) -> None:
    found = suggest(document(title), TAXONOMY, NETWORK).section
    assert (found.code if found else None) == section


def test_the_feeds_section_goes_first() -> None:
    found = suggest(document("A systematic review", feed_section="news"), TAXONOMY, NETWORK).section
    assert found is not None and (found.code, found.reason) == ("news", "feed")
    lost = suggest(document("A systematic review", feed_section="gone"), TAXONOMY, NETWORK).section
    assert lost is not None and lost.reason == 'title "systematic review"'


# ---------------------------------------------------------------- whatever comes


@settings(max_examples=200)
@given(st.text(), st.text(), st.text(), st.text(max_size=40))
def test_any_text_gives_suggestions_of_the_taxonomy_with_safe_reasons(
    title: str, excerpt: str, text: str, link: str
) -> None:
    found = suggest(document(title, excerpt, text, link), TAXONOMY, NETWORK)
    assert all(each.code in TAXONOMY.countries for each in found.countries)
    assert all(each.code in TAXONOMY.themes for each in found.themes)
    everything = [*found.countries, *found.themes, *([found.section] if found.section else [])]
    assert all(each.reason and each.reason.isprintable() and len(each.reason) < 300 for each in everything)


def test_a_text_made_to_be_slow_is_not() -> None:
    import time

    start = time.perf_counter()
    suggest(document("x", text="air france france paris agreement paris " * 5000), TAXONOMY, NETWORK)
    suggest(document("x", text="united states of " * 20000), TAXONOMY, NETWORK)
    suggest(document("suicid" * 100_000, text="suicid" * 100_000), TAXONOMY, NETWORK)
    assert time.perf_counter() - start < 2.0
