"""Mails as files: every one a whole `.eml` in `outbox/<edition>/`, or none."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.parser import BytesHeaderParser
from email.policy import compat32
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from curator.clean import plain_line, slugify
from curator.deliver.mailer import Receipt
from curator.errors import MailError, TryLater

_LATER = {errno.ENOSPC, errno.EDQUOT, errno.ENOENT, errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.EINTR}


class FileMailer:
    """Writes each mail into a file of its own; a file that is there is a mail that was sent."""

    def __init__(self, outbox: Path, edition: str) -> None:
        self._outbox, self._folder = outbox, outbox / slugify(edition, 120)

    def __enter__(self) -> Self:
        """See that the outbox can be written, and sweep up what a killed run left half-written."""
        with _explained(self._outbox):
            self._outbox.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._outbox):
                pass
            for part in self._folder.glob(".*.part"):
                part.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open between two mails."""

    def send(self, message: bytes, sender: str, to: str) -> Receipt:
        """Write the mail; the same mail (by its Message-ID) a second time leaves the first file alone.

        Raises TryLater (disk full) and MailError (folder cannot be written).
        """
        target = self._folder / f"{slugify(to)}-{_mark(_message_id(message) or to)}.eml"
        if not target.exists():
            with _explained(self._folder):
                self._folder.mkdir(parents=True, exist_ok=True)
                _write_whole(target, message)
        return Receipt("sent", target.name)

    def fate(self, message_id: str) -> Literal["sent", "pending"]:
        """Sent if its file is there."""
        found = next(self._folder.glob(f"*-{_mark(message_id)}.eml"), None)
        return "sent" if found else "pending"


def _message_id(message: bytes) -> str:
    return str(BytesHeaderParser(policy=compat32).parsebytes(message).get("Message-ID", ""))


def _mark(message_id: str) -> str:
    """16 hex digits: two mails of one edition never share them by chance."""
    bare = "".join(message_id.split()).strip("<>")
    return hashlib.sha256(bare.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _write_whole(target: Path, data: bytes) -> None:
    """Write, flush to the disk, then give the file its name; half a file never bears it. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{target.stem}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name outlive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = plain_line(error.strerror or str(error))
        if error.errno in _LATER:
            raise TryLater(f"No mail can be written into {folder} now: {why}; mend that and send again.") from error
        raise MailError(f"No mail can be written into {folder}: {why}.") from error
