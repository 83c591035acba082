"""Two processes at once: each person one mail, each document once, and the one that waits says so."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from curator.workflow.workspace import Workspace
from tests.acceptance.processes import finish, run, start
from tests.acceptance.world import mailing_to, outbox, sealed
from tests.smtp_server import mail_server


def test_two_sends_at_once_mail_each_person_once(desk: Workspace, sample: Path) -> None:
    name = sealed(desk).id
    with mail_server() as server:
        mailing_to(sample, server.url)
        ends = [finish(process) for process in [start(sample, "send", name) for _ in range(2)]]
    assert sorted(code for code, _, _ in ends) in ([0, 3], [0, 0])
    for code, _, err in ends:
        assert code == 0 or "Another curator is sending" in err
    assert Counter(Counter(mail.to for mail in server.mails).values()) == {1: 20}


def test_a_send_and_cron_at_once(desk: Workspace, sample: Path) -> None:
    name = sealed(desk).id
    ends = [finish(process) for process in (start(sample, "send", name), start(sample, "run"))]
    assert {code for code, _, _ in ends} <= {0, 3}
    assert len(outbox(sample)) == 20
    assert run(sample, "send", name)[0] == 0
    assert len(outbox(sample)) == 20


def test_two_pulls_at_once_bring_everything_once(sample: Path) -> None:
    for path in sample.glob("curator.db*"):
        path.unlink()
    ends = [finish(process) for process in [start(sample, "pull") for _ in range(2)]]
    assert sorted(code for code, _, _ in ends) in ([0, 3], [0, 0])
    code, out, _ = run(sample, "documents", "--limit", "0", "--json")
    assert code == 0
    assert out.count('"canonical_url"') == 49


def test_two_first_starts_at_once(tmp_path: Path) -> None:
    """`init` made the folder; the desk and cron open it in the same moment."""
    assert run(tmp_path, "init", str(tmp_path / "new"))[0] == 0
    ends = [finish(process) for process in [start(tmp_path / "new", "lists") for _ in range(3)]]
    assert [code for code, _, _ in ends] == [0, 0, 0]
