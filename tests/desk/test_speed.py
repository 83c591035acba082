"""The beginning of a list is there before the whole library is counted."""

from __future__ import annotations

from functools import partial
from threading import Event

import pytest
from msgspec.structs import replace
from rich.console import Group
from rich.style import Style
from rich.text import Text
from textual.geometry import Region
from textual.strip import Strip

from curator.desk.screens import survey
from curator.desk.screens.survey import Asked, glance
from curator.desk.themes import LIGHT
from curator.desk.widgets.inks import Inked
from curator.models import Match
from curator.workflow import triage
from curator.workflow.workspace import Workspace
from tests.desk.conftest import NOW, Sit, new_document, store
from tests.desk.test_painting import cells_of


def test_a_glance_is_the_beginning_of_the_list(workspace: Workspace) -> None:
    ids = store(workspace, [f"Document {number}" for number in range(survey.GLANCE + 50)])
    beginning = glance(workspace, Asked())
    assert beginning.ids == list(ids[: survey.GLANCE])
    assert list(survey.survey(workspace, Asked()).ids or ()) == list(ids)


async def test_a_long_list_is_whole_once_it_is_surveyed(workspace: Workspace, sit: Sit) -> None:
    ids = store(workspace, [f"Document {number}" for number in range(survey.GLANCE + 50)])
    async with sit() as sitting:
        assert len(sitting.triage.window) == len(ids)
        await sitting.press("G")
        assert sitting.current.id == ids[-1]
        await sitting.press("g", "a", "g", "i")
        assert sitting.current.id == ids[-1]


def test_a_glance_knows_whether_the_cursor_belongs_further_down(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "LONG_GLANCE", survey.GLANCE + 20)
    ids = store(workspace, [f"Document {number}" for number in range(survey.GLANCE + 50)])
    near, far = ids[survey.GLANCE + 10], ids[-1]
    for queue, go_to, further in (
        ("inbox", ids[3], False),
        ("inbox", near, False),
        ("inbox", far, True),
        ("kept", far, False),
    ):
        assert glance(workspace, Asked(queue=queue, go_to=go_to)).further == further, (queue, go_to)


def test_a_glance_does_not_look_far_for_a_document_that_is_not_in_the_list(workspace: Workspace) -> None:
    ids = store(workspace, [f"Document {number}" for number in range(survey.GLANCE + 50)])
    triage.decide(workspace, workspace.library.documents.pick(ids[-1:]), "kept")
    assert len(glance(workspace, Asked(go_to=ids[-1])).ids) == survey.GLANCE
    assert len(glance(workspace, Asked(go_to=ids[-2])).ids) == len(ids) - 1


def _wait(over: Event, own: Workspace) -> None:
    over.wait(30)


async def test_a_text_is_shown_at_once_however_busy_the_clerk_is(workspace: Workspace, sit: Sit) -> None:
    ids, text = store(workspace), "Words of a long text. " * 100
    workspace.library.documents.store("scotland", [Match("new", replace(new_document(9, "Long"), text=text))], NOW)
    async with sit() as sitting:
        reader, over = sitting.triage.reader, Event()
        sitting.triage.ask(partial(_wait, over), looking=True)
        await sitting.pilot.press("G", "enter")
        shown = reader.shown
        over.set()
        assert shown is not None and shown.id not in ids and shown.document.text == text


async def test_a_long_text_is_laid_out_whole_and_a_key_finds_its_end(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        reader = sitting.triage.reader
        await sitting.press("enter")
        await sitting.until(lambda: sitting.triage.suggested is not None)  # after which its own text comes no more
        reader.show_text([Text("Words of a long text. " * 5_000)])
        await sitting.press("G")
        end = reader.virtual_size.height - reader.size.height
        assert reader.scroll_y == end > 1_000  # at once, without gliding there
        assert "text." in reader.render_line(reader.size.height - 1).text
        reader.show_text([Text("Words of a long text. " * 5_000)])  # as when more is known about it
        assert reader.scroll_y == end


async def test_lines_are_those_that_textual_would_draw(workspace: Workspace, sit: Sit) -> None:
    texts = [
        "A word.  Two\n\n" + "long" * 80,
        "日本語の文書 " * 40,
        "👩‍👩‍👧 é\t" * 30,
        "",
        "\n",
        " so ",
        "åß wörds of " * 9,
    ]
    parts = [Text(text, style=style) for text in texts for style in ("", "dim")]
    parts[0].stylize("bold", 2, 90)
    parts[-1].stylize("bold", 2, 90)
    store(workspace)
    async with sit() as sitting:
        reader, console = sitting.triage.reader, sitting.desk.console
        await sitting.press("enter")
        reader.show_text(parts)
        width = reader.scrollable_content_region.width
        options = sitting.desk.console_options.update(highlight=False, width=width, height=None)
        drawn = [Strip(line) for line in console.render_lines(Group(*parts), options, pad=False)]
        assert reader.virtual_size.height == len(drawn)
        for y, strip in enumerate(drawn[: reader.size.height]):
            expected = strip.apply_style(reader.ink()).adjust_cell_length(width, reader.ink())
            assert cells_of(reader.render_line(y)) == cells_of(expected), y


def test_a_glance_reads_the_rows_that_will_be_seen(workspace: Workspace) -> None:
    ids = store(workspace, [f"Document {number}" for number in range(survey.GLANCE + 50)])
    for top, go_to, seen in (
        (0, None, range(46)),
        (90, None, range(90, 136)),
        (0, 100, range(60, 103)),
        (90, 20, range(18, 64)),
    ):
        found = glance(workspace, Asked(top=top, go_to=None if go_to is None else ids[go_to]))
        assert {ids[row] for row in seen} <= {filed.id for filed in found.first}, (top, go_to)


async def test_styles_are_worked_out_once_a_painting_and_anew_in_other_colours(
    workspace: Workspace, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(workspace, [f"Document {number}" for number in range(30)])
    mixed: list[str] = []
    mix = Inked._mix

    def counted(widget: Inked, name: str, on: str) -> Style:
        mixed.append(f"{name}/{on}")
        return mix(widget, name, on)

    monkeypatch.setattr(Inked, "_mix", counted)
    async with sit() as sitting:
        listing = sitting.triage.listing
        whole = Region(0, 0, *listing.size)
        listing.repaint()
        mixed.clear()
        before = listing.render_lines(whole)
        assert mixed and len(mixed) == len(set(mixed))
        sitting.triage.app.theme = LIGHT.name
        await sitting.press("j", "k")
        assert listing.render_lines(whole) != before


async def test_rows_drawn_before_look_as_if_they_were_drawn_anew(workspace: Workspace, sit: Sit) -> None:
    store(workspace, [f"Document {number} on care" for number in range(30)])
    async with sit() as sitting:
        for keys in (
            ["s"],
            ["j", "d"],
            ["g", "a"],
            ["j", "s", "s"],
            ["space"],
            ["escape"],
            ["semicolon"],
            ["z"],
            ["g", "i"],
            ["slash", *"care"],
            ["enter"],
            ["j", "v", "j"],
            ["escape"],
            ["u"],
            ["ctrl+t"],
            ["a"],
        ):
            await sitting.press(*keys)
            listing = sitting.triage.listing
            listing.repaint()
            painted = listing.render_lines(Region(0, 0, listing.size.width, listing.size.height))
            anew = [listing.render_line(y) for y in range(listing.size.height)]
            assert [pieces(strip) for strip in painted] == [pieces(strip) for strip in anew], keys


def pieces(strip: Strip) -> list[tuple[str, Style | None]]:
    return [(segment.text, segment.style) for segment in strip.simplify()]
