"""What `y` copies, and how it reaches a clipboard; and whose the mouse is."""

from __future__ import annotations

from textual.driver import Driver

from curator.desk.mouse import switch_mouse
from curator.workflow.cite import COPIED
from curator.workflow.workspace import Workspace
from tests.desk.conftest import TITLES, Sit, store


async def test_y_copies_in_the_form_chosen_and_into_a_file(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("y")
        await sitting.type("markdown")
        await sitting.press("enter")
        text = sitting.desk.clipboard
        assert text.startswith(f"[{TITLES[0]}](https://example.org/scotland/1) (")
        assert (workspace.path / COPIED).read_text(encoding="utf-8") == f"{text}\n"
        assert str(COPIED) in sitting.notes[0]


async def test_all_that_is_selected_is_copied(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("asterisk", "y", "enter")
        assert sitting.desk.clipboard.splitlines() == [f"https://example.org/scotland/{n}" for n in range(1, 6)]


async def test_escape_copies_nothing(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("y", "escape")
        assert not (workspace.path / COPIED).exists() and not sitting.notes


class Written(Driver):
    """Keeps what would go to the terminal."""

    def __init__(self) -> None:
        self.text, self._mouse = "", True

    def write(self, data: str) -> None:
        self.text += data

    def flush(self) -> None: ...

    def start_application_mode(self) -> None: ...

    def disable_input(self) -> None: ...

    def stop_application_mode(self) -> None: ...


def test_the_terminal_is_told_whose_the_mouse_is() -> None:
    driver = Written()
    switch_mouse(driver, on=False)
    assert driver.text == "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l" and not driver._mouse
    driver.text = ""
    switch_mouse(driver, on=True)
    assert driver.text.count("h") == 4 and driver._mouse


async def test_the_mouse_can_be_left_to_the_terminal_and_taken_again(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    async with sit() as sitting:
        await sitting.press("ctrl+g")
        assert not sitting.desk.mouse_taken and "^g" in sitting.notes[0]
        await sitting.press("ctrl+g")
        assert sitting.desk.mouse_taken


async def test_two_escapes_at_once_close_one_screen(workspace: Workspace, sit: Sit) -> None:
    from textual import events

    store(workspace)
    async with sit() as sitting:
        await sitting.press("b")
        for _ in range(2):
            sitting.desk.post_message(events.Key("escape", None))
        await sitting.settle()
        assert sitting.desk.screen is sitting.triage
