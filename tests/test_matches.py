"""The words found are marked where the library's full text finds them, which is asked here itself."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing

import pytest

from curator.matches import NOTHING, folded, matcher
from curator.query import parse


def marked(query: str, text: str) -> str:
    for start, end in reversed(matcher(parse(query)).spans(text)):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("psykisk", "PSYKISK hälsa, psykiska", "[PSYKISK] hälsa, psykiska"),
        ("psykisk*", "PSYKISK hälsa, psykiska", "[PSYKISK] hälsa, [psykiska]"),
        ("halsa", "Psykisk hälsa", "Psykisk [hälsa]"),
        ("hälsa", "psykisk HALSA", "psykisk [HALSA]"),
        ("halsa", "Psykisk ha\u0308lsa", "Psykisk [ha\u0308lsa]"),
        ("Māori", "Maori and māori health", "[Maori] and [māori] health"),
        ('"crisis care"', "Care in crisis: crisis care, crisis-care", "Care in crisis: [crisis care], [crisis-care]"),
        ("crisis-care", "crisis care", "[crisis care]"),
        ("care -crisis", "crisis care", "crisis [care]"),
        ("care OR crisis", "crisis care", "[crisis] [care]"),
        ("country:SE (care OR -crisis)", "crisis care", "crisis [care]"),
        ("are", "care are", "care [are]"),
        ("age2", "Age2: age 2", "[Age2]: age 2"),
        ("!!!", "what!!!", "what!!!"),
        ("ν", "Ν", "[Ν]"),
        ("здоровье", "ЗДОРОВЬЕ людей", "[ЗДОРОВЬЕ] людей"),
    ],
)
def test_words_are_marked_where_full_text_finds_them(query: str, text: str, shown: str) -> None:
    assert marked(query, text) == shown


def test_a_query_without_words_marks_nothing() -> None:
    assert not matcher(parse("country:SE -care"))
    assert matcher(parse("country:SE")) == NOTHING and not NOTHING.spans("SE")


_OWN_WAY = "İǠǡſẛͿԨԪԬԮ"
"""Letters that FTS5 folds by tables of its own; no word of the networks' languages is found differently for it."""


def test_a_letter_is_folded_as_fts5_folds_it() -> None:
    """Every letter, digit and sign of the Latin, Greek, Cyrillic, Hebrew and Arabic alphabets."""
    blocks = (range(0x20, 0x312), range(0x370, 0x530), range(0x5D0, 0x600), range(0x620, 0x6FF), range(0x1E00, 0x1F00))
    signs = [chr(code) for block in blocks for code in block if unicodedata.category(chr(code))[0] in "LNPZ"]
    ours = {one: words_of(f"x{one}y") for one in signs if one not in _OWN_WAY}
    theirs = words_of_fts5([f"x{one}y" for one in ours])
    assert {one: (ours[one], theirs[f"x{one}y"]) for one in ours if ours[one] != theirs[f"x{one}y"]} == {}


def words_of(text: str) -> list[str]:
    return folded(text).replace("\u0300", "").split()


def words_of_fts5(texts: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {text: [] for text in texts}
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = 'unicode61 remove_diacritics 2')")
        db.execute("CREATE VIRTUAL TABLE words USING fts5vocab (t, instance)")
        db.executemany("INSERT INTO t (rowid, x) VALUES (?, ?)", enumerate(texts))
        for word, row in db.execute("SELECT term, doc FROM words ORDER BY doc, offset"):
            found[texts[row]].append(word)
    return found
