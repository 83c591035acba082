"""The beginning of a list is there before the whole library is counted."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from curator.desk.screens import survey
from curator.desk.screens.survey import Asked, glance
from curator.desk.themes import LIGHT
from curator.desk.widgets.inks import Inked
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, store


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
