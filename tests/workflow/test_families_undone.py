"""Acts on families that are taken back after a pull has brought more."""

from __future__ import annotations

import pytest

from curator.errors import UsageError
from curator.workflow import families, triage
from curator.workflow.workspace import Workspace
from tests.workflow.test_families import come, desk, keep, shown

__all__ = ["desk"]
OTHER = "What families say of the first year at a recovery college"


def houses(desk: Workspace) -> set[tuple[int, ...]]:
    """Every family, as its numbers, the lead first."""
    every = [filed.id for filed in desk.library.documents.pick(range(1, 20))]
    leads = desk.library.families.leads(every)
    return {tuple(desk.library.families.members(lead)) for lead in set(leads.values())}


def test_what_came_for_the_sake_of_one_goes_with_it_when_a_join_is_undone(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 2, title=OTHER)
    families.join(desk, [one, two])
    three = come(desk, 3, "isles", title=OTHER)  # of `two`, so of the family that `one` leads
    four = come(desk, 4, "isles")  # of `one` itself
    assert houses(desk) == {(one, two, three, four)}
    triage.undo(desk)
    assert houses(desk) == {(one, four), (two, three)}
    triage.redo(desk)
    assert houses(desk) == {(one, two, three, four)}
    triage.undo(desk)
    assert houses(desk) == {(one, four), (two, three)}


def test_it_goes_with_a_relative_too(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 2, title=OTHER)
    relative = come(desk, 2, "isles", title=OTHER, excerpt="")
    assert houses(desk) == {(one,), (two, relative)}
    families.join(desk, [one, two])
    late = come(desk, 9, "isles", title=OTHER, canonical_url="https://example.org/a.pdf")
    assert houses(desk) == {(one, two, relative, late)}
    triage.undo(desk)
    assert houses(desk) == {(one,), (two, relative, late)}


def test_a_split_is_undone_after_more_of_both_has_come(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 1, "isles")
    families.split(desk, two)
    three = come(desk, 3, "isles", canonical_url="https://example.org/x.pdf", link="https://example.org/x.pdf")
    assert houses(desk) == {(one, three), (two,)}
    triage.undo(desk)
    assert houses(desk) == {(one, two, three)}
    assert families.proposals(desk) == []
    triage.redo(desk)
    assert houses(desk) == {(one, three), (two,)}


def test_a_lead_that_split_comes_back_to_lead_all(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 1, "isles")
    families.split(desk, one)
    three = come(desk, 3, "isles", canonical_url="https://example.org/x.pdf", link="https://example.org/x.pdf")
    assert three in {number for house in houses(desk) for number in house}
    triage.undo(desk)
    assert houses(desk) == {(one, two, three)}


def test_another_lead_is_undone_after_a_relative_has_come(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 1, "isles")
    keep(desk, one)
    families.lead(desk, two)
    three = come(desk, 3, "isles", canonical_url="https://example.org/x.pdf", link="https://example.org/x.pdf")
    assert houses(desk) == {(two, one, three)}
    triage.undo(desk)
    assert houses(desk) == {(one, two, three)}
    assert shown(desk, "decision:kept") == [one]
    assert shown(desk) == []
    triage.redo(desk)
    assert houses(desk) == {(two, one, three)}
    assert shown(desk, "decision:kept") == [two]


def test_every_act_of_a_day_is_taken_back_one_by_one_with_a_pull_between_each(desk: Workspace) -> None:
    one, two, three = come(desk, 1), come(desk, 2, title=OTHER), come(desk, 1, "isles")
    families.join(desk, [two, one])
    come(desk, 4, "isles", title=OTHER)
    families.split(desk, three)
    five = come(desk, 5, "isles", canonical_url="https://example.org/y.pdf", link="https://example.org/y.pdf")
    families.lead(desk, one)
    come(desk, 6, title="Nothing of the kind, and quite another thing")
    for _ in range(3):
        assert triage.undo(desk)
    assert triage.undo(desk) is None
    assert houses(desk) == {(one, three, five), (two, 4), (6,)}


def test_what_another_editor_did_since_is_not_undone(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 2, title=OTHER)
    families.join(desk, [one, two])
    come(desk, 3, "isles", title=OTHER)
    desk.library.relate([two], lambda: desk.library.families.free(two), verb="split", by="bo", at=desk.now())
    with pytest.raises(UsageError, match="changed since"):
        triage.undo(desk)
