"""A disk that fills up in the middle of a send: one sentence, and the next send goes on where it stopped."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.acceptance.processes import SCRIPT, finish, run
from tests.acceptance.world import EDITING, ROOT, environment, mailing_to, sealed, sit_down
from tests.smtp_server import mail_server

ROOM = 150_000
"""Bytes that any one file may have: enough for a mail, not for the ledger's log."""


def without_room(folder: Path, *words: str, room: int = ROOM) -> tuple[int, str, str]:
    """`curator …` in a process whose files cannot grow beyond `room`."""

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SCRIPT, EDITING.isoformat(), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(folder),
        preexec_fn=narrow,
    )
    return finish(process)


@pytest.fixture
def ready(sample: Path) -> Path:
    with sit_down(sample) as workspace:
        sealed(workspace)
    return sample


def test_the_ledger_s_disk_is_full(ready: Path) -> None:
    with mail_server() as server:
        mailing_to(ready, server.url)
        code, _, err = without_room(ready, "send", "update-1")
        assert code == 3, err
        told = [line for line in err.splitlines() if "curator.db" in line]
        assert len(told) == 1
        gone = len(server.mails)
        assert 0 < gone < 20
        code, out, err = run(ready, "send", "update-1", "--json")
        report = json.loads(out)
        assert report["unknown"] == (1 if code else 0) <= 1, err
        assert set(Counter(mail.to for mail in server.mails).values()) == {1}
        if report["unknown"]:
            assert run(ready, "send", "update-1", "--unknown", "sent")[0] == 0
        assert len(server.mails) == 20


def test_an_act_without_room_is_no_act(ready: Path) -> None:
    with sit_down(ready) as workspace:
        before = workspace.library.documents.counts(), workspace.library.journal.latest(0)
    code, out, err = without_room(ready, "drop", "--query", "decision:kept", room=30_000)
    assert (code, out) == (3, "")
    assert len(err.splitlines()) == 1, err
    with sit_down(ready) as workspace:
        assert (workspace.library.documents.counts(), workspace.library.journal.latest(0)) == before
    assert run(ready, "drop", "--query", "decision:kept")[0] == 0
