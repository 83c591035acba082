"""Whatever lies over triage is left once, however fast its key is struck."""

from __future__ import annotations

import pytest
from textual import events
from textual.screen import Screen

from curator.desk.app import Desk
from curator.desk.screens.layer import Layer
from curator.desk.screens.triage import TriageScreen
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.drafts import kept_draft
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, store, subscribe, until

OVER = {
    "editions": ("e",),
    "an edition": ("e", "enter"),
    "the preview of an edition": ("e", "enter", "B"),
    "the feeds": ("I",),
    "the lists": ("P",),
    "a roster": ("P", "enter"),
    "coverage": ("O",),
    "the journal": ("A",),
    "help": ("question_mark",),
    "the criteria": ("g", "c"),
    "a picker": ("t",),
    "a question": ("S",),
    "a blurb": ("b",),
}


@pytest.mark.parametrize("struck", ["escape", "enter"])
async def test_a_key_struck_again_and_again_closes_what_lies_over_triage_and_no_more(
    workspace: Workspace, sit: Sit, struck: str
) -> None:
    ids = store(workspace)
    triage.decide(workspace, workspace.library.documents.pick(ids[:2]), "kept")
    subscribe(workspace)
    editions.draft(workspace, "update")
    async with sit() as sitting:
        for name, keys in OVER.items():
            await sitting.press(*keys)
            depth = len(sitting.desk.screen_stack)
            assert depth > 1, name
            for _ in range(5):
                sitting.desk.post_message(events.Key(struck, None))
            await sitting.settle()
            assert sitting.desk.is_running, name
            assert len(sitting.desk.screen_stack) <= depth + 1, name
            while not isinstance(sitting.desk.screen, TriageScreen):
                await sitting.press("escape")


@pytest.mark.parametrize("keys", [("t", "r"), ("S", "n"), ("b", "W"), ("question_mark",), ("colon", "x")])
async def test_the_desk_is_left_from_a_dialog_and_the_words_of_a_blurb_are_kept(
    workspace: Workspace, sit: Sit, keys: tuple[str, ...]
) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        await sitting.press(*keys)
        assert not isinstance(sitting.desk.screen, TriageScreen)
        sitting.desk.post_message(events.Key("ctrl+q", "\x11"))
        await until(lambda: not sitting.desk.is_running)
    assert kept_draft(workspace, f"blurb-{first}") == ("W" if keys[0] == "b" else None)


def test_every_screen_of_the_desk_is_a_layer() -> None:
    def below(kind: type[Screen[object]]) -> set[type[Screen[object]]]:
        return {kind}.union(*(below(one) for one in kind.__subclasses__()))

    ours = {one for one in below(Screen) if one.__module__.startswith(Desk.__module__.rpartition(".")[0])}
    assert len(ours) > 15
    assert [one for one in ours if not issubclass(one, Layer) and not issubclass(Layer, one)] == []
