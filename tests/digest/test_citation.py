"""A document in the forms in which one quotes it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from curator.digest.citation import FORMS, Form, cite
from curator.models import Document, Filed, Review

ZONE = ZoneInfo("Pacific/Auckland")
WHERE = "https://example.org/plan"


def filed(title: str = "Delivery plan", *, dated: str = "feed", blurb: str = "Why it matters.") -> Filed:
    at = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)  # the 24th in Auckland
    document = Document(1, "g", WHERE, WHERE, title, "scotland", None, at, dated, at, None, "en", "An excerpt.")
    return Filed(document, Review(1, blurb=blurb))


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("address", "https://example.org/plan"),
        ("citation", "Delivery plan. Scottish Government, 24 November 2026. https://example.org/plan"),
        ("markdown", "[Delivery plan](https://example.org/plan) (Scottish Government, 24 November 2026)"),
        (
            "quotation",
            "“Why it matters.”\n— Delivery plan, Scottish Government, 24 November 2026. https://example.org/plan",
        ),
    ],
)
def test_each_form(form: Form, text: str) -> None:
    assert cite(filed(), "Scottish Government", WHERE, ZONE, form) == text


def test_without_address_day_or_publisher_nothing_stands_in_their_place() -> None:
    bare = filed(dated="pull", blurb="")
    assert cite(bare, "", "", ZONE, "address") == ""
    assert cite(bare, "", "", ZONE, "citation") == "Delivery plan."
    assert cite(bare, "", "", ZONE, "markdown") == "Delivery plan"
    assert cite(bare, "", "", ZONE, "quotation") == "“An excerpt.”\n— Delivery plan."


def test_a_title_cannot_leave_its_link_or_style_the_page() -> None:
    text = cite(filed("a](http://evil) *b* <i>"), "P", "https://example.org/a_(b)", ZONE, "markdown")
    assert text.startswith(r"[a\](http://evil) \*b\* \<i\>](https://example.org/a_%28b%29) (P")


@pytest.mark.parametrize("form", FORMS)
def test_no_form_passes_a_control_or_direction_character_on(form: Form) -> None:
    text = cite(filed("a\x1b[31m\u202eb\x07", blurb="c\x1b]52;c;x\x07\u202e"), "d\x1b", WHERE, ZONE, form)
    assert not set(text) & {"\x1b", "\x07", "\u202e"}


@pytest.mark.parametrize("title", ["What now?", "Enough.", "Go!"])
def test_a_title_that_ends_as_a_sentence_gets_no_second_stop(title: str) -> None:
    assert cite(filed(title), "P", "", ZONE, "citation").startswith(f"{title} P")
