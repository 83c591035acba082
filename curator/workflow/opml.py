"""feeds import, feeds export: the list of feeds from and to other feed readers.

OPML ─read→ Subscription ─weigh→ Feed | Turned ─→ feeds.toml, all of them in one write
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from curator.clean import fold, plain_line
from curator.config import Config, feed_address_fault, is_language, is_slug, source_faults
from curator.decode import decode
from curator.errors import UsageError
from curator.models import BY_HAND, Feed
from curator.pull.opml import NotOpml, Subscription, read_opml, write_opml
from curator.pull.urls import canonical_url
from curator.taxonomy import Taxonomy
from curator.workflow.feeds import declaration, free_slug
from curator.workflow.feeds_file import rewrite_feeds, with_feeds
from curator.workflow.workspace import Workspace

_MAX_BYTES = 20_000_000
_NAME = 200


class Turned(msgspec.Struct, frozen=True):
    """A subscription that was not taken over: where it stands, and why."""

    line: int
    url: str
    name: str
    reason: str


@dataclass
class Imported:
    """What an import did: feeds `added`, those there already `skipped`, those that cannot be feeds `refused`."""

    added: list[Feed] = field(default_factory=list)
    skipped: list[Turned] = field(default_factory=list)
    refused: list[Turned] = field(default_factory=list)


def import_feeds(workspace: Workspace, path: Path) -> Imported:
    """Write every new feed of an OPML file into feeds.toml, all in one write; nothing is fetched.

    Raises UsageError where the file is no OPML or names no feed, and as `rewrite_feeds` where feeds.toml cannot be
    written; nothing is imported then."""
    found = _read(path)
    done = Imported()

    def add(text: str, config: Config) -> str:
        _Scales(workspace, config, done).weigh(found)
        return with_feeds(text, [declaration(feed) for feed in done.added]) if done.added else text

    config = rewrite_feeds(workspace.path, workspace.taxonomy, add, by=workspace.editor)
    workspace.library.feeds.follow(config.feeds)
    return done


def weigh_feeds(workspace: Workspace, path: Path) -> Imported:
    """What `import_feeds` would do with the file; nothing is written. Raises UsageError as it does."""
    done = Imported()
    _Scales(workspace, workspace.config, done).weigh(_read(path))
    return done


def export_feeds(workspace: Workspace) -> str:
    """All feeds that are not retired as OPML, in folders by country: the members in their order, then the others as
    they come. A feed without a country lies in the folder of its first theme."""
    network, taxonomy = workspace.config.network, workspace.taxonomy
    feeds = [feed for feed in workspace.config.feeds if not feed.retired]
    order = list(network.countries)
    order += [feed.country for feed in feeds if feed.country and feed.country not in order]
    ranked = sorted(feeds, key=lambda feed: order.index(feed.country) if feed.country else -1)
    return write_opml(network.name, [_subscription(feed, _folder(feed, taxonomy)) for feed in ranked])


def _folder(feed: Feed, taxonomy: Taxonomy) -> str:
    if feed.country:
        return taxonomy.country_label(feed.country)
    return taxonomy.themes[feed.themes[0]].label if feed.themes else ""


def _subscription(feed: Feed, folder: str) -> Subscription:
    own = {"slug": feed.slug, "country": feed.country, "section": feed.section, "publisher": feed.publisher}
    own |= {"themes": " ".join(feed.themes), "source": _source(feed)}
    said = {key: value for key, value in own.items() if value}
    return Subscription(feed.url, feed.name, feed.language, (folder,) if folder else (), own=said)


_SOURCE_KEYS = ("page", "sitemap", "folder", "match", "select")


def _source(feed: Feed) -> str:
    said = {key: value for key, value in declaration(feed).items() if key in _SOURCE_KEYS}
    return json.dumps(said, ensure_ascii=False) if said else ""


def _read(path: Path) -> list[Subscription]:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > _MAX_BYTES:
        raise UsageError(f"{path} is over {_MAX_BYTES / 1e6:g} MB; no list of feeds is. Nothing was imported.")
    try:
        found = read_opml(data)
    except NotOpml as fault:
        raise UsageError(f"{path} {fault.message}. Nothing was imported.") from fault
    if not found:
        raise UsageError(f"{path} names no feed: it has no <outline> with an xmlUrl. Nothing was imported.")
    return found


class _Scales:
    """Weighs each subscription against feeds.toml and those before it. It writes nothing."""

    def __init__(self, workspace: Workspace, config: Config, done: Imported) -> None:
        self._taxonomy, self._folder = workspace.taxonomy, workspace.path
        self._members = set(config.network.countries)
        self._done = done
        self._called: dict[str, str | None] = {}  # a folder's country; looking one up takes milliseconds
        self._about: dict[str, str | None] = {}  # a folder's theme
        self._sources: dict[int, str] = {}  # by line, what is wrong with what curator wrote of a page
        self._slugs = {feed.slug for feed in config.feeds} | {BY_HAND}
        self._addresses = {canonical_url(feed.url): feed.slug for feed in config.feeds}

    def weigh(self, found: Sequence[Subscription]) -> None:
        for one in found:
            address = canonical_url(one.url)
            feed = self._feed(one)
            if address in self._addresses:
                self._turn(self._done.skipped, one, f"there already, as “{self._addresses[address]}”")
            elif fault := feed_address_fault(feed.url, self._folder):
                self._turn(self._done.refused, one, f"its address {fault}")
            elif fault := self._sources.get(one.line, ""):
                self._turn(self._done.refused, one, fault)
            else:
                self._done.added.append(feed)
                self._slugs.add(feed.slug)
                self._addresses[address] = feed.slug

    def _turn(self, pile: list[Turned], one: Subscription, reason: str) -> None:
        pile.append(Turned(one.line, plain_line(one.url, 500), plain_line(one.name, _NAME), reason))

    def _feed(self, one: Subscription) -> Feed:
        own = one.own or {}
        name = plain_line(one.name, _NAME) or plain_line(one.url, _NAME)
        slug = own.get("slug", "")
        usable = is_slug(slug) and slug not in self._slugs
        feed = Feed(
            slug=slug if usable else free_slug(slug or name, self._slugs),
            name=name,
            url=one.url,
            country=self._country(one),
            section=own.get("section") if own.get("section") in self._taxonomy.sections else None,
            publisher=plain_line(own.get("publisher", ""), 120) or None,
            language=one.language if one.language and is_language(one.language) else None,
            themes=self._themes(one),
        )
        return self._with_source(feed, one)

    def _with_source(self, feed: Feed, one: Subscription) -> Feed:
        """As curator wrote of a page, a sitemap or a folder; a file by other hands may say anything there."""
        said = (one.own or {}).get("source")
        if not said:
            return feed
        try:
            data = json.loads(said)
        except (ValueError, RecursionError):
            data = None
        known = data if isinstance(data, dict) and set(data) <= set(_SOURCE_KEYS) else {"": "not of curator"}
        read, faults = decode(Feed, declaration(feed) | known)
        faults = faults or [*source_faults("source", read)] if read else faults
        if faults or read is None:
            self._sources[one.line] = f"how it is read cannot be understood ({plain_line(str(faults[0]), 200)})"
            return feed
        return read

    def _themes(self, one: Subscription) -> tuple[str, ...]:
        """What curator wrote, else every folder that names a theme, outermost first."""
        if (own := (one.own or {}).get("themes")) is not None:
            return tuple(slug for slug in dict.fromkeys(own.split()) if slug in self._taxonomy.themes)
        found = (self._theme_called(folder) for folder in one.folders)
        return tuple(dict.fromkeys(slug for slug in found if slug))

    def _theme_called(self, folder: str) -> str | None:
        """By slug or label, else by one of its keywords, if it is of one theme only."""
        if folder not in self._about:
            try:
                self._about[folder] = self._taxonomy.theme(folder).slug
            except UsageError:
                said = fold(folder)
                owners = [one.slug for one in self._taxonomy.themes.values() if said in map(fold, one.keywords)]
                self._about[folder] = owners[0] if len(owners) == 1 else None
        return self._about[folder]

    def _country(self, one: Subscription) -> str | None:
        """What curator wrote, else the nearest folder that names a country. Two letters do so for a member only:
        a folder IT is seldom Italy."""
        if (own := (one.own or {}).get("country")) in self._taxonomy.countries:
            return own
        for folder in reversed(one.folders):
            if code := self._country_called(folder):
                return code
        return None

    def _country_called(self, folder: str) -> str | None:
        if folder not in self._called:
            self._called[folder] = self._looked_up(folder)
        return self._called[folder]

    def _looked_up(self, folder: str) -> str | None:
        """Also `Myanmar (Burma)`, by either name."""
        for name in (folder, *filter(None, re.split(r"\s*[()]\s*", folder))):
            try:
                code = self._taxonomy.country(name).code
            except UsageError:
                continue
            if len(name) > 2 or code in self._members:
                return code
        return None
