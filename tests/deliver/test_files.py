"""Mails as files: whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from curator.config import Mail
from curator.deliver import Receipt, mailer_for
from curator.deliver.files import FileMailer
from curator.errors import MailError, TryLater

SENDER, ANN = "update@example.org", "Ann.Lee@example.org"


def a_mail(message_id: str = "<update-1.abc@example.org>", body: str = "Hello.") -> bytes:
    return f"Message-ID: {message_id}\r\nSubject: Update\r\n\r\n{body}\r\n".encode()


def written(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def test_a_mail_is_a_file_of_its_edition(tmp_path: Path) -> None:
    with mailer_for(Mail(sender=SENDER, smtp="file:"), tmp_path, "update-1", {}) as mailer:
        assert written(tmp_path / "outbox") == []
        receipt = mailer.send(a_mail(), SENDER, ANN)
    (file,) = (tmp_path / "outbox" / "update-1").iterdir()
    assert receipt == Receipt("sent", file.name)
    assert file.name.startswith("ann-lee-example-org-") and file.suffix == ".eml"
    assert file.read_bytes() == a_mail()


def test_the_same_mail_twice_is_one_file(tmp_path: Path) -> None:
    with FileMailer(tmp_path, "update-1") as mailer:
        first, second = mailer.send(a_mail(), SENDER, ANN), mailer.send(a_mail(body="again"), SENDER, ANN)
    assert first == second
    assert [file.read_bytes() for file in (tmp_path / "update-1").iterdir()] == [a_mail()]


def test_fate_is_told_by_the_file(tmp_path: Path) -> None:
    with FileMailer(tmp_path, "update-1") as mailer:
        assert mailer.fate("<update-1.abc@example.org>") == "pending"
        mailer.send(a_mail(), SENDER, ANN)
        assert mailer.fate("<update-1.abc@example.org>") == "sent"
        assert mailer.fate("<update-1.xyz@example.org>") == "pending"
    assert FileMailer(tmp_path / "elsewhere", "update-1").fate("<update-1.abc@example.org>") == "pending"


def test_a_folded_message_id_is_the_same(tmp_path: Path) -> None:
    with FileMailer(tmp_path, "update-1") as mailer:
        mailer.send(a_mail("\r\n <update-1.abc@example.org>"), SENDER, ANN)
        assert mailer.fate("<update-1.abc@example.org>") == "sent"


def test_half_a_file_of_a_killed_run_is_no_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise SystemExit

    with FileMailer(tmp_path, "update-1") as mailer:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", killed)
            patch.setattr(Path, "unlink", lambda *_, **__: None)
            with pytest.raises(SystemExit):
                mailer.send(a_mail(), SENDER, ANN)
        assert [file.suffix for file in (tmp_path / "update-1").iterdir()] == [".part"]
        assert mailer.fate("<update-1.abc@example.org>") == "pending"
    with FileMailer(tmp_path, "update-1") as mailer:
        mailer.send(a_mail(), SENDER, ANN)
    assert [file.suffix for file in written(tmp_path / "update-1")] == [".eml"]


@pytest.mark.parametrize("edition", ["../../etc", "/etc", "a/b", "..", "\0", "update-1\n"])
def test_no_edition_and_no_address_leaves_the_outbox(tmp_path: Path, edition: str) -> None:
    outbox = tmp_path / "outbox"
    with FileMailer(outbox, edition) as mailer:
        mailer.send(a_mail("<../../x\0@y>"), SENDER, "../../../x@example.org")
    assert all(outbox in file.parents for file in written(tmp_path) if file != outbox)
    assert all(file.parent.parent == outbox for file in written(tmp_path) if file.is_file())


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, TryLater), (errno.EDQUOT, TryLater), (errno.EROFS, MailError), (errno.EIO, MailError)],
)
def test_what_the_disk_refuses_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with FileMailer(tmp_path, "update-1") as mailer:
        monkeypatch.setattr(os, "fsync", refuse)
        with pytest.raises(error, match=os.strerror(number)):
            mailer.send(a_mail(), SENDER, ANN)
    assert written(tmp_path / "update-1") == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_really_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> tuple[int, str]:
        name = tmp_path / "update-1" / ".x.part"
        name.touch()
        return os.open("/dev/full", os.O_WRONLY), str(name)

    with FileMailer(tmp_path, "update-1") as mailer:
        monkeypatch.setattr("tempfile.mkstemp", full)
        with pytest.raises(TryLater, match="No space left"):
            mailer.send(a_mail(body="x" * 100_000), SENDER, ANN)
    assert written(tmp_path / "update-1") == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(MailError, match="Permission denied"):
        FileMailer(tmp_path / "outbox", "update-1").__enter__()
    tmp_path.chmod(0o700)


def test_a_file_where_the_outbox_should_be(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("")
    with pytest.raises(MailError, match="outbox"):
        FileMailer(tmp_path / "outbox", "update-1").__enter__()
