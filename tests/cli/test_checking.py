"""check on the command line: an edition and any text, mended, accepted, known; and every wrong word to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.world import Shell


@pytest.fixture
def faulty(shell: Shell) -> Shell:
    """A draft whose introduction has two mistakes."""
    for words in ("pull", "keep --query country:SE", "draft update"):
        shell(*words.split())
    shell("introduce", "update-1", "--text", "From the the organistaion.")
    return shell


def findings(shell: Shell, *words: str) -> list[dict[str, object]]:
    found = json.loads(shell("check", "update-1", *words, "--json").out)
    return [one for one in found if one["spot"]]


def test_a_finding_says_where_why_and_what_would_be_written(faulty: Shell) -> None:
    lines = [line for line in faulty("check", "update-1").out.splitlines() if "introduction" in line]
    assert lines[0].startswith("warning: update-1, introduction: “the” stands here twice. → “the” [doubled-word ")
    assert lines[1].startswith("warning: update-1, introduction: No dictionary has “organistaion”.")
    spot = findings(faulty)[0]["spot"]
    assert spot == {
        "document": None, "field": "introduction", "start": 5, "line": 1, "quoted": "the the", "mend": "the",
    }  # fmt: skip


def test_mended_by_code_or_figures_and_undone(faulty: Shell) -> None:
    figures = str(next(one["id"] for one in findings(faulty) if one["code"] == "doubled-word"))
    assert [one["code"] for one in findings(faulty, "--mend", figures)] == ["spelling"]
    assert findings(faulty, "--mend", "spelling") == []
    assert faulty("undo").code == 0
    assert [one["code"] for one in findings(faulty)] == ["spelling"]


def test_accepted_shown_and_opened_again(faulty: Shell) -> None:
    done = faulty("check", "update-1", "--accept", "spelling")
    assert "organistaion" not in done.out and "1 accepted before; --all shows it." in done.err
    assert "organistaion" in faulty("check", "update-1", "--all").out
    assert "organistaion" in faulty("check", "update-1", "--reopen", "spelling").out


def test_a_word_is_known_and_spelling_left_unread(faulty: Shell) -> None:
    assert [one["code"] for one in findings(faulty, "--no-spelling")] == ["doubled-word"]
    assert [one["code"] for one in findings(faulty, "--know", "organistaion")] == ["doubled-word"]
    assert (faulty.folder / "words.txt").read_text(encoding="utf-8").endswith("\norganistaion\n")


def test_a_text_is_read_line_by_line(shell: Shell, tmp_path: Path) -> None:
    text = tmp_path / "old.txt"
    text.write_text("Good morning.\n\nOn Monday 2 December 2026.\n", encoding="utf-8")
    done = shell("check", text)
    assert done.code == 0
    assert done.out.startswith(f"warning: {text}:3: 2 December 2026 is a Wednesday. → “Wednesday” [weekday ")
    text.write_text("Good morning.\n", encoding="utf-8")
    assert (shell("check", text).out, shell("check", text).err) == ("", f"{text}: nothing to mark.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nope-1",), "There is no edition nope-1"),
        (("update-1", "--mend", "nonsense"), "No finding is called “nonsense”"),
        (("update-1", "--accept", "nonsense"), "No finding is called “nonsense”"),
        (("update-1", "--know", "two words"), "is no word"),
        (("missing.txt",), "missing.txt cannot be read"),
        (("FILE", "--mend", "spelling"), "a file is yours to change"),
        (("FILE", "--links"), "a file is yours to change"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(faulty: Shell, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    text = tmp_path / "old.txt"
    text.write_text("Fine.\n", encoding="utf-8")
    done = faulty("check", *(str(text) if word == "FILE" else word for word in words))
    assert done.code == 2 and said in done.err and "Traceback" not in done.err


def test_what_is_no_text_is_refused(shell: Shell, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    assert "is not UTF-8 text" in shell("check", picture).err
