"""feeds: list them with their health, add one, remove one. The editor's comments in feeds.toml survive."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from html import unescape
from itertools import count
from typing import Any

import msgspec
from msgspec.structs import replace

from curator.clean import plain_line, slugify
from curator.config import Config, feed_address_fault
from curator.errors import UsageError
from curator.models import Feed, FeedState
from curator.workflow.discover import Guessed, Source, guessed_at, sources_at
from curator.workflow.feeds_file import rewrite_feeds, undo_feeds, with_feeds, without_feed
from curator.workflow.workspace import Workspace

_NAME = 80
_BARE = re.compile(r"(([\w-]+\.)+[\w-]+|localhost)(:\d+)?([/?#]|$)")
"""An address that begins with its host."""


def feeds(workspace: Workspace) -> list[tuple[Feed, FeedState]]:
    """Every feed of feeds.toml with what is remembered about it, in its order."""
    states = workspace.library.feeds.states()
    return [(feed, states.get(feed.slug, FeedState(feed.slug))) for feed in workspace.config.feeds]


Choose = Callable[[Sequence[Source]], Source]
"""Asks somebody which of several feeds it shall be."""
Agree = Callable[[Guessed], bool]
"""Shows somebody what a page would bring, and asks whether it shall be added."""


def typed_address(text: str) -> str:
    """What somebody typed as an address: one that begins with its host is on the web, as browsers take it."""
    text = text.strip()
    return f"https://{text}" if _BARE.match(text) else text


def check_address(workspace: Workspace, url: str) -> None:
    """UsageError where no feed can have the address, or one of feeds.toml has it."""
    if fault := feed_address_fault(url, workspace.path):
        raise UsageError(f"The feed was not added: its address {fault}.")
    refuse_known(workspace.config.feeds, url)


def add_feed(
    workspace: Workspace,
    url: str,
    choose: Choose | None = None,
    /,
    *,
    slug: str | None = None,
    name: str | None = None,
    country: str | None = None,
    section: str | None = None,
    publisher: str | None = None,
) -> Feed:
    """Fetch the address once to see that it is a feed, or a page that leads to one, and write that into feeds.toml.
    `choose` says which, also where there is only one; without it there must be only one.

    Raises UsageError when it is there already, is no feed, or names something the taxonomy does not know; TryLater
    when the server does not answer; ConfigError where the slug or publisher will not do."""
    said = _declared(workspace, url, country, section, publisher)
    found = sources_at(workspace, url, slug or "new-feed")
    if not found:
        raise UsageError(_no_feed(workspace, url, slug or "new-feed"))
    if len(found) > 1 and choose is None:
        raise UsageError(several(url, found))
    source = choose(found) if choose else found[0]
    return _write(workspace, replace(said, url=source.url), slug, name, source.title)


def add_page(
    workspace: Workspace,
    url: str,
    agree: Agree,
    *,
    slug: str | None = None,
    name: str | None = None,
    country: str | None = None,
    section: str | None = None,
    publisher: str | None = None,
) -> Feed | None:
    """Work out where on the page its entries stand, and write it into feeds.toml as a page if `agree` says so; None
    where not. Raises as `add_feed`."""
    said = _declared(workspace, url, country, section, publisher)
    found = guessed_at(workspace, url, slug or "new-feed", said.country)
    if found is None or not found.entries:
        raise UsageError(
            f"{plain_line(url, 120)} was not added: no list of entries is to be seen on the page. Write its selectors "
            "into feeds.toml yourself (docs/configuration.md), or try the page that lists the news."
        )
    if not agree(found):
        return None
    return _write(workspace, replace(said, page=True, select=found.select), slug, name, found.title)


def add_source(
    workspace: Workspace, url: str, choose: Choose, agree: Agree, *, country: str | None = None
) -> Feed | None:
    """For somebody who is asked on the way: the feed that the address is or leads to; where there is none, the page
    itself if `agree` says so, None where not. Raises as `add_feed`."""
    said = _declared(workspace, url, country, None, None)
    if found := sources_at(workspace, url, "new-feed"):
        source = choose(found)
        return _write(workspace, replace(said, url=source.url), None, None, source.title)
    return add_page(workspace, url, agree, country=country)


def _declared(workspace: Workspace, url: str, country: str | None, section: str | None, publisher: str | None) -> Feed:
    """The feed that is to be added, its words looked up, its slug and name yet to be found."""
    country = workspace.taxonomy.country(country).code if country else None
    section = workspace.taxonomy.section(section).slug if section else None
    check_address(workspace, url)
    return Feed("", "", url, country, section, publisher)


def _write(workspace: Workspace, said: Feed, slug: str | None, name: str | None, title: str) -> Feed:
    called = plain_line(name or "", _NAME) or title or said.url

    def add(text: str, config: Config) -> str:
        refuse_known(config.feeds, said.url)
        free = slug or free_slug(called, {feed.slug for feed in config.feeds})
        return with_feeds(text, [declaration(replace(said, slug=free, name=called))])

    config = rewrite_feeds(workspace.path, workspace.taxonomy, add, by=workspace.editor)
    workspace.library.feeds.follow(config.feeds)
    return config.feeds[-1]


def several(url: str, found: Sequence[Source]) -> str:
    """The sentence that names the feeds a page leads to."""
    feeds = "; ".join(f"{n}. {one.title or 'untitled'}: {plain_line(one.url, 200)}" for n, one in enumerate(found, 1))
    many = "1 feed" if len(found) == 1 else f"{len(found)} feeds"
    return f"{plain_line(url, 120)} leads to {many}. Say which with --pick N: {feeds}."


def _no_feed(workspace: Workspace, url: str, slug: str) -> str:
    """Why a page was not added, and what it would bring if it were read itself."""
    said = f"{plain_line(url, 120)} was not added: it is a web page that names no feed, and none is in the usual places"
    found = guessed_at(workspace, url, slug, None)
    if found is None or not found.entries:
        return f"{said}. Look for its feed on the site, or for a page that lists its news."
    first = plain_line(unescape(found.entries[0].title), 80)
    many = f"{len(found.entries)} entries, the first “{first}”"
    return f"{said}. `curator feeds add {plain_line(url, 200)} --page` reads the page itself: {many}."


def declaration(feed: Feed) -> dict[str, Any]:
    """What `[[feeds]]` says of a feed: only what is there."""
    said = msgspec.to_builtins(feed) | {"themes": list(feed.themes)}
    if feed.select:
        said["select"] = {key: value for key, value in said["select"].items() if value}
    return {key: value for key, value in said.items() if value}


def remove_feed(workspace: Workspace, slug: str) -> Feed:
    """Take a feed out of feeds.toml; its documents stay in the library. Raises UsageError for an unknown slug."""
    from curator.workflow.pull import chosen_feeds

    (feed,) = chosen_feeds(workspace, [slug])
    config = rewrite_feeds(
        workspace.path, workspace.taxonomy, lambda text, _: without_feed(text, slug), by=workspace.editor
    )
    workspace.library.feeds.follow(config.feeds)
    return feed


def undo_change(workspace: Workspace) -> str:
    """Take the editor's last change of feeds.toml back; answers what it was, in a few words, '' where none is left.

    Raises UsageError where somebody has changed the file since."""
    done = undo_feeds(workspace.path, workspace.taxonomy, workspace.editor)
    if done is None:
        return ""
    last, config = done
    workspace.library.feeds.follow(config.feeds)
    return last.said


def refuse_known(feeds: Iterable[Feed], url: str) -> None:
    """UsageError where one of `feeds` has the address, or one that only differs as addresses of one page do."""
    from curator.pull.urls import canonical_url

    wanted = canonical_url(url)
    for feed in feeds:
        if canonical_url(feed.url) == wanted:
            raise UsageError(f"{plain_line(url, 120)} is in feeds.toml already, as “{feed.slug}”.")


def free_slug(name: str, taken: Collection[str]) -> str:
    """A slug made of `name` that no other feed has."""
    wanted = slugify(name.removeprefix("https://"), 40)
    return wanted if wanted not in taken else next(one for n in count(2) if (one := f"{wanted}-{n}") not in taken)
