"""What comes in a burst, as from a slow line, acts in the order it was struck."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input, TextArea

from curator.desk.screens.asking import Asking
from curator.desk.widgets.area import Area
from curator.desk.widgets.typing import Field
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, until


class Fields(App[None]):
    def compose(self) -> ComposeResult:
        yield Field(id="field")
        yield Area(id="area")


def burst(app: App[Any], *keys: str) -> None:
    """All at once, nothing waited for."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("n", "o", "backspace", "backspace", "y", "e", "s"), "yes"),
        (("b", "c", "home", "a", "end", "d"), "abcd"),
        (("a", "c", "left", "b", "delete", "d"), "abd"),
        (("o", "n", "e", "ctrl+u", "t", "w", "o"), "two"),
    ],
)
async def test_a_burst_of_letters_and_keys_is_typed_in_order(keys: tuple[str, ...], text: str) -> None:
    app = Fields()
    async with app.run_test() as pilot:
        for kind in (Input, TextArea):
            app.query_one(kind).focus()
            await pilot.pause()
            burst(app, *keys)
            await until(lambda: _text(app) == text)


def _text(app: App[None]) -> str:
    focused = app.focused
    return focused.value if isinstance(focused, Input) else focused.text if isinstance(focused, TextArea) else ""


async def test_an_answer_that_is_mended_and_given_in_one_burst(sit: Sit, workspace: Workspace) -> None:
    async with sit() as sitting:
        await sitting.press("I", "x")
        assert isinstance(sitting.desk.screen, Asking)
        burst(sitting.desk, "n", "o", "backspace", "backspace", "y", "e", "s", "enter")
        await sitting.until(lambda: "scotland" not in (workspace.path / "feeds.toml").read_text(encoding="utf-8"))
