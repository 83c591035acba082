"""A real workspace with a real library, and a desk opened on it without a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from curator.desk.app import Desk
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.knowing import Stopped
from curator.desk.screens.triage import TriageScreen
from curator.desk.widgets.bars import Bar
from curator.models import Filed, Match, NewDocument, Review, Subscriber
from curator.workflow import triage
from curator.workflow.workspace import Workspace, open_workspace
from tests.desk.watchdog import MOST_ANYWHERE_SECONDS, watching

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

FEEDS = """
[network]
name = "International Initiative for Mental Health Leadership"
short = "IIMHL"
timezone = "Pacific/Auckland"
countries = ["AU", "CA", "GB-ENG", "IE", "NL", "NZ", "GB-SCT", "SE", "US"]
postal = "PO Box 1, Wellington, New Zealand"
site = "https://example.org"

[mail]
sender = "IIMHL Update <update@example.org>"

[[feeds]]
slug = "scotland"
name = "Scotland's health pages"
url = "file:feeds/scotland.xml"
country = "GB-SCT"
section = "policy"

[[feeds]]
slug = "sweden"
name = "Sweden's health pages"
url = "file:feeds/sweden.xml"
country = "SE"
section = "research"
"""

NAMES = {
    " ": "space",
    ":": "colon",
    "-": "minus",
    ".": "full_stop",
    ",": "comma",
    "/": "slash",
    "›": "single_right-pointing_angle_quotation_mark",
}
"""What Textual calls the keys of letters that are none."""

TITLES = (
    "National strategy for mental health",
    "Delivery plan for suicide prevention",
    "Report on peer support",
    "Crisis care at night",
    "Housing and recovery",
)


@pytest.fixture(autouse=True)
def watchdog(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing that may wait is done on a desk's event loop, and nothing there takes long."""
    with watching() as watch:
        yield
    assert not watch.touched, watch.said
    assert watch.longest <= MOST_ANYWHERE_SECONDS or request.node.get_closest_marker("soak"), watch.said


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    (tmp_path / "feeds.toml").write_text(FEEDS, encoding="utf-8")
    with open_workspace(tmp_path, now=lambda: NOW, environ={"CURATOR_EDITOR": "anna"}) as opened:
        yield opened


def new_document(number: int, title: str, feed: str = "scotland") -> NewDocument:
    return NewDocument(
        guid=f"{feed}-{number}",
        link=f"https://example.org/{feed}/{number}",
        canonical_url=f"https://example.org/{feed}/{number}",
        title=title,
        feed=feed,
        publisher=None,
        published_at=NOW - timedelta(hours=number),
        dated="feed",
        language="en",
        excerpt=f"What document {number} says about suicide prevention.",
    )


def store(
    workspace: Workspace, titles: Sequence[str] = TITLES, feed: str = "scotland", first: int = 1
) -> tuple[int, ...]:
    """Put documents into the library, the newest first; answers their ids in that order."""
    matches = [Match("new", new_document(number, title, feed)) for number, title in enumerate(titles, first)]
    return tuple(reversed(workspace.library.documents.store(feed, matches, NOW).new))


def subscribe(workspace: Workspace, count: int = 3) -> None:
    people = [Subscriber(f"reader{number}@example.org", lists=("members", "key-leaders")) for number in range(count)]
    workspace.library.people.put(people)


@pytest.fixture
def kept(workspace: Workspace) -> tuple[int, ...]:
    """Five documents of Scotland and one of Sweden, kept; three readers."""
    ids = (*store(workspace), *store(workspace, ["Crisis report from Sweden"], "sweden", first=50))
    triage.decide(workspace, workspace.library.documents.pick(ids), "kept")
    subscribe(workspace)
    return ids


async def until(condition: Callable[[], bool]) -> None:
    """At most ten seconds."""
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


Kind = type[Screen[Any]]


@dataclass
class Sitting:
    """A desk in use. `press` waits until everything that follows from the keys has happened."""

    desk: Desk
    pilot: Pilot[Path]
    workspace: Workspace

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self._send(events.Key(key, key if len(key) == 1 else None))
        await self.settle()

    async def type(self, text: str) -> None:
        for letter in text:
            await self._send(events.Key(NAMES.get(letter, letter), letter))
        await self.settle()

    async def open_edition(self) -> None:
        """The first of the list, until it is rendered."""
        await self.press("e", "enter")
        await self.until(lambda: "KB of 90" in self.top)

    async def _send(self, key: events.Key) -> None:
        """Hand over one key as a terminal does, and wait until it is handled: for events, not for a quiet machine."""
        before = self.desk.screen
        self.desk.post_message(key)
        while not await self._quiet():
            pass
        if self.desk.screen is not before:
            await self.settle()  # nobody presses a key in a screen that is not there yet

    async def settle(self) -> None:
        """Until the clerk is idle and what it posted is handled; again, as answers ask for more."""
        rounds = 0
        while rounds < 2:
            await asyncio.wrap_future(self.desk.clerk.ask(lambda _: None, lambda _: None, looking=True, yielding=True))
            while self.desk.clerk.owes:
                await asyncio.sleep(0.001)
            rounds = rounds + 1 if await self._quiet() and not self.desk.clerk.owes else 0

    async def _quiet(self) -> bool:
        """Whether nothing was left to handle, after what waited has been. Raises what the desk broke at, which would
        never be quiet."""
        if self.desk._exception is not None:
            raise self.desk._exception
        await self.pilot.pause(0)
        await self.pilot.pause(0)
        everyone = [
            self.desk,
            *(one for screen in self.desk.screen_stack for one in screen.walk_children(with_self=True)),
        ]
        return not self.desk.typed_ahead and not any(one.message_queue_size for one in everyone)

    async def until(self, condition: Callable[[], bool]) -> None:
        """For what a timer or a thread of its own brings."""
        await until(condition)
        await self.settle()

    async def until_shown(self, screen: Kind) -> None:
        """Without waiting for the clerk, who may be what is waited for."""
        await until(lambda: isinstance(self.desk.screen, screen) and self.desk.screen.is_mounted)

    @property
    def triage(self) -> TriageScreen:
        return next(screen for screen in self.desk.screen_stack if isinstance(screen, TriageScreen))

    @property
    def screen(self) -> DeskScreen:
        assert isinstance(self.desk.screen, DeskScreen)
        return self.desk.screen

    @property
    def current(self) -> Filed:
        filed = self.triage.current
        assert filed is not None
        return filed

    @property
    def titles(self) -> list[str]:
        return [filed.document.title for filed in self.triage.window.page(0, 100)]

    @property
    def top(self) -> str:
        bar = self.screen.query_one("#top", Bar)
        return f"{bar.left} | {bar.right}"

    @property
    def stopped(self) -> str:
        """Why what was asked for does not open."""
        assert isinstance(self.desk.screen, Stopped)
        return str(self.desk.screen.query_one("#stopped-words", Static).content)

    @property
    def notes(self) -> list[str]:
        return [note.message for note in self.desk._notifications]

    def review(self, document: int) -> Review:
        return self.workspace.library.reviews.get(document)


Sit = Callable[..., AbstractAsyncContextManager[Sitting]]


@asynccontextmanager
async def seated(workspace: Workspace, width: int = 160, height: int = 48) -> AsyncIterator[Sitting]:
    """A desk at `workspace`, opened at a size, once its first list is there."""
    desk = Desk(workspace)
    async with desk.run_test(size=(width, height)) as pilot:
        sitting = Sitting(desk, pilot, workspace)
        await sitting.settle()
        yield sitting


@pytest.fixture
def sit(workspace: Workspace) -> Sit:
    return partial(seated, workspace)


def seen(*widgets: Widget) -> list[bool]:
    """Which of them are on the screen."""
    return [widget.display for widget in widgets]


def drawn(widget: Widget) -> str:
    """What a widget shows, as plain lines."""
    return "\n".join(widget.render_line(y).text for y in range(widget.size.height))
