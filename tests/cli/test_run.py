"""`curator run` as cron calls it: twice, at once, unsealed, late, with a broken seal and without a server."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.world import NOW, ROOT, Result, Shell

OPEN = datetime(2026, 10, 1, 5, 30, tzinfo=UTC)
"""07:30 in Stockholm on the day of the Update."""
PEOPLE = 20


@pytest.fixture
def sealed(shell: Shell) -> Shell:
    """An approved Update of 1 October to twenty people."""
    rows = [f"reader{number}@example.org,members\n" for number in range(PEOPLE - 2)]
    (shell.folder / "more.csv").write_text("address,lists\n" + "".join(rows), encoding="utf-8")
    shell.ok("subscribers", "import", shell.folder / "more.csv")
    shell.ok("keep", 1, 2)
    shell.ok("tag", 1, 2, "--blurb", "Worth reading.")
    shell.ok("draft", "update")
    shell.ok("seal", "update-1")
    return shell


def run(shell: Shell, now: datetime = OPEN) -> Result:
    return shell("run", "--json", now=now)


def mails(shell: Shell) -> int:
    return len(list((shell.folder / "outbox").rglob("*.eml")))


def test_twice_in_the_window_mails_everybody_once(sealed: Shell) -> None:
    first, second = run(sealed), run(sealed, OPEN + timedelta(hours=1))
    assert (first.code, first.json["sent"]) == (0, PEOPLE)
    assert (second.code, second.json["sent"], second.json["held"]) == (0, 0, 0)
    assert mails(sealed) == PEOPLE


def test_before_the_window_nothing_goes(sealed: Shell) -> None:
    early = run(sealed, OPEN - timedelta(hours=1))
    assert (early.code, early.json["sent"], early.json["held"], mails(sealed)) == (0, 0, 0, 0)


def test_after_the_window_it_is_held_and_an_editor_may_send_it(sealed: Shell) -> None:
    late = run(sealed, OPEN + timedelta(days=2))
    assert (late.code, late.json["sent"], late.json["held"]) == (0, 0, 1)
    assert "late; it was not sent" in late.json["notes"][0]
    assert sealed.ok("send", "update-1", "--json", now=OPEN + timedelta(days=2)).json["sent"] == PEOPLE


def test_unsealed_it_sends_nothing_and_says_so(sealed: Shell) -> None:
    sealed.ok("unseal", "update-1")
    result = run(sealed)
    assert (result.code, result.json["sent"], result.json["held"], mails(sealed)) == (0, 0, 1, 0)
    assert "not sealed; nothing was sent" in result.err


def test_a_broken_seal_holds_it_and_is_1(sealed: Shell) -> None:
    sealed.ok("tag", 1, "--blurb", "Other words.")
    result = run(sealed)
    assert (result.code, result.json["sent"], result.json["held"], mails(sealed)) == (1, 0, 1, 0)
    assert "“Worth reading.” is now “Other words.”" in result.json["notes"][0]


def test_mail_settings_that_cannot_work_hold_it_and_are_2(sealed: Shell) -> None:
    path = sealed.folder / "feeds.toml"
    text = path.read_text(encoding="utf-8").replace('"file:"', '"smtps://user@localhost"')
    path.write_text(text, encoding="utf-8")
    result = run(sealed)
    assert (result.code, result.json["held"]) == (2, 1)
    assert "CURATOR_SMTP_PASSWORD" in result.json["notes"][0]


def test_a_dry_run_changes_nothing(sealed: Shell) -> None:
    result = sealed("run", "--dry-run", "--json", now=OPEN)
    assert (result.code, result.json["notes"], mails(sealed)) == (0, ["would send update-1"], 0)


def test_what_was_put_off_comes_back_on_its_day(shell: Shell) -> None:
    shell.ok("later", 1, "--until", "2026-10-01")
    run(shell, NOW)
    assert shell.ok("show", 1, "--json").json["decision"] == "later"
    run(shell, OPEN)
    assert shell.ok("show", 1, "--json").json["decision"] == "inbox"


def test_several_sends_at_once_mail_everybody_once(sealed: Shell) -> None:
    command = [sys.executable, "-m", "curator", "-w", str(sealed.folder), "send", "update-1"]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in "123"]
    codes = {process.wait() for process in running}
    assert codes <= {0, 3}
    assert sealed.ok("send", "update-1", "--json").json["already"] == PEOPLE
    assert mails(sealed) == PEOPLE
