"""coming: what goes out next."""

from __future__ import annotations

from datetime import date

from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.coming import coming
from curator.workflow.workspace import Workspace


def test_the_next_day_of_the_schedule_and_how_far_its_edition_is(desk: Workspace) -> None:
    first = coming(desk)
    assert first is not None
    assert (first.digest.slug, first.number, first.status) == ("update", 1, "")
    triage.decide(desk, triage.find(desk), "kept")
    drafted = editions.draft(desk, "update")
    assert coming(desk) == type(first)(first.digest, 1, drafted.date, "draft")
    assert first.date == drafted.date


def test_an_edition_of_another_day_does_not_hide_the_soonest(desk: Workspace) -> None:
    editions.draft(desk, "update", on=date(2030, 1, 1))
    editions.draft(desk, "update", on=date(2029, 1, 1))
    found = coming(desk)
    assert found is not None and found.date == date(2029, 1, 1)
