"""Pictures of the desk's most telling screens, as plain text: every line as it is painted, and the styles of some.

`python -m tests.desk.snapshots` paints them anew; look at every changed line before committing.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len
from textual.screen import Screen
from textual.strip import Strip

from curator.desk.screens.layer import Kept
from curator.models import FeedState
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace, open_workspace
from tests.desk.conftest import FEEDS, NOW, Sitting, seated, store, subscribe

FOLDER = Path(__file__).parent / "golden"


@dataclass(frozen=True, slots=True)
class View:
    """One screen: how large, the keys that lead there from triage, and the lines whose styles are kept too."""

    width: int
    height: int
    keys: tuple[str, ...] = ()
    styled: tuple[int, ...] = ()
    awaited: str = ""
    """Words that come a little after the keys."""
    untold: range = range(0)
    """The lines where the workspace's folder stands."""
    empty: bool = False
    """Whether nothing has been pulled into the library yet."""


VIEWS: dict[str, View] = {
    "triage": View(160, 48, ("j",), (0, 2, 47), 'title "suicide'),
    "triage-narrow": View(80, 24, (), (0, 2, 23)),
    "picker": View(80, 24, ("t", "tab", *"re"), (5, 6)),
    "edition": View(160, 48, ("e", "enter", "j", "j"), (3,), "KB of 90"),
    "feeds": View(80, 24, ("I", "j"), (2,)),
    "coverage": View(160, 48, ("O",), (20,)),
    "journal": View(80, 24, ("A",), (1,)),
    "help": View(160, 48, ("question_mark",)),
    "first-run": View(80, 24, styled=(5,), untold=range(12, 22), empty=True),
}


@asynccontextmanager
async def opened(view: View, folder: Path) -> AsyncIterator[Sitting]:
    """A desk in an empty folder, where a view is."""
    (folder / "feeds.toml").write_text(FEEDS, encoding="utf-8")
    with open_workspace(folder, now=lambda: NOW, environ={"CURATOR_EDITOR": "anna"}) as workspace:
        if not view.empty:
            fill(workspace)
        async with seated(workspace, view.width, view.height) as sitting:
            if not view.empty:
                await sitting.until(lambda: sitting.triage.suggested is not None)
            await sitting.press(*view.keys)
            yield sitting


def fill(workspace: Workspace) -> None:
    """A little of everything: documents of both feeds, some kept and tagged and with letters that are wide or combined,
    people, a draft, and a feed that is ill."""
    ids = store(workspace) + store(workspace, ["Bostad först", "精神保健 a\u0302nd care"], "sweden", 40)
    found = workspace.library.documents.pick(ids)
    triage.tag(workspace, found[3:], Tagging(themes=("recovery",), blurb="Why it matters."))
    triage.tag(workspace, found[5:], Tagging(themes=("housing-homelessness",)))
    triage.decide(workspace, found[3:], "kept")
    subscribe(workspace)
    workspace.library.feeds.remember(FeedState("scotland", last_pulled_at=NOW, last_new_at=NOW))
    workspace.library.feeds.remember(FeedState("sweden", last_pulled_at=NOW, error="HTTP 410: gone", illness="gone"))
    editions.draft(workspace, "update")


async def painted(view: View, folder: Path) -> str:
    """What is seen: a line each, its end marked, then the styles of some lines."""
    async with opened(view, folder) as sitting:
        await sitting.until(lambda: any(view.awaited in strip.text for strip in strips_of(sitting.desk.screen)))
        strips = seen_of(sitting.desk.screen)
    lines = ["…|" if line in view.untold else f"{strip.text}|" for line, strip in enumerate(strips)]
    return "\n".join([*lines, *(one for line in view.styled for one in _styles(line, strips[line]))]) + "\n"


def seen_of(screen: Screen[object]) -> list[Strip]:
    """What a screen shows; of one that the app keeps and lays over another its panel alone."""
    strips = strips_of(screen)
    if not isinstance(screen, Kept):
        return strips
    panel = screen.panel.region
    return [strip.crop(panel.x, panel.right) for strip in strips[panel.y : panel.bottom]]


def strips_of(screen: Screen[object]) -> list[Strip]:
    """What the whole screen shows, line by line."""
    return screen._compositor.render_strips()


def _styles(line: int, strip: Strip) -> list[str]:
    """From which column on a line has which style, in order."""
    told, column, before = list[str](), 0, ""
    for text, style, _ in strip:
        now = str(style.without_color + style.from_color(style.color, style.bgcolor)) if style else "none"
        if text and now != before:
            told.append(f"{line}:{column} {now}")
            before = now
        column += cell_len(text)
    return told


async def all_painted(folder: Path) -> dict[str, str]:
    """Every view, by its name."""
    pictures = {}
    for name, view in VIEWS.items():
        (folder / name).mkdir()
        pictures[name] = await painted(view, folder / name)
    return pictures


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        for drawn, picture in asyncio.run(all_painted(Path(made).resolve())).items():
            (FOLDER / f"{drawn}.txt").write_text(picture, encoding="utf-8")
            print(drawn)
