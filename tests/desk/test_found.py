"""What is searched for is marked in the list and in the reading pane, and n and N lead through it."""

from __future__ import annotations

from msgspec.structs import replace
from textual.widget import Widget

from curator.desk.widgets.bars import KeyBar
from curator.desk.widgets.document_list import DocumentList
from curator.desk.widgets.reader import Reader
from curator.models import Match
from curator.workflow.workspace import Workspace
from tests.desk.conftest import NOW, Sit, Sitting, new_document

PARAGRAPH = "What is written of nothing in particular, line after line, until it is long enough. "
TITLE = "Psykisk hälsa i kommunerna"


def store_long(workspace: Workspace) -> None:
    """One long document with three matches of `halsa` in its text, far from each other, and one in its title."""
    text = f"{PARAGRAPH * 30}Hälsa först. {PARAGRAPH * 30}Om HÄLSA. {PARAGRAPH * 30}Till sist hälsa."
    long = replace(new_document(1, TITLE), text=text, excerpt="")
    other = new_document(2, "Report on health")
    workspace.library.documents.store("scotland", [Match("new", long), Match("new", other)], NOW)


def underlined(widget: Widget) -> list[str]:
    """What is marked in what is drawn, from above."""
    lines = (widget.render_line(y) for y in range(widget.size.height))
    return [one.text for line in lines for one in line if one.style and one.style.underline]


async def search(sitting: Sitting, text: str) -> None:
    await sitting.press("slash")
    await sitting.type(text)
    await sitting.press("enter")
    await sitting.until(lambda: sitting.triage.asked.text == text)


async def test_words_searched_for_are_marked_in_the_list_and_the_reading_pane(workspace: Workspace, sit: Sit) -> None:
    store_long(workspace)
    async with sit() as sitting:
        listing, reader = sitting.triage.query_one(DocumentList), sitting.triage.query_one(Reader)
        assert underlined(listing) == []
        await search(sitting, "HALSA -recovery")
        assert sitting.titles == [TITLE]
        assert underlined(listing) == ["hälsa"]
        await sitting.until(lambda: reader.total == 4)
        await sitting.press("escape")
        assert underlined(listing) == [] and reader.total == 0


async def test_n_leads_through_the_matches_of_the_text_and_round_again(workspace: Workspace, sit: Sit) -> None:
    store_long(workspace)
    async with sit() as sitting:
        reader, keys = sitting.triage.query_one(Reader), sitting.triage.query_one(KeyBar)
        await search(sitting, "halsa")
        await sitting.until(lambda: reader.total == 4)
        await sitting.press("enter")
        places = []
        for _ in range(5):
            await sitting.press("n")
            places.append((keys.right, round(reader.scroll_y), reversed_in(reader)))
        assert [words for words, _, _ in places] == [f"match {n} of 4" for n in (1, 2, 3, 4, 1)]
        assert [marked for _, _, marked in places] == ["hälsa", "Hälsa", "HÄLSA", "hälsa", "hälsa"]
        tops = [top for _, top, _ in places]
        assert tops == [*sorted(tops[:4]), 0] and len(set(tops[1:4])) == 3
        await sitting.press("N")
        assert keys.right == "match 4 of 4"
        await sitting.press("J", "k")
        sitting.triage.look(elsewhere=True)  # somebody else changed something: the place in the text stays
        await sitting.settle()
        await sitting.press("N")
        assert keys.right == "match 3 of 4"
        await sitting.press("escape")
        assert keys.right == "1 found"


async def test_n_says_where_there_is_nothing_to_go_to(workspace: Workspace, sit: Sit) -> None:
    store_long(workspace)
    async with sit() as sitting:
        await sitting.press("enter", "n")
        assert sitting.notes == ["Nothing is searched for here."]


def reversed_in(reader: Reader) -> str:
    """The match one stands at, as far as it is seen."""
    lines = (reader.render_line(y) for y in range(reader.size.height))
    return "".join(one.text for line in lines for one in line if one.style and one.style.reverse)
