"""A send to the whole list that has begun is finished, in its window or out of it; nothing else goes out of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from curator.deliver import Receipt
from curator.errors import TryLater
from curator.workflow.run import run
from curator.workflow.send import send
from curator.workflow.workspace import Workspace
from tests.workflow.world import OPENS, PEOPLE, Clock, Postman, sealed

TOO_LATE = OPENS + timedelta(hours=24, minutes=1)


def test_tried_on_one_reader_is_not_begun(desk: Workspace, postman: Postman, clock: Clock) -> None:
    name = sealed(desk).id
    send(desk, name, only=PEOPLE[0])
    clock.at = TOO_LATE
    report = run(desk)
    assert (report.sent, report.held) == (0, 1)
    assert postman.mailed == [PEOPLE[0]]


def test_begun_in_time_is_finished_late(desk: Workspace, postman: Postman, clock: Clock) -> None:
    name = sealed(desk).id
    clock.at = OPENS
    postman.answers[PEOPLE[1]] = [Receipt("pending", "451 later")]
    assert send(desk, name).pending == 1
    clock.at = TOO_LATE
    assert (run(desk).sent, sorted(postman.mailed)) == (1, sorted(PEOPLE))


def test_a_server_that_took_no_mail_in_time_has_begun_nothing(desk: Workspace, postman: Postman, clock: Clock) -> None:
    name = sealed(desk).id
    clock.at = OPENS
    postman.answers = {address: [TryLater("Come back later.")] for address in PEOPLE}
    with pytest.raises(TryLater):
        send(desk, name)
    clock.at = TOO_LATE
    assert (run(desk).held, postman.mailed) == (1, [])


def test_begun_by_hand_ahead_of_its_window_is_finished_by_the_next_run(
    desk: Workspace, postman: Postman, clock: Clock
) -> None:
    name = sealed(desk).id
    postman.answers[PEOPLE[1]] = [Receipt("pending", "451 later")]
    assert send(desk, name).pending == 1
    clock.at += timedelta(hours=1)
    assert clock.at < OPENS
    assert (run(desk).sent, sorted(postman.mailed)) == (1, sorted(PEOPLE))


def test_tried_on_one_reader_ahead_of_its_window_waits_for_it(desk: Workspace, postman: Postman, clock: Clock) -> None:
    send(desk, sealed(desk).id, only=PEOPLE[0])
    assert (run(desk).sent, postman.mailed) == (0, [PEOPLE[0]])
    clock.at = OPENS
    assert (run(desk).sent, sorted(postman.mailed)) == (2, sorted(PEOPLE))
