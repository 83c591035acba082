from __future__ import annotations

import json
import os
from pathlib import Path

import pypdfium2
import pytest

from curator.workflow.chromium import find
from tests.cli.world import Shell, filled_workspace
from tests.digest.summaries import RUNNING, WRITTEN, seed


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = filled_workspace(tmp_path / "network")
    (shell.folder / "running.txt").write_text(RUNNING, encoding="utf-8")
    (shell.folder / "summaries").mkdir()
    text = WRITTEN.replace("themes: crisis-care\n", "themes: recovery\n")
    (shell.folder / "summaries" / "crisis.md").write_text(text, encoding="utf-8")
    return shell


def file(shell: Shell, name: str) -> str:
    return (shell.folder / "summaries" / name).read_text(encoding="utf-8")


def test_reading_in_twice_changes_nothing_and_keeps_what_was_said(shell: Shell) -> None:
    front = ("--title", "On crises", "--link", "https://example.org/full", "--theme", "recovery")
    first = shell("summary", "read", shell.folder / "running.txt", *front, "--json").json
    assert first["written"] and first["faults"] == []
    before = file(shell, "running.md")
    assert before.startswith("---\ntitle: On crises\nlink: https://example.org/full\nthemes: recovery\n---\n")
    again = shell("summary", "read", shell.folder / "running.txt", "--json").json
    assert not again["written"] and file(shell, "running.md") == before


def test_what_was_changed_by_hand_is_not_overwritten(shell: Shell) -> None:
    source = shell.folder / "running.txt"
    shell("summary", "read", source)
    for change in ("\nx\n", "\n- one more\n"):
        changed = file(shell, "running.md") + change
        (shell.folder / "summaries" / "running.md").write_text(changed, encoding="utf-8")
        refused = shell("summary", "read", source)
        assert refused.code == 2 and "--anew writes it again" in refused.err
        assert file(shell, "running.md") == changed
    assert shell("summary", "read", source, "--anew").code == 0
    assert "one more" not in file(shell, "running.md")


def test_without_a_link_it_is_not_built(shell: Shell) -> None:
    shell("summary", "read", shell.folder / "running.txt", "--title", "On crises")
    result = shell("summary", "build", "running")
    assert (result.code, result.out) == (2, "")
    (line,) = result.err.splitlines()
    assert line.startswith("curator: summaries/running.md: line 3: there is no link to the full text. Write its")
    assert not list((shell.folder / "summaries").glob("*.html"))


def test_each_form_is_written(shell: Shell) -> None:
    for options, name in (((), "crisis"), (("--annex",), "crisis-annex"), (("--actor", "media"), "crisis-media")):
        made = shell("summary", "build", "crisis", *options, "--json").json
        assert made == {"html": f"summaries/{name}.html", "text": f"summaries/{name}.txt"}
    assert "Report with care." in file(shell, "crisis-media.txt")
    assert "Pay peers." not in file(shell, "crisis-media.html")


def test_other_forms_are_written_where_they_are_asked_for(shell: Shell) -> None:
    made = shell("summary", "build", "crisis", "--also", "json", "--json").json
    assert made.keys() == {"html", "text", "json"}
    told = json.loads(file(shell, "crisis.json"))
    assert [chapter["title"] for chapter in told["chapters"]] == ["Why crises need another answer", "What to do"]
    assert [each["kind"] for part in told["chapters"][1]["parts"] for each in part["asides"]] == ["actions", "actions"]
    if not find(os.environ):
        pytest.skip("no Chromium or Chrome is here")
    assert shell("summary", "build", "crisis", "--actor", "media", "--also", "pdf", "--json").json["pdf"]
    paper = pypdfium2.PdfDocument(shell.folder / "summaries" / "crisis-media.pdf")
    assert "Report with care." in paper[0].get_textpage().get_text_range()
    paper.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("build", "crsis"), "There is no summaries/crsis.md. Did you mean “crisis”?"),
        (("build", "../crisis"), "“../crisis” cannot name a summary. Call it “crisis”."),
        (("build", "crisis", "--actor", "police"), "Nothing is asked of “police”. Asked are: Governments; Health in"),
        (("build", "crisis", "--actor", "Media", "--annex"), "--annex and --actor are two forms; say one."),
        (("read", "DIR/feeds.toml"), "has no line “Chapter 1: …” to begin a chapter."),
        (("read", "DIR/nothing.pdf"), "is not a file."),
        (("read", "DIR/running.txt", "--theme", "crises"), "crises"),
    ],
)
def test_wrong_words_are_one_sentence(shell: Shell, words: tuple[str, ...], said: str) -> None:
    result = shell("summary", *(word.replace("DIR", str(shell.folder)) for word in words))
    assert result.code == 2
    (line,) = result.err.splitlines()
    assert said in line


def test_a_file_that_is_no_text_and_a_theme_nobody_knows(shell: Shell) -> None:
    (shell.folder / "summaries" / "crisis.md").write_bytes(b"\xff\xfe\x00")
    assert "is not UTF-8 text. Save it as UTF-8." in shell("summary", "build", "crisis").err
    (shell.folder / "summaries" / "crisis.md").write_text(WRITTEN.replace("crisis-care", "nonsense"), encoding="utf-8")
    assert "“nonsense” is no theme of the taxonomy" in shell("summary", "build", "crisis").err


def test_a_pdf_is_read_line_by_line(shell: Shell) -> None:
    path = shell.folder / "guide.pdf"
    path.write_bytes(_pdf(["Chapter 1: Money", "Beds cost less.", "Money actions required:", "Pay peers"]))
    found = shell("summary", "read", path, "--json").json
    assert (found["chapters"], found["actions"]) == (
        ["Money"], [{"area": "Money", "actors": [], "actions": ["Pay peers"]}]
    )  # fmt: skip


def test_the_model_is_read_by_the_command(shell: Shell) -> None:
    (shell.folder / "model.txt").write_text(seed(), encoding="utf-8")
    found = shell("summary", "read", shell.folder / "model.txt", "--json").json
    assert [len(found[key]) for key in ("chapters", "boxes", "actions")] == [5, 10, 9]


def _pdf(lines: list[str]) -> bytes:
    """A page of one column in Helvetica."""
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    stream = f"BT /F1 12 Tf 72 700 Td {shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + end
