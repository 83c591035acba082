"""A digest.toml with a fault refuses its own digest, in one sentence, and nothing of the others."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from curator.workflow.packaged import packaged_templates
from tests.cli.world import Shell

OPEN = datetime(2026, 10, 1, 5, 30, tzinfo=UTC)
"""07:30 in Stockholm on the day of the Update."""


def spoil(shell: Shell, slug: str) -> str:
    """What is said of it since."""
    path = shell.folder / "templates" / slug / "digest.toml"
    path.write_text("name = [\n", encoding="utf-8")
    return f"curator: {path}: line 1, end of file: is not TOML"


@pytest.fixture
def two(shell: Shell) -> Shell:
    """A draft of the Update and one of Make it so, with templates of their own."""
    shutil.copytree(packaged_templates(), shell.folder / "templates")
    shell.ok("keep", 1, 2)
    shell.ok("tag", 1, 2, "--blurb", "Worth reading.", "--theme", "recovery")
    shell.ok("draft", "update")
    shell.ok("draft", "make-it-so", "--topic", "recovery")
    return shell


def test_all_about_the_others_goes_on(two: Shell) -> None:
    spoil(two, "make-it-so")
    listed = two.ok("editions").out
    assert "update-1" in listed and "make-it-so-1" in listed
    for words in (["edition", "update-1"], ["preview", "update-1"], ["draft", "update"], ["check", "update-1"]):
        assert "make-it-so" not in two.ok(*words).err
    two.ok("seal", "update-1")


def test_only_its_own_is_refused_with_the_fault(two: Shell) -> None:
    fault = spoil(two, "make-it-so")
    for words in (["draft", "make-it-so"], ["preview", "make-it-so-1"], ["seal", "make-it-so-1"]):
        result = two(*words)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(fault) and result.err.count("\n") == 1


def test_answers_about_all_say_what_they_are_without(two: Shell) -> None:
    fault = spoil(two, "make-it-so")
    for words in (["report", "silence"], ["lists"]):
        assert two.ok(*words).err.startswith(fault)
    assert [one["code"] for one in two("doctor", "--json").json].count("digest") == 1


def test_cron_sends_the_others_and_says_what_it_held(two: Shell) -> None:
    two.ok("seal", "update-1")
    fault = spoil(two, "make-it-so")
    result = two("run", now=OPEN)
    assert (result.code, "sent 2" in result.out) == (2, True)
    assert fault in result.err


def test_cron_holds_what_is_sealed_of_it(two: Shell) -> None:
    two.ok("seal", "update-1")
    spoil(two, "update")
    result = two("run", now=OPEN)
    assert result.code == 2
    assert "sent 0, held 2" in result.out  # and the draft of Make it so, which is due that day
    assert "update-1 is sealed; when it is due cannot be said" in result.err


def test_the_list_of_a_year_waits_for_what_was_mailed_in_it(two: Shell) -> None:
    spoil(two, "make-it-so")
    assert two("report", "year", "2026").code == 0
    two.ok("seal", "update-1")
    fault = spoil(two, "update")
    result = two("report", "year", "2026")
    assert result.code == 2 and result.err.startswith(fault)
