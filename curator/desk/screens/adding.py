"""Adding a feed from an address. It is looked at in a thread of its own, which asks the editor where it must choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import Any

from textual import on
from textual.message import Message
from textual.worker import get_current_worker

from curator.clean import plain_line
from curator.desk.screens.asking import Asking, yes_to
from curator.desk.screens.clerk import Left
from curator.desk.screens.picker import Picked, pick
from curator.desk.screens.pulling import PullScreen
from curator.desk.widgets.choices import Choice
from curator.desk.widgets.words import counted, short_country
from curator.errors import UsageError
from curator.models import Feed
from curator.workflow.discover import Guessed, Source
from curator.workflow.feeds import add_source, check_address, typed_address

_SHOWN = 5


@dataclass
class Question(Message):
    """The thread waits for `answer`, which `ask` is to hand over."""

    ask: Callable[[Callable[[Any], None]], object]
    answer: Future[Any]


@dataclass
class Added(Message):
    feed: Feed


class AddOver(Message):
    """However it ended."""


class AddingScreen(PullScreen):
    """Asks for an address and a country, then looks, writes what it finds into feeds.toml and pulls it."""

    adding = ""
    """The address that is looked at now."""

    def action_add(self) -> None:
        if self.adding:
            self.say(f"{self.adding} is still being looked at.")
            return
        question = "The address of a feed, or of a page that leads to one"
        keys = "Enter looks there · Esc leaves it"
        self.app.push_screen(Asking(question, "https://", keys, self._check_address), self._address_given)

    def _check_address(self, typed: str) -> None:
        """Before a country is asked for. In a thread of its own."""
        if not typed.strip():
            raise UsageError("An address begins with https://; Esc leaves it.")
        check_address(self.workspace, typed_address(typed))

    def _address_given(self, url: str | None) -> None:
        if not url:
            return
        taxonomy, members = self.workspace.taxonomy, self.workspace.config.network.countries
        codes = (*members, *(code for code in taxonomy.countries if code not in members))
        choices = [Choice("", "No one country", words="none international")]
        choices += [Choice(code, taxonomy.country_label(code), mark=short_country(code)) for code in codes]
        title = "Which country does it concern?"
        pick(self.app, title, choices, partial(self._country_given, typed_address(url)))

    def _country_given(self, url: str, picked: Picked) -> None:
        if picked is None:
            return
        self.adding = url
        self.show_progress()
        look = partial(self._add, url, picked[0] if picked else "")
        self.in_thread("add", look, over=AddOver(), looking=True)

    def _add(self, url: str, country: str) -> Added | None:
        """Runs in its own thread."""
        with self.workspace.another() as own:
            feed = add_source(own, url, partial(self._choose, url), self._agree, country=country or None)
        return Added(feed) if feed else None

    def _choose(self, url: str, found: Sequence[Source]) -> Source:
        """Whatever is not the address itself is shown before it is added."""
        if len(found) == 1 and found[0].url == url:
            return found[0]
        choices = [Choice(str(number), one.title or "untitled", one.url, one.url) for number, one in enumerate(found)]
        several = f"The page leads to {len(found)} feeds. Which one?"
        title = several if len(found) > 1 else "The page leads to this feed. Enter adds it."
        picked: Picked = self._answer_to(lambda then: pick(self.app, title, choices, then))
        if not picked:
            raise Left
        return found[int(picked[0])]

    def _agree(self, found: Guessed) -> bool:
        entries = "\n\n".join(f"· {plain_line(unescape(one.title), 90)}" for one in found.entries[:_SHOWN])
        question = (
            f"The page names no feed. Read it itself? It would bring {counted(len(found.entries), 'entry', 'entries')}:"
            f"\n\n{entries}"
        )
        return self._answer_to(lambda then: self.app.push_screen(yes_to(question, "adds"), then)) is not None

    def _answer_to(self, ask: Callable[[Callable[[Any], None]], object]) -> Any:
        """What the editor answers; the thread waits, but not for a desk that closes."""
        worker, answer = get_current_worker(), Future[Any]()
        self.post_message(Question(ask, answer))
        while not worker.is_cancelled:
            try:
                return answer.result(timeout=0.1)
            except TimeoutError:
                continue
        raise Left

    @on(Question)
    def _ask_editor(self, event: Question) -> None:
        event.ask(event.answer.set_result)

    @on(Added)
    def _tell_added(self, event: Added) -> None:
        self.say(f"It stands in feeds.toml as “{event.feed.slug}”; u takes it out again.", title=event.feed.name)
        self.pull_feeds((event.feed.slug,))

    @on(AddOver)
    def _add_over(self) -> None:
        self.adding = ""
        self.show_progress()

    def show_progress(self) -> None:
        self.status = f"looking at {self.adding} …" if self.adding else ""
        super().show_progress()
