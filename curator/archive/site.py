"""The whole site: editions as they were sealed → its files. Pure but for reading templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from curator import __version__
from curator.archive.feeds import feeds
from curator.archive.kept import File, Kept, ready
from curator.archive.pages import Page, pages
from curator.archive.search import search_index
from curator.archive.shelves import countries, organisations, themes
from curator.config import Network
from curator.digest.render.pages import PageTemplates
from curator.digest.words import Words
from curator.taxonomy import Taxonomy

_VERBATIM = ("archive.css", "search.js")


def site(
    kept: Sequence[Kept],
    network: Network,
    taxonomy: Taxonomy,
    words: Words,
    folders: Sequence[Path],
    *,
    url: str = "",
) -> Iterator[File]:
    """Every file of the site, the pages' bytes not yet made. `kept` comes newest first; `words` are those of the frame,
    in whose language countries and themes are named; templates are looked for in `folders`, one after the other; `url`
    is the site's address, ending in a slash, or ''.

    Making a page raises TemplateFault with template and line."""
    templates, taxonomy = PageTemplates(folders, words), words.of(taxonomy)
    shelves = [*countries(kept, network, taxonomy), *themes(kept, taxonomy), *organisations(kept, taxonomy)]
    made_by = f"{__version__} {templates.mark}"
    for page in pages(kept, shelves, network, words):
        yield _file(page, templates, made_by)
    for one in kept:
        yield ready(one.mail_page, one.mail.html.encode())
        yield ready(one.text_page, one.mail.text.encode())
    yield from feeds(kept, [shelf for shelf in shelves if shelf.kind == "countries"], network, words, url)
    yield search_index(kept, shelves)
    yield from (ready(name, templates.source(name).encode()) for name in _VERBATIM)


def _file(page: Page, templates: PageTemplates, made_by: str) -> File:
    said = msgspec.json.encode([made_by, page.template, page.names])
    return File(page.path, sha256(said).hexdigest(), lambda: templates.render(page.template, page.names).encode())
