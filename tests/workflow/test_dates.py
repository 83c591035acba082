"""Dates of documents: set, undone, and what a draft makes of them."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from curator.errors import UsageError
from curator.models import Edition
from curator.workflow import edition as verbs
from curator.workflow import triage
from curator.workflow.carried import seen_before
from curator.workflow.dates import in_one_line, of_one_line
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace
from tests.workflow.world import drafted, everything, sealed


def tag(desk: Workspace, document: int, **said: object) -> None:
    triage.tag(desk, [triage.show(desk, document)], Tagging(**said))  # type: ignore[arg-type]


def dates(desk: Workspace, document: int) -> dict[str, str]:
    return {name: str(when) for name, when in triage.show(desk, document).review.dates.items()}


def documents(edition: Edition) -> list[int]:
    return sorted(seat.document for seat in edition.placements)


def sent(desk: Workspace, edition: Edition) -> None:
    desk.library.editions.put(replace(edition, status="sent", sent_at=desk.now()))


def test_dates_are_set_taken_away_and_undone(desk: Workspace) -> None:
    tag(desk, 1, starts="2026-12-03 15:00 Vancouver", deadline="2026-11-30")
    assert dates(desk, 1) == {"starts": "2026-12-03 15:00 America/Vancouver", "deadline": "2026-11-30"}
    tag(desk, 1, deadline="")
    assert dates(desk, 1) == {"starts": "2026-12-03 15:00 America/Vancouver"}
    assert in_one_line([triage.show(desk, 1)]) == "starts 2026-12-03 15:00 America/Vancouver"
    triage.undo(desk)
    triage.undo(desk)
    assert dates(desk, 1) == {}
    triage.redo(desk)
    assert dates(desk, 1)["deadline"] == "2026-11-30"


def test_nothing_ends_before_it_starts_and_nothing_is_changed_then(desk: Workspace) -> None:
    tag(desk, 1, starts="2026-12-03")
    with pytest.raises(UsageError, match="before it starts"):
        tag(desk, 1, ends="2026-12-02")
    assert dates(desk, 1) == {"starts": "2026-12-03"}


def test_one_line_says_them_all(desk: Workspace) -> None:
    said = of_one_line(desk, "starts 2026-12-03 15:00 America/Vancouver; Deadline 2026-11-30")
    assert said == {"starts": "2026-12-03 15:00 America/Vancouver", "ends": "", "deadline": "2026-11-30"}
    assert set(of_one_line(desk, " ").values()) == {""}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-12-03", "Say what the day is"),
        ("starts 2026-12-03 starts 2026-12-04", "“starts” stands there twice"),
        ("starts soon", "“soon” is no day"),
        ("ends", "“” is no day"),
    ],
)
def test_a_line_that_says_no_date(desk: Workspace, text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        of_one_line(desk, text)


def test_a_draft_takes_nothing_that_is_over_on_its_day(desk: Workspace) -> None:
    triage.decide(desk, everything(desk), "kept")
    tag(desk, 1, deadline="2026-09-30")
    tag(desk, 2, starts="2026-09-01", ends="2026-10-01")
    tag(desk, 3, deadline="2026-10-01")
    edition = verbs.draft(desk, "update")
    assert (edition.date, documents(edition)) == (date(2026, 10, 1), [2, 3, 4])


def test_what_the_editor_placed_stays_though_it_is_over(desk: Workspace) -> None:
    edition = drafted(desk)
    seat = edition.placements[0]
    verbs.place(desk, edition.id, seat.document, seat.section, seat.group)
    tag(desk, seat.document, deadline="2026-09-01")
    assert seat.document in documents(verbs.draft(desk, "update"))


def test_what_is_still_to_come_is_brought_back_and_says_where_it_was(desk: Workspace) -> None:
    first = sealed(desk)
    tag(desk, 1, deadline="2026-10-15")
    tag(desk, 2, starts="2026-10-14 23:00 UTC")  # the 15th in Stockholm
    tag(desk, 3, starts="2026-10-10", ends="2026-10-20")  # has begun
    sent(desk, first)
    second = verbs.draft(desk, "update", on=date(2026, 10, 15))
    assert documents(second) == [1, 2]
    assert seen_before(desk, second) == {1: ("no. 1",), 2: ("no. 1",)}
    assert not [one for one in verbs.check(desk, second.id) if one.code == "used"]


def test_what_was_left_out_once_is_not_brought_back(desk: Workspace) -> None:
    first = sealed(desk)
    tag(desk, 1, deadline="2026-12-31")
    sent(desk, first)
    second = verbs.draft(desk, "update", on=date(2026, 10, 15))
    verbs.leave_out(desk, second.id, 1)
    assert documents(verbs.draft(desk, "update", on=date(2026, 10, 15))) == []
    assert documents(verbs.draft(desk, "update", on=date(2026, 11, 1))) == []


def test_another_digest_is_named_where_readers_saw_it(desk: Workspace) -> None:
    tag(desk, 1, themes=("recovery",))
    sent(desk, sealed(desk))
    briefing = verbs.draft(desk, "make-it-so", topic="recovery", on=date(2026, 10, 20))
    assert seen_before(desk, briefing) == {1: ("IIMHL Update no. 1",)}
