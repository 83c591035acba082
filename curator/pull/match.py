"""Is an incoming document new, changed or known? Pure: the library asks inside its transaction.

    1. the same feed and guid: that document; but another one where neither page nor title nor day are the same, since
       some feeds have one guid for whatever they show last
    2. the same address (not a home page): of another feed, that document, seen once more; of this same feed under
       another guid, that document where the title is equal too, since some feeds link every entry to one page
    3. the same home page: only where the title is equal too
    4. what repeats an earlier one of the same body is judged by the same rules; the first one's words stand
    5. no address and a guid never seen: this feed's document that says just the same under the same date, where its
       guid is gone from the feed, since some feeds make new guids for every answer

Only the feed whose words a document has can change it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime

from curator.clean import fold
from curator.models import Known, KnownDocument, Match, NewDocument
from curator.pull.normalise import with_own_guid
from curator.pull.urls import is_home_page


def match(incoming: Sequence[NewDocument], known: Known) -> list[Match]:
    """One Match for each of `incoming` (all of one feed), in order. The cost grows with their number alone, also
    where a feed links a hundred thousand entries to one page."""
    seen = _Seen(known, frozenset(new.guid for new in incoming))
    return [seen.judge(index, new) for index, new in enumerate(incoming)]


_Words = tuple[tuple[str, str, str, str | None], datetime | None]


class _Seen:
    """The library's documents and, as they are judged, those of this body."""

    def __init__(self, known: Known, guids: frozenset[str]) -> None:
        self._known, self._guids = known, guids
        self._touched: set[int] = set()  # ids of the library's documents already met in this body
        self._matches: list[Match] = []
        self._by_guid: dict[str, int] = {}
        self._by_title: dict[tuple[str, str], int] = {}
        self._known_by_title: dict[tuple[str, str], KnownDocument] = {}
        self._foreign: dict[str, deque[KnownDocument]] = {}
        self._without_url: dict[_Words, deque[KnownDocument]] = {}
        for url, documents in known.by_url.items():
            for each in documents:
                self._learn(url, each)

    def _learn(self, url: str, known: KnownDocument) -> None:
        if not url:
            self._without_url.setdefault((known.said, known.published_at), deque()).append(known)
            return
        self._known_by_title.setdefault((url, fold(known.title)), known)
        if not known.guids_of_this_feed and not is_home_page(url):
            self._foreign.setdefault(url, deque()).append(known)

    def judge(self, index: int, new: NewDocument) -> Match:
        found = self._known.by_guid.get(new.guid)
        if found and _is_another(new, found):
            new, found = with_own_guid(new), None
        place = (new.canonical_url, fold(new.title))
        verdict = self._verdict(new, place, found)
        self._matches.append(verdict)
        self._by_guid.setdefault(new.guid, index)
        self._by_title.setdefault(place, index)
        if verdict.document is not None:
            self._touched.add(verdict.document)
        return verdict

    def _verdict(self, new: NewDocument, place: tuple[str, str], same_guid: KnownDocument | None) -> Match:
        if (earlier := self._by_guid.get(new.guid)) is not None:
            return self._repeat(new, earlier)
        found = same_guid or (self._at_url(new, place) if new.canonical_url else self._with_the_words(new))
        if found:
            return self._of(new, found)
        if new.canonical_url and (earlier := self._by_title.get(place)) is not None:
            return self._repeat(new, earlier)
        return Match("new", new)

    def _at_url(self, new: NewDocument, place: tuple[str, str]) -> KnownDocument | None:
        """Rules 2 and 3: the oldest document of this address that is another feed's or has the same title."""
        foreign = self._foreign.get(new.canonical_url, deque())
        while foreign and (foreign[0].id in self._touched or foreign[0].feed == new.feed):
            foreign.popleft()
        found = [known for known in (*list(foreign)[:1], self._known_by_title.get(place)) if known]
        return min(found, key=lambda known: known.id, default=None)

    def _with_the_words(self, new: NewDocument) -> KnownDocument | None:
        """Rule 5; never for a document with a text of its own, whose excerpt is only its beginning."""
        date = None if new.dated == "pull" else new.published_at.replace(microsecond=0)
        same = self._without_url.get((new.said, date), deque())
        while same and (same[0].id in self._touched or same[0].guids_of_this_feed & self._guids):
            same.popleft()
        return same[0] if same and not new.text else None

    def _of(self, new: NewDocument, found: KnownDocument) -> Match:
        """Changed at most once a body: a second entry for the same document would undo the first one's words."""
        same = found.feed != new.feed or found.said == new.said or found.id in self._touched
        return Match("known" if same else "changed", new, found.id)

    def _repeat(self, new: NewDocument, index: int) -> Match:
        first = self._matches[index]
        if first.document is not None:
            return Match("known", new, first.document)
        return Match("known", new, repeats=index if first.repeats is None else first.repeats)


def _is_another(new: NewDocument, known: KnownDocument) -> bool:
    """Whether nothing but the guid says that it is that document. A page that was given a new name and a new address
    keeps its date."""
    if new.canonical_url == known.canonical_url or fold(new.title) == fold(known.title):
        return False
    if not (_is_page(new.canonical_url) and _is_page(known.canonical_url)):
        return False
    return new.dated == "pull" or new.published_at.replace(microsecond=0) != known.published_at


def _is_page(canonical: str) -> bool:
    return bool(canonical) and not is_home_page(canonical)
