"""What can go wrong, and with which exit code it leaves the command line.

    CuratorError
    ├── UsageError            a word that means nothing here: an unknown id, country, theme, query
    ├── ConfigError           a file of the workspace is wrong; carries every fault found in it
    ├── TemplateFault         a digest's template is wrong; carries template and line
    ├── LibraryError          the database cannot be opened or written
    │   └── ReadOnly          it can be read at most
    ├── SealError             an edition may not be sent as it stands
    ├── MailError             the mail server or the outbox cannot be used as it is set up
    ├── TryLater              nothing is wrong but the moment: a lock, the network, SMTP 4xx
    ├── Defect                curator itself is wrong, and said so in a sentence
    └── Interrupted           a look at the library was called off, since something more pressing came

A broken feed or a refused recipient is not an error: it is a value in a report.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """What a script learns from how curator ended."""

    DONE = 0
    """Done; also when there was nothing to do."""
    PARTLY = 1
    """Done in part: some feeds or recipients failed, or a check blocks."""
    USAGE = 2
    """The words of the command or a file of the workspace are wrong."""
    TRY_LATER = 3
    """Locked, no network, or the mail server asks to wait; the same command may work later."""
    INTERRUPTED = 130
    """Stopped by the user."""


class CuratorError(Exception):
    """An expected failure: one clear sentence that says what, where and the mend."""

    exit_code = ExitCode.USAGE
    title = "curator cannot do this"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(CuratorError):
    """A word that means nothing here."""

    title = "Not done"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: `where` is a key path or a line, `mend` what would be right."""

    where: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        mend = f" {self.mend}" if self.mend else ""
        return f"{self.where}: {self.what}.{mend}" if self.where else f"{self.what}.{mend}"


class ConfigError(CuratorError):
    """A file of the workspace is wrong; `faults` holds every fault found, in order of the file."""

    title = "The configuration is wrong"

    def __init__(self, path: Path | str, faults: Sequence[Fault]) -> None:
        self.path = Path(path)
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{self.path}: {fault}" for fault in self.faults))


class TemplateFault(CuratorError):
    """A template cannot be rendered; `line` is 0 where Jinja does not know it."""

    title = "A template is wrong"

    def __init__(self, template: str, line: int, what: str) -> None:
        self.template, self.line, self.what = template, line, what
        super().__init__(f"{template}:{line}: {what}" if line else f"{template}: {what}")


class LibraryError(CuratorError):
    """The database cannot be opened or written."""

    title = "The library cannot be used"


class ReadOnly(LibraryError):
    """The database can be read at most; whoever only looks goes on."""

    title = "Nothing can be written here"


class SealError(CuratorError):
    """An edition may not be sent as it stands; the message says why and the mend."""

    title = "Not sealed"


class MailError(CuratorError):
    """The mail server or the outbox cannot be used as it is set up; raised before a mail was handed over."""

    title = "Mail cannot be sent"


class TryLater(CuratorError):
    """Nothing is wrong but the moment."""

    exit_code = ExitCode.TRY_LATER
    title = "Try again later"


class Defect(CuratorError):
    """A mistake in curator that ended what was going on; its trace is the cause of this."""

    exit_code = ExitCode.PARTLY
    title = "A defect in curator"


class Interrupted(CuratorError):
    """A look at the library was called off by `Library.interrupt`; whoever called it off knows why."""

    exit_code = ExitCode.TRY_LATER
    title = "Called off"


def cannot_write(path: Path, error: OSError, mend: str = "Check that you may write there.") -> CuratorError:
    """What the system's refusal to write `path` means: TryLater where the disk is full, else LibraryError."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return TryLater(f"The disk that holds {path} is full. Make room, then try again.")
    return LibraryError(f"{path} cannot be written ({error.strerror}). {mend}")
