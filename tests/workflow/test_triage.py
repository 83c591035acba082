"""triage: keep, drop, later, tag, accept, undo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from curator.errors import UsageError
from curator.models import Decision
from curator.workflow import triage
from curator.workflow.chosen import Chosen, chosen, gathered, numbers_of
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace
from tests.workflow.world import Clock, everything, ids, sit_down


def test_the_inbox_is_everything_at_first(desk: Workspace) -> None:
    assert triage.counts(desk).decisions == {"inbox": 4}
    assert triage.counts(desk).countries == {"SE": 2, "GB-ENG": 2}
    assert triage.count(desk, "country:SE") == 2
    assert len(triage.find(desk, limit=3)) == 3


@pytest.mark.parametrize("decision", ["kept", "dropped", "later", "inbox"])
def test_a_decision_is_one_act_on_many(desk: Workspace, decision: Decision) -> None:
    triage.decide(desk, everything(desk), "kept" if decision == "inbox" else "inbox")
    assert triage.decide(desk, everything(desk)[:3], decision) == 3
    assert triage.decide(desk, everything(desk)[:3], decision) == 0
    assert triage.counts(desk).decisions[decision] >= 3
    assert desk.library.journal.latest(1)[0].verb == triage.VERBS[decision]
    assert triage.undo(desk)
    assert triage.count(desk, f"decision:{decision}") in (0, 1)


def test_a_query_without_all_that_it_finds_is_nothing(desk: Workspace) -> None:
    every = triage.query(desk, "decision:inbox")
    first, *rest = [filed.id for filed in everything(desk)]
    assert sorted(numbers_of(desk, Chosen(query=every, without={first}))) == sorted(rest)
    assert list(numbers_of(desk, Chosen(query=every, without={first, *rest}))) == []
    assert list(numbers_of(desk, Chosen([first], every, {*rest}))) == [first]


def test_later_comes_back_on_its_day_where_the_network_is(desk: Workspace, clock: Clock) -> None:
    first, second, *_ = everything(desk)
    triage.decide(desk, [first], "later", until=date(2026, 10, 5))
    triage.decide(desk, [second], "later")
    assert triage.bring_back(desk) == 0
    clock.at = clock.at.replace(month=10, day=4, hour=21, minute=59)  # 23:59 in Stockholm
    assert triage.bring_back(desk) == 0
    clock.at += timedelta(minutes=1)
    assert triage.bring_back(desk) == 1
    assert desk.library.reviews.get(first.id).decision == "inbox"
    assert desk.library.reviews.get(first.id).later_until is None
    assert desk.library.reviews.get(second.id).decision == "later"


def test_a_decision_forgets_the_day_of_later(desk: Workspace) -> None:
    (filed, *_) = everything(desk)
    triage.decide(desk, [filed], "later", until=date(2026, 10, 5))
    triage.decide(desk, [filed], "kept")
    assert desk.library.reviews.get(filed.id).later_until is None


def test_tagging_adds_removes_and_sets(desk: Workspace) -> None:
    filed = everything(desk)[:1]
    triage.tag(desk, filed, Tagging(countries=("New Zealand",), themes=("recovery",), section="news", blurb=" Why. "))
    now = triage.show(desk, filed[0].id)
    assert (now.countries, now.review.themes, now.section, now.blurb) == (("SE", "NZ"), ("recovery",), "news", "Why.")
    triage.tag(desk, filed, Tagging(no_countries=("SE",), no_themes=("recovery",), section="", blurb=""))
    now = triage.show(desk, filed[0].id)
    assert (now.countries, now.review.themes, now.section, now.blurb) == (("NZ",), (), "policy", "")
    triage.tag(desk, filed, Tagging(no_countries=("NZ",)))
    assert triage.show(desk, filed[0].id).countries == ()  # the editor's word that there is none


def test_tagging_twice_is_once(desk: Workspace) -> None:
    assert triage.tag(desk, everything(desk)[:1], Tagging(themes=("recovery", "recovery"))) == 1
    assert triage.tag(desk, everything(desk)[:1], Tagging(themes=("recovery",))) == 0


@pytest.mark.parametrize(
    ("tagging", "says"),
    [
        (Tagging(countries=("Swedn",)), "Sweden"),
        (Tagging(themes=("recovry",)), "recovery"),
        (Tagging(section="polcy"), "policy"),
        (Tagging(audiences=("nobody at all",)), "nobody at all"),
    ],
)
def test_unknown_names_change_nothing(desk: Workspace, tagging: Tagging, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        triage.tag(desk, everything(desk), tagging)
    assert desk.library.journal.latest() == []


def test_a_blurb_alone_is_an_act_of_that_name(desk: Workspace) -> None:
    triage.tag(desk, everything(desk)[:1], Tagging(blurb="\x1b[2JWords\u202e of\n\n\n\nmine"))
    assert desk.library.journal.latest(1)[0].verb == "blurb"
    assert triage.show(desk, everything(desk)[0].id).blurb == "Words of\n\nmine"


def test_accepting_takes_suggestions_where_nothing_is_said(desk: Workspace) -> None:
    (crisis,) = triage.find(desk, '"Crisis care"')
    suggested = triage.suggestions(desk, crisis)
    assert "crisis-care" in {one.code for one in suggested.themes}
    assert all(one.reason for one in (*suggested.countries, *suggested.themes))
    triage.accept(desk, [crisis])
    assert "crisis-care" in desk.library.reviews.get(crisis.id).themes
    triage.tag(desk, [crisis], Tagging(no_themes=("crisis-care",), themes=("recovery",), no_countries=("GB-ENG",)))
    said = desk.library.reviews.get(crisis.id)
    triage.accept(desk, [crisis])
    assert desk.library.reviews.get(crisis.id) == said


def test_choosing_by_number_by_query_or_both(desk: Workspace) -> None:
    a, b, c, d = ids(everything(desk))
    assert ids(list(gathered(desk, chosen(desk, [b, a, b])))) == [b, a]
    assert sorted(ids(list(gathered(desk, chosen(desk, [a], "feed:isles"))))) == [a, c, d]
    assert ids(list(gathered(desk, chosen(desk, [], "country:NZ")))) == []
    with pytest.raises(UsageError, match="at least one"):
        chosen(desk, [])
    with pytest.raises(UsageError, match=r"no document 77, 88.*nothing was changed"):
        chosen(desk, [a, 77, 88])


def test_undo_and_redo_are_the_editor_s_own(desk: Workspace, folder: object) -> None:
    triage.decide(desk, everything(desk)[:1], "kept")
    with sit_down(desk.path, Clock(), "bob") as bob:
        assert triage.undo(bob) is None
        triage.decide(bob, everything(bob)[1:2], "dropped")
    act = triage.undo(desk)
    assert act
    assert (act.verb, act.by, act.undone) == ("keep", "ann", True)
    assert triage.counts(desk).decisions == {"inbox": 3, "dropped": 1}
    assert triage.redo(desk)
    assert triage.redo(desk) is None
    assert triage.counts(desk).decisions == {"inbox": 2, "kept": 1, "dropped": 1}


def test_history_of_a_document(desk: Workspace) -> None:
    triage.decide(desk, everything(desk)[:1], "kept")
    triage.undo(desk)
    assert [act.verb for act, _, _ in triage.history(desk, "1")] == ["keep", "undo"]
    assert triage.history(desk, "2") == []
    for name in ("99", "update-7"):
        with pytest.raises(UsageError, match=f"no (document|edition) {name}"):
            triage.history(desk, name)
