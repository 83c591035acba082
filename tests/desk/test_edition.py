"""An edition from draft to sent, through the keys an editor presses."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from textual.widgets import Static

from curator.deliver import Receipt
from curator.deliver.files import FileMailer
from curator.desk.screens.edition import EditionScreen
from curator.desk.screens.editions import EditionsScreen
from curator.desk.screens.picker import Picker
from curator.desk.screens.triage import TriageScreen
from curator.desk.widgets.bars import KeyBar
from curator.desk.widgets.outline_list import HERE, OutlineList, OutlineRow, drop_after
from curator.desk.widgets.preview import Preview
from curator.models import Edition, OwnWords
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.compare import compare
from curator.workflow.workspace import Workspace
from tests.desk.conftest import TITLES, Sit, Sitting, drawn, seen, store


def update(workspace: Workspace) -> Edition:
    return workspace.library.editions.get("update-1")


def below(sitting: Sitting) -> str:
    """The line with the keys."""
    return drawn(sitting.screen.query_one(KeyBar))


async def draft_update(sitting: Sitting) -> None:
    await sitting.press("e", "d")
    await sitting.type("update")
    await sitting.press("enter")
    await sitting.until(lambda: "KB of 90" in sitting.top)


def order(workspace: Workspace, group: str = "GB-SCT") -> list[int]:
    placements = [one for one in update(workspace).placements if one.group == group]
    return [one.document for one in sorted(placements, key=lambda one: one.rank)]


async def to(sitting: Sitting, title: str) -> None:
    """Go down until the cursor is on a title."""
    outline = sitting.screen.query_one(OutlineList)
    steps = next(index for index, row in enumerate(outline.rows) if row.text == title)
    await sitting.press("g", "g", *("j" for _ in range(steps)))


async def test_an_update_is_drafted_and_shown_as_it_will_be_mailed(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        assert "update-1 · draft · 1 Dec 2026 · 3 members | " in sitting.top
        shown = drawn(sitting.screen.query_one(OutlineList))
        assert shown.index("RESEARCH") < shown.index("Sweden") < shown.index("POLICY") < shown.index("Scotland")
        text = sitting.screen.query_one(Preview).text
        assert all(title in text for title in TITLES)


async def test_a_digest_with_a_topic_asks_for_the_theme(workspace: Workspace, kept: tuple[int, ...], sit: Sit) -> None:
    theme = next(iter(workspace.taxonomy.themes.values()))
    async with sit() as sitting:
        await sitting.press("e", "d")
        await sitting.type("make")
        await sitting.press("enter")
        assert isinstance(sitting.desk.screen, Picker)
        await sitting.type(theme.label.lower())
        await sitting.press("enter")
        await sitting.until(lambda: isinstance(sitting.desk.screen, EditionScreen))
        assert [one.topic for one in workspace.library.editions.all("make-it-so")] == [theme.slug]


async def test_documents_move_within_their_group_and_undo_takes_it_back(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        before = order(workspace)
        await to(sitting, TITLES[0])
        await sitting.press("J", "J")
        assert order(workspace) == [*before[1:3], before[0], *before[3:]]
        row = sitting.screen.query_one(OutlineList).current
        assert row and row.document == before[0]
        await sitting.press("K")
        assert order(workspace) == [before[1], before[0], *before[2:]]
        await sitting.press("u")
        assert order(workspace) == [*before[1:3], before[0], *before[3:]]


async def test_the_text_follows_each_move(workspace: Workspace, kept: tuple[int, ...], sit: Sit) -> None:
    async with sit() as sitting:
        await draft_update(sitting)

        def text() -> str:
            return sitting.screen.query_one(Preview).text

        assert text().index(TITLES[0]) < text().index(TITLES[1])
        await to(sitting, TITLES[0])
        await sitting.press("J")
        await sitting.until(lambda: text().index(TITLES[0]) > text().index(TITLES[1]))
        await sitting.press("c")
        await sitting.until(lambda: TITLES[0] not in text())
        await sitting.press("u", "u")
        await sitting.until(lambda: TITLES[0] in text() and text().index(TITLES[0]) < text().index(TITLES[1]))


async def test_a_document_is_placed_elsewhere_and_left_out(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await to(sitting, TITLES[1])
        await sitting.press("p")
        await sitting.type("webinars › ireland")
        await sitting.press("enter")
        placed = next(one for one in update(workspace).placements if one.document == kept[1])
        assert (placed.section, placed.group, placed.by_hand) == ("webinars", "IE", True)
        await to(sitting, TITLES[2])
        await sitting.press("x")
        assert update(workspace).left_out == (kept[2],)


@pytest.mark.parametrize(("key", "taken"), [("x", "left_out"), ("c", "carried")])
async def test_one_document_after_the_other_is_taken_out(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit, key: str, taken: str
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await to(sitting, TITLES[1])
        stood = order(workspace)
        for _ in stood:
            await sitting.press(key)
        assert not order(workspace) and sorted(getattr(update(workspace), taken)) == sorted(stood)


async def test_a_document_has_a_title_and_a_blurb_in_this_edition_alone(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await to(sitting, TITLES[0])
        await sitting.press("t", *("backspace" for _ in TITLES[0]))
        await sitting.type("A plan")
        await sitting.press("escape")
        await sitting.press("B", "ctrl+u")
        await sitting.type("Said here")
        await sitting.press("escape")
        assert update(workspace).words == (OwnWords(kept[0], "A plan", "Said here"),)
        assert sitting.review(kept[0]).blurb == ""
        row = sitting.screen.query_one(OutlineList).current
        assert row and (row.text, row.mark) == ("A plan", "w ")
        await sitting.until(lambda: "A plan" in sitting.screen.query_one(Preview).text)
        await sitting.press("u", "u")
        assert update(workspace).words == ()


async def test_a_title_is_one_line_which_enter_saves(workspace: Workspace, kept: tuple[int, ...], sit: Sit) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await to(sitting, TITLES[0])
        await sitting.press("t")
        await sitting.type("!")
        await sitting.press("enter")
        assert update(workspace).words == (OwnWords(kept[0], f"{TITLES[0]}!", ""),)
        await sitting.press("B", "ctrl+u")
        await sitting.type("One")
        await sitting.press("enter")
        await sitting.type("Two")
        await sitting.press("escape")
        assert update(workspace).words == (OwnWords(kept[0], f"{TITLES[0]}!", "One Two"),)


async def test_leaving_the_words_as_they_are_gives_it_none_of_its_own(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await to(sitting, TITLES[0])
        await sitting.press("t", "escape", "B", "escape")
        assert update(workspace).words == ()


async def test_a_document_is_pinned_and_another_carried_over(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await to(sitting, TITLES[0])
        await sitting.press("P")
        assert [one.document for one in update(workspace).placements if one.by_hand] == [kept[0]]
        await sitting.press("P")
        assert not [one for one in update(workspace).placements if one.by_hand]
        await sitting.press("c")
        assert update(workspace).carried == (kept[0],)
        await sitting.press("D")
        assert kept[0] not in order(workspace)
        await sitting.press("u", "u")
        assert order(workspace)[0] == kept[0]


def line_of(sitting: Sitting, title: str) -> int:
    outline = sitting.screen.query_one(OutlineList)
    return next(index for index, row in enumerate(outline.rows) if row.text == title) - round(outline.scroll_y)


async def drag(sitting: Sitting, title: str, onto: str) -> None:
    pilot = sitting.pilot
    goal = (10, line_of(sitting, onto))
    await pilot.mouse_down(OutlineList, offset=(10, line_of(sitting, title)))
    await pilot.hover(OutlineList, offset=goal)
    await pilot.mouse_up(OutlineList, offset=goal)
    await sitting.settle()


async def test_a_document_is_dragged_within_its_group_and_to_another(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        before = order(workspace)
        await drag(sitting, TITLES[0], TITLES[2])
        assert order(workspace) == [*before[1:3], before[0], *before[3:]]
        await drag(sitting, TITLES[3], TITLES[1])
        assert order(workspace)[0] == kept[3]
        await drag(sitting, TITLES[1], "Sweden")
        seat = next(one for one in update(workspace).placements if one.document == kept[1])
        assert (seat.section, seat.group, seat.rank, seat.by_hand) == ("research", "SE", 1, True)
        row = sitting.screen.query_one(OutlineList).current
        assert row and row.document == kept[1]
        await sitting.press("u", "u", "u")
        assert order(workspace) == before


async def test_while_dragging_a_line_shows_where_it_lands(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        outline, pilot = sitting.screen.query_one(OutlineList), sitting.pilot

        async def over(title: str) -> str:
            await pilot.hover(OutlineList, offset=(10, line_of(sitting, title)))
            await sitting.settle()
            return next((line for line in drawn(outline).splitlines() if HERE.strip() in line), "")

        await pilot.mouse_down(OutlineList, offset=(10, line_of(sitting, TITLES[0])))
        await sitting.settle()
        assert HERE.strip() not in drawn(outline)
        assert TITLES[2] in await over(TITLES[2])  # from above, in its own group: behind it
        assert not await over(TITLES[0])
        assert "Sweden" in await over("Sweden")  # another group: at its head
        strip = outline.render_line(outline.drop_after or 0)
        assert all(segment.style and segment.style.underline for segment in strip)
        await pilot.mouse_up(OutlineList, offset=(10, line_of(sitting, "Sweden")))
        await sitting.settle()
        assert HERE.strip() not in drawn(outline)
        assert next(one.group for one in update(workspace).placements if one.document == kept[0]) == "SE"


ROWS = [
    OutlineRow("section", "news", "News", 3),
    OutlineRow("group", "news/SE", "Sweden", 2),
    *(OutlineRow("seat", str(number), f"Document {number}", document=number) for number in (1, 2)),
    OutlineRow("group", "news/IE", "Ireland", 1),
    OutlineRow("seat", "3", "Document 3", document=3),
    OutlineRow("section", "policy", "Policy", 1),
    OutlineRow("group", "policy/SE", "Sweden", 1),
    OutlineRow("seat", "4", "Document 4", document=4),
    OutlineRow("note", "", "In no section"),
]


@pytest.mark.parametrize(
    ("held", "over", "after"),
    [
        (2, 3, 3),
        (3, 2, 1),
        (2, 5, 4),
        (5, 2, 1),
        (3, 1, 1),
        (2, 1, None),
        (2, 6, 7),
        (5, 6, 6),
        (2, 9, None),
        (2, 2, None),
    ],
)
def test_where_the_line_is_drawn(held: int, over: int, after: int | None) -> None:
    assert drop_after(ROWS, ROWS[held], over) == after


async def test_a_press_without_a_drag_moves_nothing(workspace: Workspace, kept: tuple[int, ...], sit: Sit) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        before = update(workspace)
        await drag(sitting, TITLES[1], TITLES[1])
        await sitting.pilot.click(OutlineList, offset=(10, line_of(sitting, TITLES[2])))
        await sitting.settle()
        row = sitting.screen.query_one(OutlineList).current
        assert row and row.text == TITLES[2]
        assert update(workspace) == before


async def test_introduction_and_key_messages_are_written(workspace: Workspace, kept: tuple[int, ...], sit: Sit) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("i")
        await sitting.type("Dear members")
        await sitting.press("escape")
        await sitting.press("y")
        await sitting.type("Ask early")
        await sitting.press("escape")
        assert update(workspace).introduction == "Dear members"
        assert update(workspace).key_messages == "Ask early"
        await sitting.until(lambda: "Dear members" in sitting.screen.query_one(Preview).text)


async def test_how_a_country_stands_is_written_where_there_is_a_topic(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    editions.draft(workspace, "make-it-so", topic="crisis-care")
    async with sit() as sitting:
        await sitting.open_edition()
        await to(sitting, "Sweden")
        await sitting.press("w")
        await sitting.type(" Waiting times.")
        await sitting.press("escape")
        (said,) = workspace.library.editions.get("make-it-so-1").comparisons
        assert (said.country, said.fields) == ("SE", ("", "", "", "Waiting times."))
        await sitting.until(lambda: "Data: Waiting times." in sitting.screen.query_one(Preview).text)
        await sitting.press("u")
        await sitting.until(lambda: "Data:" not in sitting.screen.query_one(Preview).text)
        await sitting.press("g", "g", "w")
        assert "stand on a country of the network" in " ".join(sitting.notes)


async def test_a_country_that_stands_as_in_an_earlier_edition_says_so(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    first = editions.draft(workspace, "make-it-so", topic="crisis-care", on=date(2026, 1, 1))
    compare(workspace, first.id, "SE", law="An act of 2017.")
    editions.draft(workspace, "make-it-so", topic="crisis-care", on=date(2027, 1, 1))
    async with sit() as sitting:
        await sitting.open_edition()
        await to(sitting, "Sweden")
        row = sitting.screen.query_one(OutlineList).current
        assert row and row.mark.startswith("as in no. 1")
        await sitting.press("w")
        await sitting.settle()
        assert "It stands here as in no. 1." in str(
            sitting.desk.screen.query_one("#writing-guide Static", Static).render()
        )
        await sitting.press("escape", "u")
        await sitting.until(lambda: not workspace.library.editions.get("make-it-so-2").comparisons)


async def test_sections_fold(workspace: Workspace, kept: tuple[int, ...], sit: Sit) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        outline = sitting.screen.query_one(OutlineList)
        full = outline.total
        await sitting.press("g", "g", "space")
        assert outline.total < full and outline.cursor == 0
        await sitting.press("space")
        assert outline.total == full
        await sitting.press("z")
        assert outline.total == 2


async def test_the_page_is_written_and_its_path_said_where_there_is_no_browser(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("o")
        page = workspace.path / "editions" / "update-1" / "edition.html"
        assert page.is_file()
        assert any(str(page) in note for note in sitting.notes)


async def test_an_edition_is_written_in_another_form(workspace: Workspace, kept: tuple[int, ...], sit: Sit) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("e")
        await sitting.type("commonmark")
        await sitting.press("enter")
        page = workspace.path / "editions" / "update-1" / "update-1.md"
        assert page.read_text("utf-8").startswith("# IIMHL Update 1\n")
        assert any(str(page) in note for note in sitting.notes)
        await sitting.press("e")
        await sitting.type("calendar")
        await sitting.press("enter")
        assert any("update-1 has no date" in note for note in sitting.notes)


async def test_sealed_sent_once_each_and_frozen(workspace: Workspace, kept: tuple[int, ...], sit: Sit) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("M")
        await sitting.type("yes")
        assert sitting.stopped == "update-1 is not sealed; S seals it."
        await sitting.press("escape")
        await sitting.press("S")
        assert update(workspace).status == "sealed"
        await sitting.press("M")
        assert "3 people on the list “members”" in drawn(sitting.desk.screen.query_one("#asking-question"))
        await sitting.type("yes")
        await sitting.press("enter")
        await sitting.until(lambda: update(workspace).status == "sent")
        await sitting.until(lambda: any("3 sent." in note for note in sitting.notes))
        assert len(list((workspace.path / "outbox").rglob("*.eml"))) == 3
        await sitting.press("M")
        assert sitting.stopped == "update-1 has been sent already."


async def test_a_send_is_paused_left_and_gone_on_with(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, go = threading.Event(), threading.Event()
    hand_over = FileMailer.send

    def slowly(self: FileMailer, message: bytes, sender: str, recipient: str) -> Receipt:
        receipt = hand_over(self, message, sender, recipient)
        taken.set()
        assert go.wait(10)
        return receipt

    monkeypatch.setattr(FileMailer, "send", slowly)
    outbox = workspace.path / "outbox"
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("s")
        assert sitting.notes[-1].startswith("Nothing is being sent")
        await sitting.press("S", "M")
        await sitting.type("yes")
        await sitting.press("enter")
        await sitting.until(taken.is_set)
        assert "0 sent, 3 left · s pauses" in sitting.top
        await sitting.press("escape")
        assert "pause them with s" in sitting.notes[-1]
        await sitting.press("s")
        assert "pausing" in sitting.top
        go.set()
        await sitting.until(lambda: "paused, 2 left · s goes on" in sitting.top)
        assert below(sitting).startswith(" s pause  M send  o browser")
        assert len(list(outbox.rglob("*.eml"))) == 1
        await sitting.press("escape", "enter", "M")
        asked = " ".join(drawn(sitting.desk.screen.query_one("#asking-question")).split())
        assert asked.startswith("Send update-1 to 2 people on the list “members”? 1 person has it already.")
        await sitting.type("yes")
        await sitting.press("enter")
        await sitting.until(lambda: update(workspace).status == "sent")
        await sitting.until(lambda: not sitting.screen.busy)
        assert len(list(outbox.rglob("*.eml"))) == 3


async def test_a_send_in_which_nobody_waits_asks_nothing_and_says_what_became_of_it(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over = FileMailer.send

    def dies(self: FileMailer, message: bytes, sender: str, recipient: str) -> Receipt:
        if recipient == "reader0@example.org":
            return Receipt("unknown", "the connection broke")
        return hand_over(self, message, sender, recipient)

    monkeypatch.setattr(FileMailer, "send", dies)
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("S", "M")
        await sitting.type("yes")
        await sitting.press("enter")
        await sitting.until(lambda: any("2 sent" in note for note in sitting.notes))
        await sitting.until(lambda: not sitting.screen.busy)
        await sitting.press("M")
        await sitting.until(lambda: any("2 had it already" in note for note in sitting.notes))
        assert "the fate of 1 is not known" in sitting.notes[-1]


async def test_what_was_paused_goes_on_with_the_same_key(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over = FileMailer.send
    async with sit() as sitting:

        def pausing(self: FileMailer, message: bytes, sender: str, recipient: str) -> Receipt:
            screen = sitting.screen
            assert isinstance(screen, EditionScreen)
            sitting.desk.call_from_thread(screen.action_pause)
            return hand_over(self, message, sender, recipient)

        monkeypatch.setattr(FileMailer, "send", pausing)
        await draft_update(sitting)
        await sitting.press("S", "M")
        await sitting.type("yes")
        await sitting.press("enter")
        for left in (2, 1):
            await sitting.until(lambda left=left: f"paused, {left} left" in sitting.top)  # type: ignore[misc]
            assert isinstance(sitting.screen, EditionScreen) and sitting.screen.had == 3 - left
            await sitting.press("s")
        await sitting.until(lambda: update(workspace).status == "sent")
        await sitting.until(lambda: not sitting.screen.busy)
        assert len(list((workspace.path / "outbox").rglob("*.eml"))) == 3


async def test_the_line_below_has_the_keys_that_matter_now(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        assert below(sitting).startswith(" p place  i intro  o browser  f findings  S seal  M send  ? help")
        await sitting.press("S")
        assert below(sitting).startswith(" M send  R unseal  o browser  f findings  e export  Esc back  ? help")
        await sitting.press("M")
        await sitting.type("yes")
        await sitting.press("enter")
        await sitting.until(lambda: below(sitting).startswith(" o browser  e export  f findings  Esc back  ? help"))


@pytest.mark.parametrize("key", ["J", "K", "p", "P", "x", "c", "b", "B", "t"])
async def test_what_is_done_to_a_document_says_so_on_a_heading(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit, key: str
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("g", "g", key)
        assert sitting.notes[-1] == "That is done to a document: go to one first."
        assert sitting.screen.place == "edition"


async def test_nothing_is_sent_without_yes(workspace: Workspace, kept: tuple[int, ...], sit: Sit) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("S", "M")
        await sitting.press("y", "enter")
        assert "Only yes sends it" in drawn(sitting.desk.screen.query_one("#asking-fault"))
        await sitting.press("escape")
        assert update(workspace).status == "sealed"
        assert not list((workspace.path / "outbox").rglob("*.eml"))
        assert sitting.notes[-1] == "Nothing was sent."


async def test_a_sealed_edition_does_not_change_until_it_is_unsealed(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("S")
        await to(sitting, TITLES[0])
        before = order(workspace)
        await sitting.press("J")
        assert order(workspace) == before and "sealed" in sitting.notes[-1]
        await sitting.press("R", "J")
        assert order(workspace) != before


async def test_a_seal_that_the_check_refuses_says_why(workspace: Workspace, sit: Sit) -> None:
    triage.decide(workspace, workspace.library.documents.pick(store(workspace)), "kept")
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("S")
        assert update(workspace).status == "draft"
        assert "must be mended first" in sitting.notes[-1]


async def test_a_seal_that_somebody_broke_is_told_before_anything_is_asked(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("S")
        with workspace.another() as other:
            triage.tag(other, other.library.documents.pick(kept[:1]), triage.Tagging(blurb="Other words."))
        await sitting.press("M")
        assert sitting.stopped.startswith("The seal of update-1 is broken")


async def test_a_mail_server_that_is_down_is_told_and_the_edition_stays_sealed(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    feeds = workspace.path / "feeds.toml"
    down = 'update@example.org>"\nsmtp = "smtp://127.0.0.1:1"'
    feeds.write_text(feeds.read_text(encoding="utf-8").replace('update@example.org>"', down, 1), encoding="utf-8")
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("S", "M")
        await sitting.type("yes")
        await sitting.press("enter")
        await sitting.until(lambda: "127.0.0.1" in sitting.notes[-1] and not sitting.screen.busy)
        assert update(workspace).status == "sealed"


async def test_what_is_sealed_elsewhere_does_not_move_here_and_words_are_offered_again(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await draft_update(sitting)
        await sitting.press("i")
        await sitting.type("Dear members")
        with workspace.another() as other:
            editions.seal(other, "update-1")
        await sitting.press("escape")
        assert "is sealed" in sitting.notes[-1] and "Your words are still here" in sitting.notes[-1]
        await sitting.press("R")
        await sitting.press("i", "escape")
        assert update(workspace).introduction == "Dear members"


async def test_a_broken_template_is_told_and_the_desk_lives(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    import shutil

    shutil.copytree(workspace.templates, workspace.path / "templates")
    (workspace.path / "templates" / "update" / "body.txt.j2").write_text("{{ nothing.here }}", encoding="utf-8")
    async with sit() as sitting:
        await draft_update(sitting)
        assert "body.txt.j2" in sitting.screen.query_one(Preview).text
        await sitting.press("escape", "escape")
        assert isinstance(sitting.desk.screen, TriageScreen)


async def test_the_list_of_editions_follows_what_cron_does(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit() as sitting:
        await sitting.press("e")
        assert isinstance(sitting.desk.screen, EditionsScreen)
        assert "No edition yet." in drawn(sitting.desk.screen.query_one("#editions"))
        with workspace.another() as other:
            editions.draft(other, "update")
        await sitting.until(lambda: "update-1" in drawn(sitting.desk.screen.query_one("#editions")))


async def test_at_80_columns_enter_opens_the_preview_over_the_outline(
    workspace: Workspace, kept: tuple[int, ...], sit: Sit
) -> None:
    async with sit(80, 24) as sitting:
        await draft_update(sitting)
        outline, preview = sitting.screen.query_one(OutlineList), sitting.screen.query_one(Preview)
        assert seen(outline, preview) == [True, False]
        await sitting.press("enter")
        assert seen(outline, preview) == [False, True]
        await sitting.press("escape")
        assert seen(outline, preview) == [True, False] and outline.has_focus
