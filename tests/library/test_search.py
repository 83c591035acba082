"""Search: every field of the query language, each with documents it finds and documents it does not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curator.library import BY_HAND, Library, newest
from curator.models import Placement
from curator.query import EVERYTHING, FIELDS, HAS, All, AsOf, Is, Not, Query, Term, parse
from tests.library.world import NOW, add, document, edition, review


@pytest.fixture
def five(library: Library) -> dict[str, int]:
    """Five documents that differ in everything one can ask for, by name."""
    numbers = add(
        library,
        document(1, title="Crisis cafés in Glasgow", published_at=datetime(2026, 10, 1, 0, 0, tzinfo=UTC)),
        document(2, "sverige", title="Psykiatrin i Göteborg", excerpt="", language="sv", text="Hela texten"),
        document(3, "who", title="World report", published_at=datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC)),
        document(4, title="Recovery colleges", excerpt="How peer workers teach", publisher="gov-scot"),
        document(5, BY_HAND, title="A PDF", language=None, published_at=datetime(2026, 11, 1, tzinfo=UTC)),
    )
    names = dict(zip(("glasgow", "swedish", "world", "recovery", "pdf"), numbers, strict=True))
    review(
        library, names["glasgow"], decision="kept", themes=("crisis-care",), audiences=("carers",), blurb="Open late"
    )
    review(library, names["swedish"], decision="dropped", countries=("SE", "NO"), section="news")
    review(library, names["recovery"], decision="later", later_until=date(2027, 1, 1), countries=())
    placements = (Placement(names["glasgow"], "policy", "GB-SCT", 1),)
    library.editions.put(edition(3, placements=placements))
    library.editions.put(edition(1, "make-it-so", placements=(Placement(names["recovery"], "policy", "", 1),)))
    return names


EXAMPLES = [
    # what is asked, and what answers
    ("country:SE", "swedish"),
    ("country:NO", "swedish"),
    ("country:GB-SCT", "glasgow"),  # a feed's default; "recovery" has the editor's word that it has none
    ("country:IE", ""),
    ("theme:crisis-care", "glasgow"),
    ("theme:recovery", ""),
    ("audience:carers", "glasgow"),
    ("audience:crisis-care", ""),
    ("section:policy", "glasgow world recovery"),
    ("section:news", "swedish"),
    ("section:research", ""),
    ("feed:scot", "glasgow recovery"),
    ("feed:by-hand", "pdf"),
    ("feed:nobody", ""),
    ("publisher:who", "world"),
    ("publisher:gov-scot", "recovery"),
    ("publisher:oecd", ""),
    ("decision:kept", "glasgow"),
    ("decision:dropped", "swedish"),
    ("decision:later", "recovery"),
    ("decision:inbox", "world pdf"),
    ("lang:sv", "swedish"),
    ("lang:SV", "swedish"),
    ("lang:en", "glasgow world recovery"),
    ("lang:s_", ""),
    ("lang:%", ""),
    ("since:2026-10-31", "world pdf"),
    ("since:2026-11-02", ""),
    ("until:2026-10-31", "glasgow world swedish recovery"),
    ("until:2026-09-30", "swedish recovery"),
    ("since:2026-10-31 until:2026-10-31", "world"),
    ("until:9999-12-31", "glasgow swedish world recovery pdf"),
    ("since:0001-01-01", "glasgow swedish world recovery pdf"),
    ("family:lead", ""),
    ("family:folded", ""),
    ("family:proposed", ""),
    ("used:update", "glasgow"),
    ("used:update-3", "glasgow"),
    ("used:update-4", ""),
    ("used:make-it-so", "recovery"),
    ("is:revised", ""),
    ("has:blurb", "glasgow"),
    ("has:text", "swedish"),
    ("has:excerpt", "glasgow world recovery pdf"),
    ("has:country", "glasgow swedish"),
    ("has:theme", "glasgow"),
    ("has:audience", "glasgow"),
    ("has:section", "glasgow swedish world recovery"),
    ("recovery", "recovery"),
    ("RECOVERY", "recovery"),
    ("recover", ""),
    ("recover*", "recovery"),
    ("glasgow", "glasgow"),
    ("late", "glasgow"),  # the blurb
    ("texten", "swedish"),  # the text
    ("peer", "recovery"),  # the excerpt
    ("cafes", "glasgow"),
    ("cafés", "glasgow"),
    ("cafe\u0301s", "glasgow"),  # é in two characters
    ("göteborg", "swedish"),
    ("goteborg", "swedish"),
    ('"peer workers"', "recovery"),
    ('"workers peer"', ""),
    ("peer teach", "recovery"),
    ("peer glasgow", ""),
    ("peer OR glasgow", "recovery glasgow"),
    ("(peer OR glasgow) decision:kept", "glasgow"),
    ("peer OR glasgow decision:dropped", "recovery"),
    ("-peer", "glasgow swedish world pdf"),
    ("-(peer OR glasgow)", "swedish world pdf"),
    ("-feed:scot lang:en", "world"),
    ("--glasgow", "glasgow"),
    ('-"peer workers" recovery', ""),
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_what_a_query_finds(library: Library, five: dict[str, int], text: str, expected: str) -> None:
    found = library.documents.numbers(parse(text))
    assert {name for name, number in five.items() if number in found} == set(expected.split())


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_what_a_negation_finds_is_all_the_rest(
    library: Library, five: dict[str, int], text: str, expected: str
) -> None:
    """Also where a value is missing: a document without a language is not in Swedish."""
    found = library.documents.numbers(Not(parse(text)))
    assert {name for name, number in five.items() if number in found} == set(five) - set(expected.split())


def test_by_number(library: Library, five: dict[str, int]) -> None:
    assert library.documents.numbers(parse(f"id:{five['world']}")) == [five["world"]]
    assert library.documents.numbers(parse("id:999999999999999999")) == []


LIMITS = [
    ("a " * 200, False),
    ("a OR " * 199 + "title", True),
    ("(" * 20 + "title" + ")" * 20, True),
    ("-" * 20 + "title", True),
    ("country:SE " * 200, False),
    ("-(feed:who " * 10 + ")" * 10, True),
    ("(lang:sv x OR -x country:SE OR " * 19 + "title" + ")" * 19, True),
]


@pytest.mark.parametrize(("text", "finds"), LIMITS)
def test_the_longest_and_deepest_queries_are_answered(library: Library, text: str, finds: bool) -> None:
    numbers = add(library, document(1))
    assert library.documents.numbers(parse(text)) == numbers * finds


def test_what_stands_as_it_stood(library: Library) -> None:
    """Neither what came later, nor what somebody else has decided, tagged or taken back, or put into a family."""
    ids = add(library, *(document(number) for number in range(1, 7)))
    review(library, ids[0], by="bob", decision="kept")
    then = AsOf(library.documents.newest(), library.journal.newest(), "ann")
    assert library.documents.numbers(then) == library.documents.numbers(EVERYTHING)
    review(library, ids[1], by="ann", decision="dropped")
    review(library, ids[2], by="bob", decision="dropped")
    library.journal.undo("bob", NOW)
    library.relate([ids[3]], lambda: library.families.fold(ids[3], ids[4]), verb="join", by="bob", at=NOW)
    library.relate([ids[3]], lambda: library.families.free(ids[3]), verb="split", by="bob", at=NOW)
    late = add(library, document(9))
    assert sorted(library.documents.numbers(then)) == sorted((ids[0], ids[1], ids[4], ids[5]))
    assert sorted(library.documents.numbers(Not(then))) == sorted((ids[2], ids[3], *late))


def test_a_language_includes_its_regions(library: Library) -> None:
    numbers = add(library, document(1, language="sv-FI"), document(2, language="sva"))
    assert library.documents.numbers(parse("lang:sv")) == numbers[:1]


def test_every_field_has_an_example() -> None:
    asked = {text.partition(":")[0] for text, _ in EXAMPLES if ":" in text} | {"id"}
    assert asked >= set(FIELDS)
    assert {f"has:{what}" for what in HAS} <= {text for text, _ in EXAMPLES}


def test_a_blurb_is_found_as_soon_as_it_is_written(library: Library) -> None:
    (number,) = add(library, document(1))
    assert library.documents.numbers(Term("albatross")) == []
    review(library, number, blurb="An albatross")
    assert library.documents.numbers(Term("albatross")) == [number]
    library.journal.undo("ann", datetime(2026, 11, 22, tzinfo=UTC))
    assert library.documents.numbers(Term("albatross")) == []


OPERATORS = [
    'a "quote" in it', '"', '""', "'", "a'b", "*", "**", "a*b", "^a", "NEAR(a b)", "a AND b", "a NOT b", "title:a",
    "{title} : a", "a + b", "-", "--", "(", ")", ";", "\\", "%", "_", "a\0b", "\0", "", " ", "\n", "—", "。", "日本",
]  # fmt: skip


@pytest.mark.parametrize("text", OPERATORS)
@pytest.mark.parametrize("prefix", [False, True])
def test_operators_of_the_engine_are_plain_words(library: Library, text: str, prefix: bool) -> None:
    (number,) = add(library, document(1, title=f"x {text} y"))
    found = library.documents.numbers(Term(text, prefix))
    assert found in ([number], [])
    if any(char.isalnum() for char in text):
        assert found == [number]


def test_no_operator_is_obeyed(library: Library) -> None:
    add(library, document(1, title="alpha"), document(2, title="beta"))
    for text in ("alpha OR beta", "alpha NOT beta", "title:alpha", "^alpha x", "alp*"):
        assert library.documents.numbers(Term(text)) == []


TREES: st.SearchStrategy[Query] = st.recursive(
    st.builds(Term, st.text(max_size=12), st.booleans()) | st.builds(Is, st.just("feed"), st.text(max_size=5)),
    lambda inner: st.builds(Not, inner) | st.builds(All, st.lists(inner, max_size=3).map(tuple)),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=TREES)
def test_no_query_fails(library: Library, tree: Query) -> None:
    if not library.documents.count():
        add(library, document(1), document(2, "who"))
    found = library.documents.numbers(tree)
    assert sorted(found + library.documents.numbers(Not(tree))) == sorted(library.documents.numbers(All()))
    assert library.documents.count(tree) == len(found) == len(library.documents.find(tree))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
def test_a_title_is_found_by_itself(library: Library, text: str) -> None:
    """Whatever words a title has, searching for them finds it."""
    from curator.clean import plain_line

    title = plain_line(text)
    (number,) = add(library, document(1, title=title, guid=f"g{library.documents.count()}"))
    if any(char.isascii() and char.isalnum() for char in title):
        assert number in library.documents.numbers(Term(title))


WORDY = st.recursive(
    st.sampled_from([Term("alpha"), Term("beta"), Term("gam", True), Is("feed", "scot"), Is("decision", "kept")]),
    lambda inner: st.builds(Not, inner) | st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    max_leaves=5,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tree=WORDY,
    limit=st.integers(1, 8),
    enough=st.integers(0, 8),
    steps=st.tuples(st.integers(1, 6), st.integers(6, 25)),
    ahead=st.booleans(),
)
def test_the_first_of_many_are_the_first_of_all(
    library: Library, tree: Query, limit: int, enough: int, steps: tuple[int, int], ahead: bool
) -> None:
    """However few of the newest are looked at first, however ids and dates go apart, and whatever has come since it was
    found out how far they reach."""
    if not library.documents.count():
        fill(library, range(20))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(newest, "NEWEST", steps)
        patch.setattr(library.documents, "_newest", newest.Newest(library._store))
        if ahead:
            library.documents.look_ahead()
            number = library.documents.count()
            fill(library, range(number, number + number % 2 + 1))
        every = library.documents.numbers(tree)
        assert library.documents.numbers(tree, limit=limit) == every[:limit]
        assert [one.id for one in library.documents.find(tree, limit=limit)] == every[:limit]
        some = library.documents.numbers(tree, limit=limit, enough=enough)
        assert some == every[: len(some)] and len(some) >= min(enough or limit, limit, len(every))


def fill(library: Library, numbers: range) -> None:
    """With words that every second, third, fourth document has, dated up and down within ten days."""
    for number in numbers:
        words = " ".join(word for n, word in enumerate(("alpha", "beta", "gamma")) if number % (n + 2) == 0)
        at = datetime(2026, 11, 1 + number * 7 % 20 // 2, tzinfo=UTC)
        (one,) = add(library, document(number, "scot" if number % 3 else "who", title=words, published_at=at))
        if number % 4 == 0:
            review(library, one, decision="kept")
