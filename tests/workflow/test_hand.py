"""Words of one edition's own, pins, and what is carried over to the next."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from curator.errors import SealError, UsageError
from curator.models import Edition, OwnWords
from curator.workflow import edition as verbs
from curator.workflow import hand, triage
from curator.workflow.workspace import Workspace
from tests.workflow.world import Clock, drafted, everything, subscribe


def shown(desk: Workspace, name: str = "update-1") -> str:
    rendered = verbs.render(desk, verbs.find(desk, name))
    return rendered.html + rendered.text


def placed(desk: Workspace, name: str) -> set[int]:
    return {seat.document for seat in verbs.find(desk, name).placements}


def test_words_of_one_edition_are_mailed_and_the_review_stays(desk: Workspace) -> None:
    name = drafted(desk).id
    before = triage.show(desk, 1)
    hand.word(desk, name, 1, title="  Another\n title ", blurb="Said here alone.")
    assert verbs.find(desk, name).words == (OwnWords(1, "Another title", "Said here alone."),)
    assert "Another title" in shown(desk) and "Said here alone." in shown(desk)
    assert before.document.title not in verbs.render(desk, verbs.find(desk, name)).text
    assert triage.show(desk, 1) == before
    seat = next(one for one in verbs.outline(desk, verbs.find(desk, name)).seats if one.document == 1)
    assert (seat.title, seat.own_words, seat.by_editor, seat.language) == ("Another title", True, True, "")


def test_words_are_set_one_by_one_taken_back_and_undone(desk: Workspace) -> None:
    name = drafted(desk).id
    hand.word(desk, name, 1, title="Title")
    hand.word(desk, name, 1, blurb="Blurb")
    assert verbs.find(desk, name).words == (OwnWords(1, "Title", "Blurb"),)
    hand.word(desk, name, 1, title="")
    assert verbs.find(desk, name).words == (OwnWords(1, "", "Blurb"),)
    for expected in ((OwnWords(1, "Title", "Blurb"),), (OwnWords(1, "Title"),), ()):
        assert triage.undo(desk) is not None
        assert verbs.find(desk, name).words == expected
    triage.redo(desk)
    assert verbs.find(desk, name).words == (OwnWords(1, "Title"),)


def test_what_the_document_says_anyway_is_no_word_of_its_own(desk: Workspace) -> None:
    name = drafted(desk).id
    triage.tag(desk, [triage.show(desk, 1)], triage.Tagging(blurb="Why."))
    hand.word(desk, name, 1, title=triage.show(desk, 1).document.title, blurb="Why.")
    assert verbs.find(desk, name).words == ()


def test_words_survive_leaving_out_and_a_refresh(desk: Workspace) -> None:
    name = drafted(desk).id
    hand.word(desk, name, 1, title="Title")
    verbs.leave_out(desk, name, 1)
    verbs.draft(desk, "update")
    verbs.place(desk, name, 1, "news", "SE")
    assert "Title" in shown(desk)


def test_a_blurb_of_its_own_satisfies_the_check(desk: Workspace) -> None:
    name = drafted(desk).id
    about_1 = [one.code for one in verbs.check(desk, name) if one.where.startswith("document 1,")]
    assert "no-blurb" in about_1
    hand.word(desk, name, 1, blurb="Said here.")
    assert [one.code for one in verbs.check(desk, name) if one.where.startswith("document 1,")] == []


def test_the_seal_covers_them(desk: Workspace) -> None:
    name = drafted(desk).id
    hand.word(desk, name, 1, title="Title")
    subscribe(desk)
    sealed = verbs.seal(desk, name)
    with pytest.raises(SealError):
        hand.word(desk, name, 1, title="Other")
    with desk.library.write():  # past the guard
        desk.library.editions.put(replace(sealed, words=(OwnWords(1, "Slipped in"),)))
    assert "Slipped in" in str(verbs.broken(desk, verbs.find(desk, name)))


def test_acts_of_before_there_were_such_words_can_be_undone(desk: Workspace) -> None:
    name = drafted(desk).id
    (_, _, after) = desk.library.journal.history(f"edition:{name}")[-1]
    assert not {"words", "carried"} & set(json.loads(json.dumps(dict(after))))


def test_what_has_no_seat_has_no_words(desk: Workspace) -> None:
    name = drafted(desk).id
    verbs.leave_out(desk, name, 1)
    acts: list[Callable[[], Edition]] = [
        lambda: hand.word(desk, name, 1, title="x"),
        lambda: hand.pin(desk, name, [1]),
        lambda: hand.carry(desk, name, [2, 1]),
    ]
    for act in acts:
        with pytest.raises(UsageError, match="Document 1 is not in update-1"):
            act()
    assert 2 in placed(desk, name)
    with pytest.raises(UsageError, match="at least one"):
        hand.carry(desk, name, [])


def test_what_is_carried_over_is_in_the_next_draft_and_first(desk: Workspace, clock: Clock) -> None:
    name = drafted(desk).id
    hand.carry(desk, name, [1, 2])
    verbs.draft(desk, "update")
    assert placed(desk, name) == {3, 4}
    assert verbs.find(desk, name).carried == (1, 2)
    following = verbs.draft(desk, "update", on=verbs.next_day(desk, desk.digest("update")))
    assert following.id == "update-2"
    assert {seat.document for seat in following.placements} == {1, 2}
    hand.carry(desk, "update-2", [1])
    verbs.leave_out(desk, "update-2", 2)
    third = verbs.draft(desk, "update", on=verbs.next_day(desk, desk.digest("update")))
    assert 1 in {seat.document for seat in third.placements}


def test_what_was_dropped_since_is_not_proposed(desk: Workspace) -> None:
    name = drafted(desk).id
    hand.carry(desk, name, [1])
    triage.decide(desk, everything(desk)[:4], "dropped")
    following = verbs.draft(desk, "update", on=verbs.next_day(desk, desk.digest("update")))
    assert following.placements == ()


def test_undo_brings_what_was_carried_over_back_to_its_place(desk: Workspace) -> None:
    before = drafted(desk)
    hand.carry(desk, before.id, [1, 2])
    triage.undo(desk)
    after = verbs.find(desk, before.id)
    assert (set(after.placements), after.carried) == (set(before.placements), ())


def test_a_pin_is_turned_round(desk: Workspace) -> None:
    name = drafted(desk).id

    def by_hand() -> set[int]:
        return {seat.document for seat in verbs.find(desk, name).placements if seat.by_hand}

    hand.pin(desk, name, [1, 2])
    assert by_hand() == {1, 2}
    hand.pin(desk, name, [1], None)
    assert by_hand() == {2}
    hand.pin(desk, name, [2], False)
    assert by_hand() == set()
