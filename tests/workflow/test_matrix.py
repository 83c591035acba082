from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from curator.errors import UsageError
from curator.models import Comparison
from curator.workflow.compare import as_text, from_text
from curator.workflow.matrix import _years_before
from tests.cli.world import Shell, filled_workspace
from tests.digest.summaries import WRITTEN


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = filled_workspace(tmp_path / "network")
    shell.ok("keep", 1, 2, 4)
    shell.ok("tag", 1, 2, "--theme", "recovery")
    return shell


def test_the_matrix_has_a_row_for_each_document_and_names_the_gaps(shell: Shell) -> None:
    found = shell("matrix", "recovery", "--json").json
    assert [one["countries"] for one in found["documents"]] == [["SE"], ["SE"]]
    assert found["documents"][0]["published_on"] > found["documents"][1]["published_on"]
    assert (found["since"], found["gaps"]) == ("2024-09-30", ["GB-ENG"])
    shown = shell("matrix", "recovery").out
    assert "Nothing since 2024-09-30 from: England" in shown and shown.count(" x ") == 2


def test_what_is_older_dropped_or_about_something_else_does_not_count(shell: Shell) -> None:
    assert shell("matrix", "recovery", "--since", "2026-09-21", "--json").json["countries"][0]["documents"] == 1
    shell.ok("drop", 1, 2)
    assert shell("matrix", "recovery", "--json").json["documents"] == []
    assert shell("matrix", "recovery", "--since", "2027-01-01").code == 2
    assert "Did you mean" in shell("matrix", "recvery").err


def test_a_comparison_is_kept_shown_mailed_and_undone(shell: Shell) -> None:
    shell.ok("draft", "make-it-so", "--topic", "recovery")
    shell.ok("compare", "make-it-so-1", "sweden", "--law", "An act of 2017.")
    shell.ok("compare", "make-it-so-1", "SE", "--data", "Waiting times.")
    assert shell("compare", "make-it-so-1").out == "SE law: An act of 2017.\nSE data: Waiting times.\n"
    shell.ok("draft", "make-it-so", "--topic", "recovery")
    text = " ".join(Path(shell("preview", "make-it-so-1", "--json").json["text"]).read_text("utf-8").split())
    assert "Law: An act of 2017." in text and "Nothing found for: England." in text
    shell.ok("undo")
    assert "An act" in shell("compare", "make-it-so-1").out and "Waiting" not in shell("compare", "make-it-so-1").out
    shell.ok("compare", "make-it-so-1", "SE", "--law", "")
    assert shell("compare", "make-it-so-1", "--json").json["comparisons"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("make-it-so-1", "SE"), "Name a COUNTRY together with --law"),
        (("make-it-so-1", "--law", "x"), "Name a COUNTRY together with --law"),
        (("make-it-so-1", "FR", "--law", "x"), "FR is no country of the network"),
        (("make-it-so-1", "Sweeden", "--law", "x"), "Sweeden"),
        (("update-1", "SE", "--law", "x"), "update-1 has no topic"),
        (("make-it-so-9",), "There is no edition make-it-so-9"),
    ],
)
def test_wrong_words_are_one_sentence(shell: Shell, words: tuple[str, ...], said: str) -> None:
    shell.ok("draft", "make-it-so", "--topic", "recovery")
    shell.ok("draft", "update")
    result = shell("compare", *words)
    assert result.code == 2 and said in result.err and len(result.err.splitlines()) == 1


def test_a_sealed_edition_is_not_compared_any_more_and_a_changed_summary_breaks_its_seal(shell: Shell) -> None:
    summaries = shell.folder / "summaries"
    summaries.mkdir()
    (summaries / "crisis.md").write_text(WRITTEN.replace("crisis-care", "recovery"), encoding="utf-8")
    shell.ok("subscribers", "import", shell.folder / "people.csv")
    shell.ok("draft", "make-it-so", "--topic", "recovery")
    shell.ok("seal", "make-it-so-1")
    assert "is sealed" in shell("compare", "make-it-so-1", "SE", "--law", "x").err
    changed = WRITTEN.replace("crisis-care", "recovery").replace("peers.", "more peers.")
    (summaries / "crisis.md").write_text(changed, encoding="utf-8")
    assert "Its seal is broken" in shell("check", "make-it-so-1").out


def test_a_summary_with_a_fault_is_a_finding_and_the_draft_stands(shell: Shell) -> None:
    (shell.folder / "summaries").mkdir()
    text = WRITTEN.replace("crisis-care", "recovery").replace("https://example.org/guidance.pdf", "")
    (shell.folder / "summaries" / "crisis.md").write_text(text, encoding="utf-8")
    shell.ok("draft", "make-it-so", "--topic", "recovery")
    result = shell("check", "make-it-so-1")
    assert result.code == 1 and "summaries/crisis.md:3: there is no link to the full text" in result.out
    assert shell("seal", "make-it-so-1").code == 2


def test_what_an_editor_writes_is_four_fields() -> None:
    one = Comparison("SE", "An act.", "", "Two: houses.", "")
    assert as_text(one) == "Law: An act.\nPolicy:\nPractice: Two: houses.\nData:"
    assert from_text(as_text(one)) == {"law": "An act.", "policy": "", "practice": "Two: houses.", "data": ""}
    assert from_text("DATA: a\nb\n\nc")["data"] == "a b c"
    with pytest.raises(UsageError, match="“An act” belongs to no field"):
        from_text("An act")


def test_two_years_before_a_leap_day() -> None:
    assert _years_before(date(2028, 2, 29)) == date(2026, 2, 28)
    assert _years_before(date(2026, 12, 1)) == date(2024, 12, 1)


def test_an_old_document_in_the_edition_is_no_gap(shell: Shell) -> None:
    shell.ok("draft", "make-it-so", "--topic", "recovery", "--on", "2031-03-01")
    text = " ".join(Path(shell("preview", "make-it-so-1", "--json").json["text"]).read_text("utf-8").split())
    assert "2 documents on this topic since 20 September 2026. Nothing found for: England." in text


# ---------------------------------------------------------------- from one edition of a topic to the next


def compared(shell: Shell, name: str) -> dict[str, tuple[str, int | None]]:
    """By country the law, and the edition it is from."""
    return {one["country"]: (one["law"], one["as_in"]) for one in shell("compare", name, "--json").json["comparisons"]}


@pytest.fixture
def second(shell: Shell) -> Shell:
    """Two countries are compared in no. 1 on recovery; no. 2 on the topic is drafted."""
    shell.ok("draft", "make-it-so", "--topic", "recovery", "--on", "2026-10-01")
    shell.ok("compare", "make-it-so-1", "SE", "--law", "An act of 2017.")
    shell.ok("compare", "make-it-so-1", "GB-ENG", "--law", "None yet.")
    shell.ok("draft", "make-it-so", "--topic", "recovery", "--on", "2027-03-01")
    return shell


def test_a_new_edition_on_the_topic_proposes_how_countries_stood_in_the_last(second: Shell) -> None:
    assert compared(second, "make-it-so-2") == {"GB-ENG": ("None yet.", 1), "SE": ("An act of 2017.", 1)}
    assert "SE law: An act of 2017. (as in no. 1)\n" in second("compare", "make-it-so-2").out
    assert "Sweden  (compared as in no. 1)" in second("edition", "make-it-so-2").out
    text = Path(second("preview", "make-it-so-2", "--json").json["text"]).read_text("utf-8")
    assert "Law: An act of 2017." in text and "as in no." not in text, "readers are told what holds, not since when"


def test_what_is_taken_over_is_one_act_and_a_refresh_does_not_bring_it_again(second: Shell) -> None:
    assert "take over comparisons" in second("undo").out
    assert compared(second, "make-it-so-2") == {}
    second.ok("draft", "make-it-so", "--topic", "recovery", "--on", "2027-03-01")
    assert compared(second, "make-it-so-2") == {}
    assert compared(second, "make-it-so-1").keys() == {"SE", "GB-ENG"}


def test_the_check_names_all_countries_that_stand_as_before_at_once(second: Shell) -> None:
    found = [one["message"] for one in second("check", "make-it-so-2", "--json").json if one["code"] == "as-before"]
    assert found == [
        "Sweden and England stand as in no. 1 of 1 October 2026; see whether it holds, or accept it.",
    ]


def test_what_is_written_anew_is_new_and_the_check_asks_for_the_rest(second: Shell) -> None:
    second.ok("compare", "make-it-so-2", "SE", "--law", "An act of 2026.")
    assert compared(second, "make-it-so-2") == {"GB-ENG": ("None yet.", 1), "SE": ("An act of 2026.", None)}
    found = [one for one in second("check", "make-it-so-2", "--json").json if one["code"] == "as-before"]
    assert [one["message"] for one in found] == [
        "England stands as in no. 1 of 1 October 2026; see whether it holds, or accept it."
    ]
    second.ok("check", "make-it-so-2", "--accept", "as-before")
    assert "as-before" not in second("check", "make-it-so-2", "--json").out


def test_a_third_edition_says_where_it_was_new(second: Shell) -> None:
    second.ok("compare", "make-it-so-2", "SE", "--law", "An act of 2026.")
    second.ok("draft", "make-it-so", "--topic", "recovery", "--on", "2027-09-01")
    assert compared(second, "make-it-so-3") == {"GB-ENG": ("None yet.", 1), "SE": ("An act of 2026.", 2)}


def test_an_edition_between_that_says_nothing_of_a_country_hides_no_mark(second: Shell) -> None:
    second.ok("undo")
    second.ok("compare", "make-it-so-2", "SE", "--law", "An act of 2026.")
    second.ok("undo")
    second.ok("draft", "make-it-so", "--topic", "recovery", "--on", "2027-09-01")
    assert compared(second, "make-it-so-3") == {"GB-ENG": ("None yet.", 1), "SE": ("An act of 2017.", 1)}
    assert "Sweden and England stand as in no. 1" in second("check", "make-it-so-3").out


def test_another_topic_takes_nothing_over(second: Shell) -> None:
    second.ok("draft", "make-it-so", "--topic", "crisis-care", "--on", "2027-09-01")
    assert compared(second, "make-it-so-3") == {}


def test_a_country_that_has_left_the_network_is_not_taken_over(second: Shell) -> None:
    feeds = second.folder / "feeds.toml"
    feeds.write_text(feeds.read_text("utf-8").replace(', "GB-ENG"', "").replace('"GB-ENG", ', ""), "utf-8")
    second.ok("draft", "make-it-so", "--topic", "recovery", "--on", "2027-09-01")
    assert compared(second, "make-it-so-3").keys() == {"SE"}
