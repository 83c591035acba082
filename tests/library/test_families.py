"""Leads and relatives, what lists show of them, and the editor's acts on them."""

from __future__ import annotations

import pytest

from curator.errors import UsageError
from curator.library import Library
from curator.models import Placement, Tie
from curator.query import parse
from tests.library.conftest import Opener
from tests.library.world import NOW, add, document, edition, review, store


def fold(library: Library, lead: int, *others: int) -> None:
    with library.write():
        for other in others:
            library.families.fold(other, lead)


def test_lists_show_the_lead_with_its_relatives(library: Library) -> None:
    one, two, three = add(library, document(1), document(2), document(3, "who"))
    fold(library, one, two, three)
    (filed,) = library.documents.find()
    assert (filed.id, filed.document.family, filed.document.lead) == (one, (two, three), None)
    assert library.documents.count() == 1
    assert library.documents.numbers(parse("decision:inbox")) == [one]
    assert library.documents.counts().decisions == {"inbox": 1}
    assert library.documents.counts().countries == {"GB-SCT": 1}


def test_a_relative_is_reached_by_its_number(library: Library) -> None:
    one, two, three = add(library, document(1), document(2), document(3))
    fold(library, one, two)
    filed = library.documents.get(two)
    assert (filed.document.family, filed.document.lead) == ((one,), one)
    assert library.documents.numbers(parse(f"id:{two}")) == [two]
    assert library.documents.numbers(parse(f"family:{two}")) == [two, one]
    assert library.documents.numbers(parse(f"family:{three}")) == [three]
    assert library.documents.numbers(parse("family:lead")) == [one]
    assert library.documents.numbers(parse("family:folded")) == [two]
    assert library.documents.numbers(parse(f"-id:{three}")) == [one]


def test_who_issued_a_document_together_is_found_by_each_name(library: Library) -> None:
    one, two, three = add(
        library, document(1, publisher="who"), document(2, "who", publisher="oecd"), document(3, publisher="who")
    )
    fold(library, one, two)
    assert library.documents.numbers(parse("publisher:oecd")) == [one]
    assert sorted(library.documents.numbers(parse("publisher:who"))) == [one, three]
    assert library.documents.numbers(parse("-publisher:oecd")) == [three]


def test_the_lead_is_found_by_what_its_relatives_say(library: Library) -> None:
    one, two = add(library, document(1), document(2, "who", title="Ptarmigan"))
    fold(library, one, two)
    assert library.documents.numbers(parse("ptarmigan")) == [one]
    assert library.documents.numbers(parse("feed:who")) == [one]
    assert library.documents.numbers(parse("-feed:who")) == []


def test_a_family_is_used_where_one_of_it_is(library: Library) -> None:
    one, two, three = add(library, document(1), document(2), document(3))
    with library.write():
        library.editions.put(edition(placements=(placement(two),)))
    fold(library, one, two)
    assert library.documents.numbers(parse("used:update")) == [one]
    assert library.documents.numbers(parse("-used:update")) == [three]
    assert library.editions.used("update") == {one, two}
    assert library.editions.placed([one, two]) == {two}


def test_a_family_has_one_lead(library: Library) -> None:
    one, two, three, four = add(library, *(document(n) for n in range(4)))
    fold(library, two, three)
    fold(library, one, two, four)
    assert library.families.leads([two, three, four]) == dict.fromkeys([two, three, four], one)
    assert library.families.members(one) == [one, two, three, four]


def test_ties_wait_until_they_are_answered(library: Library) -> None:
    one, two, three = add(library, document(1), document(2), document(3))
    ties = [Tie(one, two, False, "alike"), Tie(one, three, True, "the same")]
    with library.write():
        library.families.tie(ties)
    assert library.families.proposed() == [ties[1], ties[0]]
    assert set(library.documents.numbers(parse("family:proposed"))) == {one, two, three}
    fold(library, one, three)
    assert library.families.proposed() == [ties[0]]
    assert set(library.documents.numbers(parse("family:proposed"))) == {one, two}
    with library.write():
        library.families.keep_apart(two, one)
    assert library.families.proposed() == []
    assert library.families.ties([two]) == []


def test_an_act_is_taken_back_whole(library: Library) -> None:
    one, two, three = add(library, document(1), document(2), document(3))
    review(library, one, decision="kept", blurb="words")

    def change() -> None:
        library.families.fold(two, one)
        library.families.fold(three, one)
        library.reviews.hand_on(one, two)

    assert library.relate([one, two, three], change, verb="join", by="ann", at=NOW) == [two, three]
    assert library.reviews.get(two).blurb == "words"
    for _ in range(2):
        library.journal.undo("ann", NOW)
        assert library.documents.count() == 3
        assert library.reviews.get(two).blurb == ""
        library.journal.redo("ann", NOW)
        assert library.documents.count() == 1
    verbs = [act.verb for act, _, _ in library.journal.history(f"document:{two}", f"family:{two}")]
    assert verbs == ["join", "join", "undo", "undo", "redo", "redo", "undo", "undo", "redo", "redo"]


def test_what_was_folded_since_follows_the_lead_that_is_put_back(library: Library) -> None:
    """A pull may fold to a lead that the editor then unmakes."""
    one, two, three = add(library, document(1), document(2), document(3))
    fold(library, one, two)

    def lead() -> None:
        library.families.free(two)
        library.families.fold(one, two)

    library.relate([one, two], lead, verb="lead", by="ann", at=NOW)
    fold(library, two, three)
    library.journal.undo("ann", NOW)
    assert library.families.members(one) == [one, two, three]


def test_an_act_on_what_another_changed_is_not_taken_back(library: Library) -> None:
    one, two = add(library, document(1), document(2))
    library.relate([one, two], lambda: library.families.fold(two, one), verb="join", by="ann", at=NOW)
    library.relate([one, two], lambda: library.families.free(two), verb="split", by="bob", at=NOW)
    with pytest.raises(UsageError, match="changed since"):
        library.journal.undo("ann", NOW)
    assert library.documents.count() == 2


def test_folding_is_part_of_the_transaction(library: Library, connect: Opener) -> None:
    """A pull that is killed has neither the documents nor their families."""
    (one,) = add(library, document(1))

    class Killed(Exception):
        pass

    with pytest.raises(Killed), library.write():
        (two,) = store(library, document(2)).new
        library.families.remember([(7, two)])
        library.families.fold(two, one)
        raise Killed
    with connect() as after:
        assert after.documents.count() == 1
        assert after.families.sharing([7]) == {}
        assert after.families.leads([one, two]) == {one: one, two: two}


def placement(number: int) -> Placement:
    return Placement(number, "policy", "GB-SCT", 1)
