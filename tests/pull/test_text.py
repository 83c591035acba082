"""The words of HTML: what is read the short way reads as the parser reads it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from curator.pull import text
from curator.pull.text import text_of
from tests.pull.test_fast import feeds_of, taken

QUICK, SOAK = 4_000, 400_000  # fragments
PIECES = """
<p> </p> <P> <p\tclass='x'> <br> <br/> </br> <a> <a\thref="x&amp;y"> <a\tname> </a> <b> </b> <i> </i> <em> </em>
<strong> <li> <li/> <ul> </ul> <div> <div/> </div> <h2> </h3> <img\tsrc="a"\talt='b'/> <hr> <span\ta\tb="c">
<blockquote> <figure> <section> </small> <sup> <sub> <u> <cite> <table> <td> <pre> </pre> <svg> <select> <title> <!--
&amp; &AMP &amp &lt; &gt; & &nbsp; &eacute &notit; &#8217; &#39; &#128; &#x27; &#0; &amp;lt; &zzz; &copy= &times
&para1 &not;in &fjlig; &NewLine; < > " ' = / word ö \xa0 \u200b \ufeff \x7f \x85 \x0b \r \0
""".replace("\t", "\N{NO-BREAK SPACE}")


def pieces() -> list[str]:
    """Those above, with spaces within tags, and what parts them."""
    apart = [piece.replace("\N{NO-BREAK SPACE}", " ") if "<" in piece else piece for piece in PIECES.split(" ")]
    return [*(part for piece in apart for part in piece.split("\n") if part), "\n", " ", "  ", "\r\n", "\xa0"]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """`text_of` when it finds nothing ordinary."""

    def parsed(html: str) -> str:
        with monkeypatch.context() as patched:
            patched.setattr(text, "_is_odd", lambda _: True)
            return text_of(html)

    return parsed


def test_the_corpus_reads_the_same_and_mostly_the_short_way(parsed: Callable[[str], str]) -> None:
    found = {
        words
        for folder in ("real-feeds", "feedparser-suite")
        for _, feed in feeds_of(folder)
        for entry in taken(feed) or ()
        for words in (entry.title, entry.excerpt)
        if "<" in words
    }
    assert [words for words in found if text_of(words) != parsed(words)] == []
    assert sum(is_ordinary(words) for words in found) > 0.5 * len(found) > 0


def is_ordinary(html: str) -> bool:
    return "<" not in text._PLAIN_TAG.sub("", html) and not text._is_odd(html)


@pytest.mark.parametrize("count", [QUICK, pytest.param(SOAK, marks=pytest.mark.soak)])
def test_fragments_put_together_at_random_read_the_same(count: int, parsed: Callable[[str], str]) -> None:
    chance, known = random.Random(count), pieces()
    ordinary = 0
    for _ in range(count):
        html = "".join(chance.choices(known, k=chance.randint(1, 12)))
        assert text_of(html) == parsed(html), html
        ordinary += is_ordinary(html) and "<" in html
    assert ordinary > count / 10
