"""What an editor changes in feeds.toml from the list of feeds: each change is told, and `u` takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.message import Message

from curator.desk.screens.asking import something, yes_to
from curator.desk.screens.asking_path import AskingPath, path_typed
from curator.desk.screens.base import DeskScreen
from curator.desk.screens.offer import Offer
from curator.desk.widgets.feed_list import FeedList
from curator.desk.widgets.line_list import Line
from curator.desk.widgets.words import counted, short_country
from curator.errors import UsageError
from curator.workflow.feeds import remove_feed, undo_change
from curator.workflow.feeds_move import accept_move, retire_feed, revive_feed
from curator.workflow.opml import Imported, export_feeds, import_feeds, weigh_feeds
from curator.workflow.rhythm import Watched, watched
from curator.workflow.workspace import Workspace


@dataclass
class FeedsFound(Message):
    """Every feed, and what to say; `go_to` is the slug the cursor belongs on, `pull` are those to pull at once."""

    feeds: Sequence[Watched]
    said: str = ""
    go_to: str = ""
    pull: tuple[str, ...] = ()


@dataclass
class Weighed(Message):
    """What taking an OPML file over would do."""

    path: Path
    found: Imported


class FeedsFileScreen(DeskScreen):
    """Changes feeds.toml as it is now, whoever wrote it, and shows what became of it."""

    feeds: Sequence[Watched] = ()

    @property
    def listing(self) -> FeedList:
        return self.query_one(FeedList)

    @property
    def current(self) -> Watched | None:
        """The feed under the cursor."""
        row = self.listing.current
        return next((one for one in self.feeds if row and one.feed.slug == row.slug), None)

    def _change(self, verb: Callable[[Workspace, str], str]) -> None:
        """`verb` is given the slug under the cursor and answers what to say."""
        if (one := self.current) is not None:
            self.ask(_fresh(lambda own: feeds_found(own, verb(own, one.feed.slug))))

    def action_accept(self) -> None:
        self._change(_accepted)

    def action_retire(self) -> None:
        self._change(lambda own, slug: f"{retire_feed(own, slug).name} is not pulled any more; u takes that back.")

    def action_revive(self) -> None:
        self._change(lambda own, slug: f"{revive_feed(own, slug).name} is pulled again.")

    def action_undo(self) -> None:
        self.ask(_fresh(lambda own: feeds_found(own, _undone(own))))

    def action_remove(self) -> None:
        if (one := self.current) is None:
            return

        def sure(yes: str | None) -> None:
            if yes is not None:
                self.ask(_fresh(lambda own: feeds_found(own, _removed(own, one.feed.slug))))

        question = f"Take “{one.feed.name}” out of feeds.toml? What it brought stays in the library."
        self.app.push_screen(yes_to(question, "removes", grave=True), sure)

    # ------------------------------------------------------------ OPML

    def action_import(self) -> None:
        def weigh(path: Path) -> None:
            self.ask(_fresh(lambda own: Weighed(path, weigh_feeds(own, path))), looking=True)

        self._ask_for_file("Take over the feeds of which OPML file?", weigh, wanted=(".opml", ".xml"))

    @on(Weighed)
    def _show_weighed(self, event: Weighed) -> None:
        found = event.found
        many = counted(len(found.added), "new feed")
        title = f"{event.path.name}: {many}, {len(found.skipped)} there already, {len(found.refused)} not feeds"

        def answered(yes: bool | None) -> None:
            if yes:
                self.ask(_fresh(lambda own: _imported(own, event.path)))

        offer = Offer(title, [*_weighed(found)], "takes the new ones over and pulls them", able=bool(found.added))
        self.app.push_screen(offer, answered)

    def action_export(self) -> None:
        def export(path: Path) -> None:
            self.ask(_fresh(lambda own: _exported(own, path)), looking=True)

        self._ask_for_file("Write all feeds as OPML into which new file?", export, value="feeds.opml")

    def _ask_for_file(
        self, question: str, given: Callable[[Path], None], *, wanted: tuple[str, ...] = (), value: str = ""
    ) -> None:
        base, named = self.workspace.path, something("Name a file, as feeds.opml; Esc leaves it.")

        def typed(name: str | None) -> None:
            if name is not None:
                given(path_typed(name, base))

        self.app.push_screen(AskingPath(question, base, named, value=value, wanted=wanted), typed)


def _fresh(work: Callable[[Workspace], Message]) -> Callable[[Workspace], Message]:
    """Work on feeds.toml as it is now, whoever wrote it."""

    def done(workspace: Workspace) -> Message:
        with workspace.another() as own:
            return work(own)

    return done


def feeds_found(workspace: Workspace, said: str = "", *, go_to: str = "", pull: tuple[str, ...] = ()) -> FeedsFound:
    """Every feed as feeds.toml has it now."""
    with workspace.another() as own:
        return FeedsFound(watched(own), said, go_to, pull)


def _removed(workspace: Workspace, slug: str) -> str:
    return f"{remove_feed(workspace, slug).name} is removed; u puts it back."


def _accepted(workspace: Workspace, slug: str) -> str:
    before, feed = accept_move(workspace, slug)
    return f"{feed.name} is read at {feed.url} from now on; u takes back {before.url}."


def _undone(workspace: Workspace) -> str:
    said = undo_change(workspace)
    return f"Taken back: {said}." if said else "Nothing is left to undo in feeds.toml."


def _weighed(found: Imported) -> Iterator[Line]:
    """What is refused first: it wants to be seen."""
    for one in found.refused:
        yield Line(one.url, "no feed", one.name or one.url, f"line {one.line}: {one.reason}", attention=True)
    for feed in found.added:
        yield Line(feed.url, short_country(feed.country or ""), feed.name, feed.url)
    for one in found.skipped:
        yield Line(one.url, "there", one.name or one.url, one.reason)


def _imported(workspace: Workspace, path: Path) -> FeedsFound:
    done = import_feeds(workspace, path)
    words = f"{len(done.added)} added, {len(done.skipped)} there already, {len(done.refused)} not feeds."
    new = tuple(feed.slug for feed in done.added)
    return feeds_found(workspace, words, go_to=new[0] if new else "", pull=new)


def _exported(workspace: Workspace, path: Path) -> FeedsFound:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(export_feeds(workspace))
    except FileExistsError:
        raise UsageError(f"{path} is there already, and was left as it is. Name another file.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}. Name another file.") from error
    return feeds_found(workspace, f"Written to {path}.")
