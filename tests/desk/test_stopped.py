"""What is typed for an editor or a picker that does not open, or opens late, does nothing to the documents."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from textual import events

from curator.desk import keyboard
from curator.desk.screens import writing
from curator.desk.screens.help import Help
from curator.desk.screens.knowing import Stopped
from curator.desk.screens.triage import TriageScreen
from curator.desk.screens.writing import Writing
from curator.errors import UsageError
from curator.workflow.workspace import Workspace
from tests.desk.conftest import Sit, Sitting, store, until
from tests.desk.test_typing_ahead import strike

WORDS = "said\nand done: drop us all *"


def untouched(sitting: Sitting, numbers: tuple[int, ...]) -> bool:
    return all(sitting.review(number).decision == "inbox" and not sitting.review(number).blurb for number in numbers)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A library that answers what `b` asks once the event is set."""
    go, stand = Event(), writing._stand
    monkeypatch.setattr(writing, "_stand", lambda own, piece: (go.wait(10), stand(own, piece))[1])
    yield go
    go.set()


async def test_letters_for_a_blurb_that_cannot_be_read_do_nothing(workspace: Workspace, sit: Sit) -> None:
    numbers = store(workspace)
    async with sit() as sitting:
        workspace.library._store.run("ALTER TABLE reviews RENAME TO away")
        strike(sitting, "b", *(("enter" if sign == "\n" else sign) for sign in WORDS))
        await sitting.settle()
        workspace.library._store.run("ALTER TABLE away RENAME TO reviews")
        assert "reviews" in sitting.stopped and untouched(sitting, numbers)
        await sitting.press("escape")
        assert isinstance(sitting.desk.screen, TriageScreen) and untouched(sitting, numbers)
        assert len(sitting.notes) == 1, "what was closed unread is said again"


async def test_keys_wait_for_an_editor_that_opens_late(workspace: Workspace, sit: Sit, slow: Event) -> None:
    first, *_ = store(workspace)
    async with sit() as sitting:
        strike(sitting, "b", *"said", "escape")
        slow.set()
        await sitting.settle()
        assert sitting.review(first).blurb == "said"


async def test_what_takes_longer_than_keys_wait_is_said_and_opens_after_all(
    workspace: Workspace, sit: Sit, slow: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = store(workspace)
    monkeypatch.setattr(keyboard, "LONGEST_SECONDS", 0.1)
    async with sit() as sitting:
        strike(sitting, "b", *"drop *")
        await sitting.until_shown(Stopped)
        assert "has not answered yet" in sitting.stopped
        await until(lambda: not sitting.desk.typed_ahead)
        slow.set()
        await sitting.until_shown(Writing)
        await sitting.type("Mine")
        await sitting.press("escape")
        assert sitting.review(numbers[0]).blurb == "Mine" and untouched(sitting, numbers[1:])


async def test_what_was_given_up_does_not_open(
    workspace: Workspace, sit: Sit, slow: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(workspace)
    monkeypatch.setattr(keyboard, "LONGEST_SECONDS", 0.1)
    async with sit() as sitting:
        sitting.desk.post_message(events.Key("b", "b"))
        await sitting.until_shown(Stopped)
        sitting.desk.post_message(events.Key("escape", None))
        await sitting.until_shown(TriageScreen)
        slow.set()
        await sitting.settle()
        assert isinstance(sitting.desk.screen, TriageScreen) and not sitting.triage.unsettled
        await sitting.press("b")
        assert isinstance(sitting.desk.screen, Writing)


async def test_what_was_given_up_takes_nothing_from_what_is_asked_after_it(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    go, opened = Event(), list[str]()
    async with sit() as sitting:
        sitting.triage.once_known(lambda own: go.wait(10), lambda _: opened.append("old"), in_turn=True)
        sitting.triage.held_up()
        await sitting.until_shown(Stopped)
        sitting.desk.post_message(events.Key("escape", None))
        await sitting.until_shown(TriageScreen)
        sitting.triage.once_known(lambda own: None, lambda _: opened.append("new"))
        try:
            await until(lambda: bool(opened))
        finally:
            go.set()
        await sitting.settle()
        assert opened == ["new"] and not sitting.triage.unsettled


async def test_nothing_opens_over_what_was_opened_meanwhile(workspace: Workspace, sit: Sit, slow: Event) -> None:
    store(workspace)
    async with sit() as sitting:
        sitting.triage.action_blurb()
        sitting.desk.action_help()
        slow.set()
        await sitting.settle()
        assert isinstance(sitting.desk.screen, Help)


async def test_what_cannot_be_known_is_said_over_what_was_opened_meanwhile(workspace: Workspace, sit: Sit) -> None:
    store(workspace)
    go = Event()

    def fails(_: Workspace) -> None:
        go.wait(10)
        raise UsageError("It cannot be read.")

    async with sit() as sitting:
        sitting.triage.once_known(fails, lambda _: None)
        sitting.desk.action_help()
        await sitting.until_shown(Help)
        go.set()
        await sitting.settle()
        assert isinstance(sitting.desk.screen, Help) and sitting.notes == ["It cannot be read."]
