"""Is an incoming document new, changed or known? Pure: the library asks inside its transaction.

    1. the same feed and guid: that document
    2. the same address (not a home page): of another feed, that document, seen once more; of this same feed under
       another guid, that document where the title is equal too, since some feeds link every entry to one page
    3. the same home page: only where the title is equal too
    4. what repeats an earlier one of the same body is judged by the same rules; the first one's words stand

Only the feed whose words a document has can change it.
"""

from __future__ import annotations

from collections.abc import Sequence

from curator.clean import fold
from curator.models import Known, KnownDocument, Match, NewDocument
from curator.pull.urls import is_home_page


def match(incoming: Sequence[NewDocument], known: Known) -> list[Match]:
    """One Match for each of `incoming` (all of one feed), in order."""
    seen = _Seen(known)
    return [seen.judge(index, new) for index, new in enumerate(incoming)]


class _Seen:
    """The library's documents and, as they are judged, those of this body."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._matches: list[Match] = []
        self._by_guid: dict[str, int] = {}
        self._by_url: dict[str, list[int]] = {}
        self._touched: set[int] = set()  # ids of the library's documents already met in this body

    def judge(self, index: int, new: NewDocument) -> Match:
        verdict = self._verdict(new)
        self._matches.append(verdict)
        self._by_guid.setdefault(new.guid, index)
        self._by_url.setdefault(new.canonical_url, []).append(index)
        if verdict.document is not None:
            self._touched.add(verdict.document)
        return verdict

    def _verdict(self, new: NewDocument) -> Match:
        if (earlier := self._by_guid.get(new.guid)) is not None:
            return self._repeat(new, earlier)
        if found := self._known.by_guid.get(new.guid):
            return self._of(new, found)
        if not new.canonical_url:
            return Match("new", new)
        for candidate in self._known.by_url.get(new.canonical_url, ()):
            if self._is_same(new, candidate):
                return self._of(new, candidate)
        for index in self._by_url.get(new.canonical_url, ()):
            if _is_title(new, self._matches[index].incoming.title):
                return self._repeat(new, index)
        return Match("new", new)

    def _is_same(self, new: NewDocument, known: KnownDocument) -> bool:
        """Rules 2 and 3, for a document with the same canonical address."""
        own = known.feed == new.feed or known.guids_of_this_feed or known.id in self._touched
        return (not own and not is_home_page(new.canonical_url)) or _is_title(new, known.title)

    def _of(self, new: NewDocument, found: KnownDocument) -> Match:
        """Changed at most once a body: a second entry for the same document would undo the first one's words."""
        same = found.feed != new.feed or found.said == new.said or found.id in self._touched
        return Match("known" if same else "changed", new, found.id)

    def _repeat(self, new: NewDocument, index: int) -> Match:
        first = self._matches[index]
        if first.document is not None:
            return Match("known", new, first.document)
        return Match("known", new, repeats=index if first.repeats is None else first.repeats)


def _is_title(new: NewDocument, title: str) -> bool:
    return fold(new.title) == fold(title)
