"""A seal is broken by any change, says by what, and a sent edition by none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from curator.errors import SealError
from curator.models import Edition
from curator.workflow import triage
from curator.workflow.edition import broken, draft, introduce, message_for, rendered, seal, unseal
from curator.workflow.people import add_subscriber, erase_subscriber
from curator.workflow.pull import pull
from curator.workflow.send import dry_run, send
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace
from tests.acceptance.world import EDITING, outbox, sealed, sit_down

Change = Callable[[Workspace], None]


def change_a_blurb(desk: Workspace) -> None:
    (filed,) = triage.find(desk, '"Medication and Mental Illness"')
    triage.tag(desk, [filed], Tagging(blurb="Words of another mind."))


def change_a_template(desk: Workspace) -> None:
    path = desk.path / "templates" / "_shared" / "mail.txt.j2"
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")


def change_the_list(desk: Workspace) -> None:
    add_subscriber(desk, "new@example.org", ("members",))
    erase_subscriber(desk, desk.library.people.addresses("members")[0])


def change_a_title_by_a_pull(desk: Workspace) -> None:
    path = desk.path / "feeds" / "oecd.xml"
    text = path.read_text(encoding="utf-8")
    assert "Investing in Youth" in text
    path.write_text(text.replace("Investing in Youth", "Investing in the Young"), encoding="utf-8")
    assert pull(desk).changed == 1


def change_a_country(desk: Workspace) -> None:
    (filed,) = triage.find(desk, '"Medication and Mental Illness"')
    triage.tag(desk, [filed], Tagging(countries=("NZ",)))


def break_a_template(desk: Workspace) -> None:
    path = desk.path / "templates" / "update" / "body.html.j2"
    path.write_text("{% if %}", encoding="utf-8")


CHANGES: list[tuple[Change, str]] = [
    (change_a_blurb, "its text changed (“"),
    (change_a_template, "its text changed"),
    (change_the_list, "the list “members” changed: 1 joined and 1 left"),
    (change_a_title_by_a_pull, "Investing in the Young"),
    (change_a_country, "text changed"),
    (break_a_template, "its template no longer renders (update/body.html.j2:1"),
]


@pytest.mark.parametrize(("change", "reason"), CHANGES)
def test_any_change_breaks_it_readably(desk: Workspace, sample: Path, change: Change, reason: str) -> None:
    edition = sealed(desk)
    assert broken(desk, edition) is None
    change(desk)
    with sit_down(sample) as fresh, pytest.raises(SealError) as raised:
        send(fresh, edition.id)
    said = raised.value.message
    assert said.startswith(f"The seal of {edition.id} is broken: ")
    assert reason in said
    assert f"curator unseal {edition.id}" in said
    assert len(said) < 700
    assert outbox(sample) == []
    with sit_down(sample) as fresh, pytest.raises(SealError):
        dry_run(fresh, edition.id)


@pytest.mark.parametrize("change", [change for change, _ in CHANGES[:5]])
def test_sealed_again_it_goes(desk: Workspace, sample: Path, change: Change) -> None:
    name = sealed(desk).id
    change(desk)
    unseal(desk, name)
    with sit_down(sample) as fresh:
        draft(fresh, "update")
        seal(fresh, name)
        assert send(fresh, name).sent == 20


def test_a_change_taken_back_mends_it(desk: Workspace) -> None:
    edition = sealed(desk)
    change_a_blurb(desk)
    assert broken(desk, edition)
    triage.undo(desk)
    assert broken(desk, edition) is None


def test_a_sealed_edition_is_not_edited(desk: Workspace) -> None:
    name = sealed(desk).id
    with pytest.raises(SealError, match="sealed"):
        introduce(desk, name, "Other words")
    with pytest.raises(SealError, match="sealed"):
        seal(desk, name)


def test_the_seal_says_who_and_when(desk: Workspace) -> None:
    edition = sealed(desk)
    assert edition.seal
    assert (edition.status, edition.seal.by, edition.seal.at) == ("sealed", "ann", EDITING)
    assert len(edition.seal.hash) == 64
    verbs = [act.verb for act, _, _ in desk.library.journal.history("edition:update-1")]
    assert verbs[-1] == "seal"
    unseal(desk, edition.id)
    with pytest.raises(SealError, match="not sealed"):
        unseal(desk, edition.id)


def test_nothing_that_blocks_is_sealed(desk: Workspace) -> None:
    edition = draft(desk, "update")
    desk.library.editions.put(replace(edition, placements=()))
    with pytest.raises(SealError, match="There is no document in it"):
        seal(desk, edition.id)


def test_what_was_sent_renders_to_the_same_bytes_for_ever(desk: Workspace, sample: Path) -> None:
    name = sealed(desk).id
    send(desk, name)

    def bytes_of(workspace: Workspace) -> tuple[object, bytes]:
        edition: Edition = workspace.library.editions.get(name)
        result = rendered(workspace, edition)
        return result, message_for(workspace, edition, result)

    before = bytes_of(desk)
    for change, _ in CHANGES:
        change(desk)
    triage.decide(desk, triage.find(desk, limit=0), "dropped")
    with sit_down(sample) as fresh:
        assert bytes_of(fresh) == before
        assert send(fresh, name).already == 20  # the one erased since among them
