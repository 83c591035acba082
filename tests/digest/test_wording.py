from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.digest.wording import BLURB_LIMIT, safe_link, shorten, shown_blurb, shown_title
from tests.corpus import corpus_path
from tests.digest.world import TAXONOMY, filed


@pytest.mark.parametrize(
    ("title", "country", "shown"),
    [
        ("Let’s get real (New Zealand)", "NZ", "Let’s get real"),
        ("The Family Connection (USA)", "US", "The Family Connection"),
        ("The Family Connection (U.S.)", "US", "The Family Connection"),
        ("Mental Health Services Italy (Italy)", "IT", "Mental Health Services Italy"),
        ("Crisis houses [Scotland]", "GB-SCT", "Crisis houses"),
        ("Five years on – (Aotearoa)", "NZ", "Five years on"),
        ("Crisis houses (Scotland)", "GB-ENG", "Crisis houses (Scotland)"),
        ("State of Care (2016)", "NZ", "State of Care (2016)"),
        ("(Italy)", "IT", "(Italy)"),
        ("A plan (Italy) for all", "IT", "A plan (Italy) for all"),
        ("  \u202eTwo\nlines ", "IT", "Two lines"),
        ("", "IT", "Untitled document"),
    ],
)
def test_a_bracket_that_repeats_the_heading_goes(title: str, country: str, shown: str) -> None:
    document = filed(1, title or " ").document
    assert shown_title(document, TAXONOMY.countries[country]) == shown


def test_without_a_country_the_title_stays() -> None:
    assert shown_title(filed(1, "A plan (Italy)").document) == "A plan (Italy)"


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        (" HTTP://example.org/ä ", "HTTP://example.org/ä"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("mailto:update@example.org", "mailto:update@example.org"),
        ("mailto:", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//example.org/a", ""),
        ("/a", ""),
        ("https:///a", ""),
        ("https://[bad", ""),
        ("", ""),
        ("https://example.org/" + "a" * 2048, ""),
    ],
)
def test_only_what_a_reader_can_follow_is_a_link(link: str, shown: str) -> None:
    assert safe_link(link) == shown


def test_two_sentences_are_enough() -> None:
    assert shorten("One here. Two here. Three here.") == "One here. Two here."
    assert shorten("He asked “Why?” Then he left. And more.") == "He asked “Why?” Then he left."


def test_abbreviations_and_initials_end_no_sentence() -> None:
    text = "The U.S. Department asked Dr. Who, No. 7. It was told. The rest follows."
    assert shorten(text) == "The U.S. Department asked Dr. Who, No. 7. It was told."


def test_a_long_text_ends_at_a_word() -> None:
    found = shorten("word " * 200)
    assert found.endswith("word…")
    assert len(found) <= BLURB_LIMIT + 1


@given(st.text(max_size=2000))
def test_shortening_is_short_and_stable(text: str) -> None:
    found = shorten(text)
    assert len(found) <= BLURB_LIMIT + 1
    assert "\n" not in found


def test_the_editors_words_stay_whole() -> None:
    blurb = "One. Two. Three.\n\nFour. " + "word " * 200
    assert shown_blurb(filed(1, blurb=blurb)).startswith("One. Two. Three.\n\nFour. word")


@pytest.mark.parametrize(
    ("excerpt", "shown"),
    [
        ("A plan", ""),
        ("A plan: what it says.", "what it says."),
        ("A plan A new plan is out.", "A new plan is out."),
        ("A plan sets out six aims.", "A plan sets out six aims."),
        ("A planet is not a plan.", "A planet is not a plan."),
    ],
)
def test_an_excerpt_does_not_repeat_the_title(excerpt: str, shown: str) -> None:
    assert shown_blurb(filed(1, "A plan", excerpt=excerpt)) == shown


def test_valid_addresses_of_the_corpus_are_links() -> None:
    import json

    lists = json.loads(corpus_path("hostile", "urls-addresses-headers", "django-lists.json").read_text("utf-8"))
    web = [url for url in lists["urls_valid"] if url.lower().startswith("http")]
    assert web
    assert [url for url in web if not safe_link(url)] == []
