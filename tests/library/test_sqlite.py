"""What is SQLite's own: opening, migrating, locking, and its failures told in one sentence."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database, Migrations

from curator.errors import ExitCode, LibraryError, TryLater
from curator.library import Library, schema, store
from curator.query import Term
from tests.library.world import FEEDS, NOW, add, document, edition, review


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with a document in it, closed."""
    path = tmp_path / "curator.db"
    with Library(path) as library:
        library.feeds.follow(FEEDS)
        add(library, document(1))
    return path


@pytest.fixture
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The same file, behind the library's back."""
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


def pragma(library: Library, name: str) -> Any:
    return library._store.value(f"PRAGMA {name}")


def sentence(raised: pytest.ExceptionInfo[Any], path: Path) -> str:
    """The message, which names the file and is one or two sentences on one line."""
    message: str = raised.value.message
    assert str(path) in message
    assert "\n" not in message
    assert message.endswith(".")
    return message


# ---------------------------------------------------------------- opening


def test_how_the_connection_is_set(path: Path) -> None:
    with Library(path) as library:
        assert pragma(library, "journal_mode") == "wal"
        assert pragma(library, "foreign_keys") == 1
        assert pragma(library, "synchronous") == 1  # NORMAL
        assert pragma(library, "busy_timeout") == 30_000


def test_the_ledger_is_on_the_disk_before_a_mail_goes(path: Path) -> None:
    with Library(path) as library:
        with library._store.write(durable=True):
            assert pragma(library, "synchronous") == 2  # FULL
        assert pragma(library, "synchronous") == 1
        with pytest.raises(ZeroDivisionError), library._store.write(durable=True):
            raise ZeroDivisionError
        assert pragma(library, "synchronous") == 1


def test_every_table_is_strict_and_whole(path: Path) -> None:
    with Library(path) as library:
        strict = {
            row["name"]: row["strict"] for row in library._store.rows("PRAGMA table_list") if row["type"] == "table"
        }
        ours = {name for name in strict if not name.startswith(("sqlite_", "_sqlite", "documents_fts"))}
        assert {"feeds", "documents", "sightings", "reviews", "acts", "editions", "deliveries"} <= ours
        assert all(strict[name] for name in ours)
        assert pragma(library, "integrity_check") == "ok"
        assert library._store.rows("PRAGMA foreign_key_check") == []


def test_opening_again_writes_nothing(path: Path) -> None:
    with Library(path) as first:
        before = first.version()
        Library(path).close()
        assert first.version() == before


def test_the_first_openers_at_once_all_get_in(tmp_path: Path) -> None:
    """Cron and the desk on a new workspace: one migrates, the others wait for it."""
    start, failures = threading.Barrier(8), []

    def open_it() -> None:
        start.wait()
        try:
            with Library(tmp_path / "curator.db") as library:
                library.feeds.follow(FEEDS)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_one_connection_is_for_one_thread(path: Path) -> None:
    with Library(path) as library:
        caught: list[BaseException] = []

        def use() -> None:
            try:
                library.documents.count()
            except sqlite3.ProgrammingError as error:
                caught.append(error)

        thread = threading.Thread(target=use)
        thread.start()
        thread.join()
        assert caught


def test_readers_go_on_while_one_writes(path: Path) -> None:
    with Library(path) as writer, Library(path) as reader, writer.write():
        add(writer, document(2))
        assert reader.documents.count() == 1


# ---------------------------------------------------------------- migrations


def test_migrations_are_the_ones_released() -> None:
    """A released migration is never edited or renamed: add another, and its name here."""
    assert [one.name for one in schema.migrations._migrations] == [
        "m001_feeds_and_documents",
        "m002_reviews_and_journal",
        "m003_editions",
        "m004_people_and_deliveries",
        "m005_search",
        "m006_health",
        "m007_sources",
        "m008_families",
        "m009_versions",
        "m010_the_hand_in_an_edition",
        "m011_keys_of_all_documents",
        "m012_fewer_merges_of_the_index",
        "m013_certificates",
        "m014_translations",
        "m015_the_check",
        "m016_dates",
        "m017_comparisons",
        "m018_sealed_contents",
    ]


def test_a_failing_migration_leaves_the_library_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(path) as library:
        was = [row["sql"] for row in library._store.rows("SELECT sql FROM sqlite_master ORDER BY name")]
    longer = Migrations("curator")
    longer._migrations = list(schema.migrations._migrations)

    @longer()
    def m100_good(db: Database) -> None:
        db.executescript("CREATE TABLE more (id INTEGER) STRICT; INSERT INTO more VALUES (1);")

    @longer()
    def m101_bad(db: Database) -> None:
        db.executescript("CREATE TABLE even_more (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);")

    with monkeypatch.context() as patched:
        patched.setattr(schema, "migrations", longer)
        patched.setattr(store, "_mark_of_the_schema", lambda: 101)
        with pytest.raises(LibraryError, match="nowhere"):
            Library(path)
    with Library(path) as library:
        assert [row["sql"] for row in library._store.rows("SELECT sql FROM sqlite_master ORDER BY name")] == was
        assert library.documents.count() == 1


def test_a_new_library_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = Migrations("curator")
    cut._migrations = list(schema.migrations._migrations[:3])

    @cut()
    def m004_bad(db: Database) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(schema, "migrations", cut)
        with pytest.raises(KeyboardInterrupt):
            Library(tmp_path / "curator.db")
    with Library(tmp_path / "curator.db") as library:
        library.feeds.follow(FEEDS)
        assert library.documents.count() == 0


def test_a_library_of_an_older_curator_is_brought_up_to_date_and_marked(path: Path, raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm007_sources'")
    raw.executescript("ALTER TABLE feeds DROP COLUMN themes; ALTER TABLE feeds DROP COLUMN source")
    raw.execute("PRAGMA user_version = 0")
    with Library(path) as library:
        assert library.documents.count() == 1
    assert raw.execute("SELECT count(*) FROM pragma_table_info('feeds') WHERE name = 'themes'").fetchone() == (1,)
    assert raw.execute("PRAGMA user_version").fetchone() != (0,)


def test_a_part_that_fails_is_taken_back_alone(library: Library) -> None:
    with library.write():
        library.feeds.told("whole", NOW)
        with pytest.raises(ZeroDivisionError), library.write():
            library.feeds.told("part", NOW)
            raise ZeroDivisionError
        library.feeds.told("rest", NOW)
    assert [library.feeds.told_at(name) for name in ("whole", "part", "rest")] == [NOW, None, NOW]


def test_a_library_of_a_newer_curator_is_left_alone(path: Path, raw: sqlite3.Connection) -> None:
    raw.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('curator', 'm999_wings', '')")
    raw.execute("PRAGMA user_version = 999")  # every curator leaves its own mark
    with pytest.raises(LibraryError) as raised:
        Library(path)
    said = sentence(raised, path)
    assert "newer curator" in said
    assert "m999_wings" in said
    assert raised.value.exit_code == ExitCode.USAGE


# ---------------------------------------------------------------- append-only, enforced


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE acts SET by = 'x'",
        "DELETE FROM acts",
        "UPDATE act_changes SET after = '{}'",
        "DELETE FROM act_changes",
        "INSERT OR REPLACE INTO acts (id, at, by, verb, undoable) VALUES (1, '', 'x', 'x', 1)",
    ],
)
def test_the_journal_cannot_be_rewritten(path: Path, raw: sqlite3.Connection, sql: str) -> None:
    with Library(path) as library:
        review(library, 1, decision="kept")
        before = library.journal.latest()
        raw.execute("PRAGMA recursive_triggers = ON")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(sql)
        assert library.journal.latest() == before


# ---------------------------------------------------------------- full text


def test_the_index_equals_one_built_afresh(path: Path) -> None:
    with Library(path) as library:
        numbers = add(library, document(2, text="Long text"), document(3, "who"))
        review(library, numbers[0], blurb="Words of the editor")
        review(library, numbers[0], blurb="")
        review(library, numbers[1], blurb="Blurb")
        library.journal.undo("ann", NOW)
        library.journal.redo("ann", NOW)
        indexed = [
            tuple(row) for row in library._store.rows("SELECT rowid, title, blurb, excerpt, text FROM documents_fts")
        ]
        fresh = library._store.rows(
            "SELECT d.id, d.title, coalesce(r.blurb, ''), d.excerpt, d.text "
            "FROM documents d LEFT JOIN reviews r ON r.document = d.id ORDER BY d.id"
        )
        assert sorted(indexed) == [tuple(row) for row in fresh]
        library._store.run("INSERT INTO documents_fts (documents_fts) VALUES ('integrity-check')")


@pytest.mark.parametrize("text", ['"', '""', '" OR "', 'a" OR "b', "*", "a* OR b", ":", "title:x", "{", "\0"])
def test_text_cannot_leave_its_quotation_marks(path: Path, text: str) -> None:
    with Library(path) as library:
        for prefix in (False, True):
            assert library.documents.numbers(Term(text, prefix)) in ([], [1])


# ---------------------------------------------------------------- told in words


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as raised:
        Library(tmp_path / "nowhere" / "curator.db")
    assert "Check that the folder exists" in sentence(raised, tmp_path)


def test_something_else_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "curator.db").mkdir()
    with pytest.raises(LibraryError) as raised:
        Library(tmp_path / "curator.db")
    sentence(raised, tmp_path)


@pytest.mark.parametrize("content", [b"not a database at all, just some text" * 200, b"\0" * 8192, os.urandom(8192)])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "curator.db"
    path.write_bytes(content)
    with pytest.raises(LibraryError) as raised:
        Library(path)
    assert "is damaged" in sentence(raised, path)
    assert path.read_bytes() == content


def test_another_program_s_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "curator.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE feeds (theirs)")
    other.close()
    with pytest.raises(LibraryError):
        Library(path)
    with sqlite3.connect(path) as other:
        assert [row[0] for row in other.execute("SELECT name FROM sqlite_master")] == ["feeds"]
    other.close()


def test_a_damaged_library(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(LibraryError) as raised, Library(path) as library:
        library.documents.find()
    assert "is damaged" in sentence(raised, path)


def test_a_locked_library_is_waited_for_then_told(path: Path, raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN IMMEDIATE")
    with Library(path, busy_seconds=0.1) as library:
        assert library.documents.count() == 1  # reading goes on
        with pytest.raises(TryLater) as raised:
            add(library, document(2))
        assert "locked" in sentence(raised, path)
        assert raised.value.exit_code == ExitCode.TRY_LATER
        raw.execute("ROLLBACK")
        add(library, document(2))
        assert library.documents.count() == 2


def test_a_lock_that_goes_away_is_waited_out(path: Path, raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN IMMEDIATE")
    done = threading.Event()

    def write() -> None:
        with Library(path) as library:
            add(library, document(2))
            done.set()

    thread = threading.Thread(target=write)
    thread.start()
    assert not done.wait(0.2)
    raw.execute("COMMIT")
    thread.join()
    assert done.is_set()


@pytest.mark.parametrize("taken", ["removed", "moved", "replaced", "with its folder"])
def test_nothing_is_written_into_a_library_that_was_taken_away(tmp_path: Path, taken: str) -> None:
    folder = tmp_path / "network"
    folder.mkdir()
    path = folder / "curator.db"
    with Library(path) as library:
        library.feeds.follow(FEEDS)
        aside = tmp_path / "aside.db"
        if taken == "with its folder":
            folder.rename(tmp_path / "elsewhere")
        elif taken == "removed":
            path.unlink()
        else:
            path.rename(aside)
        if taken == "replaced":
            shutil.copy(aside, path)
        with pytest.raises(LibraryError) as raised:
            add(library, document(1))
        assert "moved, removed or replaced while it was open, so nothing was written." in sentence(raised, path)
        if taken == "moved":
            aside.rename(path)
            add(library, document(1))


def test_a_bug_in_our_sql_stays_a_bug_report(path: Path) -> None:
    with Library(path) as library, pytest.raises(LibraryError, match="a defect in curator"):
        library._store.rows("SELECT nonsense")


def test_broken_rules_of_the_schema_are_programming_errors(path: Path) -> None:
    with Library(path) as library, pytest.raises(sqlite3.IntegrityError):
        library.deliveries.open("no-such-edition", ["a@example.org"], NOW)
    with Library(path) as library:
        library.editions.put(edition(1))
        with pytest.raises(sqlite3.IntegrityError):
            library.deliveries.open("update-1", ["a@example.org"], NOW)
            library.deliveries.settle("update-1", "a@example.org", "nonsense", NOW)  # type: ignore[arg-type]


# ---------------------------------------------------------------- a disk that does not obey, in a process of its own

PRELUDE = """
import os, resource, sys
from pathlib import Path
from curator.errors import CuratorError
from curator.library import Library
from tests.library.world import add, document
path = Path(sys.argv[1])
def attempt(work):
    try:
        work()
    except CuratorError as error:
        print(int(error.exit_code), error.message)
        return
    print("done")
"""


def child(script: str, path: Path, **more: Any) -> list[str]:
    """What `script` printed, run by itself after PRELUDE."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PRELUDE + script, str(path)],
        check=True, capture_output=True, text=True, timeout=60, cwd=Path(__file__).parents[2], **more,
    )  # fmt: skip
    assert done.stderr == ""
    return str(done.stdout).splitlines()


FULL_DISK = """
library = Library(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 40_000, resource.RLIM_INFINITY))
attempt(lambda: add(library, *(document(n, excerpt="long " * 2000) for n in range(100, 200))))
attempt(lambda: library.documents.count())
library.close()
"""


def test_a_full_disk_is_told_and_leaves_the_library_whole(path: Path) -> None:
    first, second = child(FULL_DISK, path)
    assert first.startswith("3 ")
    assert str(path) in first
    assert second == "done"
    with Library(path) as library:
        assert pragma(library, "integrity_check") == "ok"
        stored = library.documents.count()
        assert library._store.value("SELECT count(*) FROM sightings") == stored
        assert library._store.value("SELECT count(*) FROM documents_fts") == stored
        add(library, document(500))
        assert library.documents.count() == stored + 1


UNWRITABLE = """
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
def work():
    with Library(path) as library:
        add(library, document(2))
attempt(work)
"""


@pytest.mark.parametrize("folder_too", [True, False])
def test_a_library_that_may_only_be_read(path: Path, folder_too: bool) -> None:
    shared = Path("/tmp") if os.geteuid() == 0 else path.parent
    home = shared / f"curator-read-only-{os.getpid()}"
    home.mkdir()
    try:
        shutil.copy(path, home / "curator.db")
        (home / "curator.db").chmod(0o444)
        home.chmod(0o555 if folder_too else 0o777)
        (said,) = child(UNWRITABLE, home / "curator.db")
    finally:
        home.chmod(0o777)
        shutil.rmtree(home)
    assert said.startswith("2 ")
    assert "cannot be written" in said


SLAIN = """
library = Library(path)
print("ready", flush=True)
with library.write():
    add(library, *(document(n) for n in range(100, 150)))
    print("inside", flush=True)
    sys.stdin.read()
"""


def test_killed_inside_a_transaction_nothing_of_it_stays(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PRELUDE + SLAIN, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert [process.stdout.readline().strip() for _ in range(2)] == ["ready", "inside"]
        process.kill()
    with Library(path) as library:
        assert library.documents.count() == 1
        add(library, document(2))
        assert pragma(library, "integrity_check") == "ok"
