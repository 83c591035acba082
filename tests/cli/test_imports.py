"""What a command pays for: only what it needs is loaded, proven in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.world import ROOT, Shell

DESK = {"textual"}
NETWORK = {"httpx", "feedparser"}
READING = {"trafilatura", "pypdfium2", "lxml", "cssselect"}
MAIL = {"jinja2", "css_inline", "smtplib"}
HEAVY = DESK | NETWORK | READING | MAIL

_SCRIPT = """
import sys
from curator.cli import run_program
code = run_program(sys.argv[1:])
print("loaded:", *(name for name in sys.modules if "." not in name))
sys.exit(code)
"""


def loaded(*words: str | Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("loaded:")[2].split())


def test_help_loads_next_to_nothing() -> None:
    assert (
        loaded("--help") & (HEAVY | {"hunspell", "sqlite_utils", "msgspec", "tomlkit", "nh3", "markdown_it"}) == set()
    )


@pytest.mark.parametrize("command", ["documents", "feeds", "editions", "lists"])
def test_reading_commands_load_no_network_and_no_mail(command: str, shell: Shell) -> None:
    assert loaded("-w", shell.folder, command) & HEAVY == set()


def test_a_library_once_made_is_opened_without_sqlite_utils(shell: Shell) -> None:
    assert "sqlite_utils" not in loaded("-w", shell.folder, "documents")


def test_triage_loads_no_network_and_no_mail(shell: Shell) -> None:
    assert loaded("-w", shell.folder, "keep", "1") & HEAVY == set()


def test_a_draft_loads_nothing_that_speaks_to_servers(shell: Shell) -> None:
    assert loaded("-w", shell.folder, "draft", "update") & (DESK | NETWORK | READING | {"ssl", "http"}) == set()


def test_a_pull_loads_neither_the_desk_nor_a_reader(shell: Shell) -> None:
    assert loaded("-w", shell.folder, "pull") & (DESK | READING | MAIL | {"hunspell"}) == set()


def test_a_run_loads_neither_the_desk_nor_a_reader(shell: Shell) -> None:
    assert loaded("-w", shell.folder, "run") & (DESK | READING | {"hunspell"}) == set()


def test_a_check_without_spelling_loads_no_dictionary_and_no_network(shell: Shell, tmp_path: Path) -> None:
    text = tmp_path / "old.txt"
    text.write_text("It is in the the report on Monday 2 December 2026.\n", encoding="utf-8")
    assert (
        loaded("-w", shell.folder, "check", text, "--no-spelling") & (DESK | NETWORK | READING | {"hunspell"}) == set()
    )


def test_a_doctor_loads_the_desk_only_where_there_is_a_file_of_its_own(shell: Shell) -> None:
    assert loaded("-w", shell.folder, "doctor") & DESK == set()
