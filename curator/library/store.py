"""The connection: opening, transactions, and SQLite's failures told in curator's own words."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from curator.errors import CuratorError, Interrupted, LibraryError, ReadOnly, TryLater

Row = sqlite3.Row
Params = Sequence[Any] | dict[str, Any]
BUSY_SECONDS = 30.0
_CALLED_OFF = "The library was asked to stop what it did."
_STEPS = 20_000
"""Of SQLite's machine, well under a millisecond."""


class Store:
    """One connection for one thread. It knows SQL and transactions, nothing of documents or editions."""

    def __init__(self, path: Path, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path, self._busy_seconds, self.called_off = path, busy_seconds, False
        self.reads_only = False
        self._frozen: tuple[int, ...] = ()
        """How the file stood when it was opened where nothing can be written, and is taken not to change."""
        try:
            self._open(str(path))
        except ReadOnly:
            self._open_to_read()

    def _open(self, name: str, *, uri: bool = False) -> None:
        with self._told():
            connection = sqlite3.connect(name, timeout=self._busy_seconds, isolation_level=None, uri=uri)
        try:
            with self._told():
                connection.row_factory = sqlite3.Row
                self.connection = connection
                self._file = _identity(self.path)
                self._prepare()
        except BaseException:
            connection.close()
            raise

    def _open_to_read(self) -> None:
        """Where the file or its folder cannot be written. SQLite reads a write-ahead library only beside an index of
        what was written last, which it would have to make: it finds the one of a writer on this machine, or is told
        that the file does not change, which is true as long as nothing lies beside it. Raises ReadOnly."""
        if not (self.path.is_file() and os.access(self.path, os.R_OK)):
            raise _read_only(self.path)
        address = self.path.absolute().as_uri()
        self.reads_only = True
        if _lies_beside(self.path):
            self._open_beside(f"{address}?mode=ro")
            return
        self._frozen = _stand(self.path)
        self._open(f"{address}?mode=ro&immutable=1", uri=True)

    def _open_beside(self, address: str) -> None:
        try:
            self._open(address, uri=True)
        except ReadOnly as error:
            raise ReadOnly(
                f"{self.path} cannot be read here: what was written last still lies in {self.path.name}-wal. "
                "Run any command where it can be written, for instance `curator documents`, then come back."
            ) from error

    def _check_that_it_stands(self) -> None:
        """Where it was taken to be unchanging and has changed, nothing read of it may be used."""
        if self._frozen and (self._frozen != _stand(self.path) or _lies_beside(self.path)):
            raise TryLater(
                f"{self.path} was changed or taken away by another program while it was read where it cannot be "
                "written. Start again."
            )

    def _prepare(self) -> None:
        for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "temp_store = MEMORY", "cache_size = -16000"):
            self.connection.execute(f"PRAGMA {pragma}")
        if self.value("PRAGMA user_version") != _mark_of_the_schema():
            self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        """One process migrates; another that came at the same moment waits and finds nothing to do. A library that is
        marked as of this very schema needs none of it, nor sqlite-utils, whose import takes longer than most commands.
        """
        from sqlite_utils import Database

        from curator.library.schema import migrations

        db = Database(self.connection, execute_plugins=False)
        applied = {migration.name for migration in migrations.applied(db)}
        if unknown := applied - {migration.name for migration in migrations._migrations}:
            raise LibraryError(
                f"{self.path} was written by a newer curator ({', '.join(sorted(unknown))} is unknown here). "
                "Install that version, or point --workspace elsewhere."
            )
        pending = migrations.pending(db)
        if self.reads_only:
            self._check_that_nothing_is(pending)
            return
        if pending:
            self._write_ahead()
        with self.write():
            migrations.apply(db)
            self.connection.execute(f"PRAGMA user_version = {_mark_of_the_schema()}")

    def _check_that_nothing_is(self, pending: Sequence[object]) -> None:
        if pending:
            raise ReadOnly(
                f"{self.path} was written by an older curator and cannot be brought up to date here. "
                "Run any command where it can be written, for instance `curator documents`, then come back."
            )

    def _write_ahead(self) -> None:
        """SQLite does not always wait for this lock as it does for others, lest two that come at once wait for each
        other."""
        ends = time.monotonic() + self._busy_seconds
        while True:
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > ends:
                    raise
            time.sleep(0.01)

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[None]:
        """One transaction that takes the write lock at once, so that what it reads stays true until it commits.

        Nested calls join the outer one. `durable` survives a power cut (synchronous FULL): for the ledger.
        Raises TryLater when another process holds the lock for longer than `busy_seconds`, and LibraryError when the
        file is no longer the one that was opened.
        """
        if self.connection.in_transaction:
            with self._savepoint():
                yield
            return
        self._check_that_it_is_there()
        with self._told(), self._synchronous("FULL" if durable else "NORMAL"):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                self.connection.rollback()
                raise

    def _check_that_it_is_there(self) -> None:
        """SQLite would write on into a file that has been removed, and say that all is well."""
        if _identity(self.path) != self._file:
            raise LibraryError(
                f"{self.path} was moved, removed or replaced while it was open, so nothing was written. "
                "Put it back, or start curator again with the one that is there."
            )

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        """A part of a transaction that is taken back alone where it fails and whoever asked goes on."""
        self.connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:  # a full disk has rolled the whole of it back already
                self.connection.execute("ROLLBACK TO part")
                self.connection.execute("RELEASE part")
            raise
        self.connection.execute("RELEASE part")

    @contextmanager
    def _synchronous(self, level: str) -> Iterator[None]:
        if level == "NORMAL":
            yield
            return
        self.connection.execute(f"PRAGMA synchronous = {level}")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA synchronous = NORMAL")

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        with self._told():
            found = self.connection.execute(sql, params).fetchall()
        self._check_that_it_stands()
        return found

    def row(self, sql: str, params: Params = ()) -> Row | None:
        with self._told():
            found: Row | None = self.connection.execute(sql, params).fetchone()
        self._check_that_it_stands()
        return found

    def value(self, sql: str, params: Params = ()) -> Any:
        row = self.row(sql, params)
        return row[0] if row else None

    def run(self, sql: str, params: Params = ()) -> int:
        """Write; answers how many rows it touched."""
        with self._told():
            return self.connection.execute(sql, params).rowcount

    def run_many(self, sql: str, params: Sequence[Params]) -> None:
        with self._told():
            self.connection.executemany(sql, params)

    def allow_interrupts(self) -> None:
        """From now on a statement looks every some thousand steps whether it was called off. SQLite's own interrupt
        would be lost between two statements."""
        self.connection.set_progress_handler(lambda: self.called_off, _STEPS)

    def heed(self) -> None:
        """Raises Interrupted where what is done was called off: for long work between two statements."""
        if self.called_off:
            raise Interrupted(_CALLED_OFF)

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """SQLite's operational failures, as the sentences and exit codes an editor or cron can act on."""
        try:
            yield
        except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise
            raise _in_words(self.path, error) from error


def _read_only(path: Path) -> ReadOnly:
    return ReadOnly(f"{path} cannot be written. Check that the folder exists and that you may write in it.")


def _stand(path: Path) -> tuple[int, ...]:
    """Which file it is, its size and time; nothing where it is gone."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _lies_beside(path: Path) -> bool:
    """Whether something was written that is not in the file itself yet."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is, whatever its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@cache
def _mark_of_the_schema() -> int:
    """A number that changes with the file of the migrations."""
    return crc32(Path(__file__).with_name("schema.py").read_bytes()) & 0x7FFFFFFF


def _in_words(path: Path, error: sqlite3.DatabaseError) -> CuratorError:
    said = str(error)
    if said == "interrupted":
        return Interrupted(_CALLED_OFF)
    if "locked" in said or "busy" in said:
        return TryLater(f"{path} is locked by another program. Wait until it is done, then try again.")
    if "full" in said:
        return TryLater(f"The disk that holds {path} is full. Make room, then try again; nothing was half-written.")
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return _read_only(path)
    if "not a database" in said or "malformed" in said:
        return LibraryError(f"{path} is not a curator database, or is damaged. Put a good copy back, or move it away.")
    if "disk I/O" in said:
        return TryLater(f"{path} could not be read or written: {said}. Check the disk, then try again.")
    return LibraryError(f"{path}: {said}. This is a defect in curator; nothing was written.")
