"""report, as an editor reads it."""

from __future__ import annotations

from curator.cli.report import headed
from curator.workflow.year import YearRow
from tests.cli.world import Shell


def test_coverage_is_a_grid_with_silence_named(shell: Shell) -> None:
    shell.ok("tag", "1", "--theme", "recovery", "--theme", "peer-support")
    shell.ok("keep", "1", "3")
    lines = shell.ok("report", "coverage").out.splitlines()
    assert lines[0].split() == ["SE", "ENG", "other", "organ", "all"]
    cells = {line.split()[0]: line.split()[1:] for line in lines[1:5]}
    assert cells["recovery"] == ["1", ".", ".", ".", "1"]
    assert cells["none"] == [".", "1", ".", ".", "1"]
    assert cells["all"] == ["1", "1", "0", "0", "2"]
    assert "2026-09  2" in lines
    assert lines[-1].startswith("Nothing on: ")


def test_days_that_cross_are_told(shell: Shell) -> None:
    result = shell("report", "coverage", "--since", "2026-10-01", "--until", "2026-09-01")
    assert (result.code, result.out) == (2, "")
    assert "Turn them round" in result.err


def test_silence_says_since_which_edition(shell: Shell) -> None:
    shell.ok("keep", "1")
    shell.ok("draft", "update")
    shell.ok("introduce", "update-1", "--text", "Good morning.")
    shell.ok("seal", "update-1")
    lines = shell.ok("report", "silence").out.splitlines()
    assert "in the last, no. 1" in lines[0] and "Sweden" in lines[0]
    assert "never (1 edition)" in lines[1]
    assert "news: never (1 edition)" in lines[0]


def test_a_year_in_words_and_as_csv(shell: Shell) -> None:
    assert shell("report", "year", "2026").err == "Nothing was mailed in 2026.\n"
    shell.ok("keep", "1", "4")
    shell.ok("draft", "update")
    shell.ok("introduce", "update-1", "--text", "Good morning.")
    shell.ok("seal", "update-1")
    assert shell.ok("report", "year", "2026").out.splitlines() == [
        "Policy Documents: Sweden",
        "  A plan for rural care",
        "Policy Documents: England",
        "  News of the isles",
    ]
    header, first, _ = shell.ok("report", "year", "2026", "--csv").out.splitlines()
    assert header == "title,country_or_organisation,section,code,update_section,doc_type,themes,note"
    assert first.startswith("A plan for rural care,Sweden,Policy Documents,SE,Policy documents,")


def test_what_is_of_no_country_and_no_organisation_stands_under_a_bare_heading() -> None:
    row = YearRow("A report", "", "International reports", "", "Research", "", "", "")
    assert list(headed([row])) == ["International reports", "  A report"]


def test_a_wrong_year_or_two_forms_at_once_are_told(shell: Shell) -> None:
    assert shell("report", "year", "0").code == 2
    assert shell("report", "year", "20x6").code == 2
    assert shell("report", "year", "2026", "--csv", "--json").code == 2
    assert shell("report", "silence", "--digest", "updat").code == 2
