"""The query language: its grammar, its faults with their places, and that nothing else comes out of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curator.errors import UsageError
from curator.query import EVERYTHING, FIELDS, All, Any, Is, Not, Query, Term, begun, parse
from curator.taxonomy import Taxonomy, default_taxonomy_path, load_taxonomy


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(default_taxonomy_path())


a, b, c = Term("a"), Term("b"), Term("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", EVERYTHING),
        ("   ", EVERYTHING),
        ("()", EVERYTHING),
        ("a", a),
        (" a ", a),
        ("(a)", a),
        ("((a))", a),
        ("a b", All((a, b))),
        ("a (b c)", All((a, All((b, c))))),
        ("a OR b", Any((a, b))),
        ("a OR b OR c", Any((a, b, c))),
        ("a b OR c", Any((All((a, b)), c))),
        ("a (b OR c)", All((a, Any((b, c))))),
        ("(a)OR(b)", Any((a, b))),
        ("a or b", All((a, Term("or"), b))),
        ('"OR"', Term("OR")),
        ("-a", Not(a)),
        ("--a", Not(Not(a))),
        ("- a", All((Term("-"), a))),
        ("a -b", All((a, Not(b)))),
        ("a-b", Term("a-b")),
        ("-(a b)", Not(All((a, b)))),
        ('-"a b"', Not(Term("a b"))),
        ('"a b"', Term("a b")),
        ('"a:b"', Term("a:b")),
        ('"a (b"', Term("a (b")),
        ('"a', Term('"a')),
        ("a*", Term("a", prefix=True)),
        ("*", Term("*")),
        ("**", Term("**")),
        ("a*b", Term("a*b")),
        ("feed:x", Is("feed", "x")),
        ("Feed:x", Is("feed", "x")),
        ('publisher:"Age UK"', Is("publisher", "Age UK")),
        ("-feed:x", Not(Is("feed", "x"))),
        ("feed:x y", All((Is("feed", "x"), Term("y")))),
        ("(feed:x)", Is("feed", "x")),
        ("since:2026-10-01", Is("since", "2026-10-01")),
        ("decision:KEPT", Is("decision", "kept")),
        ("has:blurb", Is("has", "blurb")),
        ("id:12", Is("id", "12")),
        ("country:se", Is("country", "SE")),
        ("https://example.org/a?b=c", Term("https://example.org/a?b=c")),
        ("10:30", Term("10:30")),
        (":a", Term(":a")),
    ],
)
def test_grammar(text: str, tree: Query) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("reco", "reco*"),
        ("vår", "vår*"),
        ("country:SE -reco", "country:SE -reco*"),
        ('"a phrase" (reco', '"a phrase" (reco*'),
        *(
            (whole, "")
            for whole in (
                "",
                "re",
                "reco ",
                "reco*",
                "country:SE",
                '"a phrase',
                '"a phrase"',
                "country:",
                "a OR",
                "10:30",
            )
        ),
    ],
)
def test_the_last_word_may_be_the_beginning_of_words(typed: str, meant: str) -> None:
    assert begun(typed) == meant


def test_names_are_understood_as_the_taxonomy_spells_them(taxonomy: Taxonomy) -> None:
    assert parse("country:sweden", taxonomy) == Is("country", "SE")
    assert parse('country:"new zealand"', taxonomy) == Is("country", "NZ")
    slug = next(iter(taxonomy.themes))
    assert parse(f"theme:{slug}", taxonomy) == Is("theme", slug)
    assert parse("section:policy", taxonomy) == Is("section", "policy")


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("a )", 3, "closes nothing"),
        ("a (b", 3, "never closed"),
        ("((a)", 1, "never closed"),
        ("OR a", 1, "both sides"),
        ("a OR", 3, "both sides"),
        ("a OR OR b", 3, "both sides"),
        ("(-)", 2, "something behind"),
        ("-", None, None),
        ("a feeed:x", 3, "Did you mean “feed”"),
        ("feed:", 1, "needs a value"),
        ("feed: x", 1, "needs a value"),
        ("a since:yesterday", 3, "no day"),
        ("since:2026-02-30", 1, "no day"),
        ("decision:maybe", 1, "inbox, kept, dropped, later"),
        ("has:fun", 1, "none of"),
        ("id:x", 1, "number"),
        ("id:-1", 1, "number"),
        ("id:²", 1, "number"),
        ("country:Atlantis", 1, "Atlantis"),
        ("theme:recovry", 1, "recovery"),
        ("feed:\udcff", 6, "character"),
        ("\udcff", 1, "character"),
    ],
)
def test_faults_say_where(taxonomy: Taxonomy, text: str, place: int | None, says: str | None) -> None:
    if says is None:
        parse(text, taxonomy)
        return
    with pytest.raises(UsageError) as raised:
        parse(text, taxonomy)
    assert says in raised.value.message
    assert raised.value.message.startswith("Query, at character ")
    assert place is None or raised.value.message.startswith(f"Query, at character {place}")
    assert "\n" not in raised.value.message
    assert raised.value.message.encode()


PIECES = st.sampled_from(
    ["(", ")", "-", "OR", " ", '"', "*", ":", "a", "ß", "\0", "\x1b[2J", "\u202e", "\ud800", "https://", "2026-10-01"]
    + [f"{field}:" for field in FIELDS]
)


@settings(deadline=None, max_examples=300)
@given(text=st.text() | st.lists(PIECES, max_size=40).map("".join))
def test_nothing_but_a_usage_error(text: str) -> None:
    try:
        tree = parse(text)
    except UsageError as error:
        assert "\x1b" not in error.message
    else:
        assert parse(text) == tree


TOO_MUCH = [
    "(" * 10_000,
    "-" * 10_000 + "a",
    "(-" * 5_000,
    "a " * 10_000,
    "a OR " * 10_000 + "a",
    "id:1 " * 5_000,
    "(" * 21 + "a" + ")" * 21,
]


@pytest.mark.parametrize("text", TOO_MUCH)
def test_what_is_too_much_is_said_at_once(text: str) -> None:
    with pytest.raises(UsageError, match="more than") as raised:
        parse(text)
    assert len(raised.value.message) < 200


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters='"')))
def test_a_phrase_is_what_stands_between_the_marks(text: str) -> None:
    assert parse(f'"{text}"') == Term(text)
