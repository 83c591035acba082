"""feeds accept, retire, revive: what a feed's server has said for good waits here for the editor's word."""

from __future__ import annotations

from msgspec.structs import replace

from curator.clean import plain_line
from curator.config import Config, feed_address_fault
from curator.errors import UsageError
from curator.models import Feed, FeedState
from curator.pull.health import MOVES
from curator.workflow.feeds import refuse_known
from curator.workflow.feeds_file import rewrite_feeds, with_said
from curator.workflow.pull import chosen_feeds
from curator.workflow.workspace import Workspace


def accept_move(workspace: Workspace, slug: str) -> tuple[Feed, Feed]:
    """Write the address that a feed has moved to into feeds.toml, with all that is remembered of the feed kept, so
    that nothing arrives anew. Answers the feed before and after.

    Raises UsageError for an unknown slug, where the feed has not moved for good, or where the new address is another
    feed's or none that feeds.toml may hold."""
    (feed,) = chosen_feeds(workspace, [slug])
    state = workspace.library.feeds.states().get(slug, FeedState(slug))
    there = _moved_to(state)
    if fault := feed_address_fault(there, workspace.path):
        raise UsageError(f"The new address of “{slug}” was not taken over: it {fault}.")

    def move(text: str, config: Config) -> str:
        refuse_known((one for one in config.feeds if one.slug != slug), there)
        return with_said(text, slug, "url", there)

    config = rewrite_feeds(workspace.path, workspace.taxonomy, move, by=workspace.editor)
    with workspace.library.write():
        workspace.library.feeds.follow(config.feeds)
        workspace.library.feeds.remember(replace(state, moved_to=None, moves=0, moved_since=None))
    return feed, next(one for one in config.feeds if one.slug == slug)


def _moved_to(state: FeedState) -> str:
    if state.moved_to and state.moves >= MOVES:
        return state.moved_to
    if state.moved_to:
        raise UsageError(
            f"“{state.slug}” was led to {plain_line(state.moved_to, 200)} by {state.moves} of the {MOVES} pulls in a "
            "row that make a move. Pull again, or write the address into feeds.toml yourself."
        )
    raise UsageError(f"“{state.slug}” has not moved. `curator feeds list` says how it is.")


def retire_feed(workspace: Workspace, slug: str) -> Feed:
    """Have feeds.toml say that a feed is retired: it is not pulled, its documents stay. Raises UsageError for an
    unknown slug, or where it is retired already."""
    return _say_retired(workspace, slug, True)


def revive_feed(workspace: Workspace, slug: str) -> Feed:
    """Have a retired feed pulled again, whole and as if it had never failed. Raises UsageError for an unknown slug, or
    where it is not retired."""
    return _say_retired(workspace, slug, None)


def _say_retired(workspace: Workspace, slug: str, value: bool | None) -> Feed:
    chosen_feeds(workspace, [slug])

    def say(text: str, config: Config) -> str:
        if any(one.slug == slug and one.retired == bool(value) for one in config.feeds):
            raise UsageError(f"“{slug}” is {'retired already' if value else 'not retired'}; nothing was changed.")
        return with_said(text, slug, "retired", value)

    config = rewrite_feeds(workspace.path, workspace.taxonomy, say, by=workspace.editor)
    with workspace.library.write():
        workspace.library.feeds.follow(config.feeds)
        if not value:
            state = workspace.library.feeds.states()[slug]
            healed = replace(state, error=None, failing_since=None, failures=0, illness=None, wait_until=None)
            workspace.library.feeds.remember(healed)
    return next(one for one in config.feeds if one.slug == slug)
