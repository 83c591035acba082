"""Asking every feed whether it has something new: `fetch_all`.

    feeds ─Schedule→ threads, each with its own client ─→ Fetched | Failure, as they complete

A client for each thread, since one shared by all is several times slower. A few threads at first, and twice as many
whenever no answer comes for a moment though there are feeds to ask: what is near needs few, what is far many. Not
covered by the deadline of one feed: see `curator.http`. A feed that is led to another host counts at both; where
that host has no room, it is asked once more from the beginning when it has.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from curator import http
from curator.clean import plain_line
from curator.config import Pull
from curator.models import Failure, Feed, FeedState, Fetched, Illness
from curator.pull.files import listing, read_file
from curator.pull.manners import max_age, retry_seconds
from curator.pull.parse import ParseFailure
from curator.pull.pauses import Pauses
from curator.pull.schedule import Schedule
from curator.pull.urls import host_of, origin_of

Private = Mapping[str, Mapping[str, str]]

_FIRST_THREADS = 4
_MOMENT = 0.005  # seconds without an answer before there are more threads
_IDLE = 0.1  # seconds without an answer, once all that can be asked is
_LOST = (404, 410)  # what the server says of a sitemap that is no more
_JOIN_SECONDS = 2.0  # how long an abandoned pull waits for its threads; they are daemons and hold nothing


def fetch_all(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    settings: Pull,
    workspace: Path,
    *,
    site: str = "",
    private: Private | None = None,
    idle: Callable[[], None] = lambda: None,
) -> Generator[Fetched | Failure, None, None]:
    """Every feed's answer, each as soon as it is there. `states` is by slug; `site` goes into the User-Agent,
    `private` headers, by slug, to the feed's own server only; `idle` is called while no answer comes.
    A failing feed is a value; a programming error in a thread is raised here. Close it early and nothing hangs."""
    pool = _Pool(feeds, states, settings, workspace, site, private or {})
    pool.start(_FIRST_THREADS)
    try:
        for _ in feeds:
            result = pool.next(idle)
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        pool.stop()


class _Pool:
    """The threads of one pull. `results` is short, so that a slow reader does not fill the memory with bodies."""

    def __init__(
        self,
        feeds: Sequence[Feed],
        states: Mapping[str, FeedState],
        settings: Pull,
        workspace: Path,
        site: str,
        private: Private,
    ) -> None:
        http.load_httpx()
        self.results: queue.Queue[Fetched | Failure | BaseException] = queue.Queue(maxsize=8)
        self._schedule = Schedule(sorted(feeds, key=lambda feed: _failures(states, feed)), settings.per_host)
        self._states, self._settings, self._workspace, self._site = states, settings, workspace, site
        self._private, self._pauses = private, Pauses()
        self._feeds = len(feeds)
        self._threads: list[threading.Thread] = []
        self._lines: list[http.Line] = []

    def start(self, count: int) -> None:
        """`count` threads more, up to what the settings allow and the feeds need."""
        have, most = len(self._threads), min(max(1, self._settings.concurrency), self._feeds)
        for n in range(have, min(have + count, most)):
            thread = threading.Thread(target=self._work, name=f"pull-{n}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def next(self, idle: Callable[[], None]) -> Fetched | Failure | BaseException:
        """The next answer."""
        while True:
            waiting = self._schedule.has_room
            try:
                return self.results.get(timeout=_MOMENT if waiting else _IDLE)
            except queue.Empty:
                idle()
                if waiting:
                    self.start(len(self._threads))

    def stop(self) -> None:
        """End every thread, also one that waits for a slow server or for its result to be taken."""
        self._schedule.stop()
        self._pauses.end()
        ends = time.monotonic() + _JOIN_SECONDS
        while any(thread.is_alive() for thread in self._threads) and time.monotonic() < ends:
            for line in self._lines:
                line.cut()
            while not self.results.empty():
                self.results.get_nowait()
            for thread in self._threads:
                thread.join(0.01)

    def _work(self) -> None:
        try:
            with http.Line(http.client(self._settings, self._site)) as line:
                self._lines.append(line)
                feed = None
                while feed := self._schedule.take(after=feed):
                    with suppress(_NoRoom):  # it comes back
                        self.results.put(self._one(line, feed))
        except BaseException as error:  # handed over, to be raised where somebody sees it
            self.results.put(error)

    def _one(self, line: http.Line, feed: Feed) -> Fetched | Failure:
        """A feed's answer. A host that asks to wait for a moment is waited for and asked once more; one that asks for
        longer is not asked for its other feeds either."""
        failure = self._pauses.wait(host_of(feed.url), feed)
        for last in (False, True):
            if failure:
                break
            try:
                return self._fetched(line, feed)
            except _Waits as waits:
                return waits.failure
            except http.HttpFault as fault:
                failure = _failure(feed, fault)
                if failure.retry_after is None:
                    break
                host = host_of(fault.answered or feed.url)
                self._pauses.ask(host, failure.retry_after)
                if not last and self._pauses.wait(host, feed) is None:
                    failure = None
        assert failure is not None
        return failure

    def _fetched(self, line: http.Line, feed: Feed) -> Fetched:
        state, private = self._states.get(feed.slug) or FeedState(feed.slug), self._private.get(feed.slug, {})
        lead = partial(self._lead, feed)
        return _fetch(line, feed, state, self._settings, self._workspace, private, lead)

    def _lead(self, feed: Feed, url: str) -> None:
        """Before a redirect is followed: its host is held to the same manners as the feed's own."""
        host = host_of(url)
        if not self._schedule.may_lead(feed, host):
            raise _NoRoom
        if failure := self._pauses.wait(host, feed):
            raise _Waits(failure)


class _NoRoom(Exception):
    """The host that a redirect leads to is asked for as many feeds as it may be."""


class _Waits(Exception):
    """The host that a redirect leads to asks to wait."""

    def __init__(self, failure: Failure) -> None:
        super().__init__()
        self.failure = failure


def _failures(states: Mapping[str, FeedState], feed: Feed) -> int:
    """Whoever failed goes last: a host that asks to wait because of one feed must not do so before all its others."""
    state = states.get(feed.slug)
    return state.failures if state else 0


def _failure(feed: Feed, fault: http.HttpFault) -> Failure:
    wait = None if fault.retry_after is None else retry_seconds(fault.retry_after, datetime.now(UTC))
    return Failure(feed.slug, "fetch", fault.message, fault.passing, fault.illness, wait, fault.reached)


def _fetch(
    line: http.Line,
    feed: Feed,
    state: FeedState,
    settings: Pull,
    workspace: Path,
    private: Mapping[str, str],
    lead: Callable[[str], None],
) -> Fetched:
    scheme = feed.url.partition(":")[0].lower()
    if scheme == "file":
        there = listing(feed.url, workspace) if feed.folder else read_file(feed.url, workspace, settings.max_bytes)
        return _judge(feed, state, there, settings.max_bytes)
    if scheme not in ("http", "https"):
        raise http.HttpFault("the address has to begin with http://, https:// or file:")
    asked = _conditions(state) | ({"Accept": http.ACCEPT_PAGES} if feed.page else {})
    most, seconds = settings.max_bytes, settings.timeout
    answer = line.get(feed.url, headers=asked, private=private, max_bytes=most, seconds=seconds, lead=lead)
    if answer.body is None and not _conditions(state):
        raise http.HttpFault("the server answered 304 Not Modified though nothing was asked for before")
    if feed.sitemap and answer.body is not None:
        answer = _whole_sitemap(line, feed, answer, settings, private)
    return _judge(feed, state, answer, settings.max_bytes)


def _whole_sitemap(
    line: http.Line, feed: Feed, answer: http.Answer, settings: Pull, private: Mapping[str, str]
) -> http.Answer:
    """The pages of all sitemaps that an index names, one after the other within the time and the bytes of one feed;
    an index says nothing of whether these have changed, so its own ETag is not kept. What is no index stays as it is,
    faults too: they are told when it is read. A sitemap that is no more takes no other along."""
    from curator.pull.sitemap import followed, joined, read_sitemap

    ends, left = time.monotonic() + settings.timeout, settings.max_bytes
    try:
        index = read_sitemap(_unpacked(answer.body or b"", left), answer.content_type)
    except ParseFailure:
        return answer
    if not index.sitemaps:
        return answer
    found, lost = [], None
    for url in followed(index, answer.url):
        told = private if origin_of(url) == origin_of(feed.url) else {}
        try:
            child = line.get(url, private=told, max_bytes=left, seconds=max(0.1, ends - time.monotonic()))
            body = _unpacked(child.body or b"", left)
            left -= len(body)
            found.append(read_sitemap(body, child.content_type))
        except (http.HttpFault, ParseFailure) as fault:
            if isinstance(fault, ParseFailure) or fault.status not in _LOST:
                raise _of_one(fault, url) from fault
            lost = lost or _of_one(fault, url)
    if lost and not found:
        raise lost
    return replace(answer, body=joined(found), content_type="application/xml", etag=None, last_modified=None)


def _of_one(fault: http.HttpFault | ParseFailure, url: str) -> http.HttpFault:
    """The fault of one sitemap of an index as the whole feed's, which is not gone with it."""
    said = f"its sitemap {plain_line(url, 120)} cannot be read: {fault.message}"
    if isinstance(fault, http.HttpFault):
        again, by = fault.retry_after, fault.answered
        illness: Illness = "failing" if fault.illness == "gone" else fault.illness
        return http.HttpFault(said, passing=fault.passing, illness=illness, retry_after=again, answered=by)
    return http.HttpFault(said, illness=fault.illness)


def _unpacked(body: bytes, max_bytes: int) -> bytes:
    """Also of a .gz file, served as it lies there."""
    return http.inflate(body, max_bytes) if body.startswith(b"\x1f\x8b") else body


def _conditions(state: FeedState) -> dict[str, str]:
    """Asked only where the last body was stored whole: without its hash, an ETag is of a body nobody kept."""
    if not state.content_hash:
        return {}
    known = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in known.items() if value}


def _judge(feed: Feed, state: FeedState, answer: http.Answer, max_bytes: int) -> Fetched:
    """Unchanged, or a body to parse."""
    body, digest = answer.body, state.content_hash
    if body is not None:
        body = _unpacked(body, max_bytes)
        if not body.strip(b" \t\r\n\0"):
            raise http.HttpFault("the answer is empty", passing=True)
        digest = sha256(body).hexdigest()
    unchanged = digest == state.content_hash
    return Fetched(
        slug=feed.slug,
        url=answer.url,
        body=None if unchanged else body,
        content_type=answer.content_type,
        etag=answer.etag or (state.etag if body is None else None),
        last_modified=answer.last_modified or (state.last_modified if body is None else None),
        content_hash=digest,
        moved_to=answer.moved_to,
        max_age=max_age(answer.caching),
    )
