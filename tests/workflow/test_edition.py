"""Editions by hand: drafting, arranging, previewing, undoing."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from curator.errors import LibraryError, SealError, TemplateFault, UsageError
from curator.workflow import edition as verbs
from curator.workflow import triage
from curator.workflow.packaged import packaged_templates
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace
from tests.workflow.world import Clock, drafted, everything, sealed, sit_down


def seats(desk: Workspace, name: str = "update-1") -> list[tuple[int, str, str, int]]:
    """Document, section, group and rank, in reading order."""
    edition = verbs.in_reading_order(desk, desk.library.editions.get(name))
    return [(one.document, one.section, one.group, one.rank) for one in edition.placements]


def test_a_draft_holds_what_is_kept(desk: Workspace) -> None:
    assert verbs.candidates(desk, "update") == 0
    triage.decide(desk, everything(desk)[:2], "kept")
    assert verbs.candidates(desk, "update") == 2
    edition = verbs.draft(desk, "update")
    assert (edition.id, edition.date, edition.status) == ("update-1", date(2026, 10, 1), "draft")
    assert sorted(one.document for one in edition.placements) == [1, 2]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("updat",), "no digest “updat”.*Did you mean “update”"),
        (("update", "recovery"), "has no topic"),
        (("make-it-so", "recovry"), "recovery"),
    ],
)
def test_what_cannot_be_drafted(desk: Workspace, words: tuple[str, ...], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        verbs.draft(desk, words[0], topic=words[1] if len(words) > 1 else None)
    assert desk.library.editions.all() == []


def test_a_topic_is_needed_where_the_digest_has_one(desk: Workspace) -> None:
    with pytest.raises(UsageError, match="topic"):
        verbs.draft(desk, "make-it-so")
    assert desk.library.editions.all() == []


def test_a_sealed_day_is_not_drafted_again(desk: Workspace) -> None:
    sealed(desk)
    with pytest.raises(SealError, match="is sealed"):
        verbs.draft(desk, "update", on=date(2026, 10, 1))
    second = verbs.draft(desk, "update")
    assert (second.id, second.date, second.placements) == ("update-2", date(2026, 10, 15), ())


def test_a_day_that_passed_moves_to_the_next(desk: Workspace, clock: Clock) -> None:
    first = drafted(desk)
    clock.at += timedelta(days=7)
    moved = verbs.draft(desk, "update")
    assert (moved.id, moved.date) == (first.id, date(2026, 10, 15))
    assert [one.document for one in moved.placements] == [one.document for one in first.placements]


def test_a_dropped_document_leaves_at_the_next_refresh(desk: Workspace) -> None:
    drafted(desk)
    triage.decide(desk, everything(desk)[:1], "dropped")
    assert 1 not in {one.document for one in verbs.draft(desk, "update").placements}


def test_moving_placing_and_leaving_out_are_undone_one_by_one(desk: Workspace) -> None:
    drafted(desk)
    first = seats(desk)
    verbs.place(desk, "update-1", 2, "news", "NZ")
    second = seats(desk)
    assert (2, "news", "NZ", 1) in second
    verbs.leave_out(desk, "update-1", 3)
    assert 3 not in {one[0] for one in seats(desk)}
    assert 3 not in {one.document for one in verbs.draft(desk, "update").placements}
    for expected, verb in ((second, "leave out"), (first, "place")):
        act = triage.undo(desk)
        assert act and act.verb == verb
        assert seats(desk) == expected


def test_moving_within_a_group(desk: Workspace) -> None:
    drafted(desk)
    group = [one for one in seats(desk) if one[2] == "SE"]
    assert len(group) == 2
    verbs.move(desk, "update-1", group[1][0], -1)
    assert [one[0] for one in seats(desk) if one[2] == "SE"] == [group[1][0], group[0][0]]
    before = desk.library.journal.latest(0)
    verbs.move(desk, "update-1", group[1][0], -5)
    assert desk.library.journal.latest(0) == before


def test_what_is_not_there_is_not_moved(desk: Workspace) -> None:
    drafted(desk)
    with pytest.raises(UsageError, match="Document 99 is not in update-1"):
        verbs.move(desk, "update-1", 99, 1)
    with pytest.raises(UsageError, match="no document 99"):
        verbs.place(desk, "update-1", 99, "news", "")
    with pytest.raises(UsageError, match="no section “sport”"):
        verbs.place(desk, "update-1", 1, "sport", "")
    with pytest.raises(UsageError, match="no edition update-9"):
        verbs.move(desk, "update-9", 1, 1)


def test_two_editors_at_one_edition_lose_nothing(desk: Workspace, folder: Path) -> None:
    drafted(desk)
    with sit_down(folder, Clock(), "bob") as bob:
        verbs.key_messages(bob, "update-1", "- One")
        verbs.introduce(desk, "update-1", "By Ann")
        edition = bob.library.editions.get("update-1")
        assert (edition.introduction, edition.key_messages) == ("By Ann", "- One")
        assert triage.undo(bob)
        edition = bob.library.editions.get("update-1")
        assert (edition.introduction, edition.key_messages) == ("By Ann", "")
        verbs.introduce(bob, "update-1", "By Bob")
        with pytest.raises(UsageError, match=r"update-1 was changed since by bob \(introduce\)"):
            triage.undo(desk)


def test_a_preview_writes_three_files(desk: Workspace, tmp_path: Path) -> None:
    drafted(desk)
    preview = verbs.preview(desk, "update-1", tmp_path / "out")
    result = verbs.rendered(desk, desk.library.editions.get("update-1"))
    assert preview.html.read_text(encoding="utf-8") == result.html
    assert preview.text.read_text(encoding="utf-8") == result.text
    assert preview.eml.stat().st_size == preview.size
    assert verbs.preview(desk, "update-1").html == desk.path / "editions" / "update-1" / "edition.html"


def test_a_preview_that_cannot_be_written(desk: Workspace, tmp_path: Path) -> None:
    drafted(desk)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be written"):
        verbs.preview(desk, "update-1", tmp_path / "file")


def test_the_subject_is_there_as_soon_as_it_is_drafted(desk: Workspace) -> None:
    assert drafted(desk).subject == "TC Update 1: 1 October 2026"


def test_a_template_with_a_fault_can_be_drafted_but_neither_shown_nor_sealed(desk: Workspace) -> None:
    templates = Path(shutil.copytree(packaged_templates(), desk.path / "templates"))
    (templates / "update" / "body.txt.j2").write_text("\n{{ nonsense }}", encoding="utf-8")
    edition = drafted(desk)
    assert edition.subject == "TC Update 1: 1 October 2026", "a body's fault is none of the subject's"
    with pytest.raises(TemplateFault) as raised:
        verbs.preview(desk, edition.id)
    assert (raised.value.template, raised.value.line) == ("update/body.txt.j2", 2)
    (finding,) = [one for one in verbs.check(desk, edition.id) if one.level == "error"]
    assert (finding.code, finding.where) == ("template", "update/body.txt.j2:2")
    with pytest.raises(SealError, match="nonsense"):
        verbs.seal(desk, edition.id)


def test_a_subject_with_a_fault_is_none(desk: Workspace) -> None:
    path = Path(shutil.copytree(packaged_templates(), desk.path / "templates")) / "update" / "digest.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{{ network.short }} Update", "{{ network.shrt }} Update"), encoding="utf-8")
    assert drafted(desk).subject == ""
    with pytest.raises(TemplateFault, match=r"subject.*shrt"):
        verbs.preview(desk, "update-1")


def test_a_check_warns_without_blocking(desk: Workspace) -> None:
    drafted(desk)
    findings = verbs.check(desk, "update-1")
    assert "no-blurb" in {one.code for one in findings}
    assert "error" not in {one.level for one in findings}
    for filed in everything(desk):
        triage.tag(desk, [filed], Tagging(blurb="Why it matters."))
    assert "no-blurb" not in {one.code for one in verbs.check(desk, "update-1")}


def test_nobody_to_mail_blocks(desk: Workspace) -> None:
    drafted(desk)
    for one in desk.library.people.subscribers():
        desk.library.people.erase(one.address)
    assert "no-recipients" in {one.code for one in verbs.check(desk, "update-1") if one.level == "error"}
    with pytest.raises(SealError, match="no subscribers"):
        verbs.seal(desk, "update-1")


def test_reading_order_survives_a_digest_that_is_gone(desk: Workspace) -> None:
    edition = replace(drafted(desk), digest="gone")
    assert verbs.in_reading_order(desk, edition) == edition
