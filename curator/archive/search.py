"""The index that `search.js` looks in: every document shared, in the words it was last shared with. Pure.

A script and no bare JSON, because a browser fetches none for a page opened from a disk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from curator.archive.kept import File, Kept, ready
from curator.archive.shelves import Shelf

PATH = "search-index.js"


def search_index(kept: Sequence[Kept], shelves: Sequence[Shelf]) -> File:
    """`editions` are [page, short name, title, day, language]; `shelves` [label]; `documents` [title, publisher, index
    of the latest edition, id, indexes of shelves, language of the title where it is not that edition's]."""
    named = [shelf for shelf in shelves if shelf.kind != "organisations" and shelf.sharings]
    index = {
        "editions": [_edition(one) for one in kept],
        "shelves": [shelf.label for shelf in named],
        "documents": _documents(kept, named),
    }
    said = json.dumps(index, ensure_ascii=True, separators=(",", ":"))
    return ready(PATH, f"var archiveIndex = {said};\n".encode())


def _edition(one: Kept) -> list[str]:
    return [one.page, one.short, one.title, one.edition.date.isoformat(), one.contents.language]


def _documents(kept: Sequence[Kept], shelves: Sequence[Shelf]) -> list[list[Any]]:
    places = {(shelf.kind, shelf.key): place for place, shelf in enumerate(shelves)}
    found: dict[int, list[Any]] = {}
    for at, one in enumerate(kept):
        for each in one.contents.documents:
            keys = [("countries", code) for code in each.countries] + [("themes", slug) for slug in each.themes]
            on = [places[key] for key in dict.fromkeys(keys)]
            said = [each.title, each.publisher, at, each.document, on, each.title_foreign]
            found.setdefault(each.document, said)
    return list(found.values())
