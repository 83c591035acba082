"""Foreign words made safe."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.clean import fold, plain_line, plain_text, slugify

NASTY = st.text(alphabet=st.characters() | st.sampled_from("\x1b[]0;m\x07\r\n\t\u202e\u200b\ufeff\u0301 İß"))
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_safe(text: str) -> bool:
    return not any(unicodedata.category(c) in ("Cc", "Cs") or c in BIDI for c in text)


@given(NASTY)
def test_a_plain_line_is_one_line_without_controls_and_stays_as_it_is(text: str) -> None:
    line = plain_line(text)
    assert is_safe(line)
    assert "  " not in line and line == line.strip()
    assert plain_line(line) == line


@given(NASTY, st.integers(1, 40))
def test_a_limit_holds(text: str, limit: int) -> None:
    assert len(plain_line(text, limit)) <= limit


@given(NASTY)
def test_plain_text_keeps_only_paragraphs(text: str) -> None:
    plain = plain_text(text)
    assert all(is_safe(paragraph) for paragraph in plain.split("\n\n"))
    assert "\n\n\n" not in plain
    assert plain_text(plain) == plain


@given(NASTY)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(NASTY)
def test_a_slug_is_safe_in_a_file_name(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", slugify(text))
    assert len(slugify(text)) <= 60


@pytest.mark.parametrize(
    ("given_text", "line"),
    [
        ("\x1b[31mred\x1b[0m alert", "red alert"),
        ("\x1b]0;title\x07text", "text"),
        ("a\r\nBcc: b@example.org", "a Bcc: b@example.org"),
        ("exe\u202etxt", "exetxt"),
        ("pay\u200bpal", "paypal"),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_line_loses_what_could_hurt_and_nothing_else(given_text: str, line: str) -> None:
    assert plain_line(given_text) == line


def test_folding_makes_spellings_meet() -> None:
    assert fold("Whānau  Co-production") == fold("whanau co‐production") == "whanau co production"
    assert fold("Alzheimer’s") == "alzheimer s"
    assert fold("Côte d'Ivoire") == "cote d ivoire"


def test_cutting_a_line_shows_that_it_was_cut() -> None:
    assert plain_line("one two three", 8) == "one two…"


def test_slugs() -> None:
    assert slugify("Māori health: Te Pou!") == "maori-health-te-pou"
    assert slugify("???") == "x"


@given(st.text(st.characters(max_codepoint=127)))
def test_folding_of_ascii_is_no_other(text: str) -> None:
    """It takes a way of its own."""
    assert fold(text) == fold(f"{text} é").removesuffix("e").strip()
