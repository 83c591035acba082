"""Bad input and bad days: each is one clear sentence on stderr, nothing on stdout, and a documented exit code."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from curator.deliver import Receipt
from curator.deliver.files import FileMailer
from curator.library import Library
from curator.workflow.locks import lock
from curator.workflow.packaged import packaged_templates
from tests.cli.world import NOW, ROOT, Result, Shell, curator, item, rss
from tests.http_server import serving
from tests.smtp_server import closed_port, mail_server


def fails(result: Result, code: int, *parts: str) -> None:
    """It ended with `code`, said one line that holds `parts`, and wrote no result."""
    assert result.code == code, result.err
    assert result.out == ""
    (line,) = result.err.splitlines()
    assert line.startswith("curator: ")
    assert "defect" not in line
    for part in parts:
        assert part in line


def program(
    *words: str | Path, cwd: Path = ROOT, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """The true program in a process of its own."""
    command = [sys.executable, "-m", "curator", *map(str, words)]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=cwd, env=environ, preexec_fn=before, capture_output=True, text=True, check=False)


# ---------------------------------------------------------------- the workspace


def test_no_feeds_toml(tmp_path: Path) -> None:
    fails(curator("-w", tmp_path, "documents"), 2, "feeds.toml", "curator init")


def test_no_workspace_at_all(tmp_path: Path) -> None:
    done = program("documents", cwd=tmp_path)
    fails(Result(done.returncode, done.stdout, done.stderr), 2, "There is no feeds.toml in", "--workspace")


def test_no_such_folder(tmp_path: Path) -> None:
    fails(curator("-w", tmp_path / "nowhere", "documents"), 2, "There is no folder")


def test_the_workspace_can_come_from_the_environment(shell: Shell) -> None:
    result = curator("lists", environ={"CURATOR_WORKSPACE": str(shell.folder)})
    assert (result.code, result.out) == (0, "key-leaders  1\nmembers      2\n")


def test_a_toml_error_names_the_line(shell: Shell) -> None:
    (shell.folder / "feeds.toml").write_text('[network]\nname = "x\n', encoding="utf-8")
    fails(shell("documents"), 2, "feeds.toml", "line 2")


def test_every_fault_of_the_configuration_has_a_line(shell: Shell) -> None:
    path = shell.folder / "feeds.toml"
    text = path.read_text(encoding="utf-8").replace('"SE", "GB-ENG"', '"SW", "XX"').replace('"news"', '"nws"')
    path.write_text(text, encoding="utf-8")
    result = shell("documents", "--json")
    assert (result.code, result.out) == (2, "")
    lines = result.err.splitlines()
    assert len(lines) == 3
    assert all(line.startswith(f"curator: {path}: ") for line in lines)


def test_a_workspace_is_not_made_twice(shell: Shell) -> None:
    fails(curator("init", shell.folder), 2, "is a workspace already")


def test_the_sample_needs_a_folder_of_its_own(shell: Shell) -> None:
    fails(curator("demo", shell.folder), 2, "holds other files")


# ---------------------------------------------------------------- words that mean nothing here


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("tag 1 --country SW", ("no country “SW”", "SE (Sweden)")),
        ("tag 1 --theme recovry", ("no theme “recovry”", "Did you mean recovery")),
        ("tag 1 --section polcy", ("no section", "Did you mean policy")),
        ("tag 1 --theme nothing-like-it", ("`curator themes` lists them",)),
        ("tag 1 --audience nobody", ("no audience “nobody”",)),
        ("tag 1", ("Say what to change",)),
        ("keep", ("Name at least one document",)),
        ("keep 1 999", ("no document 999", "nothing was changed")),
        ("show 999", ("no document 999",)),
        ("show one", ("'one'", "--help")),
        ("history 999", ("no document 999",)),
        ("draft updates", ("no digest “updates”", "update")),
        ("draft make-it-so --topic recovry", ("no theme",)),
        ("draft update --topic recovery", ("has no topic",)),
        ("draft update --on tomorrow", ("“tomorrow” is no day", "2026-10-01")),
        ("edition update-9", ("no edition update-9",)),
        ("move update-9 1 --by 1", ("no edition",)),
        ("move update-9 1", ("Say either --by",)),
        ("introduce update-9", ("--text", "--file")),
        ("introduce update-9 --file nowhere.md", ("nowhere.md cannot be read",)),
        ("later 1 --until 2026-13-01", ("is no day", "3d")),
        ("later 1 --until 3x", ("“3x” is no day",)),
        ("later 1 --until 9999999999w", ("is no day",)),
        ("later 1 --until 2026-09-30", ("2026-09-30 is not to come", "Name a later day")),
        ("later 1 --until 0d", ("is not to come",)),
        ("pull nort", ("no feed “nort”", "north")),
        ("feeds remove nort", ("no feed “nort”",)),
        ("feeds add file:feeds/nowhere.xml", ("was not added",)),
        ("feeds add file:feeds/north.xml", ("is in feeds.toml already",)),
        ("documents country:SW", ("at character 1", "no country “SW”")),
        ("documents (recovery", ("at character 1", "never closed")),
        ("documents colour:red", ("no field",)),
        ("documents decision:keep", ("none of",)),
        ("documents --limt 5", ("No such option", "--limt")),
        ("documents --limit -1", ("--limit",)),
        ("keep --query (", ("Query, at character 1",)),
        ("add nowhere.html", ("neither an address",)),
        ("subscribers add ann@@example.org", ("cannot be mailed",)),
        ("subscribers erase nobody@example.org", ("Nobody subscribes",)),
        ("subscribers import nowhere.csv", ("cannot be read",)),
        ("send update-9", ("no edition update-9",)),
        ("send update-9 --dry-run --unknown sent", ("cannot go with --dry-run",)),
        ("send update-9 --unknown perhaps", ("perhaps",)),
        ("kep 1", ("no command “kep”", "keep")),
        ("feeds lst", ("no command “lst”", "list")),
    ],
)
def test_words_that_mean_nothing_are_one_sentence_and_2(words: str, parts: tuple[str, ...], shell: Shell) -> None:
    fails(shell(*words.split(), "--json"), 2, *parts)


@pytest.mark.parametrize("query", ["", " "])
@pytest.mark.parametrize("verb", ["keep", "drop", "accept"])
def test_an_empty_query_does_not_mean_everything(verb: str, query: str, shell: Shell) -> None:
    fails(shell(verb, "--query", query), 2, "--query is empty", "nothing was changed")


@pytest.mark.parametrize("name", ["", "two words", " members"])
def test_a_mailing_list_has_a_name_of_one_word(name: str, shell: Shell) -> None:
    fails(shell("subscribers", "add", "cy@example.org", "--list", name), 2, "is no name of a mailing list")
    assert "cy@example.org" not in shell.ok("subscribers", "export").out


def test_a_missing_topic_is_named(shell: Shell) -> None:
    fails(shell("draft", "make-it-so"), 2, "topic")


def test_a_document_has_to_be_in_the_edition_to_be_moved(shell: Shell) -> None:
    shell.ok("keep", 1)
    shell.ok("draft", "update")
    fails(shell("move", "update-1", 2, "--by", 1), 2, "Document 2 is not in update-1")
    fails(shell("leave-out", "update-1", 2), 2, "Document 2 is not in update-1")
    fails(shell("move", "update-1", 99, "--section", "news"), 2, "no document 99")
    fails(shell("move", "update-1", 1, "--section", "nws"), 2, "no section “nws”")
    fails(shell("move", "update-1", 1, "--section", "news", "--group", "SW"), 2, "no country “SW”")


def test_control_characters_in_the_words_do_not_reach_the_terminal(shell: Shell) -> None:
    result = shell("edition", "a\x1b]0;owned\x07b")
    assert result.code == 2
    assert "\x1b" not in result.err
    assert "\x07" not in result.err


# ---------------------------------------------------------------- subscribers and templates


def test_a_subscriber_file_is_taken_whole_or_not_at_all(shell: Shell) -> None:
    bad = shell.folder / "bad.csv"
    bad.write_text("address,lists\ncy@example.org,members\nno address,members\ndi@,members\n", encoding="utf-8")
    result = shell("subscribers", "import", bad)
    assert (result.code, result.out) == (2, "")
    first, second = result.err.splitlines()
    assert "bad.csv: line 3: " in first
    assert "bad.csv: line 4: " in second
    assert "cy@example.org" not in shell.ok("subscribers", "export").out


def test_a_template_with_an_error_names_template_and_line(shell: Shell) -> None:
    shutil.copytree(packaged_templates(), shell.folder / "templates")
    shell.ok("keep", 1)
    shell.ok("draft", "update")
    body = shell.folder / "templates" / "update" / "body.txt.j2"
    body.write_text("one\n{{ nothing.here }}\n", encoding="utf-8")
    fails(shell("preview", "update-1"), 2, "body.txt.j2:2")
    check = shell("check", "update-1", "--json")
    assert check.code == 1
    assert any(one["level"] == "error" for one in check.json)
    seal = shell("seal", "update-1")
    assert (seal.code, seal.out) == (2, "")
    assert shell("doctor", "--json").code == 1


def test_what_is_not_sealed_is_not_sent(shell: Shell) -> None:
    shell.ok("keep", 1)
    shell.ok("draft", "update")
    fails(shell("send", "update-1"), 2, "is not sealed, so nothing was sent")
    assert not (shell.folder / "outbox").exists()


def test_a_broken_seal_says_what_changed(shell: Shell) -> None:
    _sealed(shell)
    shell.ok("tag", 1, "--blurb", "Other words.")
    fails(shell("send", "update-1"), 2, "The seal of update-1 is broken")


def _sealed(shell: Shell) -> None:
    shell.ok("keep", 1)
    shell.ok("tag", 1, "--blurb", "Words.")
    shell.ok("draft", "update")
    shell.ok("seal", "update-1")


# ---------------------------------------------------------------- mail


def _with_smtp(shell: Shell, url: str) -> None:
    path = shell.folder / "feeds.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"file:"', f'"{url}"'), encoding="utf-8")


def test_no_mail_server_is_3_and_the_next_send_goes_on(shell: Shell) -> None:
    _sealed(shell)
    _with_smtp(shell, f"smtp://127.0.0.1:{closed_port()}")
    result = shell("send", "update-1")
    assert (result.code, result.out) == (3, "")
    assert not shell("send", "update-1", "--dry-run", "--json").json["already"]


def test_a_refused_recipient_is_1_and_named(shell: Shell) -> None:
    _sealed(shell)
    with mail_server() as server:
        server.answers = {"bo@example.org": "550 5.1.1 No such person"}
        _with_smtp(shell, server.url)
        result = shell("send", "update-1", "--json")
    assert result.code == 1
    assert (result.json["sent"], result.json["failed"]) == (1, 1)
    assert "bo@example.org: refused" in result.err


def test_mails_in_doubt_are_1_until_somebody_says(shell: Shell) -> None:
    _sealed(shell)
    with Library(shell.folder / "curator.db") as library:
        library.deliveries.open("update-1", ["ann@example.org", "bo@example.org"], NOW)
        assert library.deliveries.claim("update-1", "ann@example.org", NOW)
        library.deliveries.settle("update-1", "ann@example.org", "unknown", NOW, "the line broke")
    result = shell("send", "update-1", "--json")
    assert (result.code, result.json["sent"], result.json["unknown"]) == (1, 1, 1)
    assert "ann@example.org: in doubt: the line broke" in result.err
    answered = shell("send", "update-1", "--unknown", "again", "--json")
    assert (answered.code, answered.json["sent"], answered.json["already"]) == (0, 1, 1)
    assert shell.ok("edition", "update-1", "--json").json["status"] == "sent"


def test_a_full_mailbox_is_3_and_goes_with_the_next_send(shell: Shell) -> None:
    _sealed(shell)
    with mail_server() as server:
        server.answers = {"bo@example.org": ["452 4.2.2 Mailbox full"]}
        _with_smtp(shell, server.url)
        first, second = shell("send", "update-1", "--json"), shell("send", "update-1", "--json")
    assert (first.code, first.json["sent"], first.json["pending"]) == (3, 1, 1)
    assert "bo@example.org: not yet: 452 4.2.2 Mailbox full" in first.err
    assert (second.code, second.json["sent"], second.json["already"]) == (0, 1, 1)
    assert sorted(mail.to for mail in server.mails) == ["ann@example.org", "bo@example.org"]


def test_ctrl_c_stops_a_send_after_the_mail_in_hand(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    _sealed(shell)
    hand_over = FileMailer.send

    def interrupted(self: FileMailer, message: bytes, sender: str, to: str) -> Receipt:
        signal.raise_signal(signal.SIGINT)
        return hand_over(self, message, sender, to)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(FileMailer, "send", interrupted)
            first = shell("send", "update-1", "--json")
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    second = shell("send", "update-1", "--json")
    assert (first.code, first.json["sent"], first.json["pending"], first.json["unknown"]) == (130, 1, 1, 0)
    assert "Stopped; `curator send update-1` goes on with the 1 who wait." in first.err
    assert (second.code, second.json["sent"], second.json["already"]) == (0, 1, 1)


# ---------------------------------------------------------------- the database and the disk


def test_a_locked_database_is_3(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.folder / "curator.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        fails(shell("keep", 1), 3, "locked by another program")
    assert shell.ok("keep", 1).out == "1 changed\n"


def test_another_pull_going_on_is_3(shell: Shell) -> None:
    with lock(shell.folder, "pull"):
        fails(shell("pull"), 3, "Another curator is pulling")
    with lock(shell.folder, "run"):
        fails(shell("run"), 3, "Another curator is running")


def test_a_database_of_a_newer_curator_is_2(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.folder / "curator.db")) as database:
        database.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "SELECT migration_set, '9999_the_future', applied_at FROM _sqlite_migrations LIMIT 1"
        )
        database.execute("PRAGMA user_version = 1")  # the mark of another schema
        database.commit()
    fails(shell("documents"), 2, "written by a newer curator", "9999_the_future")


def test_a_damaged_database_is_2(shell: Shell) -> None:
    (shell.folder / "curator.db").write_bytes(b"not a database at all" * 400)
    for beside in ("curator.db-wal", "curator.db-shm"):
        (shell.folder / beside).unlink(missing_ok=True)
    fails(shell("documents"), 2, "is damaged")
    assert shell("doctor").code == 1


def test_a_doctor_looks_at_the_desks_file_too(shell: Shell) -> None:
    (shell.folder / "desk.toml").write_text('theme = "neon"\n[keys]\n"triage.kep" = "x"\n', encoding="utf-8")
    found = [one["message"] for one in shell("doctor", "--json").json if one["where"] == "desk.toml"]
    assert len(found) == 2 and "“neon” is no theme" in found[0] and "triage.keep" in found[1]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_2(fresh: Shell) -> None:
    fresh.folder.chmod(0o500)
    try:
        fails(fresh("documents"), 2, "cannot be written")
        assert fresh("doctor").code == 1
    finally:
        fresh.folder.chmod(0o700)


def test_a_folder_that_cannot_be_made_is_2(shell: Shell) -> None:
    fails(curator("init", shell.folder / "feeds.toml" / "deeper"), 2, "cannot be written")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_room_for_the_output_is_3(form: list[str], shell: Shell) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "curator", "-w", str(shell.folder), "documents", *form]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    fails(Result(done.returncode, "", done.stderr), 3, "the output cannot be written", "No space left")


def test_no_room_for_the_database_is_3_and_loses_nothing(fresh: Shell) -> None:
    fresh.ok("documents")
    size = (fresh.folder / "curator.db").stat().st_size

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    (fresh.folder / "feeds" / "north.xml").write_text(_big_feed(), encoding="utf-8")
    done = program("-w", fresh.folder, "pull", "north", before=small)
    fails(Result(done.returncode, done.stdout, done.stderr), 3, "Make room" if "full" in done.stderr else "disk")
    assert fresh.ok("documents", "--json").json == []
    assert fresh.ok("pull", "--json").json["new"] == 2002


def _big_feed() -> str:
    return rss(*(item(100 + number, f"Title {number}", 1 + number % 28, "word " * 60) for number in range(2000)))


# ---------------------------------------------------------------- endings


def test_a_reader_that_has_enough_is_no_failure(shell: Shell) -> None:
    command = f"{sys.executable} -m curator -w '{shell.folder}' documents --json | head -c 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"[", b"")


def test_an_interrupt_is_130(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("curator.workflow.triage.find", interrupted)
    fails(shell("documents"), 130, "interrupted")


def test_a_defect_says_it_is_one(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("curator.workflow.triage.find", broken)
    result = shell("documents")
    assert (result.code, result.out) == (1, "")
    (line,) = result.err.splitlines()
    assert "this is a defect in curator: ZeroDivisionError: division by zero" in line
    assert "Traceback (most recent call last)" in curator("-v", "-w", shell.folder, "documents").err


def test_ctrl_c_in_a_pull_is_130_at_once_and_keeps_what_came(fresh: Shell) -> None:
    asked = threading.Event()

    def silent(_: object) -> None:
        asked.set()
        site.closing.wait()

    with serving() as site:
        address = site.at("/slow", silent)
        path = fresh.folder / "feeds.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("file:feeds/isles.xml", address), encoding="utf-8")
        command = [sys.executable, "-m", "curator", "-v", "-w", str(fresh.folder), "pull"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            assert process.stderr.readline() == "north: 2 new, 0 changed\n"
            assert asked.wait(20)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[0] == "curator: interrupted; what was done so far is kept."
    assert len(fresh.ok("documents", "--json").json) == 2
