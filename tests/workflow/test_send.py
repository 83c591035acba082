"""send: each person of a sealed list once, whatever the mailer answers and whoever stops us."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes

import pytest

from curator.deliver import Receipt
from curator.deliver.ledger import message_id
from curator.errors import MailError, SealError, TryLater, UsageError
from curator.models import SendReport, Subscriber
from curator.workflow import triage
from curator.workflow.edition import rendered, seal, unseal
from curator.workflow.locks import lock
from curator.workflow.people import add_subscriber, erase_subscriber
from curator.workflow.send import answer_unknown, dry_run, recipients, send
from curator.workflow.workspace import Workspace
from tests.workflow.world import PEOPLE, Clock, Postman, drafted, everything, fates, sealed, subscribe

ANN, BO, CY = PEOPLE


def counted(report: SendReport) -> dict[str, int]:
    """The report's numbers that are not 0."""
    names = ("sent", "failed", "already", "pending", "unknown")
    return {name: count for name in names if (count := getattr(report, name))}


def test_everybody_gets_one_mail(desk: Workspace, postman: Postman, clock: Clock) -> None:
    name = sealed(desk).id
    assert recipients(desk, desk.library.editions.get(name)) == ("members", 3)
    seen: list[tuple[int, int, int]] = []
    tell = lambda mailed: seen.append((mailed.sent, mailed.failed, mailed.left))  # noqa: E731
    assert counted(send(desk, name, on_mail=tell)) == {"sent": 3}
    assert seen == [(1, 0, 2), (2, 0, 1), (3, 0, 0)]
    assert sorted(postman.mailed) == sorted(PEOPLE)
    edition = desk.library.editions.get(name)
    assert (edition.status, edition.sent_at) == ("sent", clock.at)
    assert counted(send(desk, name)) == {"already": 3}
    assert len(postman.mailed) == 3


def test_mails_are_the_same_but_for_to_and_message_id(desk: Workspace, postman: Postman) -> None:
    send(desk, sealed(desk).id)
    messages = [message_from_bytes(raw) for raw in postman.messages]
    assert sorted(str(one["To"]) for one in messages) == sorted(PEOPLE)
    assert len({one["Message-ID"] for one in messages}) == 3
    for one in messages:
        del one["To"], one["Message-ID"]
    assert len({one.as_bytes() for one in messages}) == 1


def test_what_is_not_sealed_is_not_sent(desk: Workspace, postman: Postman) -> None:
    name = drafted(desk).id
    with pytest.raises(SealError, match="not sealed"):
        send(desk, name)
    with pytest.raises(SealError, match="not sealed"):
        dry_run(desk, name)
    assert postman.mailed == []
    assert fates(desk) == {}


def test_only_one_of_the_list(desk: Workspace, postman: Postman) -> None:
    name = sealed(desk).id
    assert counted(send(desk, name, only="BO@example.org")) == {"sent": 1}
    assert desk.library.editions.get(name).status == "sealed"
    with pytest.raises(UsageError, match="not on the list"):
        send(desk, name, only="stranger@example.org")
    assert counted(send(desk, name)) == {"sent": 2, "already": 1}
    assert sorted(postman.mailed) == sorted(PEOPLE)


def test_a_refusal_is_a_line_and_no_reason_to_stop(desk: Workspace, postman: Postman) -> None:
    postman.answers[BO] = Receipt("failed", "550 no such user")
    report = send(desk, sealed(desk).id)
    assert counted(report) == {"sent": 2, "failed": 1}
    assert [(line.address, line.fate, line.detail) for line in report.problems] == [(BO, "failed", "550 no such user")]
    assert desk.library.editions.get("update-1").status == "sent"


def test_try_later_for_one_is_tried_later(desk: Workspace, postman: Postman) -> None:
    postman.answers[BO] = [Receipt("pending", "451 come back")]
    name = sealed(desk).id
    assert counted(send(desk, name)) == {"sent": 2, "pending": 1}
    assert desk.library.editions.get(name).status == "sealed"
    assert counted(send(desk, name)) == {"sent": 1, "already": 2}
    assert sorted(postman.mailed) == sorted(PEOPLE)


@pytest.mark.parametrize("error", [TryLater("The server sleeps."), MailError("The server wants a login.")])
def test_what_stops_the_mailer_before_a_byte_left_can_be_repeated(
    desk: Workspace, postman: Postman, error: Exception
) -> None:
    postman.answers[BO] = [error]
    name = sealed(desk).id
    with pytest.raises(type(error)):
        send(desk, name)
    assert fates(desk) == {ANN: "sent", BO: "pending", CY: "pending"}
    assert counted(send(desk, name)) == {"sent": 2, "already": 1}


def test_progress_tells_refused_from_put_off(desk: Workspace, postman: Postman) -> None:
    postman.answers |= {ANN: [Receipt("failed", "550 no")], BO: [Receipt("pending", "451 later")]}
    seen: list[tuple[int, int, int]] = []
    send(desk, sealed(desk).id, on_mail=lambda one: seen.append((one.sent, one.failed, one.left)))
    assert seen == [(0, 1, 2), (0, 1, 1), (1, 1, 0)]


def test_a_paused_send_goes_on_where_it_stopped(desk: Workspace, postman: Postman) -> None:
    name = sealed(desk).id
    for _ in range(2):
        report = send(desk, name, go_on=lambda: len(postman.mailed) < 2)
        assert report.pending == 1
        assert report.problems == ()
    assert fates(desk) == {ANN: "sent", BO: "sent", CY: "pending"}
    assert desk.library.editions.get(name).status == "sealed"
    assert counted(send(desk, name)) == {"sent": 1, "already": 2}
    assert sorted(postman.mailed) == sorted(PEOPLE)


def test_an_unknown_fate_is_reported_until_somebody_says(desk: Workspace, postman: Postman) -> None:
    postman.answers[BO] = [Receipt("unknown", "the line went dead")]
    name = sealed(desk).id
    for _ in range(2):
        report = send(desk, name)
        assert report.unknown == 1
        assert [line.address for line in report.problems] == [BO]
    assert postman.mailed.count(BO) == 1
    assert desk.library.editions.get(name).status == "sealed"


def test_an_editor_says_it_arrived(desk: Workspace, postman: Postman) -> None:
    postman.answers[BO] = [Receipt("unknown", "")]
    name = sealed(desk).id
    send(desk, name)
    assert answer_unknown(desk, name, "sent") == 1
    assert desk.library.editions.get(name).status == "sent"
    assert counted(send(desk, name)) == {"already": 3}
    assert postman.mailed.count(BO) == 1


def test_an_editor_says_send_it_again(desk: Workspace, postman: Postman) -> None:
    postman.answers[BO] = [Receipt("unknown", "")]
    name = sealed(desk).id
    send(desk, name)
    assert answer_unknown(desk, name, "again") == 1
    assert counted(send(desk, name)) == {"sent": 1, "already": 2}
    assert answer_unknown(desk, name, "again") == 0


# ---------------------------------------------------------------- stopped in the middle


def stopped(desk: Workspace, postman: Postman) -> str:
    """A send that died inside Bo's mail; the id of that mail."""
    postman.answers[BO] = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        send(desk, sealed(desk).id)
    assert fates(desk) == {ANN: "sent", BO: "sending", CY: "pending"}
    edition = desk.library.editions.get("update-1")
    assert edition.seal
    return message_id("update-1", edition.seal.hash, BO, "example.org")


@pytest.mark.parametrize(("fate", "mailed"), [("sent", 0), ("pending", 1)])
def test_a_mailer_that_knows_is_asked(desk: Workspace, postman: Postman, fate: str, mailed: int) -> None:
    postman.knows[stopped(desk, postman)] = fate  # type: ignore[assignment]
    report = send(desk, "update-1")
    assert report.unknown == 0
    assert postman.mailed.count(BO) == mailed
    assert desk.library.editions.get("update-1").status == "sent"


def test_where_nobody_knows_it_is_in_doubt(desk: Workspace, postman: Postman) -> None:
    stopped(desk, postman)
    assert counted(send(desk, "update-1")) == {"sent": 1, "already": 1, "unknown": 1}
    assert postman.mailed == [ANN, CY]


def test_a_new_seal_never_repeats_a_mail_in_doubt(desk: Workspace, postman: Postman) -> None:
    """Under a new seal the mailer is asked for another message, and its “not there” proves nothing."""
    stopped(desk, postman)
    unseal(desk, "update-1")
    edition = seal(desk, "update-1")
    assert edition.seal
    postman.knows[message_id("update-1", edition.seal.hash, BO, "example.org")] = "pending"
    assert send(desk, "update-1").unknown == 1
    assert BO not in postman.mailed


def test_erased_while_in_doubt_is_never_mailed_again(desk: Workspace, postman: Postman) -> None:
    stopped(desk, postman)
    erase_subscriber(desk, BO)
    assert counted(send(desk, "update-1")) == {"sent": 1, "already": 1, "unknown": 1}
    answer_unknown(desk, "update-1", "again")
    send(desk, "update-1")
    assert BO not in postman.mailed
    assert BO not in str(desk.library.deliveries.of("update-1"))
    assert desk.library.editions.get("update-1").status == "sent"


# ---------------------------------------------------------------- people come and go


def test_who_left_the_list_after_the_first_mail_gets_none(desk: Workspace, postman: Postman) -> None:
    name = sealed(desk).id
    send(desk, name, only=ANN)
    erase_subscriber(desk, BO)
    assert counted(send(desk, name)) == {"sent": 1, "already": 1}
    assert BO not in postman.mailed
    assert desk.library.editions.get(name).status == "sent"


def test_who_takes_themselves_off_the_list_is_withdrawn(desk: Workspace, postman: Postman) -> None:
    name = sealed(desk).id
    send(desk, name, only=ANN)
    desk.library.people.put([Subscriber(BO, lists=("other",))])
    send(desk, name)
    assert fates(desk)[BO] == "withdrawn"
    assert BO not in postman.mailed
    assert desk.library.editions.get(name).status == "sent"


def test_another_spelling_is_the_same_person(desk: Workspace, postman: Postman) -> None:
    name = sealed(desk).id
    send(desk, name, only=ANN)
    erase_subscriber(desk, CY)
    add_subscriber(desk, "CY@example.org", ("members",))
    erase_subscriber(desk, ANN)
    add_subscriber(desk, "ANN@example.org", ("members",))
    subscribe(desk, "BO@example.org")
    send(desk, name)
    assert sorted(one.lower() for one in postman.mailed) == [ANN, BO, CY]
    assert desk.library.editions.get(name).status == "sent"


def test_sealed_again_for_fewer_the_rest_is_withdrawn(desk: Workspace, postman: Postman, clock: Clock) -> None:
    postman.answers = {BO: [TryLater("Later.")]}
    name = sealed(desk).id
    with pytest.raises(TryLater):
        send(desk, name)
    assert fates(desk) == {ANN: "sent", BO: "pending", CY: "pending"}
    unseal(desk, name)
    desk.library.people.erase(CY)
    clock.at += timedelta(minutes=1)
    seal(desk, name)
    assert counted(send(desk, name)) == {"sent": 1, "already": 1}
    assert fates(desk) == {ANN: "sent", BO: "sent", CY: "withdrawn"}
    assert desk.library.editions.get(name).status == "sent"


def test_who_joined_after_the_seal_breaks_it(desk: Workspace, postman: Postman) -> None:
    name = sealed(desk).id
    add_subscriber(desk, "new@example.org", ("members",))
    with pytest.raises(SealError, match="the list “members” changed: 1 joined"):
        send(desk, name)
    assert postman.mailed == []


def test_an_address_no_mail_can_be_written_to_stops_nobody_else(desk: Workspace, postman: Postman) -> None:
    subscribe(desk, "bjørn@example.org")
    report = send(desk, sealed(desk).id)
    assert {line.address for line in report.problems} <= {"bjørn@example.org"}
    assert set(PEOPLE) <= set(postman.mailed)
    assert set(fates(desk).values()) <= {"sent", "failed"}
    assert desk.library.editions.get("update-1").status == "sent"


# ---------------------------------------------------------------- one after the other


def test_another_send_going_on_is_waited_for_by_the_next(desk: Workspace, postman: Postman) -> None:
    name = sealed(desk).id
    with lock(desk.path, "send"), pytest.raises(TryLater, match="sending"):
        send(desk, name)
    assert postman.mailed == []
    assert counted(send(desk, name)) == {"sent": 3}


def test_a_server_that_was_down_has_begun_nothing(desk: Workspace, postman: Postman) -> None:
    """As long as no mail has gone, a change still breaks the seal."""
    postman.answers[ANN] = [TryLater("Down.")]
    name = sealed(desk).id
    with pytest.raises(TryLater):
        send(desk, name)
    triage.tag(desk, everything(desk)[:1], triage.Tagging(blurb="Changed in between."))
    with pytest.raises(SealError, match="Changed in between"):
        send(desk, name)
    assert postman.mailed == []


def test_a_dry_run_says_whom_and_mails_nobody(desk: Workspace, postman: Postman) -> None:
    name = sealed(desk).id
    assert counted(dry_run(desk, name)) == {"pending": 3}
    assert counted(dry_run(desk, name, only=ANN)) == {"pending": 1}
    assert fates(desk) == {}
    send(desk, name, only=ANN)
    assert counted(dry_run(desk, name)) == {"pending": 2, "already": 1}
    erase_subscriber(desk, ANN)
    assert counted(dry_run(desk, name)) == {"pending": 2, "already": 1}
    send(desk, name)
    assert counted(dry_run(desk, name)) == {"already": 3}
    assert len(postman.mailed) == 3


# ---------------------------------------------------------------- once begun, the same bytes


def test_once_begun_the_rest_get_the_same_bytes(desk: Workspace, postman: Postman) -> None:
    name = sealed(desk).id
    send(desk, name, only=ANN)
    triage.tag(desk, everything(desk)[:1], triage.Tagging(blurb="Changed in between."))
    send(desk, name)
    bodies = {raw.partition(b"\r\n\r\n")[2] for raw in postman.messages}
    assert len(postman.messages) == 3
    assert len(bodies) == 1


def test_what_was_sent_stays_as_it_was(desk: Workspace, postman: Postman) -> None:
    name = sealed(desk).id
    before = rendered(desk, desk.library.editions.get(name))
    send(desk, name)
    triage.tag(desk, everything(desk), triage.Tagging(blurb="Other words", section="news"))
    triage.decide(desk, everything(desk), "dropped")
    assert rendered(desk, desk.library.editions.get(name)) == before
    with pytest.raises(SealError, match="has been sent"):
        unseal(desk, name)
