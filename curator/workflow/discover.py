"""What stands at an address that somebody wants to subscribe to: a feed, a page that leads to feeds, or a page.

address ─fetch→ ┬─ a feed ─→ Source
                └─ a page ─┬─ named in it, or in the usual places, and read as feeds ─→ Source …
                           └─ none of these ─pull.guess→ Guessed
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing

import msgspec

from curator.clean import plain_line
from curator.errors import TryLater, UsageError
from curator.models import Entry, Failure, Feed, Fetched, Select
from curator.pull.private import private_headers
from curator.workflow.workspace import Workspace

NAME = 80
_SECONDS = 15.0  # for each address that is only tried


class Source(msgspec.Struct, frozen=True):
    """A feed that was fetched and read: its address, what it calls itself ('' where it does not), and what of."""

    url: str
    title: str
    entries: frozenset[str] = frozenset()


class Guessed(msgspec.Struct, frozen=True):
    """A page read as a feed with selectors that were guessed, and what it would bring."""

    url: str
    title: str
    select: Select
    entries: tuple[Entry, ...]


def sources_at(workspace: Workspace, url: str, slug: str) -> list[Source]:
    """The feed at `url` itself, else the feeds its page leads to, each only once; none where it leads to none.
    `slug` names the passwords of its server. Raises UsageError where nothing can be read there, TryLater where it
    cannot be now."""
    from curator.pull.parse import ParseFailure

    answer = _fetched(workspace, url, slug)
    try:
        return [_read(answer)]
    except ParseFailure as failure:
        if failure.illness != "not-a-feed" or not _is_page(answer):
            raise UsageError(f"{plain_line(url, 120)} was not added: {failure.message}.{_hint(answer)}") from failure
    return _led_to(workspace, answer, slug)


def guessed_at(workspace: Workspace, url: str, slug: str, country: str | None) -> Guessed | None:
    """The page at `url` read as a feed; None where no list is seen on it. Raises as `sources_at`."""
    from curator.pull.guess import guess
    from curator.pull.html import picked, tree_of, words_of
    from curator.pull.pages import entries_in
    from curator.pull.parse import ParseFailure

    answer = _fetched(workspace, url, slug)
    try:
        root = tree_of(answer)
    except ParseFailure as failure:
        raise UsageError(f"{plain_line(url, 120)} was not added: {failure.message}.") from failure
    select = guess(root)
    if select is None:
        return None
    title = picked([root], "title")
    entries = entries_in(root, select, answer.url, workspace.now(), country=country)
    return Guessed(url, words_of([title], limit=NAME) if title is not None else "", select, tuple(entries))


def _fetched(workspace: Workspace, url: str, slug: str) -> Fetched:
    (answer,) = _ask(workspace, [url], url, slug)
    shown = plain_line(url, 120)
    if isinstance(answer, Failure) and answer.passing:
        raise TryLater(f"{shown} was not added: {answer.error}. Try again later, or write it into feeds.toml yourself.")
    if isinstance(answer, Failure):
        raise UsageError(f"{shown} was not added: {answer.error}. Check the address.")
    return answer


def _ask(workspace: Workspace, urls: Sequence[str], page: str, slug: str) -> Generator[Fetched | Failure, None, None]:
    """Answers in any order, `Fetched.slug` being the address; one after the other from one host. What the server of
    `page` is told in private goes to no other."""
    from curator.pull.fetch import fetch_all
    from curator.pull.urls import origin_of

    told = private_headers([slug], workspace.environ).get(slug, {})
    private = {url: told for url in urls if origin_of(url) == origin_of(page)}
    settings, site = workspace.config.pull, workspace.config.network.site
    if len(urls) > 1:
        settings = msgspec.structs.replace(settings, per_host=1, timeout=min(settings.timeout, _SECONDS))
    probes = [Feed(url, url, url) for url in urls]
    yield from fetch_all(probes, {}, settings, workspace.path, site=site, private=private)


def _read(answer: Fetched) -> Source:
    """ParseFailure where it is no feed."""
    from curator.pull.parse import feed_title, parse

    entries = frozenset(entry.link or entry.guid or entry.title for entry in parse(answer))
    return Source(answer.slug, plain_line(feed_title(answer), NAME), entries)


def _hint(answer: Fetched) -> str:
    """Where it is a sitemap, which is no feed before feeds.toml says so."""
    from curator.pull.parse import ParseFailure
    from curator.pull.sitemap import read_sitemap

    if not (answer.body or b"").lstrip().startswith(b"<"):
        return ""
    try:
        found = read_sitemap(answer.body or b"", answer.content_type)
    except ParseFailure:
        return ""
    many = f"{len(found.pages or found.sitemaps)} {'pages' if found.pages else 'sitemaps'}"
    return f" It is a sitemap of {many}: write it into feeds.toml with sitemap = true (docs/configuration.md)."


def _is_page(answer: Fetched) -> bool:
    from curator.pull.html import text_of_page
    from curator.pull.webpage import is_page

    text = text_of_page(answer.body or b"", answer.content_type)
    return is_page(text) or "html" in (answer.content_type or "").lower()


# ---------------------------------------------------------------- where a page leads


def _led_to(workspace: Workspace, answer: Fetched, slug: str) -> list[Source]:
    from curator.pull.html import text_of_page
    from curator.pull.urls import is_web
    from curator.pull.webpage import feeds_offered_in, usual_places

    if not is_web(answer.url):
        return []
    offered = feeds_offered_in(text_of_page(answer.body or b"", answer.content_type), answer.url)
    for urls in (offered, *usual_places(answer.url)):
        if found := _without_comments(_different(_tried(workspace, urls, answer.slug, slug))):
            return found
    return []


def _tried(workspace: Workspace, urls: Sequence[str], page: str, slug: str) -> list[Source]:
    """Those of the addresses that are feeds, in their order."""
    from curator.pull.parse import ParseFailure

    found: dict[str, Source] = {}
    with closing(_ask(workspace, urls, page, slug)) as answers:
        for answer in answers if urls else ():
            try:
                if not isinstance(answer, Failure):
                    found[answer.slug] = _read(answer)
            except ParseFailure:
                continue  # an address that only looked like one
    return [found[url] for url in urls if url in found]


def _different(sources: Iterable[Source]) -> list[Source]:
    """The first of those that bring the same, as RSS and as Atom."""
    kept: dict[object, Source] = {}
    for one in sources:
        kept.setdefault(one.entries or one.url, one)
    return list(kept.values())


def _without_comments(sources: Sequence[Source]) -> list[Source]:
    """WordPress names a feed of comments on every page; it counts where there is no other."""
    own = [one for one in sources if "comments" not in f"{one.title} {one.url}".lower()]
    return own or list(sources)
