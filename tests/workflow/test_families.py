"""What a pull folds, what the editor says to it, and that both hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from curator.digest.edition import place
from curator.errors import UsageError
from curator.models import Feed, NewDocument
from curator.workflow import edition as editions
from curator.workflow import families, triage
from curator.workflow.chosen import Chosen, gathered
from curator.workflow.families import take_in
from curator.workflow.workspace import Workspace
from tests.cli.world import empty_workspace
from tests.library.world import document
from tests.workflow.world import Clock, sit_down

FEEDS = {slug: Feed(slug, slug, f"https://example.org/{slug}.xml") for slug in ("north", "isles")}
TITLE = "Recovery colleges in every region of the country"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace that follows two feeds and has pulled nothing."""
    empty_workspace(tmp_path)
    with sit_down(tmp_path, Clock()) as workspace:
        yield workspace


def come(desk: Workspace, number: int, feed: str = "north", **said: object) -> int:
    """One document of a feed; its id. Those of one title and site are of one family, in two feeds."""
    new = document(number, feed, published_at=desk.now(), **{"title": TITLE, "excerpt": "", **said})
    return bring(desk, new)


def bring(desk: Workspace, new: NewDocument) -> int:
    matches, stored = take_in(desk.library, FEEDS[new.feed], [new], desk.now())
    return stored.new[0] if stored.new else matches[0].document or 0


def shown(desk: Workspace, query: str = "decision:inbox") -> list[int]:
    return sorted(filed.id for filed in triage.find(desk, query))


def keep(desk: Workspace, *numbers: int) -> None:
    triage.decide(desk, gathered(desk, Chosen(numbers)), "kept")


def test_the_second_feed_brings_a_relative(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 1, "isles")
    assert shown(desk) == [one]
    told = families.family(desk, two)
    assert [filed.id for filed in told.members] == [one, two]
    assert told.feeds == ("north", "isles")
    assert [tie.reason for tie in told.ties] == ["the same title and publisher, at the same time"]
    assert told.proposed == ()


def test_two_of_one_body_fold_too(desk: Workspace) -> None:
    pdf = document(
        2, "north", title=TITLE, excerpt="", published_at=desk.now(), canonical_url="https://example.org/a.pdf"
    )
    page = document(1, "north", title=TITLE, excerpt="", published_at=desk.now())
    take_in(desk.library, FEEDS["north"], [page, pdf], desk.now())
    assert len(shown(desk)) == 1


def test_a_late_relative_of_what_is_decided_is_not_in_the_inbox(desk: Workspace) -> None:
    one = come(desk, 1)
    keep(desk, one)
    come(desk, 1, "isles")
    assert shown(desk) == []
    assert shown(desk, "decision:kept") == [one]
    triage.undo(desk)
    assert shown(desk) == [one]


def test_all_publishers_are_kept(desk: Workspace) -> None:
    words = (
        "The two bodies say together what recovery asks of services, of staff, of law and of money, and by when. " * 2
    )
    one = come(desk, 1, publisher="who", excerpt=words)
    come(
        desk,
        2,
        "isles",
        publisher="oecd",
        excerpt=words,
        canonical_url="https://example.com/2",
        link="https://example.com/2",
    )
    assert families.family(desk, one).publishers == ("who", "oecd")


def test_split_is_remembered_by_pulls(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 1, "isles")
    alone = families.split(desk, two)
    assert [filed.id for filed in alone.members] == [two]
    assert shown(desk) == [one, two]
    new = document(1, "isles", title=TITLE, excerpt="Said anew.", published_at=desk.now())
    assert bring(desk, new) == two  # changed, and compared again
    assert shown(desk) == [one, two]
    assert families.proposals(desk) == []
    three = come(desk, 3, "isles", canonical_url="https://example.org/x.pdf", link="https://example.org/x.pdf")
    assert families.family(desk, three).lead.id == one
    assert [tie.one for tie, _, _ in families.proposals(desk)] == [two]


def test_a_lead_that_splits_leaves_the_others_together(desk: Workspace) -> None:
    one, two, three = come(desk, 1), come(desk, 1, "isles"), come(desk, 9, title="Another")
    families.join(desk, [one, three])
    families.split(desk, one)
    assert shown(desk) == [one, two]
    assert [filed.id for filed in families.family(desk, three).members] == [two, three]
    triage.undo(desk)
    assert [filed.id for filed in families.family(desk, three).members] == [one, two, three]
    triage.redo(desk)
    assert shown(desk) == [one, two]


def test_joining_puts_an_end_to_a_split(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 1, "isles")
    families.split(desk, two)
    families.join(desk, [two, one])
    assert [filed.id for filed in families.family(desk, one).members] == [two, one]
    triage.undo(desk)
    triage.undo(desk)
    assert [filed.id for filed in families.family(desk, one).members] == [one, two]


def test_a_new_lead_takes_over_what_was_said(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 1, "isles")
    keep(desk, one)
    families.lead(desk, two)
    assert shown(desk) == []
    assert shown(desk, "decision:kept") == [two]
    triage.undo(desk)
    assert shown(desk, "decision:kept") == [one]
    assert desk.library.reviews.get(two).decision == "inbox"


def test_what_a_lead_says_of_itself_stays(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 1, "isles")
    keep(desk, one)
    triage.decide(desk, gathered(desk, Chosen([two])), "dropped")
    families.lead(desk, two)
    assert shown(desk, "decision:dropped") == [two]


def test_a_proposal_is_accepted_or_refused(desk: Workspace) -> None:
    one = come(desk, 1)
    two = come(desk, 2, "isles", link="https://example.com/2", canonical_url="https://example.com/2")
    ((tie, older, newer),) = families.proposals(desk)
    assert (older.id, newer.id, tie.certain) == (one, two, False)
    assert "another publisher" in tie.reason
    assert shown(desk, "family:proposed") == [one, two]
    assert [filed.id for filed in families.family(desk, one).strangers] == [two]
    keep(desk, two)
    families.accept(desk, two, one)
    assert families.family(desk, one).lead.id == two  # it is the one decided on
    assert families.proposals(desk) == []
    triage.undo(desk)
    families.refuse(desk, one, two)
    assert families.proposals(desk) == []
    triage.undo(desk)
    assert len(families.proposals(desk)) == 1


def test_a_document_that_was_there_is_never_folded_by_a_pull(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 2, "isles", title="Something else at first")
    new = document(2, "isles", title=TITLE, excerpt="", published_at=desk.now())
    assert bring(desk, new) == two
    assert shown(desk) == [one, two]
    assert [(tie.one, tie.other) for tie, _, _ in families.proposals(desk)] == [(one, two)]


def test_what_cannot_be_is_said(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 2, title="Another")
    cases: list[tuple[Callable[[], object], str]] = [
        (lambda: families.join(desk, [one]), "at least two"),
        (lambda: families.join(desk, [one, one]), "at least two"),
        (lambda: families.join(desk, [one, 99]), "no document 99"),
        (lambda: families.split(desk, one), "stands alone"),
        (lambda: families.lead(desk, one), "stands alone"),
        (lambda: families.accept(desk, one, two), "Nothing is proposed"),
        (lambda: families.family(desk, 99), "no document 99"),
    ]
    for wrong, said in cases:
        with pytest.raises(UsageError, match=said):
            wrong()
    families.join(desk, [one, two])
    with pytest.raises(UsageError, match="one family already"):
        families.refuse(desk, one, two)


# ---------------------------------------------------------------- editions


def test_an_edition_never_carries_two_of_one_family(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 1, "isles")
    keep(desk, one, two)
    name = editions.draft(desk, "update").id
    assert placed(desk, name) == [one]
    with pytest.raises(UsageError, match=f"Document {one} of the same family"):
        editions.place(desk, name, two, "policy", "")
    families.lead(desk, two)
    editions.draft(desk, "update")
    assert placed(desk, name) == [two]


def test_what_is_placed_by_hand_stands_for_its_family(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 1, "isles")
    keep(desk, one)
    name = editions.draft(desk, "update").id
    editions.place(desk, name, one, "policy", "")
    families.lead(desk, two)
    editions.draft(desk, "update")
    assert placed(desk, name) == [one]


def test_two_that_are_joined_in_a_draft_block_its_seal(desk: Workspace) -> None:
    one, two = come(desk, 1), come(desk, 2, title="Another")
    keep(desk, one, two)
    name = editions.draft(desk, "update").id
    for number in (one, two):
        editions.place(desk, name, number, "policy", "")
    families.join(desk, [one, two])
    assert [finding.level for finding in editions.check(desk, name) if finding.code == "family"] == ["error", "error"]
    editions.leave_out(desk, name, two)
    assert "family" not in {finding.code for finding in editions.check(desk, name)}


def test_what_was_left_out_takes_its_family_along(desk: Workspace) -> None:
    one = come(desk, 1)
    keep(desk, one)
    name = editions.draft(desk, "update").id
    editions.leave_out(desk, name, one)
    two = come(desk, 1, "isles")
    families.lead(desk, two)
    editions.draft(desk, "update")
    assert placed(desk, name) == []


def test_a_relative_of_what_was_used_is_not_drafted_again(desk: Workspace) -> None:
    one = come(desk, 1)
    keep(desk, one)
    first = editions.draft(desk, "update")
    with desk.library.write():
        desk.library.editions.put(replace(first, status="sent", sent_at=desk.now()))
    two = come(desk, 1, "isles")
    families.lead(desk, two)
    second = editions.draft(desk, "update", on=first.date + timedelta(days=40))
    assert second.id != first.id
    assert placed(desk, second.id) == []
    with desk.library.write():
        desk.library.editions.put(place(second, two, "policy", ""))
    assert "used" in {finding.code for finding in editions.check(desk, second.id)}


def placed(desk: Workspace, name: str) -> list[int]:
    return sorted(seat.document for seat in editions.find(desk, name).placements)
