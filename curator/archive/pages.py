"""What each page of the site shows, as its template gets it. docs/archive.md lists the names. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec

from curator.archive.kept import Kept, Sharing
from curator.archive.shelves import Shelf
from curator.clean import plain_line
from curator.config import Network
from curator.digest.wording import safe_link
from curator.digest.words import Words

Names = dict[str, Any]
INDEXES = ("countries", "themes", "organisations")


class Page(msgspec.Struct, frozen=True):
    """A page and the names its template knows."""

    path: str
    template: str
    names: Names


def pages(kept: Sequence[Kept], shelves: Sequence[Shelf], network: Network, words: Words) -> Iterator[Page]:
    """Every page of the site, its frame in `words`; `kept` newest first. A page is in the language of its frame, that
    of an edition in the edition's."""
    site = {
        "name": plain_line(network.name),
        "short": plain_line(network.short),
        "link": safe_link(network.site),
        "language": words.language,
        "direction": words.direction,
        "singular": words.singular,
    }
    spoken = {"language": words.language, "direction": words.direction}
    for page in _pages(kept, shelves, words.frame):
        said = {**page.names, "page": {**spoken, **page.names["page"]}}
        yield Page(page.path, page.template, {"site": site, "words": dict(words.frame), **said})


def _pages(kept: Sequence[Kept], shelves: Sequence[Shelf], words: Mapping[str, Any]) -> Iterator[Page]:
    yield _page("index.html", "home.html.j2", words["archive"], digests=_digests(kept), feed="editions")
    yield _page("search.html", "search.html.j2", words["search"])
    for kind in INDEXES:
        listed = [_named(shelf) for shelf in shelves if shelf.kind == kind]
        yield _page(f"{kind}.html", "shelves.html.j2", words[kind], shelves=listed)
    beside = dict(_beside(kept))
    for one in kept:
        yield _edition(one, beside[one.edition.id])
    for shelf in shelves:
        if shelf.sharings:
            yield from _shelf(shelf, words[shelf.kind])


def _page(path: str, template: str, title: str, feed: str = "", **names: Any) -> Page:
    page = {"title": title, "path": path, "root": "../" * path.count("/"), "feed": feed}
    return Page(path, template, {"page": page, **names})


def _digests(kept: Sequence[Kept]) -> list[Names]:
    """Editions by digest and year; a digest is called as in its latest edition."""
    slugs = dict.fromkeys(sorted(one.edition.digest for one in kept))
    return [_digest([one for one in kept if one.edition.digest == slug]) for slug in slugs]


def _digest(kept: list[Kept]) -> Names:
    years = [
        {"year": year, "editions": [_line(one) for one in of]}
        for year, of in groupby(kept, lambda one: one.edition.date.year)
    ]
    return {"slug": kept[0].edition.digest, "called": kept[0].contents.name, "count": len(kept), "years": years}


def _line(one: Kept) -> Names:
    """An edition in a list."""
    return {
        "title": one.title,
        "short": one.short,
        "href": one.page,
        "dated": one.contents.dated,
        "on": one.edition.date.isoformat(),
        "topic": one.contents.topic,
        "language": one.contents.language,
        "count": len(one.contents.documents),
    }


def _beside(kept: Sequence[Kept]) -> Iterator[tuple[str, Names]]:
    """For each edition the ones before and after it of the same digest."""
    for slug in {one.edition.digest for one in kept}:
        of = [one for one in kept if one.edition.digest == slug]
        for at, one in enumerate(of):
            later = _line(of[at - 1]) if at else None
            earlier = _line(of[at + 1]) if at + 1 < len(of) else None
            yield one.edition.id, {"earlier": earlier, "later": later}


def _edition(one: Kept, beside: Names) -> Page:
    edition = {
        "id": one.edition.id,
        "introduction": one.contents.introduction,
        "key_messages": one.contents.key_messages,
        "mail": one.mail_page,
        "text": one.text_page,
        **_line(one),
        **beside,
    }
    page = _page(one.page, "edition.html.j2", one.title, edition=edition, contents=one.contents)
    page.names["page"] |= {"language": one.contents.language, "direction": one.contents.direction}
    return page


def _named(shelf: Shelf) -> Names:
    return {"label": shelf.label, "href": shelf.page, "count": len(shelf.documents)}


def _shelf(shelf: Shelf, index: str) -> Iterator[Page]:
    """A page for each year, so that none grows without end; the latest stands under the shelf's own name."""
    years = [(year, list(of)) for year, of in groupby(shelf.documents, lambda each: each[0].by.edition.date.year)]
    paths = [shelf.page, *(shelf.page.removesuffix("html") + f"{year}.html" for year, _ in years[1:])]
    listed = [{"year": year, "href": path, "count": len(of)} for path, (year, of) in zip(paths, years, strict=True)]
    feed = shelf.page.removesuffix(".html") if shelf.kind == "countries" else ""
    named = {**_named(shelf), "kind": shelf.kind, "index": index, "years": listed}
    for path, (year, of) in zip(paths, years, strict=True):
        title = shelf.label if path == shelf.page else f"{shelf.label}, {year}"
        documents = [_shared(each) for each in of]
        yield _page(path, "shelf.html.j2", title, feed, shelf=named, year=year, documents=documents)


def _shared(sharings: tuple[Sharing, ...]) -> Names:
    """A document in the words it was last shared with, and every edition it stood in."""
    latest = sharings[0]
    return {
        "document": latest.document,
        "language": latest.by.contents.language,
        "words": latest.by.contents.words,
        "editions": [_place(each) for each in sharings],
    }


def _place(sharing: Sharing) -> Names:
    return {"short": sharing.by.short, "href": sharing.page, "language": sharing.by.contents.language}
