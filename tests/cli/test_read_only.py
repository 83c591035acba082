"""A workspace on a file system that cannot be written: whoever reads goes on, whoever writes is told in a sentence."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from curator.errors import TryLater
from curator.library import Library
from curator.workflow.workspace import open_workspace
from tests.desk.conftest import FEEDS, store

ROOT = Path(__file__).resolve().parents[2]
ALONE = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
"""A file system of its own, in which anybody may mount."""
FROZEN = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'


def can_mount(folder: Path) -> bool:
    tried = [*ALONE, FROZEN, str(folder), "sh", "-c", '! touch "$0/written" 2>&-', str(folder)]
    return bool(shutil.which("unshare")) and subprocess.run(tried, capture_output=True).returncode == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "workspace"
    found.mkdir()
    if not can_mount(found):
        pytest.skip("nothing can be mounted here")
    (found / "feeds.toml").write_text(FEEDS, encoding="utf-8")
    with open_workspace(found) as opened:
        store(opened)
    return found


Ran = subprocess.CompletedProcess[str]


def frozen(folder: Path, *words: str) -> Ran:
    """curator in a workspace that cannot be written."""
    command = [*ALONE, FROZEN, str(folder), sys.executable, "-m", "curator", "-w", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})


@pytest.mark.parametrize("words", ["documents", "show 1", "editions", "feeds list", "report silence", "journal"])
def test_what_only_reads_goes_on(folder: Path, words: str) -> None:
    ran = frozen(folder, *words.split())
    assert (ran.returncode, "curator:" in ran.stderr) == (0, False), ran.stderr


@pytest.mark.parametrize("words", ["keep 1", "pull", "draft update"])
def test_what_writes_is_told_in_one_sentence(folder: Path, words: str) -> None:
    ran = frozen(folder, *words.split())
    assert ran.returncode == 2 and "cannot be written" in ran.stderr and len(ran.stderr.splitlines()) == 1


def test_what_a_writer_elsewhere_has_not_put_into_the_file_yet_is_read(folder: Path) -> None:
    with Library(folder / "curator.db") as library:
        library._store.run("UPDATE documents SET title = 'Changed a moment ago' WHERE id = 1")
        assert "Changed a moment ago" in frozen(folder, "show", "1").stdout


def test_what_was_written_last_and_cannot_be_read_is_told_with_the_mend(folder: Path) -> None:
    killed = f"""
import os
from pathlib import Path
from curator.errors import TryLater
from curator.library import Library
library = Library(Path({str(folder / "curator.db")!r}))
library._store.run("UPDATE documents SET title = 'Changed' WHERE id = 1")
os.kill(os.getpid(), {signal.SIGKILL.value})
"""
    subprocess.run([sys.executable, "-c", killed], env=os.environ | {"PYTHONPATH": str(ROOT)})
    (folder / "curator.db-shm").unlink()
    ran = frozen(folder, "show", "1")
    assert ran.returncode == 2 and "still lies in curator.db-wal" in ran.stderr and "curator documents" in ran.stderr


def test_an_older_library_is_told_with_the_mend(folder: Path) -> None:
    with Library(folder / "curator.db") as library:
        library._store.run("DELETE FROM _sqlite_migrations WHERE name = (SELECT max(name) FROM _sqlite_migrations)")
        library._store.run("PRAGMA user_version = 1")
    ran = frozen(folder, "documents")
    assert ran.returncode == 2 and "was written by an older curator" in ran.stderr


def test_what_changes_while_it_is_taken_not_to_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "curator.db"
    with Library(path) as library:
        number = library._store.value("SELECT count(*) FROM documents")
    library._store._open_to_read()
    assert library.reads_only and library._store.value("SELECT count(*) FROM documents") == number
    with Library(path) as other:
        other._store.run("CREATE TABLE more (a INTEGER) STRICT")
        with pytest.raises(TryLater, match="changed or taken away by another program"):
            library._store.value("SELECT count(*) FROM documents")
    library.close()


def test_what_is_taken_away_while_it_is_taken_not_to_change_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "curator.db"
    library = Library(path)
    library.close()
    library._store._open_to_read()
    path.unlink()
    with pytest.raises(TryLater, match="changed or taken away by another program"):
        library._store.value("SELECT count(*) FROM documents")
    library.close()
