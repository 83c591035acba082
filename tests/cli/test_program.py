"""What people see: text on stdout, talk on stderr, and the program's own words."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from curator import __version__
from curator.cli.program import program
from tests.cli.world import NOW, ROOT, Shell, curator, item, rss


def test_without_a_terminal_plain_curator_is_the_help() -> None:
    result = curator()
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Usage: curator [OPTIONS] [COMMAND] [ARGS]...")
    assert curator("--help").out == result.out


def test_the_desk_needs_a_terminal(shell: Shell) -> None:
    result = shell("desk")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("curator: The desk needs a terminal, and this is none.")


def test_the_version() -> None:
    assert curator("--version").out == f"curator {__version__}\n"


def test_the_true_program_answers(shell: Shell) -> None:
    command = [sys.executable, "-m", "curator", "-w", str(shell.folder), "lists"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "key-leaders  1\nmembers      2\n", "")


def test_documents_are_aligned_columns(shell: Shell) -> None:
    shell.ok("keep", 1)
    shell.ok("drop", 3)
    result = shell.ok("documents")
    assert result.err == ""
    assert result.out.splitlines() == [
        "3  2026-09-23  GB-ENG  news    -  Crisis care in England       The Isles",
        "4  2026-09-22  GB-ENG  news    .  News of the isles            The Isles",
        "1  2026-09-21  SE      policy  +  A plan for rural care        The North",
        "2  2026-09-20  SE      policy  .  Recovery colleges in Sweden  The North",
    ]


def test_a_list_that_was_cut_says_so_on_stderr(shell: Shell) -> None:
    result = shell.ok("documents", "--limit", 1)
    assert len(result.out.splitlines()) == 1
    assert result.err == "1 of 4; --limit 0 shows all.\n"
    assert shell.ok("documents", "--limit", 0).err == ""


def test_a_query_may_begin_with_a_minus_and_be_many_words(shell: Shell) -> None:
    assert [one["id"] for one in shell.ok("documents", "-country:SE", "-crisis", "--json").json] == [4]
    assert [one["id"] for one in shell.ok("documents", "-country:SE -crisis", "--json").json] == [4]
    assert shell.ok("keep", "--query", "-country:SE").out == "2 changed\n"


@pytest.mark.parametrize("words", [("--json", "lists"), ("lists", "--json"), ("feeds", "--json", "list")])
def test_json_may_stand_anywhere(words: tuple[str, ...], shell: Shell) -> None:
    assert isinstance(shell.ok(*words).json, list)


def test_feeds_alone_lists_them(shell: Shell) -> None:
    assert shell.ok("feeds").out == shell.ok("feeds", "list").out
    assert shell.ok("feeds").out.startswith("north  SE      ok  2026-09-30  The North")


def test_show_is_a_sheet(shell: Shell) -> None:
    shell.ok("tag", 2, "--blurb", "Worth reading.", "--theme", "recovery")
    lines = shell.ok("show", 2).out.splitlines()
    assert lines[0] == "2  Recovery colleges in Sweden"
    assert "themes     recovery" in lines
    assert lines[lines.index("Blurb") + 1] == "  Worth reading."
    assert any(line.startswith("  country SE: feed") for line in lines)


def test_an_edition_reads_as_it_will_be_mailed(shell: Shell) -> None:
    shell.ok("keep", "--query", "decision:inbox")
    shell.ok("draft", "update")
    lines = shell.ok("edition", "update-1").out.splitlines()
    assert lines[0] == "update-1  2026-10-01  draft  TC Update 1: 1 October 2026"
    assert lines[2:5] == ["News (2)", "  England", "        3  Crisis care in England"]
    assert shell.ok("editions").out == "update-1  2026-10-01  draft  4  TC Update 1: 1 October 2026\n"


def test_the_introduction_may_come_from_stdin_or_a_file(shell: Shell) -> None:
    shell.ok("keep", 1)
    shell.ok("draft", "update")
    assert shell("introduce", "update-1", "--file", "-", stdin="Good day, “all”.").code == 0
    html = shell.ok("preview", "update-1").out.splitlines()[0]
    with open(html, encoding="utf-8") as file:  # noqa: PTH123
        assert "Good day, “all”." in file.read()


def test_undo_says_what_it_took_back(shell: Shell) -> None:
    shell.ok("keep", 1, 2)
    assert shell.ok("undo").out == "undone: keep document 1, document 2\n"
    assert shell.ok("undo").out == "Nothing is left to undo.\n"
    assert shell.ok("redo").out == "done again: keep document 1, document 2\n"
    assert "keep" in shell.ok("history", 1).out


def test_a_failing_feed_is_told_on_stderr_and_the_rest_goes_on(shell: Shell) -> None:
    (shell.folder / "feeds" / "north.xml").write_text("<html><body>Gone</body></html>", encoding="utf-8")
    result = shell("pull")
    assert result.code == 1
    assert result.out.startswith("0 new, 0 changed; of 2 feeds 0 brought something, 1 unchanged, 1 failed")
    assert result.err.startswith("north: parse: ")


def test_verbose_tells_feed_by_feed(shell: Shell) -> None:
    result = curator("-v", "-w", shell.folder, "pull")
    assert sorted(result.err.splitlines()) == ["isles: unchanged", "north: unchanged"]


def test_a_quiet_pull_says_nothing_on_stderr(shell: Shell) -> None:
    assert shell.ok("pull").err == ""


def test_send_says_to_how_many_and_which_list(shell: Shell) -> None:
    shell.ok("keep", 1)
    shell.ok("draft", "update")
    shell.ok("seal", "update-1")
    result = shell.ok("send", "update-1")
    assert result.err == "Mailing update-1 (TC Update 1: 1 October 2026) to 2 on “members”.\n"
    assert result.out == "2 sent, 0 had it already\n"
    assert shell.ok("send", "update-1").out == "0 sent, 2 had it already\n"
    assert len(list((shell.folder / "outbox").rglob("*.eml"))) == 2


def test_run_is_one_line_and_its_notes_are_talk(shell: Shell) -> None:
    shell.ok("keep", 1)
    first = shell.ok("run", now=NOW.replace(hour=6))
    assert (first.out, first.err) == ("pulled 0, drafted 1, sent 0, held 0\n", "")
    due = shell.ok("run", now=NOW.replace(month=10, day=1, hour=6))
    assert due.out == "pulled 0, drafted 1, sent 0, held 1\n"
    assert "not sealed; nothing was sent" in due.err


def test_the_demo_needs_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("demo") / "sample"
    made = curator("demo", folder, "--json")
    assert made.code == 0
    assert made.json["workspace"] == str(folder)
    assert made.json["documents"] == 70
    assert [one["id"] for one in made.json["editions"]] == ["update-1", "make-it-so-1"]
    again = curator("demo", folder)
    assert again.code == 0
    assert again.out.startswith("70 documents in ")


def test_the_export_is_what_the_import_reads(shell: Shell) -> None:
    exported = shell.ok("subscribers", "export").out
    (shell.folder / "again.csv").write_text(exported, encoding="utf-8")
    assert shell.ok("subscribers", "import", shell.folder / "again.csv").out == "0 new, 0 changed\n"


def test_a_page_is_added_by_hand(shell: Shell) -> None:
    page = shell.folder / "page.html"
    page.write_text(
        "<html><title>By hand</title><body><p>" + "Words of it. " * 40 + "</p></body></html>", encoding="utf-8"
    )
    result = shell.ok("add", page, "--json")
    assert (result.json["id"], result.json["decision"]) == (5, "inbox")


def test_what_comes_on_standard_input_is_added(shell: Shell) -> None:
    mail = "From: Ann <ann@example.org>\nSubject: Fwd: A report\nDate: Mon, 21 Sep 2026 10:00:00 +0000\n\nWords of it."
    result = shell("add", "-", stdin=mail)
    assert (result.code, result.out) == (0, "5  A report\n")
    empty = shell("add", "-")
    assert (empty.code, empty.err) == (2, "curator: What came on standard input cannot be read: it is empty.\n")


def test_a_noun_without_its_verb_is_one_sentence() -> None:
    result = curator("subscribers")
    assert (result.code, result.out) == (2, "")
    assert result.err == "curator: Missing command. `curator subscribers --help` shows how it is used.\n"


def test_history_tells_only_what_changed(shell: Shell) -> None:
    shell.ok("keep", 1)
    shell.ok("tag", 1, "--theme", "recovery")
    assert shell.ok("history", 1).out.splitlines() == [
        "2026-09-30 07:00  ed  keep  decision: inbox → kept",
        "2026-09-30 07:00  ed  tag   themes: – → recovery",
    ]


def test_what_a_feed_says_cannot_reach_the_terminal(shell: Shell) -> None:
    hostile = item(9, "Red &#x202e;alert&#x9b;31m", 25, "Bell &#x7f; and more")
    (shell.folder / "feeds" / "north.xml").write_text(rss(hostile), encoding="utf-8")
    shell.ok("pull")
    for words in (("documents",), ("show", "5"), ("documents", "--json"), ("show", "5", "--json")):
        out = shell.ok(*words).out
        assert "Red" in out
        assert not set(out) & {"\u202e", "\x9b", "\x7f", "\x1b"}


def test_each_command_is_found_under_its_own_name() -> None:
    context = click.Context(program)
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command and command.name == name
