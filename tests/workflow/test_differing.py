"""What differs between editions, and in one since its seal."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from curator.cli.program import run_program
from curator.errors import UsageError
from curator.models import Comparison, Subscriber
from curator.workflow import edition as verbs
from curator.workflow import triage
from curator.workflow.differing import Difference, difference
from curator.workflow.hand import word
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace
from tests.workflow.world import drafted, everything, ids, sealed


def documents(found: Difference) -> dict[str, list[int]]:
    return {
        "added": [seat.document.document for seat in found.added],
        "removed": [seat.document.document for seat in found.removed],
        "moved": [each.became.document.document for each in found.moved],
    }


def words(found: Difference) -> dict[tuple[int | None, str], str]:
    return {(each.document.document if each.document else None, each.part): each.changes for each in found.reworded}


def two(desk: Workspace) -> tuple[str, str]:
    """A draft and another of the same digest with the same seats."""
    first = drafted(desk)
    second = replace(first, id="update-2", number=2)
    desk.library.editions.put(second)
    return first.id, second.id


def test_an_untouched_seal_differs_in_nothing(desk: Workspace) -> None:
    name = sealed(desk).id
    found = difference(desk, name)
    assert not found.told and not found.otherwise
    assert (found.old.state, found.new.state) == ("sealed", "now")


def test_words_that_changed_since_the_seal_are_marked_one_by_one(desk: Workspace) -> None:
    triage.tag(desk, everything(desk)[:1], Tagging(blurb="A plan for the north."))
    name = sealed(desk).id
    triage.tag(desk, everything(desk)[:1], Tagging(blurb="A plan for the south."))
    found = difference(desk, name)
    assert words(found) == {(1, "blurb"): "A plan for the [-north.-] {+south.+}"}
    assert documents(found) == {"added": [], "removed": [], "moved": []}


def test_people_who_came_and_went_are_counted_not_named(desk: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    name = sealed(desk).id
    desk.library.people.put([Subscriber("dee@example.org", lists=("members",)), Subscriber("bo@example.org")])
    found = difference(desk, name)
    assert (found.joined, found.left) == (1, 1)
    assert run_program(["-w", str(desk.path), "edition", "diff", name]) == 0
    out = capsys.readouterr().out
    assert "people on “members”: 1 joined, 1 left" in out and "@" not in out


def test_documents_added_taken_out_and_moved(desk: Workspace) -> None:
    first, second = two(desk)
    assert not difference(desk, first, second).added
    verbs.leave_out(desk, second, 4)
    verbs.place(desk, second, 1, "research", "GB-ENG")
    found = difference(desk, first, second)
    assert documents(found) == {"added": [], "removed": [4], "moved": [1]}
    assert (found.moved[0].became.section, found.moved[0].headings) == ("Research", True)
    assert documents(difference(desk, second, first)) == {"added": [4], "removed": [], "moved": [1]}


def test_a_new_order_is_told_by_the_fewest_moves(desk: Workspace) -> None:
    first, second = two(desk)
    for one in (first, second):
        for document in (1, 2, 3, 4):
            verbs.place(desk, one, document, "news", "SE")
    verbs.move(desk, second, 1, 3)
    found = difference(desk, first, second)
    assert documents(found)["moved"] == [1] and not found.moved[0].headings
    verbs.leave_out(desk, second, 2)
    assert documents(difference(desk, first, second)) == {"added": [], "removed": [2], "moved": [1]}


def test_what_is_said_around_the_documents(desk: Workspace) -> None:
    first, second = two(desk)
    verbs.introduce(desk, second, "Good evening.")
    word(desk, second, 2, title="In words of our own")
    found = words(difference(desk, first, second))
    assert found[None, "introduction"] == "Good [-morning.-] {+evening.+}"
    assert "{+2:+}" in found[None, "subject"]
    assert "{+In words of our own+}" in found[2, "title"]


def test_a_template_alone_is_told_too(desk: Workspace) -> None:
    import shutil

    from curator.workflow.packaged import packaged_templates

    shutil.copytree(packaged_templates(), desk.path / "templates")
    name = sealed(desk).id
    path = desk.path / "templates" / "update" / "body.html.j2"
    path.write_text(path.read_text(encoding="utf-8").replace("<h1>", "<h1>The "), encoding="utf-8")
    found = difference(desk, name)
    assert found.otherwise and not found.told


def test_what_cannot_be_compared(desk: Workspace) -> None:
    name = drafted(desk).id
    with pytest.raises(UsageError, match="is not sealed, so nothing can have changed since"):
        difference(desk, name)
    with pytest.raises(UsageError, match="no edition update-9"):
        difference(desk, name, "update-9")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("edition", "Missing argument 'ID'"),
        ("edition --json", "Missing argument 'ID'"),
        ("edition diff", "Missing argument 'A'"),
        ("edition dif", "There is no edition dif"),
        ("edition diff update-1 update-2 update-3", "unexpected extra argument"),
        ("edition --other update-1", "No such option"),
    ],
)
def test_an_edition_and_its_verb_are_told_apart(
    desk: Workspace, capsys: pytest.CaptureFixture[str], line: str, says: str
) -> None:
    assert run_program(["-w", str(desk.path), *line.split()]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("line", ["edition update-1 --json", "edition --json update-1"])
def test_an_id_alone_shows_the_edition(desk: Workspace, capsys: pytest.CaptureFixture[str], line: str) -> None:
    name = drafted(desk).id
    assert run_program(["-w", str(desk.path), *line.split()]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == name


def test_hostile_titles_reach_no_terminal(desk: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = two(desk)
    word(desk, second, 2, title="Red \x1b[31m\u202e {+x+}")
    triage.decide(desk, everything(desk), "kept")
    assert run_program(["-w", str(desk.path), "edition", "diff", first, second]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out and "\u202e" not in out and "{ +x+ }" in out
    assert ids(everything(desk)) == [1, 2, 3, 4]


def test_how_countries_stand_is_compared_field_by_field(desk: Workspace) -> None:
    first, second = two(desk)
    for name, law in ((first, "A law of 2014."), (second, "A law of 2026.")):
        said = (Comparison("SE", law=law, data="Counted."), *([Comparison("NZ", data="New.")] * (name == second)))
        desk.library.editions.put(replace(desk.library.editions.get(name), comparisons=said))
    assert words(difference(desk, first, second)) == {
        (None, "subject"): words(difference(desk, first, second))[None, "subject"],
        (None, "law of SE"): "A law of [-2014.-] {+2026.+}",
        (None, "data of NZ"): "{+New.+}",
    }
