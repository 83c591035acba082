"""kill -9 during a send: nobody has two mails, and a mail whose fate is unknown is reported, never dropped."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.acceptance.processes import duration_after, kill_after, moments, run, start
from tests.acceptance.world import mailing_to, outbox, sealed, sit_down
from tests.smtp_server import MailServer, mail_server


@pytest.fixture
def ready(sample: Path) -> Path:
    """A workspace whose Update is sealed for its twenty members."""
    with sit_down(sample) as workspace:
        sealed(workspace)
    return sample


def copies(ready: Path) -> Callable[[str], tuple[Path, Callable[[], bool]]]:
    """Copies of the workspace by name, each with the sign that its send has begun."""

    def copy(name: str) -> tuple[Path, Callable[[], bool]]:
        folder = Path(shutil.copytree(ready, ready.parent / name))
        return folder, (folder / "log" / "send.lock").exists

    shutil.rmtree(ready / "log", ignore_errors=True)
    return copy


# ---------------------------------------------------------------- into files


def killed_writing(ready: Path, times: int) -> None:
    fresh = copies(ready)
    folder, begun = fresh("undisturbed")
    longest = duration_after(start(folder, "send", "update-1"), begun)
    names = {path.name for path in outbox(folder)}
    assert len(names) == 20
    alive = 0
    for number, moment in enumerate(moments(times, longest)):
        folder, begun = fresh(f"killed-{number}")
        alive += kill_after(start(folder, "send", "update-1"), begun, moment)
        before = {path.name: path.read_bytes() for path in outbox(folder)}
        code, out, err = run(folder, "send", "update-1", "--json")
        assert (code, json.loads(out)["unknown"], json.loads(out)["pending"]) == (0, 0, 0), err
        assert {path.name for path in outbox(folder)} == names
        assert all((folder / "outbox" / "update-1" / name).read_bytes() == raw for name, raw in before.items())
        whole_mails(folder)
        shutil.rmtree(folder)
    assert alive >= times // 3, "too many had ended before they were killed for the trial to mean much"


def whole_mails(folder: Path) -> None:
    mails = [message_from_bytes(path.read_bytes()) for path in outbox(folder)]
    assert len({str(mail["To"]) for mail in mails}) == len(mails)
    assert len({mail.get_payload(0).as_string() for mail in mails}) == 1  # type: ignore[union-attr]


def test_killed_writing_files_everybody_has_one(ready: Path) -> None:
    killed_writing(ready, 5)


@pytest.mark.soak
def test_killed_writing_files_at_fifty_moments(ready: Path) -> None:
    killed_writing(ready, 50)


# ---------------------------------------------------------------- to a server


def killed_mailing(ready: Path, times: int) -> None:
    fresh = copies(ready)
    everybody = addresses(ready)
    folder, begun = fresh("undisturbed")
    with mail_server() as server:
        mailing_to(folder, server.url)
        longest = duration_after(start(folder, "send", "update-1"), begun)
        assert received(server) == dict.fromkeys(everybody, 1)
    alive = 0
    for number, moment in enumerate(moments(times, longest)):
        folder, begun = fresh(f"killed-{number}")
        with mail_server() as server:
            mailing_to(folder, server.url)
            alive += kill_after(start(folder, "send", "update-1"), begun, moment)
            in_doubt = sent_to_the_end(folder)
            check_mailboxes(server, everybody, in_doubt)
            check_doubts_stay_until_answered(folder, server, in_doubt)
        shutil.rmtree(folder)
    assert alive >= times // 3, "too many had ended before they were killed for the trial to mean much"


def addresses(folder: Path) -> set[str]:
    with sit_down(folder) as workspace:
        return set(workspace.library.people.addresses("members"))


def received(server: MailServer) -> dict[str, int]:
    return dict(Counter(mail.to for mail in server.mails))


def sent_to_the_end(folder: Path) -> set[str]:
    """Send again; the addresses it says are in doubt."""
    code, out, err = run(folder, "send", "update-1", "--json")
    report = json.loads(out)
    in_doubt = {line.partition(":")[0] for line in err.splitlines() if ": in doubt" in line}
    assert code == (1 if in_doubt else 0), err
    assert (report["failed"], report["pending"], report["unknown"]) == (0, 0, len(in_doubt))
    return in_doubt


def check_mailboxes(server: MailServer, everybody: set[str], in_doubt: set[str]) -> None:
    counts = received(server)
    assert set(counts.values()) <= {1}
    assert set(counts) | in_doubt == everybody
    assert len(in_doubt) <= 1  # mails go one after the other


def check_doubts_stay_until_answered(folder: Path, server: MailServer, in_doubt: set[str]) -> None:
    before = received(server)
    assert sent_to_the_end(folder) == in_doubt
    assert received(server) == before
    if in_doubt:
        arrived = in_doubt <= set(before)
        code, _, err = run(folder, "send", "update-1", "--unknown", "sent" if arrived else "again")
        assert code == 0, err
        assert set(received(server).values()) == {1}
        assert len(server.mails) == 20


def test_killed_mailing_nobody_has_two_and_doubts_are_told(ready: Path) -> None:
    killed_mailing(ready, 5)


@pytest.mark.soak
def test_killed_mailing_at_fifty_moments(ready: Path) -> None:
    killed_mailing(ready, 50)
