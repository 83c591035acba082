"""The one line in crontab: sends what is sealed and due, once, and says what it held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from curator.errors import ExitCode
from curator.workflow import triage
from curator.workflow.edition import draft, seal
from curator.workflow.run import RunReport, run
from curator.workflow.send import send
from curator.workflow.workspace import Workspace
from tests.acceptance.world import OPENS, Clock, drafted, mailing_to, outbox, sealed, sit_down
from tests.smtp_server import closed_port, mail_server, rude_server

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def cron(sample: Path) -> Callable[[datetime], RunReport]:
    """`curator run` at an hour, in a session of its own as cron's are."""

    def run_at(at: datetime) -> RunReport:
        with sit_down(sample, at, "cron") as workspace:
            return run(workspace)

    return run_at


def status(sample: Path, name: str = "update-1") -> str:
    with sit_down(sample) as workspace:
        return workspace.library.editions.get(name).status


def test_twice_in_the_window_each_of_twenty_has_one_mail(
    desk: Workspace, cron: Callable[[datetime], RunReport], sample: Path
) -> None:
    sealed(desk)
    first = cron(OPENS + 5 * MINUTE)
    assert (first.sent, first.held, first.code) == (20, 0, ExitCode.DONE)
    second = cron(OPENS + 10 * MINUTE)
    assert (second.sent, second.held, second.code) == (0, 0, ExitCode.DONE)
    assert len(outbox(sample)) == 20
    assert len({path.read_bytes().split(b"\r\nTo: ")[1].split(b"\r\n")[0] for path in outbox(sample)}) == 20
    assert status(sample) == "sent"


def test_to_a_real_server_too(desk: Workspace, sample: Path) -> None:
    sealed(desk)
    with mail_server() as server:
        mailing_to(sample, server.url)
        for minutes in (5, 10):
            with sit_down(sample, OPENS + minutes * MINUTE, "cron") as workspace:
                run(workspace)
    assert len(server.mails) == 20
    assert len({mail.to for mail in server.mails}) == 20
    assert b"List-Unsubscribe" in server.mails[0].content


def test_unsealed_nothing_is_sent_and_it_says_so(
    desk: Workspace, cron: Callable[[datetime], RunReport], sample: Path
) -> None:
    drafted(desk)
    report = cron(OPENS + MINUTE)
    assert (report.sent, report.held, report.code) == (0, 1, ExitCode.DONE)
    assert any("update-1" in note and "not sealed" in note and "curator seal update-1" in note for note in report.notes)
    assert outbox(sample) == []


def test_before_the_hour_nothing_is_sent(desk: Workspace, cron: Callable[[datetime], RunReport], sample: Path) -> None:
    sealed(desk)
    report = cron(OPENS - MINUTE)
    assert (report.sent, report.held, report.notes) == (0, 0, [])
    assert outbox(sample) == []
    assert cron(OPENS).sent == 20


def test_too_late_it_is_held_and_an_editor_may_still_send(
    desk: Workspace, cron: Callable[[datetime], RunReport], sample: Path
) -> None:
    sealed(desk)
    report = cron(OPENS + DAY + MINUTE)
    assert (report.sent, report.held) == (0, 1)
    assert any("late" in note and "curator send update-1" in note for note in report.notes)
    assert outbox(sample) == []
    assert send(desk, "update-1").sent == 20


def test_the_last_minute_of_the_window_is_in_it(desk: Workspace, cron: Callable[[datetime], RunReport]) -> None:
    sealed(desk)
    assert cron(OPENS + DAY).sent == 20


def test_what_had_begun_in_time_is_finished_late(
    desk: Workspace, cron: Callable[[datetime], RunReport], sample: Path
) -> None:
    sealed(desk)
    slow = desk.library.people.addresses("members")[3]
    with mail_server() as server:
        server.answers[slow] = ["451 come back later"]
        mailing_to(sample, server.url)
        assert cron(OPENS + MINUTE).sent == 19
        assert cron(OPENS + 2 * DAY).sent == 1
    assert len({mail.to for mail in server.mails}) == len(server.mails) == 20


def test_a_server_that_was_down_all_the_time_has_begun_nothing(
    desk: Workspace, cron: Callable[[datetime], RunReport], sample: Path
) -> None:
    sealed(desk)
    mailing_to(sample, f"smtp://127.0.0.1:{closed_port()}")
    down = cron(OPENS + MINUTE)
    assert (down.sent, down.held, down.code) == (0, 1, ExitCode.TRY_LATER)
    assert cron(OPENS + 2 * DAY).held == 1
    with mail_server() as server:
        mailing_to(sample, server.url)
        assert cron(OPENS + 2 * DAY).held == 1
    assert server.mails == []


def test_a_broken_seal_is_held_with_the_reason(desk: Workspace, cron: Callable[[datetime], RunReport]) -> None:
    sealed(desk)
    (filed,) = triage.find(desk, '"Medication and Mental Illness"')
    triage.tag(desk, [filed], triage.Tagging(blurb="Other words."))
    report = cron(OPENS + MINUTE)
    assert (report.sent, report.held, report.code) == (0, 1, ExitCode.PARTLY)
    assert any("The seal of update-1 is broken" in note for note in report.notes)


def test_cron_drafts_ahead_and_refreshes(desk: Workspace, cron: Callable[[datetime], RunReport], sample: Path) -> None:
    assert cron(OPENS - timedelta(days=3)).drafted == 0
    assert cron(OPENS - timedelta(days=2)).drafted == 1
    edition = desk.library.editions.get("update-1")
    assert (edition.date, len(edition.placements)) == (date(2016, 12, 1), 47)
    (late,) = triage.find(desk, "feed:make-it-so-archive", limit=1)
    triage.decide(desk, [late], "kept")
    cron(OPENS - DAY)
    assert len(desk.library.editions.get("update-1").placements) == 48
    assert len(desk.library.editions.all()) == 1


def test_cron_takes_nothing_of_what_an_editor_did_back(desk: Workspace, cron: Callable[[datetime], RunReport]) -> None:
    edition = drafted(desk)
    cron(OPENS - DAY)
    assert desk.library.editions.get(edition.id).introduction == "Good morning."


def test_an_edition_by_hand_goes_on_its_date(desk: Workspace, cron: Callable[[datetime], RunReport]) -> None:
    briefing = draft(desk, "make-it-so", topic="crisis-care", on=date(2016, 12, 6))
    seal(desk, briefing.id)
    opens = datetime(2016, 12, 5, 18, 0, tzinfo=UTC)
    assert cron(opens - MINUTE).sent == 0
    assert cron(opens + 6 * DAY).sent == 9  # its `late` is seven days


def test_on_the_day_the_clocks_change_it_goes_at_seven_there(
    desk: Workspace, cron: Callable[[datetime], RunReport]
) -> None:
    """25 September 2016: at 2:00 Auckland's clocks went forward."""
    seal(desk, draft(desk, "update", on=date(2016, 9, 25)).id)
    opens = datetime(2016, 9, 24, 18, 0, tzinfo=UTC)  # the day before, 07:00 was 19:00 UTC
    assert cron(opens - MINUTE).sent == 0
    assert cron(opens).sent == 20


def test_a_dry_run_touches_nothing(desk: Workspace, sample: Path) -> None:
    sealed(desk)
    with sit_down(sample, Clock(OPENS), "cron") as workspace:
        before = workspace.library.version()
        report = run(workspace, dry=True)
        assert workspace.library.version() == before
    assert (report.pulled, report.drafted, report.sent) == (0, 0, 0)
    assert report.notes == ["would send update-1"]
    assert outbox(sample) == []
    assert status(sample) == "sealed"


def test_what_fails_for_one_edition_stops_no_other(desk: Workspace, sample: Path) -> None:
    """A mail server that turns us away for one mailing is a note; cron goes on and says so in its exit code."""
    sealed(desk)
    briefing = draft(desk, "make-it-so", topic="crisis-care", on=date(2016, 12, 1))
    seal(desk, briefing.id)
    with rude_server({"MAIL": ["550 not from you"]}) as server:
        mailing_to(sample, server.url)
        with sit_down(sample, OPENS, "cron") as workspace:
            report = run(workspace)
    assert report.held == 1
    assert report.sent in (9, 20)
    assert report.code == ExitCode.USAGE
