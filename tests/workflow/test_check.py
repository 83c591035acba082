"""The check over a whole workspace: the lint, what is mended and accepted, silence and balance."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from curator.errors import SealError, UsageError
from curator.lint import Passage
from curator.models import Edition, Finding, Placement
from curator.workflow import check as verbs
from curator.workflow import edition as editions
from curator.workflow import hand, triage
from curator.workflow.balance import balance
from curator.workflow.compare import compare
from curator.workflow.feeds_check import feeds_with_health
from curator.workflow.known_words import WORDS_FILE, know, known_words
from curator.workflow.mending import mend
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace
from tests.digest.summaries import WRITTEN
from tests.workflow.world import Clock, add_document, drafted, everything, sit_down, speak_french

LINTED = {"spelling", "doubled-word", "name", "weekday", "tracking", "quotation", "count"}


def linted(desk: Workspace, name: str = "update-1", code: str = "") -> list[Finding]:
    found = verbs.look_over(desk, name).findings
    return [one for one in found if (one.code == code if code else one.code in LINTED)]


def faulty(desk: Workspace) -> str:
    """A draft with a mistake in its introduction, in an own title, in an own blurb, and in a document's blurb."""
    name = drafted(desk).id
    editions.introduce(desk, name, "Good morning from the the team.")
    hand.word(desk, name, 1, title="A plan for Swedden")
    hand.word(desk, name, 2, blurb="A good organistaion.")
    triage.tag(desk, [triage.show(desk, 3)], Tagging(blurb="It begins on Monday 2 December 2026."))
    return name


def test_every_word_of_an_edition_is_read_and_each_finding_says_where(desk: Workspace) -> None:
    places = {
        (one.code, one.spot.document, one.spot.field, one.spot.quoted) for one in linted(desk, faulty(desk)) if one.spot
    }
    assert places == {
        ("doubled-word", None, "introduction", "the the"),
        ("name", 1, "title", "Swedden"),
        ("spelling", 2, "blurb", "organistaion"),
        ("weekday", 3, "blurb", "Monday"),
    }


def test_what_is_proposed_is_written_in_its_place_and_undone(desk: Workspace) -> None:
    name = faulty(desk)
    assert mend(desk, name, linted(desk, name)) == 4
    edition = editions.find(desk, name)
    assert edition.introduction == "Good morning from the team."
    assert hand.own_words(edition, 1).title == "A plan for Sweden"
    assert hand.own_words(edition, 2).blurb == "A good organisation."
    assert triage.show(desk, 3).blurb == "It begins on Wednesday 2 December 2026."
    assert hand.own_words(edition, 3).blurb == ""  # mended where the editor wrote it, for every edition
    assert linted(desk, name) == []
    assert [act.verb for act in (triage.undo(desk), triage.undo(desk)) if act] == ["mend", "mend"]
    assert len(linted(desk, name)) == 4


def test_how_countries_stand_is_read_and_mended_too(desk: Workspace) -> None:
    name = editions.draft(desk, "make-it-so", topic="recovery").id
    compare(desk, name, "SE", law="It is in the the act.", data="Swedden counts it.")
    found = linted(desk, name)
    assert [(one.code, one.where) for one in found] == [
        ("doubled-word", f"{name}, SE, law"),
        ("name", f"{name}, SE, data"),
    ]
    assert mend(desk, name, found) == 2
    assert editions.find(desk, name).comparisons[0].fields == ("It is in the act.", "", "", "Sweden counts it.")
    assert linted(desk, name) == []


def test_a_summary_that_the_mail_shows_is_read_and_mended_by_hand(desk: Workspace) -> None:
    name = editions.draft(desk, "make-it-so", topic="recovery").id
    (desk.path / "summaries").mkdir()
    text = WRITTEN.replace("crisis-care", "recovery").replace("Send nurses", "Send the the nurses")
    (desk.path / "summaries" / "crisis.md").write_text(text, encoding="utf-8")
    (one,) = linted(desk, name, "doubled-word")
    assert one.where.startswith(f"{name}, summaries/crisis.md, ") and one.spot and one.spot.mend is None
    with pytest.raises(UsageError, match="by hand"):
        mend(desk, name, [one])
    verbs.accept(desk, name, [one])
    assert linted(desk, name, "doubled-word") == []


def test_what_the_editor_writes_is_read_in_the_digest_s_language(folder: Path, clock: Clock) -> None:
    speak_french(folder)
    with sit_down(folder, clock) as desk:
        name = drafted(desk).id
        editions.introduce(desk, name, "Elle a organisé la rencontre. Le 2 juin. The one way is increasing popular.")
        assert [one for one in verbs.look_over(desk, name).findings if one.code in ("slip", "spelling")] == []
        editions.introduce(desk, name, "Rendez-vous le lundi 2 décembre 2026.")
        assert [one.spot.mend for one in linted(desk, name, "weekday") if one.spot] == ["mercredi"]


def test_several_mends_in_one_text_find_their_places(desk: Workspace) -> None:
    name = drafted(desk).id
    editions.introduce(desk, name, "It is is the the organistaion of of Swedden.")
    mend(desk, name, [one for one in linted(desk, name) if one.spot and one.spot.mend])
    assert editions.find(desk, name).introduction == "It is is the organisation of Sweden."


def test_nothing_is_mended_where_the_words_have_changed_or_nothing_is_proposed(desk: Workspace) -> None:
    name = faulty(desk)
    found = linted(desk, name, "doubled-word")
    editions.introduce(desk, name, "Something else altogether.")
    with pytest.raises(UsageError, match="check the edition again"):
        mend(desk, name, found)
    assert editions.find(desk, name).introduction == "Something else altogether."
    with pytest.raises(UsageError, match="by hand"):
        mend(desk, name, [Finding("warning", "slip", "Hm.", "somewhere")])


def test_nothing_is_mended_where_the_words_are_gone(desk: Workspace) -> None:
    name = editions.draft(desk, "make-it-so", topic="recovery").id
    compare(desk, name, "SE", law="It is in the the act.")
    found = linted(desk, name, "doubled-word")
    compare(desk, name, "SE", law="")
    with pytest.raises(UsageError, match="check the edition again"):
        mend(desk, name, found)
    name = faulty(desk)
    found = linted(desk, name, "name")
    editions.leave_out(desk, name, 1)
    with pytest.raises(UsageError, match="check the edition again"):
        mend(desk, name, found)


def test_only_a_draft_is_mended(desk: Workspace) -> None:
    name = faulty(desk)
    found = linted(desk, name)
    editions.seal(desk, name)
    with pytest.raises(SealError):
        mend(desk, name, found)


def test_the_lint_never_blocks_a_seal(desk: Workspace) -> None:
    assert editions.seal(desk, faulty(desk)).status == "sealed"


def test_what_is_accepted_is_not_said_again_until_it_is_reopened(desk: Workspace) -> None:
    name = faulty(desk)
    verbs.accept(desk, name, linted(desk, name, "weekday"))
    checked = verbs.look_over(desk, name)
    assert "weekday" not in {one.code for one in checked.findings}
    assert [one.code for one in checked.accepted] == ["weekday"]
    editions.draft(desk, "update")  # a refresh keeps the editor's word
    assert linted(desk, name, "weekday") == []
    verbs.reopen(desk, name, checked.accepted)
    assert len(linted(desk, name, "weekday")) == 1
    triage.undo(desk)
    assert linted(desk, name, "weekday") == []


def test_what_blocks_cannot_be_accepted(desk: Workspace) -> None:
    name = drafted(desk).id
    with pytest.raises(UsageError, match="blocks the seal"):
        verbs.accept(desk, name, [Finding("error", "empty", "There is no document in it.", name)])


def test_findings_are_named_by_code_or_figures(desk: Workspace) -> None:
    found = linted(desk, faulty(desk))
    assert verbs.chosen(found, ["weekday", found[0].id]) == [
        *(one for one in found if one.code == "weekday"),
        found[0],
    ]
    with pytest.raises(UsageError, match="No finding is called “nonsense”"):
        verbs.chosen(found, ["nonsense"])


def test_a_known_word_is_right_for_good_and_comments_stay(desk: Workspace) -> None:
    name = drafted(desk).id
    editions.introduce(desk, name, "The zorblet grows.")
    assert [one.spot.quoted for one in linted(desk, name, "spelling") if one.spot] == ["zorblet"]
    (desk.path / WORDS_FILE).write_text("# ours\nkwaliteit  # Dutch\n", encoding="utf-8")
    assert know(desk.path, "Zorblet") and not know(desk.path, "zorblet")
    assert (desk.path / WORDS_FILE).read_text(encoding="utf-8") == "# ours\nkwaliteit  # Dutch\nZorblet\n"
    assert known_words(desk.path) == {"kwaliteit", "zorblet"}
    assert linted(desk, name, "spelling") == []
    for wrong in ("", "two words", "#", "12"):
        with pytest.raises(UsageError):
            know(desk.path, wrong)


def test_a_file_is_read_line_by_line(desk: Workspace) -> None:
    found = verbs.check_text(desk, desk.path / "old.txt", "Good morning.\r\nIt is in the the report.\r\n")
    assert [(one.where.rpartition("/")[2], one.code) for one in found] == [("old.txt:2", "doubled-word")]


def test_quotations_are_looked_up_in_the_stored_text(desk: Workspace) -> None:
    name = drafted(desk).id
    page = desk.path / "care.html"
    sentences = "".join(f"<p>Care is a right of everyone who lives here, in year {year}.</p>" for year in range(60))
    page.write_text(f"<title>Care</title><h1>Care</h1><article>{sentences}</article>", encoding="utf-8")
    document = add_document(desk, str(page)).id
    editions.place(desk, name, document, "policy", "SE")
    hand.word(desk, name, document, blurb="It says: “Care is a duty of everyone who lives here”.")
    assert [one.code for one in linted(desk, name, "quotation")] == ["quotation"]
    hand.word(desk, name, document, blurb="It says: “care is a right … in year 7”.")
    assert linted(desk, name, "quotation") == []


def test_a_language_without_a_dictionary_is_named_once_with_what_brings_it(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curator.lint.dictionaries.SYSTEM", ())
    verbs._dictionaries.cache_clear()
    texts = [Passage("title", "Psykisk hälsa och vård", "here", language=one) for one in ("sv", "sv", "fi", "en")]
    assert [one.message for one in verbs._unread(desk, texts, "update-1", True)] == [
        "The spelling of “fi” is not read: no dictionary of it is here (DICPATH names a folder).",
        "The spelling of “sv” is not read: hunspell-sv brings its dictionary.",
    ]
    assert verbs._unread(desk, texts, "update-1", False) == []
    verbs._dictionaries.cache_clear()


# ---------------------------------------------------------------- silence and balance


def place(desk: Workspace, number: int, *documents: int, group: str = "SE") -> None:
    seats = tuple(Placement(each, "policy", group, rank) for rank, each in enumerate(documents, 1))
    desk.library.editions.put(
        Edition(f"update-{number}", "update", number, date(2026, number, 1), "sent", placements=seats)
    )


def notes(desk: Workspace, name: str) -> dict[str, str]:
    return {one.code: one.message for one in verbs.look_over(desk, name).findings if one.level == "note"}


def test_a_member_silent_for_four_editions_is_named_with_the_last(desk: Workspace) -> None:
    for number in (1, 2, 3, 4):
        place(desk, number, 1, group="GB-ENG" if number > 1 else "SE")
    desk.library.editions.put(
        Edition("update-5", "update", 5, date(2026, 5, 1), placements=(Placement(3, "policy", "GB-ENG", 1),))
    )
    assert notes(desk, "update-5")["silence"] == "Nothing from Sweden for 4 editions, this one included (last: no. 1)."
    found = editions.find(desk, "update-5")
    desk.library.editions.put(replace(found, placements=(*found.placements, Placement(1, "policy", "SE", 1))))
    assert "silence" not in notes(desk, "update-5")


def test_a_member_whose_feeds_are_all_ill_is_named(desk: Workspace) -> None:
    name = drafted(desk).id
    assert "ill-feeds" not in notes(desk, name)
    state = desk.library.feeds.states()["north"]
    since = desk.now() - timedelta(days=31)
    ill = replace(state, failures=9, error="fetch: the server answered 404", illness="failing", failing_since=since)
    desk.library.feeds.remember(ill)
    assert notes(desk, name)["ill-feeds"].startswith("Its only feed is ill for 31 days: north (failing): ")
    moved = replace(state, moved_to="https://example.org/new", moves=9, moved_since=since)
    desk.library.feeds.remember(moved)
    assert next(health.condition for _, _, health in feeds_with_health(desk)) == "moved"
    assert "ill-feeds" not in notes(desk, name)


def test_two_countries_that_are_most_of_it_are_named(desk: Workspace) -> None:
    network = with_four_members(desk)
    seats = [Placement(each, "policy", "SE" if each < 6 else "GB-ENG" if each < 9 else "NL", 1) for each in range(12)]
    one = Edition("update-9", "update", 9, date(2026, 9, 1), placements=tuple(seats))
    (found,) = [each for each in balance(network, one, {}) if each.code == "balance"]
    assert found.message == "75 % of it (9 of 12 documents) is from two countries: Sweden and England."


def with_four_members(desk: Workspace) -> Workspace:
    network = msgspec.structs.replace(desk.config.network, countries=("SE", "GB-ENG", "NL", "IE"))
    return replace(desk, config=msgspec.structs.replace(desk.config, network=network))


def test_themes_that_have_not_come_up_are_named_once_there_are_six_editions(desk: Workspace) -> None:
    triage.tag(desk, everything(desk)[:1], Tagging(themes=("recovery",)))
    for number in range(1, 7):
        place(desk, number, 1)
    seats = (Placement(2, "policy", "SE", 1),)
    desk.library.editions.put(Edition("update-7", "update", 7, date(2026, 7, 1), placements=seats))
    message = notes(desk, "update-7")["themes"]
    assert message.startswith("Nothing in it, nor in the 6 editions before, is about: ")
    assert "Recovery" not in message.split(" and ")[0].split(", ")
