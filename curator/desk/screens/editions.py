"""The editions: what was drafted, sealed and sent, and a new draft of a digest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from curator.clean import plain_line
from curator.desk.commands import bindings_of, footer_of
from curator.desk.events import Elsewhere
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.drawing import EditionsFound, all_editions
from curator.desk.screens.edition import EditionScreen
from curator.desk.screens.picker import Picked, pick
from curator.desk.screens.tagging import choices_of
from curator.desk.widgets.bars import Bar, KeyBar
from curator.desk.widgets.choices import Choice
from curator.desk.widgets.outline_list import EditionList
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import counted
from curator.digest.definitions import Digest
from curator.models import Suggestions
from curator.workflow import edition as editions
from curator.workflow.workspace import Workspace

_EMPTY = ("No edition yet.", "", "d drafts one: it fills with what you kept.")


class EditionsScreen(DeskScreen):
    """Enter opens one; `d` drafts."""

    place = "editions"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("editions")]

    def compose(self) -> ComposeResult:
        yield Bar(id="top")
        yield EditionList(id="editions")
        yield KeyBar(footer_of("editions"), id="keys")

    def on_mount(self) -> None:
        self._list.empty = _EMPTY
        self._list.focus()
        self.watch_others()
        self.ask(all_editions, looking=True)

    def on_screen_resume(self) -> None:
        self.ask(all_editions, looking=True)

    @property
    def _list(self) -> EditionList:
        return self.query_one(EditionList)

    @on(Elsewhere)
    def _changed_elsewhere(self) -> None:
        self.ask(all_editions, looking=True)

    @on(EditionsFound)
    def _found(self, event: EditionsFound) -> None:
        here = event.opened or (self._list.current.id if self._list.current else "")
        at = next((index for index, one in enumerate(event.editions) if one.id == here), 0)
        self._list.show_lines(event.editions, at)
        short = self.workspace.config.network.short
        self.query_one("#top", Bar).left = f"{short} · {counted(len(event.editions), 'edition')}"
        if event.opened:
            self._open(event.opened)

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        if self._list.current:
            self._open(self._list.current.id)

    def _open(self, name: str) -> None:
        self.open_over(EditionScreen(self.workspace, self.clerk, name))

    # ------------------------------------------------------------ drafting

    def action_draft(self) -> None:
        self.once_known(lambda own: (tuple(own.digests.values()), tuple(own.faulty_digests)), self._offer)

    def _offer(self, known: tuple[Sequence[Digest], Sequence[str]]) -> None:
        """Those with a fault too: drafting one says what it is."""
        digests, faulty = {one.slug: one for one in known[0]}, known[1]
        choices = [Choice(one.slug, one.name, hint=f"to {one.mailing_list}") for one in digests.values()]
        choices += [Choice(slug, plain_line(slug), hint="its digest.toml has a fault ▲") for slug in faulty]

        def picked(chosen: Picked) -> None:
            if chosen and chosen[0] in digests:
                self._draft(digests[chosen[0]])
            elif chosen:
                self.ask(partial(_drafted, slug=chosen[0], topic=None))

        pick(self.app, "Draft which digest?", choices, picked)

    def _draft(self, digest: Digest) -> None:
        if not digest.topic:
            self.ask(partial(_drafted, slug=digest.slug, topic=None))
            return
        themes = choices_of("theme", self.workspace.taxonomy, (), Suggestions())

        def topic_picked(topic: Picked) -> None:
            if topic:
                self.ask(partial(_drafted, slug=digest.slug, topic=topic[0]))

        pick(self.app, f"{digest.name}: on which theme?", themes, topic_picked)

    def action_back(self) -> None:
        self.dismiss()


def _drafted(workspace: Workspace, *, slug: str, topic: str | None) -> EditionsFound:
    return all_editions(workspace, editions.draft(workspace, slug, topic=topic).id)
