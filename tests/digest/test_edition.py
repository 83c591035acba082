from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from curator.digest.edition import arrange, carry, leave_out, move, pin, place, proposed, word
from curator.models import Edition, Filed, OwnWords, Placement
from tests.digest.sample import sample
from tests.digest.world import DIGESTS, NETWORK, TAXONOMY, edition, filed

UPDATE, BRIEFING = DIGESTS["update"], DIGESTS["make-it-so"]


def seats(given: Edition, section: str = "policy") -> list[tuple[str, int]]:
    return [(each.group, each.document) for each in given.placements if each.section == section]


def again(given: Edition, documents: list[Filed]) -> Edition:
    return arrange(given, documents, UPDATE, NETWORK, TAXONOMY)


def test_groups_stand_in_the_order_of_the_network_then_others_then_organisations() -> None:
    about = {1: (), 2: ("IT",), 3: ("SE",), 4: ("AU",), 5: ("XX",), 6: ("FR", "US")}
    documents = [filed(number, countries=countries) for number, countries in about.items()]
    documents += [filed(7, countries=("AU",), publisher="oecd"), filed(8, countries=(), publisher="who")]
    documents += [filed(9, countries=("eu",))]
    given = edition(UPDATE, documents)
    assert seats(given) == [
        ("AU", 4), ("SE", 3), ("US", 6), ("IT", 2), ("XX", 5), ("who", 8), ("oecd", 7), ("eu", 9), ("", 1),
    ]  # fmt: skip


def test_within_a_group_newest_first_then_by_title() -> None:
    same = filed(9).document.published_at
    documents = [
        filed(3, "Older", countries=("SE",)),
        filed(4, "b", countries=("SE",), published_at=same),
        filed(5, "A", countries=("SE",), published_at=same),
        filed(1, "Newest", countries=("SE",)),
    ]
    assert seats(edition(UPDATE, documents)) == [("SE", 1), ("SE", 3), ("SE", 5), ("SE", 4)]


def test_the_briefing_sorts_by_what_a_document_is_about() -> None:
    documents = [
        filed(1, countries=("SE",), section=None),
        filed(2, countries=("SE",), publisher="who"),
        filed(3, countries=("IT",)),
        filed(4, countries=()),
    ]
    given = edition(BRIEFING, documents)
    assert [(each.section, each.group) for each in given.placements] == [
        ("countries", "SE"), ("evidence", "who"), ("reading", "IT"), ("reading", ""),
    ]  # fmt: skip


def test_a_document_no_section_takes_stands_in_none() -> None:
    given = edition(UPDATE, [filed(1, section=None, countries=("SE",))])
    assert given.placements == (Placement(1, "", "SE", 1),)


def test_what_is_left_out_stays_out_until_it_is_placed() -> None:
    documents = [filed(1, countries=("SE",)), filed(2, countries=("SE",))]
    given = leave_out(edition(UPDATE, documents), 1)
    assert [each.document for each in again(given, documents).placements] == [2]
    back = place(given, 1, "news", "AU")
    assert back.left_out == ()
    assert seats(again(back, documents), "news") == [("AU", 1)]


def test_a_refresh_leaves_what_the_hand_placed_and_lets_new_ones_flow_around_it() -> None:
    documents = [filed(number, countries=("SE",)) for number in (2, 3, 4)]
    given = move(edition(UPDATE, documents), 4, -2)
    assert seats(given) == [("SE", 4), ("SE", 2), ("SE", 3)]
    fresh = again(given, [*documents, filed(1, countries=("SE",))])
    assert seats(fresh) == [("SE", 4), ("SE", 1), ("SE", 2), ("SE", 3)]
    assert [each.by_hand for each in fresh.placements] == [True, False, False, False]


def test_a_refresh_drops_what_is_no_longer_given_unless_the_hand_placed_it() -> None:
    documents = [filed(number, countries=("SE",)) for number in (1, 2, 3)]
    given = place(edition(UPDATE, documents), 2, "news", "SE")
    assert [each.document for each in again(given, documents[2:]).placements] == [2, 3]


def test_a_placement_in_a_section_the_digest_no_longer_has_is_made_anew() -> None:
    given = place(edition(UPDATE, [filed(1, countries=("SE",))]), 1, "gone", "SE")
    assert again(given, [filed(1, countries=("SE",))]).placements == (Placement(1, "policy", "SE", 1),)


def test_a_document_is_placed_at_a_rank() -> None:
    documents = [filed(number, countries=("SE",)) for number in (1, 2, 3)]
    given = edition(UPDATE, [*documents, filed(4, countries=("AU",))])
    assert seats(place(given, 4, "policy", "SE", 2)) == [("SE", 1), ("SE", 4), ("SE", 2), ("SE", 3)]
    assert seats(place(given, 1, "policy", "SE", 99))[-1] == ("SE", 1)
    assert seats(place(given, 1, "policy", "SE", 2))[1:] == [("SE", 2), ("SE", 1), ("SE", 3)]


def test_what_is_carried_over_stays_out_until_it_is_placed() -> None:
    documents = [filed(1, countries=("SE",)), filed(2, countries=("SE",))]
    given = carry(leave_out(edition(UPDATE, documents), 1), 1)
    assert (given.carried, given.left_out) == ((1,), ())
    assert [each.document for each in again(given, documents).placements] == [2]
    assert (leave_out(given, 1).carried, leave_out(given, 1).left_out) == ((), (1,))
    assert place(given, 1, "news", "AU").carried == ()


def test_what_is_carried_over_is_proposed_until_a_later_edition_has_seen_to_it() -> None:
    carried, placed = replace(edition(UPDATE, []), carried=(1, 2, 3)), edition(UPDATE, [filed(1)])
    out, further = replace(edition(UPDATE, []), left_out=(2,)), replace(edition(UPDATE, []), carried=(2,))
    assert proposed([carried]) == {1, 2, 3}
    assert proposed([placed, carried]) == {2, 3}
    assert proposed([out, placed, carried]) == {3}
    assert proposed([further, out, placed, carried]) == {2, 3}


def test_what_is_proposed_first_stands_first_in_its_group() -> None:
    documents = [filed(number, countries=("SE",)) for number in (1, 2, 3)]
    given = arrange(edition(UPDATE, []), documents, UPDATE, NETWORK, TAXONOMY, {3})
    assert seats(given) == [("SE", 3), ("SE", 1), ("SE", 2)]


def test_a_refresh_keeps_a_pinned_place_and_gives_back_a_freed_one() -> None:
    documents = [filed(number, countries=("SE",)) for number in (2, 3)]
    pinned = pin(edition(UPDATE, documents), 2, True)
    newer = [filed(1, countries=("SE",)), *documents]
    assert seats(again(pinned, newer)) == [("SE", 2), ("SE", 1), ("SE", 3)]
    assert seats(again(pin(pinned, 2, False), newer)) == [("SE", 1), ("SE", 2), ("SE", 3)]


def test_words_of_its_own_stay_through_a_refresh_and_go_when_empty() -> None:
    given = word(edition(UPDATE, [filed(1, countries=("SE",))]), OwnWords(1, "Title"))
    assert again(given, []).words == (OwnWords(1, "Title"),)
    assert word(given, OwnWords(1, "", "Blurb")).words == (OwnWords(1, "", "Blurb"),)
    assert word(given, OwnWords(1)).words == ()


def test_moves_stop_at_the_ends_of_the_group() -> None:
    given = edition(UPDATE, [filed(1, countries=("SE",)), filed(2, countries=("SE",))])
    assert move(given, 1, -1) is given
    assert move(given, 99, 1) is given
    assert seats(move(given, 1, 5)) == [("SE", 2), ("SE", 1)]


def test_leaving_out_closes_the_ranks() -> None:
    given = edition(UPDATE, [filed(number, countries=("SE",)) for number in (1, 2, 3)])
    assert [each.rank for each in leave_out(given, 2).placements] == [1, 2]
    assert leave_out(given, 99).placements == given.placements


def test_without_grouping_a_section_is_one_group() -> None:
    import msgspec

    flat = msgspec.structs.replace(UPDATE, group_by="none")
    given = edition(flat, [filed(1, countries=("SE",)), filed(2, countries=("AU",))])
    assert seats(given) == [("", 1), ("", 2)]


acts = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(1, 21), st.integers(-3, 3)),
        st.tuples(st.just("out"), st.integers(1, 21), st.just(0)),
        st.tuples(st.just("place"), st.integers(1, 21), st.integers(0, 3)),
    ),
    max_size=12,
)


@given(acts)
def test_whatever_the_hand_does_a_refresh_keeps_it_and_places_each_document_once(
    done: list[tuple[str, int, int]],
) -> None:
    given = edition(UPDATE, sample())
    for verb, document, amount in done:
        if verb == "move":
            given = move(given, document, amount)
        elif verb == "out":
            given = leave_out(given, document)
        else:
            given = place(given, document, UPDATE.sections[amount].slug, "SE")
    fresh = again(given, sample())
    assert again(fresh, sample()) == fresh
    assert {each for each in fresh.placements if each.by_hand} == {each for each in given.placements if each.by_hand}
    placed = [each.document for each in fresh.placements]
    assert sorted([*placed, *fresh.left_out]) == list(range(1, 22))


def test_by_hand_placements_survive_with_their_rank_when_others_go() -> None:
    documents = [filed(number, countries=("SE",)) for number in (1, 2, 3)]
    given = move(edition(UPDATE, documents), 1, 2)
    assert again(given, [documents[0]]).placements == (Placement(1, "policy", "SE", 1, True),)
    assert replace(given, placements=()).placements == ()
