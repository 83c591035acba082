"""The sample workspace, made from the desk: in a thread, shown feed by feed, and then one sits in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.worker import get_current_worker

from curator.desk.screens.asking import something
from curator.desk.screens.asking_path import AskingPath, path_typed
from curator.desk.screens.base import DeskApp
from curator.desk.screens.clerk import Left
from curator.desk.screens.telling import TellingScreen
from curator.desk.widgets.beginning import Beginning
from curator.errors import UsageError
from curator.workflow.workspace import Clock

if TYPE_CHECKING:
    from curator.workflow.pull import FeedDone

SAMPLE_HELP = "documents and both mails; needs no network"


@dataclass
class Making(Message):
    """How far the sample is."""

    words: str


@dataclass
class Made(Message):
    folder: Path


class MakeOver(Message):
    """However it ended."""


class SampleScreen(TellingScreen):
    """Asks in which folder, makes the sample there as `curator demo` does, and opens it."""

    making = False

    def ask_for_sample(self, now: Clock, environ: Mapping[str, str]) -> None:
        if self.making:
            return
        here = Path.cwd()

        def named(typed: str | None) -> None:
            if typed is not None:
                self.making = True
                self.show_going_on("Reading the sample's feeds …")
                make = partial(self._make, path_typed(typed, here), now, environ)
                self.in_thread("sample", make, over=MakeOver())

        question = "In which folder? One that is new or empty; a sample that is there already goes on."
        self.app.push_screen(AskingPath(question, here, partial(_folder_for_sample, here), value="demo"), named)

    def _make(self, folder: Path, now: Clock, environ: Mapping[str, str]) -> Made:
        """Runs in its own thread."""
        from curator.workflow.setup import demo  # with all that pulling and drafting need

        worker = get_current_worker()

        def on_feed(done: FeedDone) -> None:
            if worker.is_cancelled:
                raise Left
            words = f"Reading the sample's feeds: {done.done} of {done.of} …"
            self.post_message(Making(words if done.done < done.of else "Drafting both mails …"))

        return Made(demo(folder, now=now, environ=environ, on_feed=on_feed).workspace)

    @on(Making)
    def _say_how_far(self, event: Making) -> None:
        self.show_going_on(event.words)

    @on(Made)
    def _go_there(self, event: Made) -> None:
        assert isinstance(self.app, DeskApp)
        self.app.move_to(event.folder.absolute())

    @on(MakeOver)
    def _make_over(self) -> None:
        self.making = False
        self.show_going_on("")

    def show_going_on(self, words: str) -> None:
        self.query_one(Beginning).going_on(words)


def _folder_for_sample(here: Path, typed: str) -> None:
    folder = path_typed(typed, here)
    something("Name a folder, as demo; Esc leaves it.")(typed)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file. Name a folder.")
