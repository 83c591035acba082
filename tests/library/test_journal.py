"""The journal: what was done, undone and done again."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from curator.errors import SealError, UsageError
from curator.library import Library, journal
from curator.models import Edition, Placement, Review, Status
from tests.library.world import NOW, add, document, edition, review

THEN = NOW + timedelta(hours=1)


@pytest.fixture
def number(library: Library) -> int:
    return add(library, document(1))[0]


def undo(library: Library, by: str = "ann") -> str | None:
    act = library.journal.undo(by, THEN)
    return act.verb if act else None


def redo(library: Library, by: str = "ann") -> str | None:
    act = library.journal.redo(by, THEN)
    return act.verb if act else None


def test_an_act_says_who_what_when_and_on_what(library: Library, number: int) -> None:
    review(library, number, by="bob", verb="keep", decision="kept")
    (act,) = library.journal.latest()
    assert (act.by, act.verb, act.at, act.subjects) == ("bob", "keep", NOW, (f"document:{number}",))
    assert (act.undoes, act.undone) == (None, False)
    assert library.journal.get(act.id) == act


def test_no_such_act(library: Library) -> None:
    with pytest.raises(UsageError, match="no act 5"):
        library.journal.get(5)


def test_the_newest_acts_come_first(library: Library, number: int) -> None:
    for verb in ("keep", "drop", "keep"):
        review(library, number, verb=verb, decision="kept" if verb == "keep" else "dropped")
    assert [act.verb for act in library.journal.latest(2)] == ["keep", "drop"]
    assert len(library.journal.latest(0)) == 3


def test_undo_puts_everything_back(library: Library, number: int) -> None:
    review(library, number, decision="kept", countries=("SE",), themes=("recovery",), blurb="One")
    before = library.reviews.get(number)
    review(library, number, decision="dropped", countries=None, themes=(), audiences=("carers",), blurb="Two")
    assert undo(library) == "tag"
    assert replace(library.reviews.get(number), by=None, at=None) == replace(before, by=None, at=None)


def title_of(library: Library, number: int) -> str:
    return re.escape(library.documents.pick([number])[0].document.title)


def test_undoing_the_first_word_leaves_none(library: Library, number: int) -> None:
    review(library, number, decision="kept", countries=(), blurb="x")
    assert undo(library) == "tag"
    assert replace(library.reviews.get(number), by=None, at=None) == Review(number)
    assert undo(library) is None


def test_undo_of_an_act_on_many_is_all_or_nothing(library: Library) -> None:
    numbers = add(library, document(2), document(3))
    filed = library.documents.pick(numbers)
    library.review(filed, lambda _, before: replace(before, decision="kept"), verb="keep", by="ann", at=NOW)
    review(library, numbers[1], by="bob", decision="dropped")
    with pytest.raises(UsageError, match=f"“{title_of(library, numbers[1])}” was changed since"):
        undo(library)
    assert library.reviews.get(numbers[0]).decision == "kept"
    assert undo(library, "bob") == "tag"
    assert undo(library, "ann") == "keep"
    assert {library.reviews.get(one).decision for one in numbers} == {"inbox"}


@pytest.mark.parametrize("at_once", [1, 2, 5, 6])
def test_an_act_on_many_is_written_and_taken_back_in_portions(
    library: Library, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(journal, "_AT_ONCE", at_once)
    numbers = add(library, *(document(one) for one in range(1, 6)))
    found = library.documents.pick(numbers)
    kept = library.review(found, lambda _, was: replace(was, decision="kept"), verb="keep", by="ann", at=NOW)
    assert kept == len(library.journal.latest()[0].subjects) == 5
    assert undo(library) == "keep" and len(library.journal.latest()[0].subjects) == 5
    assert {library.reviews.get(number).decision for number in numbers} == {"inbox"}
    assert redo(library) == "keep"
    review(library, numbers[-1], by="bob", decision="dropped")
    with pytest.raises(UsageError, match=f"“{title_of(library, numbers[-1])}” was changed since"):
        undo(library)
    assert [library.reviews.get(number).decision for number in numbers] == [*["kept"] * 4, "dropped"]


def test_undo_takes_back_one_s_own_acts_only(library: Library) -> None:
    mine, theirs = add(library, document(2), document(3))
    review(library, mine, by="ann", decision="kept")
    review(library, theirs, by="bob", decision="kept")
    assert undo(library, "cron") is None
    assert undo(library, "ann") == "tag"
    assert library.reviews.get(mine).decision == "inbox"
    assert library.reviews.get(theirs).decision == "kept"
    assert undo(library, "ann") is None


def test_undo_refuses_what_another_has_changed_since(library: Library, number: int) -> None:
    review(library, number, by="ann", decision="kept", blurb="Hers")
    review(library, number, by="bob", blurb="Mine", verb="blurb")
    with pytest.raises(UsageError, match=rf"“{title_of(library, number)}” was changed since by bob \(blurb\)"):
        undo(library, "ann")
    assert (library.reviews.get(number).blurb, library.reviews.get(number).decision) == ("Mine", "kept")
    assert len(library.journal.latest()) == 2


def test_what_has_come_back_by_itself_does_not_keep_anybody_from_undoing_what_was_before(
    library: Library, number: int
) -> None:
    review(library, number, by="ann", themes=("recovery",))
    review(library, number, by="ann", decision="later", later_until=date(2026, 11, 24), verb="later")
    review(library, number, by="curator", decision="inbox", later_until=None, verb="reopen")
    assert undo(library, "ann") == "later"
    assert library.reviews.get(number).decision == "inbox"
    assert undo(library, "ann") == "tag"
    assert library.reviews.get(number).themes == ()
    assert redo(library, "ann") and library.reviews.get(number).themes == ("recovery",)
    assert redo(library, "ann") and library.reviews.get(number).decision == "inbox", "as before the undo"


def test_what_another_changed_of_the_same_document_since_stays(library: Library, number: int) -> None:
    review(library, number, by="ann", decision="kept", themes=("recovery",))
    review(library, number, by="bob", blurb="Mine", countries=("SE",))
    review(library, number, by="ann", decision="dropped")

    def stands() -> tuple[str, tuple[str, ...], str, tuple[str, ...] | None]:
        now = library.reviews.get(number)
        return now.decision, now.themes, now.blurb, now.countries

    assert undo(library, "ann") and stands() == ("kept", ("recovery",), "Mine", ("SE",))
    assert undo(library, "ann") and stands() == ("inbox", (), "Mine", ("SE",))
    assert undo(library, "bob") and stands() == ("inbox", (), "", None)
    assert redo(library, "ann") and stands() == ("kept", ("recovery",), "", None)
    assert redo(library, "bob") and stands() == ("kept", ("recovery",), "Mine", ("SE",))
    assert redo(library, "ann") and stands() == ("dropped", ("recovery",), "Mine", ("SE",))


def test_redo_refuses_what_another_has_changed_since(library: Library, number: int) -> None:
    review(library, number, by="ann", decision="kept")
    undo(library, "ann")
    review(library, number, by="bob", decision="dropped")
    with pytest.raises(UsageError, match="changed since"):
        redo(library, "ann")


def test_a_new_act_ends_redoing_but_only_one_s_own(library: Library, number: int) -> None:
    (other,) = add(library, document(2))
    review(library, number, by="ann", decision="kept")
    undo(library, "ann")
    review(library, other, by="bob", decision="kept")
    assert redo(library, "ann") == "tag"
    undo(library, "ann")
    review(library, other, by="ann", blurb="New")
    assert redo(library, "ann") is None


def test_undo_and_redo_are_acts_that_name_each_other(library: Library, number: int) -> None:
    review(library, number, decision="kept", verb="keep")
    undo(library)
    redo(library)
    acts = library.journal.latest()
    assert [(act.verb, act.undoes, act.undone) for act in reversed(acts)] == [
        ("keep", None, False),
        ("undo", acts[2].id, True),
        ("redo", acts[1].id, False),
    ]
    undo(library)
    assert library.journal.get(acts[2].id).undone


def test_history_tells_before_and_after(library: Library, number: int) -> None:
    review(library, number, decision="kept", verb="keep")
    review(library, number, by="bob", blurb="Words", verb="blurb")
    undo(library, "bob")
    told = [
        (act.verb, before and (before["decision"], before["blurb"]), (after["decision"], after["blurb"]))
        for act, before, after in library.journal.history(f"document:{number}")
    ]
    assert told == [
        ("keep", None, ("kept", "")),
        ("blurb", ("kept", ""), ("kept", "Words")),
        ("undo", ("kept", "Words"), ("kept", "")),
    ]
    assert library.journal.history("document:99") == []


# ---------------------------------------------------------------- editions in the journal


@pytest.fixture
def drafted(library: Library) -> Edition:
    a, b = add(library, document(7), document(8))
    placements = (Placement(a, "policy", "AU", 1), Placement(b, "policy", "AU", 2, True))
    library.editions.put(edition(1, placements=placements, introduction="Old"))
    return library.editions.get("update-1")


def introduce(library: Library, text: str, by: str = "ann") -> Edition:
    return library.edit(
        "update-1", lambda one: replace(one, introduction=text), verb="introduce", by=by, at=NOW, undoable=True
    )


def test_an_edit_can_be_undone_and_done_again(library: Library, drafted: Edition) -> None:
    changed = introduce(library, "New")
    assert changed.introduction == "New"
    assert undo(library) == "introduce"
    assert library.editions.get("update-1") == drafted
    assert redo(library) == "introduce"
    assert library.editions.get("update-1") == changed


def test_a_change_that_changes_nothing_is_no_act(library: Library, drafted: Edition) -> None:
    introduce(library, "Old")
    assert library.journal.latest() == []


def test_what_is_marked_so_is_not_undone(library: Library, drafted: Edition) -> None:
    library.edit(
        "update-1", lambda one: replace(one, key_messages="x"), verb="refresh", by="ann", at=NOW, undoable=False
    )
    assert undo(library) is None


def test_a_sealed_edition_is_not_undone(library: Library, drafted: Edition) -> None:
    introduce(library, "New")
    library.editions.put(replace(library.editions.get("update-1"), status="sealed"))
    with pytest.raises(SealError, match="sealed"):
        undo(library)
    assert library.editions.get("update-1").introduction == "New"


@pytest.mark.parametrize(("status", "says"), [("sealed", "unseal"), ("sent", "frozen")])
def test_only_a_draft_is_edited(library: Library, drafted: Edition, status: Status, says: str) -> None:
    library.editions.put(replace(drafted, status=status))
    with pytest.raises(SealError, match=says):
        introduce(library, "New")


def test_no_such_edition_to_edit(library: Library) -> None:
    with pytest.raises(UsageError, match="no edition update-1"):
        introduce(library, "New")
