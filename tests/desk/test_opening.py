"""What is painted first is the list: looked up before Textual draws, with nothing read that is not wanted yet."""

from __future__ import annotations

import subprocess
import sys
from threading import Event

import pytest

from curator.desk.app import Desk
from curator.desk.screens import opening
from curator.desk.screens.clerk import Clerk
from curator.desk.screens.opening import look_ahead
from curator.desk.screens.survey import SCREENFUL
from curator.desk.themes import LIGHT
from curator.workflow.bookmark import Bookmark, keep_bookmark
from curator.workflow.workspace import Workspace
from tests.cli.world import ROOT
from tests.desk.conftest import Sit, drawn, store

LATER = (
    "textual.widgets._markdown",
    "textual.widgets._text_area",
    "urllib.request",
    "curator.pull",
    "curator.deliver.address",
    "curator.digest.outline",
    "curator.suggest",
    "curator.desk.screens.people",
    "curator.desk.screens.feeds",
    "curator.desk.screens.coverage",
    "curator.desk.screens.editions",
)
"""What the first list does not wait for."""


def held_up(free: Event) -> None:
    free.wait(60)


def test_the_desk_reads_only_what_the_list_needs() -> None:
    script = "import sys, curator.cli.desk, curator.desk.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & set(LATER) == set()


def test_the_first_documents_are_there_before_anything_is_drawn(workspace: Workspace) -> None:
    ids = store(workspace, [f"Document {number}" for number in range(SCREENFUL + 10)])
    clerk = Clerk(workspace)
    found = look_ahead(workspace, clerk, Bookmark())
    clerk.close()
    assert found.glanced is not None and found.glanced.ids == list(ids)
    assert [filed.id for filed in found.glanced.first] == list(ids[:SCREENFUL])


def test_a_library_that_takes_long_does_not_hold_up_the_drawing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE_SECONDS", 0.0)
    store(workspace)
    clerk, free = Clerk(workspace), Event()
    clerk.ask(lambda _: held_up(free), print)
    found = look_ahead(workspace, clerk, Bookmark(queue="kept"))
    free.set()
    clerk.close()
    assert found.glanced is None and found.asked.queue == "kept"


async def test_the_first_list_is_drawn_though_the_clerk_is_held_up(workspace: Workspace) -> None:
    store(workspace, ["A national strategy"])
    desk, free = Desk(workspace), Event()
    desk.clerk.ask(lambda _: held_up(free), print)
    async with desk.run_test(size=(160, 48)) as pilot:
        await pilot.pause()
        shown = drawn(desk.query_one("#list"))
        free.set()
    assert "A national strategy" in shown


async def test_colours_are_those_last_chosen_from_the_first_paint_on(workspace: Workspace, sit: Sit) -> None:
    keep_bookmark(workspace, Bookmark(colours=LIGHT.name))
    async with sit() as sitting:
        assert sitting.desk.has_class("-light-mode", f"-theme-{LIGHT.name}") and not sitting.desk.has_class(
            "-dark-mode"
        )
        assert sitting.desk.screen.styles.background.hex.lower() == LIGHT.background
