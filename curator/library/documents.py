"""Documents: what feeds said. Stored by pulls, read by everyone, never deleted, never touched by an editor."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from curator.errors import UsageError
from curator.library import fts
from curator.library.counts import counts
from curator.library.newest import Newest, Reach
from curator.library.rows import DOCUMENT_COLUMNS, document_of, review_of, to_instant, to_text
from curator.library.search import FROM_DOCUMENTS, Condition, decided, has_words, listed
from curator.library.store import Row, Store
from curator.library.versions import keep_version, versions
from curator.models import (
    Counts,
    Filed,
    Known,
    KnownDocument,
    Match,
    NewDocument,
    Review,
    Stored,
    Version,
)
from curator.query import EVERYTHING, Query

_SELECT = (
    "SELECT " + ", ".join(f"d.{name.strip()}" for name in DOCUMENT_COLUMNS.split(",")) + ", "
    "f.country AS feed_country, f.section AS feed_section, f.themes AS feed_themes, "
    "coalesce(d.publisher, f.publisher) AS shown_publisher, "
    "r.document, r.decision, r.later_until, r.section, r.says_countries, r.blurb, r.by, r.at, "
    "r.starts, r.ends, r.deadline"
)

_MOST_GUIDS = 20
_PORTION = 50_000
"""Characters of a long list that are read at once."""
_RECENT = 5_000
"""Documents that are asked what publishers and languages there are: a look at all would be felt."""


class Documents:
    """What is in the library. It decides nothing: `pull.match` says what is new."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._newest = Newest(store)
        self._unindexed: list[int] | None = None  # what `together` makes searchable at its end

    # ------------------------------------------------------------ reading

    def get(self, number: int) -> Filed:
        """One document with its text. Raises UsageError when there is none of that number."""
        found = self.pick([number])
        if not found:
            raise UsageError(f"There is no document {number}. `curator documents` lists them.")
        return found[0]

    def pick(self, numbers: Iterable[int], *, texts: bool = True) -> list[Filed]:
        """Those of `numbers` that exist, in the order asked for, with their texts unless `texts` is False."""
        wanted = list(dict.fromkeys(numbers))
        rows = self._store.rows(
            f"{_SELECT}{', d.text' * texts} {FROM_DOCUMENTS} WHERE d.id IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        )
        found = {filed.id: filed for filed in self._filed(rows, texts=texts)}
        return [found[number] for number in wanted if number in found]

    def find(self, query: Query = EVERYTHING, *, limit: int = 0, before: Filed | None = None) -> list[Filed]:
        """The documents of a query, newest first, without their texts; `limit` 0 is all. `before` is the last one of
        the page that this one continues."""
        if limit and not before and has_words(query):
            return self.pick(self.numbers(query, limit=limit), texts=False)
        condition, params = listed(query)
        if not limit and (decision := decided(query)):  # a page of many is found faster from the newest on
            condition, params = f"r.decision = ? AND ({condition})", [decision, *params]
        if before:
            condition = f"({condition}) AND (d.published_at, d.id) < (?, ?)"
            params = [*params, to_text(before.document.published_at), before.id]
        rows = self._store.rows(
            f"{_SELECT} {FROM_DOCUMENTS} WHERE {condition} ORDER BY d.published_at DESC, d.id DESC LIMIT ?",
            [*params, limit or -1],
        )
        return self._filed(rows)

    def numbers(self, query: Query, *, limit: int = 0, enough: int = 0) -> list[int]:
        """The ids of a query, newest first; `limit` 0 is all. With `enough`, at least so many of the first `limit`,
        where finding more of them would take longer: a common word is in so many documents that reading them all takes
        a second, though its newest lie near."""
        if limit and has_words(query):
            for reach in self._newest.reaches():
                found = self._within(query, limit, reach)
                if len(found) >= (enough or limit):
                    return found
        return self._numbers(listed(query), limit)

    def packed(self, query: Query) -> array[int]:
        """The same, all of them, in eight bytes each: a million as a list of numbers would be forty megabytes."""
        return array("q", self._read_numbers(listed(query), 0))

    def _numbers(self, condition: Condition, limit: int) -> list[int]:
        return list(self._read_numbers(condition, limit))

    def _read_numbers(self, condition: Condition, limit: int) -> Iterator[int]:
        """A long list comes as one text, which SQLite writes without holding up this program's other threads."""
        sql, params = condition
        chosen = f"SELECT d.id {FROM_DOCUMENTS} WHERE {sql} ORDER BY d.published_at DESC, d.id DESC LIMIT ?"
        joined = self._store.value(f"SELECT group_concat(id) FROM ({chosen})", [*params, limit or -1])
        for portion in _portions(joined or ""):
            self._store.heed()
            yield from map(int, portion.split(","))

    def _within(self, query: Query, limit: int, reach: Reach) -> list[int]:
        """Of the newest only. What is folded to one of them is searched too."""
        folded = self._store.value("SELECT min(document) FROM relatives WHERE lead >= ?", (reach.since,))
        sql, params = listed(query, min(reach.since, folded or reach.since))
        return self._numbers((f"d.published_at > ? AND ({sql})", [reach.after, *params]), limit)

    def look_ahead(self) -> None:
        """Make the searches to come quick; some hundredths of a second."""
        self._newest.look_ahead()

    def versions(self, number: int) -> list[Version]:
        """What a document's feed said of it before, the latest first; none where it is as it came."""
        return versions(self._store, number)

    def newest(self) -> int:
        """The highest id; 0 where there is none."""
        return int(self._store.value("SELECT coalesce(max(id), 0) FROM documents"))

    def count(self, query: Query = EVERYTHING) -> int:
        condition, params = listed(query)
        return int(self._store.value(f"SELECT count(*) {FROM_DOCUMENTS} WHERE {condition}", params))

    def said(self) -> tuple[list[str], list[str]]:
        """The publishers and the languages of the newest documents, the most frequent first."""
        rows = self._store.rows(
            "SELECT publisher, language FROM documents WHERE id > (SELECT max(id) FROM documents) - ?", (_RECENT,)
        )
        publishers = Counter(row["publisher"] for row in rows if row["publisher"])
        languages = Counter(row["language"] for row in rows if row["language"])
        return [name for name, _ in publishers.most_common()], [code for code, _ in languages.most_common()]

    def counts(self, decision: str = "inbox") -> Counts:
        """By decision over all; within `decision` by country (as shown), theme and feed."""
        return counts(self._store, decision)

    def _filed(self, rows: Sequence[Row], *, texts: bool = False) -> list[Filed]:
        numbers = json.dumps([row["id"] for row in rows])
        tags, feeds, families = self._tags(numbers), self._feeds(numbers), self._families(numbers)
        return [
            Filed(
                document_of(
                    row, feeds.get(row["id"], ()), row["text"] if texts else "", families.get(row["id"], (row["id"],))
                ),
                review_of(row, tags.get(row["id"], {})) if row["document"] else Review(row["id"]),
            )
            for row in rows
        ]

    def _tags(self, numbers: str) -> dict[int, dict[str, tuple[str, ...]]]:
        found: dict[int, dict[str, tuple[str, ...]]] = {}
        for row in self._store.rows(
            "SELECT document, axis, value FROM review_tags WHERE document IN (SELECT value FROM json_each(?)) "
            "ORDER BY document, axis, position",
            (numbers,),
        ):
            axes = found.setdefault(row["document"], {})
            axes[row["axis"]] = (*axes.get(row["axis"], ()), row["value"])
        return found

    def _feeds(self, numbers: str) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for row in self._store.rows(
            "SELECT DISTINCT document, feed FROM sightings WHERE document IN (SELECT value FROM json_each(?)) "
            "ORDER BY document, first_seen_at, feed",
            (numbers,),
        ):
            found[row["document"]] = (*found.get(row["document"], ()), row["feed"])
        return found

    def _families(self, numbers: str) -> dict[int, tuple[int, ...]]:
        """The whole family of each that has one, the lead first."""
        found: dict[int, tuple[int, ...]] = {}
        for row in self._store.rows(_FAMILIES, (numbers, numbers)):
            found[row["lead"]] = (*found.get(row["lead"], (row["lead"],)), row["document"])
        return {number: members for members in found.values() for number in members}

    # ------------------------------------------------------------ storing

    def known(self, feed: str, incoming: Sequence[NewDocument]) -> Known:
        """What matching `incoming` of `feed` must know. Ask and store inside one `Library.write()`. By address only
        for those that guid and address do not tell together: of a feed that changed, most are as they were."""
        sightings = self._store.rows(
            f"SELECT s.guid, {_OF_THE_KNOWN} FROM sightings s JOIN documents d ON d.id = s.document "
            "WHERE s.feed = ? AND s.guid IN (SELECT value FROM json_each(?))",
            (feed, json.dumps([new.guid for new in incoming])),
        )
        by_guid = {row[0]: _known(row, frozenset({row[0]})) for row in sightings}
        untold = [new for new in incoming if not _tells(by_guid.get(new.guid), new)]
        by_url: dict[str, list[KnownDocument]] = {}
        for row in (*self._at_urls(feed, untold), *self._without_url(feed, untold)) if untold else ():
            known = _known(row, frozenset(json.loads(row["guids"])))
            by_url.setdefault(known.canonical_url, []).append(known)
        return Known(by_guid, by_url)

    def _at_urls(self, feed: str, incoming: Sequence[NewDocument]) -> list[Row]:
        urls = json.dumps([new.canonical_url for new in incoming if new.canonical_url])
        return self._store.rows(
            f"{_WITH_GUIDS} WHERE d.canonical_url <> '' "
            "AND d.canonical_url IN (SELECT value FROM json_each(?)) ORDER BY d.id",
            (feed, urls),
        )

    def _without_url(self, feed: str, incoming: Sequence[NewDocument]) -> list[Row]:
        titles = [new.title for new in incoming if not new.canonical_url]
        if not titles:
            return []
        return self._store.rows(
            f"{_WITH_GUIDS} WHERE d.feed = ? AND d.canonical_url = '' "
            "AND d.title IN (SELECT value FROM json_each(?)) ORDER BY d.id",
            (feed, feed, json.dumps(titles)),
        )

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction around what many feeds brought, made searchable in one pass at its end: the index takes
        one large portion in much less time than many small ones."""
        with self._store.write():
            unindexed: list[int] = []
            self._unindexed = unindexed
            try:
                yield
            finally:
                self._unindexed = None
            fts.index(self._store, unindexed)

    def store(self, feed: str, matches: Sequence[Match], at: datetime) -> Stored:
        """Write what matching decided, in the order of the feed reversed, so that ids grow with age."""
        changed: list[int] = []
        with self._store.write():
            new = self._insert(
                [(index, match.incoming) for index, match in enumerate(matches) if match.kind == "new"], at
            )
            for match in reversed(matches):
                if match.kind == "changed" and match.document is not None:
                    self._change(match.document, match.incoming, at)
                    changed.append(match.document)
            self._index([*new.values(), *changed])
            self._sight(feed, matches, new, at)
        return Stored(tuple(new.values()), tuple(changed))

    def _index(self, documents: Sequence[int]) -> None:
        if self._unindexed is None:
            fts.index(self._store, documents)
        else:
            self._unindexed.extend(documents)

    def _insert(self, incoming: Sequence[tuple[int, NewDocument]], at: datetime) -> dict[int, int]:
        """Their ids by their place in the feed, the last of the feed first. Nobody else writes meanwhile."""
        if not incoming:
            return {}
        first, seen_at = self.newest() + 1, to_text(at)
        placed = list(enumerate(reversed(incoming), first))
        self._store.run_many(
            "INSERT INTO documents (id, feed, guid, link, canonical_url, title, publisher, published_at, dated, "
            "first_seen_at, language, excerpt, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_row(number, new, seen_at) for number, (_, new) in placed],
        )
        return {index: number for number, (index, _) in placed}

    def _change(self, number: int, new: NewDocument, at: datetime) -> None:
        revised = keep_version(self._store, number, new, to_text(at))
        self._store.run(
            "UPDATE documents SET title = ?, link = ?, canonical_url = ?, excerpt = ?, language = ?, "
            "text = CASE WHEN ? = '' THEN text ELSE ? END, changed_at = coalesce(?, changed_at) WHERE id = ?",
            (
                new.title,
                new.link,
                new.canonical_url,
                new.excerpt,
                new.language,
                new.text,
                new.text,
                to_text(at) if revised else None,
                number,
            ),
        )

    def _sight(self, feed: str, matches: Sequence[Match], new: dict[int, int], at: datetime) -> None:
        """A guid more for each document, up to `_MOST_GUIDS`: a feed that makes new ones for every answer would fill
        the library, and its documents are found by address and title."""
        seen_at = to_text(at)
        first = [(feed, matches[index].incoming.guid, number, seen_at) for index, number in new.items()]
        self._store.run_many(f"{_SIGHT} VALUES (?, ?, ?, ?) ON CONFLICT (feed, guid) DO NOTHING", first)
        others = []
        for match in matches:
            number = match.document if match.repeats is None else new[match.repeats]
            if number is not None:
                others.append((feed, match.incoming.guid, number, seen_at, number, feed, _MOST_GUIDS))
        self._store.run_many(
            f"{_SIGHT} SELECT ?, ?, ?, ? "
            "WHERE (SELECT count(*) FROM sightings WHERE document = ? AND feed = ?) < ? "
            "ON CONFLICT (feed, guid) DO NOTHING",
            others,
        )


def _portions(joined: str) -> Iterator[str]:
    """Numbers with commas between them, without a million of them in memory at once."""
    start = 0
    while start < len(joined):
        end = joined.find(",", start + _PORTION)
        end = end if end >= 0 else len(joined)
        yield joined[start:end]
        start = end + 1


def _row(number: int, new: NewDocument, seen_at: str) -> tuple[int | str | None, ...]:
    return (
        number,
        new.feed,
        new.guid,
        new.link,
        new.canonical_url,
        new.title,
        new.publisher,
        to_text(new.published_at),
        new.dated,
        seen_at,
        new.language,
        new.excerpt,
        new.text,
    )


def _tells(known: KnownDocument | None, new: NewDocument) -> bool:
    return known is not None and known.canonical_url == new.canonical_url


def _known(row: Row, guids: frozenset[str]) -> KnownDocument:
    return KnownDocument(
        id=row["id"],
        feed=row["feed"],
        title=row["title"],
        canonical_url=row["canonical_url"],
        said=(row["title"], row["link"], row["excerpt"], row["language"]),
        guids_of_this_feed=guids,
        published_at=None if row["dated"] == "pull" else to_instant(row["published_at"]),
    )


_SIGHT = "INSERT INTO sightings (feed, guid, document, first_seen_at)"

_OF_THE_KNOWN = "d.id, d.feed, d.title, d.canonical_url, d.link, d.excerpt, d.language, d.dated, d.published_at"

_WITH_GUIDS = (
    f"SELECT {_OF_THE_KNOWN}, "
    "(SELECT json_group_array(guid) FROM sightings WHERE document = d.id AND feed = ?) AS guids FROM documents d"
)

_FAMILIES = """
SELECT document, lead FROM relatives WHERE lead IN (
    SELECT value FROM json_each(?) UNION
    SELECT lead FROM relatives WHERE document IN (SELECT value FROM json_each(?))
) ORDER BY document
"""
