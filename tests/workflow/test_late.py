"""An edition whose window has closed: held, unless its send to the whole list had begun."""

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
