from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.exceptions import TemplateRuntimeError
from markupsafe import Markup

from curator.clean import columns
from curator.digest.render.filters import SOFT, fill, linked, markdown, plain
from curator.digest.render.filters import wrap as wrap_softly


def wrap(text: str, width: int = 72, indent: int = 0, mark: str = "") -> str:
    """Without the marks of soft breaks, which have their own test."""
    return wrap_softly(text, width, indent, mark).replace(SOFT, "")


def test_wrapping_keeps_words_addresses_and_paragraphs() -> None:
    address = "https://example.org/" + "a" * 80
    assert wrap(f"One two\n\n{address} three", 10) == f"One two\n\n{address}\nthree"


def test_list_items_hang() -> None:
    assert wrap("- one two three\n12. four five", 9) == "- one two\n  three\n12. four\n    five"
    assert wrap("> said at length", 9, 2) == "  > said\n  > at\n  > length"
    assert wrap("- > so said", 9) == "- > so\n  > said"
    assert wrap("one two three", 9, 2) == "  one two\n  three"


@given(st.text(st.characters(codec="ascii"), max_size=400))
def test_no_line_is_longer_than_its_longest_word(text: str) -> None:
    words = text.split() or [""]
    assert max(map(len, wrap(text).split("\n"))) <= max(72, 72 + max(map(len, words)))


@given(st.text(st.sampled_from("ab >-*1.\t\xa0é"), max_size=12), st.sampled_from(["", "> "]), st.integers(0, 2))
def test_a_short_line_is_what_a_long_one_would_be(text: str, mark: str, indent: int) -> None:
    """What is not split is not split by what splits either."""
    whole = " " * indent + mark + text
    split = textwrap.wrap(whole, 72, break_long_words=False, break_on_hyphens=False)
    assert wrap(text, 72, indent, mark) == (split or [mark.rstrip()])[0]


def test_columns_count_what_a_terminal_shows() -> None:
    assert (columns("café"), columns("cafe\u0301"), columns("日本")) == (4, 4, 4)


def test_markdown_headings_stand_below_the_mails_own() -> None:
    assert markdown("# One\n\n###### Six") == "<h3>One</h3>\n<h6>Six</h6>"
    assert markdown("# One\n\n## Two", 2) == "<h2>One</h2>\n<h3>Two</h3>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "[x](vbscript:x 'onclick=alert(1)')",
        "![x](https://example.org/pixel.gif)",
        "[x]: javascript:alert(1)\n\n[x]",
        "[x](file:///etc/passwd)",
        "[x](//example.org)",
    ],
)
def test_markdown_cannot_carry_markup_images_or_foreign_links(text: str) -> None:
    html = markdown(text).lower()
    assert not any(bad in html for bad in ("<script", "<img", 'href="java', 'href="data', 'href="vb', 'href="file'))
    assert 'href="//' not in html


def test_markdown_as_plain_text() -> None:
    text = (
        "# Head\n\nSome **bold** and\n[a note](https://example.org/n), <https://example.org>.\n\n"
        "- one\n- two\n  1. inner\n\n> said\n> so\n\n```\ncode\n```\n***\nend"
    )
    assert plain(text) == (
        "Head\n\nSome bold and a note (https://example.org/n), https://example.org.\n\n"
        "- one\n- two\n  1. inner\n\n> said so\n\ncode\n\n* * *\n\nend"
    )


@given(st.text(max_size=300))
def test_no_markdown_breaks_either_form(text: str) -> None:
    markdown(text)
    plain(text)


def test_only_plain_paragraphs_and_quotations_flow() -> None:
    assert wrap_softly("one two three", 9) == f"one two{SOFT}\nthree"
    assert wrap_softly("one two three", 9, mark="> ") == f"> one two{SOFT}\n> three"
    for text, indent in (("- one two three", 0), ("one two three", 2)):
        assert SOFT not in wrap_softly(text, 9, indent)
    assert wrap_softly(f"one{SOFT} two", 4) == f"one{SOFT}\ntwo"


def test_what_fills_a_text_is_escaped_around_markup() -> None:
    assert fill("{a} & {b}", a="<x>", b="y") == "<x> & y"
    assert fill("{a} & {b}", a="<x>", b=Markup("<b>y</b>")) == "&lt;x&gt; &amp; <b>y</b>"
    with pytest.raises(TemplateRuntimeError, match=r"nothing fills \{c\}"):
        fill("{c}", a="x")


def test_addresses_in_words_become_links_and_nothing_else_does() -> None:
    said = linked("Ask a.b@example.org, or see https://example.org/a?b=1&c=2. <b> & more")
    assert said == (
        'Ask <a href="mailto:a.b@example.org">a.b@example.org</a>, or see '
        '<a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>. &lt;b&gt; &amp; more'
    )
    for plain_words in ("javascript:alert(1)", "a@b", "@example.org", 'x"@<b>', "https://", "http:///a"):
        assert "<a" not in linked(plain_words)
    assert linked('https://example.org/"onclick="x') == (
        '<a href="https://example.org/">https://example.org/</a>&#34;onclick=&#34;x'
    )
    assert len(linked("a" * 50_000 + "@" + "b." * 20_000)) >= 90_000
