"""feeds: list them with their health, add one, remove one. The editor's comments in feeds.toml survive."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from curator.clean import plain_line, slugify
from curator.config import load_config
from curator.errors import LibraryError, UsageError
from curator.models import Feed, FeedState
from curator.workflow.workspace import Workspace


def feeds(workspace: Workspace) -> list[tuple[Feed, FeedState]]:
    """Every feed of feeds.toml with what is remembered about it, in its order."""
    states = workspace.library.feeds.states()
    return [(feed, states.get(feed.slug, FeedState(feed.slug))) for feed in workspace.config.feeds]


def add_feed(
    workspace: Workspace,
    url: str,
    *,
    slug: str | None = None,
    name: str | None = None,
    country: str | None = None,
    section: str | None = None,
    publisher: str | None = None,
) -> Feed:
    """Fetch the address once to see that it is a feed, then write it into feeds.toml.

    Raises UsageError when it is there already, is no feed, or names something the taxonomy does not know."""
    if any(feed.url == url for feed in workspace.config.feeds):
        raise UsageError(f"{url} is in feeds.toml already.")
    title = _title_of(workspace, url)
    feed = Feed(
        slug=slug or _free_slug(workspace, name or title or url),
        name=name or title or url,
        url=url,
        country=workspace.taxonomy.country(country).code if country else None,
        section=workspace.taxonomy.section(section).slug if section else None,
        publisher=publisher,
    )
    _rewrite(workspace, lambda document: _append(document, feed))
    return feed


def remove_feed(workspace: Workspace, slug: str) -> Feed:
    """Take a feed out of feeds.toml; its documents stay in the library. Raises UsageError for an unknown slug."""
    from curator.workflow.pull import chosen_feeds

    (feed,) = chosen_feeds(workspace, [slug])
    _rewrite(workspace, lambda document: _drop(document, slug))
    return feed


def _title_of(workspace: Workspace, url: str) -> str:
    """The feed's own title, or '' where it has none. Raises UsageError when it cannot be read as a feed."""
    from curator.models import Failure
    from curator.pull.fetch import fetch_all
    from curator.pull.parse import ParseFailure, feed_title, parse

    probe = Feed("new-feed", url, url)
    (answer,) = fetch_all([probe], {}, workspace.config.pull, workspace.path)
    if isinstance(answer, Failure):
        raise UsageError(f"{url} was not added: {answer.error}")
    try:
        parse(answer)
        return plain_line(feed_title(answer), 80)
    except ParseFailure as failure:
        raise UsageError(f"{url} was not added: {failure.message}") from failure


def _free_slug(workspace: Workspace, text: str) -> str:
    wanted, taken = slugify(text.removeprefix("https://"), 40), {feed.slug for feed in workspace.config.feeds}
    return next(one for one in (wanted, *(f"{wanted}-{n}" for n in range(2, 10_000))) if one not in taken)


def _rewrite(workspace: Workspace, change: Any) -> None:
    """Change feeds.toml with its comments kept, whole or not at all, and only into something that loads."""
    import tomlkit

    path = workspace.path / "feeds.toml"
    before = path.read_text(encoding="utf-8")
    document = tomlkit.parse(before)
    change(document)
    _replace(path, tomlkit.dumps(document))
    try:
        load_config(workspace.path, workspace.taxonomy)
    except Exception:
        _replace(path, before)
        raise
    workspace.library.feeds.follow(load_config(workspace.path, workspace.taxonomy).feeds)


def _replace(path: Path, text: str) -> None:
    beside = path.with_suffix(".toml.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise LibraryError(f"{path} cannot be written ({error.strerror}). Check that you may write there.") from error


def _append(document: Any, feed: Feed) -> None:
    import tomlkit

    table = tomlkit.table()
    for key, value in asdict(feed).items():
        if value is not None:
            table.add(key, value)
    if "feeds" not in document:
        document.add("feeds", tomlkit.aot())
    document["feeds"].append(table)


def _drop(document: Any, slug: str) -> None:
    listed = document["feeds"]
    place = next(index for index, table in enumerate(listed) if table.get("slug") == slug)
    del listed[place]
