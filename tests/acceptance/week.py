"""A week in the life of a few hundred feeds: publishers that print, revise, move, break, vanish and heal, by the hour
and by a seed; and a record of what each answer held, to hold the library against.

    Publisher ─body→ Reply ─ Week.answered notes it ─ pull ends: `took`, or is killed: it may have

What makes two entries one document stands in `curator.pull.match`; a publisher here never asks more of these rules
than they promise: one whose ids do not last does not change its titles. Now and then one brings, at an address of its
own, what another has brought: a twin, which `curator.pull.kinship` has to see in it.
"""

from __future__ import annotations

import json
import random
import socket
import struct
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from threading import Lock
from typing import Literal

from tests.http_server import Handler, Reply, Site

Format = Literal["rss", "atom", "rdf", "json"]
Ids = Literal["lasting", "none", "new-each-time", "one-for-all"]
Illness = Literal["", "500", "reset", "silent", "page", "cut", "cut-short", "gone"]
FORMATS: tuple[Format, ...] = ("rss", "atom", "rdf", "json")
IDS: tuple[Ids, ...] = ("lasting", "none", "new-each-time", "one-for-all")
PASSING: tuple[Illness, ...] = ("500", "500", "reset", "page", "cut", "cut-short")
SHOWN = 12  # entries a feed holds, where the older ones have been taken


@dataclass
class Story:
    """One thing published. `version` counts its revisions; `retitled` those of its title. A twin says what `of` said
    when it came, and is not changed any more."""

    number: int
    at: datetime
    linked: bool
    of: Story | None = None
    version: int = 0
    retitled: int = 0
    fixed_title: bool = False  # some feed that shows it would not be known by its id

    @property
    def title(self) -> str:
        return f"Story {self._subject} of the week" + f", corrected {self.retitled} times" * bool(self.retitled)

    @property
    def text(self) -> str:
        return f"What there is to say of {self._subject}, in its version {self.version}, at some length for a text."

    @property
    def _subject(self) -> int:
        return self.of.number if self.of else self.number

    @property
    def page(self) -> str:
        return f"https://news.example.org/stories/{self.number}"


Shown = tuple[int, int, str]
"""A story's number, its version and its title, as an answer had them."""


@dataclass
class Publisher:
    """One feed, how its entries look, and how it is now."""

    slug: str
    form: Format
    ids: Ids
    linked: bool
    dated: bool
    validator: Literal["etag", "none"]
    max_age: int
    twice: bool
    pace: float  # how much of the week's bustle it takes part in
    stories: list[Story] = field(default_factory=list)
    illness: Illness = ""
    moved: bool = False
    answers: int = 0
    taken: set[int] = field(default_factory=set)  # numbers of the stories that a pull which ended has had from it

    @property
    def lasting(self) -> bool:
        """Whether an entry is known again by its id whatever its words."""
        return self.ids == "lasting" or (self.ids == "none" and self.linked)

    @property
    def all_taken(self) -> bool:
        return all(story.number in self.taken for story in self.stories)

    def publish(self, story: Story) -> None:
        self.stories.insert(0, story)
        while len(self.stories) > SHOWN and self.stories[-1].number in self.taken:
            self.stories.pop()

    def shown(self) -> list[Shown]:
        return [(story.number, story.version, story.title) for story in self.stories]

    # ------------------------------------------------------------ its body

    def body(self) -> bytes:
        entries = [self._fields(story) for story in self.stories for _ in range(1 + self.twice)]
        if self.form == "json":
            return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": entries}).encode()
        items = "".join(_element(self.form, one) for one in entries)
        opening, closing = _FRAMES[self.form]
        return f"{opening}{items}{closing}".encode()

    def _fields(self, story: Story) -> dict[str, str]:
        said = {"title": story.title, "summary": story.text}
        if self.linked:
            said["url"] = f"{story.page}?utm_source={self.slug}"
        if self.dated:
            said["date_published"] = story.at.isoformat()
        guids = {
            "lasting": f"{self.slug}-{story.number}",
            "new-each-time": f"{self.answers}-{story.number}",
            "one-for-all": "the-feed",
        }
        return said | ({"id": guids[self.ids]} if self.ids in guids else {})


_FRAMES = {
    "rss": ('<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>', "</channel></rss>"),
    "atom": ('<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>', "</feed>"),
    "rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>F</title></channel>',
        "</rdf:RDF>",
    ),
}


def _element(form: Format, said: dict[str, str]) -> str:
    parts = [f"<title>{escape(said['title'])}</title>"]
    text = "summary" if form == "atom" else "description"
    parts.append(f"<{text}>{escape(said['summary'])}</{text}>")
    if url := said.get("url"):
        parts.append(f'<link href="{escape(url)}"/>' if form == "atom" else f"<link>{escape(url)}</link>")
    if guid := said.get("id"):
        parts.append(f"<id>{guid}</id>" if form == "atom" else f'<guid isPermaLink="false">{guid}</guid>')
    if at := said.get("date_published"):
        rss = f"<pubDate>{format_datetime(datetime.fromisoformat(at))}</pubDate>"
        parts.append({"rss": rss, "atom": f"<published>{at}</published>", "rdf": f"<dc:date>{at}</dc:date>"}[form])
    name = "entry" if form == "atom" else "item"
    return f"<{name}>{''.join(parts)}</{name}>"


def _publisher(slug: str, chance: random.Random) -> Publisher:
    form: Format = chance.choices(FORMATS, (5, 3, 1, 2))[0]
    linked = form == "rdf" or chance.random() < 0.85
    ids: Ids = chance.choices(IDS, (6, 1, 1, 1))[0]
    if form == "rdf":
        ids = "none"
    if ids == "one-for-all" and not linked:
        ids = "lasting"
    return Publisher(
        slug,
        form,
        ids,
        linked,
        dated=chance.random() < 0.85,
        validator=chance.choice(("etag", "none")),
        max_age=chance.choice((0, 0, 0, 3_600)),
        twice=chance.random() < 0.1,
        pace=chance.choice((0.05, 0.3, 1.0)),
    )


# ---------------------------------------------------------------- the week


@dataclass(frozen=True)
class Answered:
    """What a feed was answered with; `whole` where nothing of the body was left out."""

    slug: str
    shown: tuple[Shown, ...]
    whole: bool


@dataclass
class Record:
    """Of one story: when an answer first held it, when a pull that ended first had it; by feed."""

    first_answered: dict[str, datetime] = field(default_factory=dict)
    first_taken: dict[str, datetime] = field(default_factory=dict)
    last_taken: dict[str, Shown] = field(default_factory=dict)  # by feed, what it said in the last whole answer
    ever_taken: dict[str, set[Shown]] = field(default_factory=dict)  # by feed, what it said in any
    since_then: dict[str, set[str]] = field(default_factory=dict)  # by feed, titles it may have said after that


class Week:
    """`turn` lets an hour pass at the publishers'; the site answers by itself; `ended` says how a pull went."""

    def __init__(self, site: Site, feeds: int, seed: int, begins: datetime, busy: float) -> None:
        self.busy = busy  # how likely a publisher prints something in a turn
        self.chance = random.Random(seed)
        self.now = begins
        self.site = site
        self.publishers = [_publisher(f"f{n:03}", self.chance) for n in range(feeds)]
        self.records: dict[int, Record] = {}
        self.asked = 0
        self._stories: list[Story] = []
        self._answered: list[Answered] = []
        self._lock = Lock()
        for one in self.publishers:
            for _ in range(self.chance.randint(1, SHOWN)):
                self._print(one)
            site.at(f"/{one.slug}", lambda handler, one=one: self._answer(one, handler, f"/{one.slug}"))  # type: ignore[misc]
            site.at(f"/new/{one.slug}", lambda handler, one=one: self._answer(one, handler, f"/new/{one.slug}"))  # type: ignore[misc]

    # ------------------------------------------------------------ what publishers do

    def turn(self, passing: timedelta) -> None:
        self.now += passing
        with self._lock:
            for one in self.publishers:
                if self.chance.random() < self.busy * one.pace:
                    self._print(one)
                if self.chance.random() < 0.05 * one.pace:
                    self._revise(one)
                self._change_health(one)

    def _print(self, one: Publisher) -> None:
        """Something new, or what another has printed, at its address or at one of its own."""
        old = [story for story in self._stories[-40:] if self._may_repeat(one, story)]
        how = self.chance.random() if old else 1.0
        if how < 0.3:
            story = self.chance.choice(old)
        else:
            of = self._may_be_twinned(self.chance.choice(old)) if how < 0.4 else None
            story = Story(len(self._stories) + 1, self.now, one.linked, of, of.version if of else 0)
            self._stories.append(story)
        story.fixed_title = story.fixed_title or not one.lasting
        one.publish(story)

    @staticmethod
    def _may_repeat(one: Publisher, story: Story) -> bool:
        if not (one.linked and story.linked) or story in one.stories or story.number in one.taken:
            return False
        return one.lasting or not story.retitled

    @staticmethod
    def _may_be_twinned(story: Story) -> Story | None:
        """Itself, and it keeps its title from now on: under another one nothing would be known again."""
        if story.retitled or story.of:
            return None
        story.fixed_title = True
        return story

    @property
    def twins(self) -> list[tuple[int, int]]:
        """The numbers of the stories that came twice: the first, the twin."""
        return [(story.of.number, story.number) for story in self._stories if story.of]

    def _revise(self, one: Publisher) -> None:
        changeable = [story for story in one.stories if not story.of]
        if not changeable or not (one.lasting or one.linked):
            return
        story = self.chance.choice(changeable)
        story.version += 1
        if not story.fixed_title and self.chance.random() < 0.5:
            story.retitled += 1

    def _change_health(self, one: Publisher) -> None:
        if one.illness == "gone":
            return
        if one.illness and self.chance.random() < 0.25:
            one.illness = ""
        elif not one.illness and self.chance.random() < 0.02:
            one.illness = self.chance.choice(PASSING)
        elif not one.illness and one.all_taken and self.chance.random() < 0.0005:
            one.illness = "gone"
        elif (
            not one.illness and self.chance.random() < 0.001 and not any(o.illness == "silent" for o in self.publishers)
        ):
            one.illness = "silent"
        elif self.chance.random() < 0.001:
            one.moved = True

    def heal(self) -> None:
        """Whoever can get well does, but for a tenth that stay as they are."""
        with self._lock:
            for one in self.publishers:
                lasting = one.illness in ("500", "reset", "page", "gone") and (one.illness == "gone" or one.all_taken)
                if not lasting or (one.illness != "gone" and self.chance.random() < 0.5):
                    one.illness = ""

    # ------------------------------------------------------------ what servers do

    def _answer(self, one: Publisher, handler: Handler, path: str) -> Reply | None:
        with self._lock:
            self.asked += 1
            return self._reply(one, handler, path)

    def _reply(self, one: Publisher, handler: Handler, path: str) -> Reply | None:
        if one.illness == "silent":
            self._lock.release()
            try:
                self.site.closing.wait(3)
            finally:
                self._lock.acquire()
            return None
        if one.illness == "reset":
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
            return None
        if one.illness == "500":
            return Reply(b"out of order", 500)
        if one.illness == "gone":
            return Reply(b"gone", 410)
        if one.moved and not path.startswith("/new/"):
            return Reply(status=301, headers={"Location": f"/new/{one.slug}"})
        if one.illness == "page":
            return Reply(b"<!DOCTYPE html><html><title>We are working on it</title></html>")
        return self._feed(one, handler)

    def _feed(self, one: Publisher, handler: Handler) -> Reply | None:
        one.answers += 1
        body = one.body()
        etag = f'"{sha256(body).hexdigest()[:12]}"'
        headers = {"Content-Type": "application/xml"} | ({"ETag": etag} if one.validator == "etag" else {})
        if one.max_age:
            headers["Cache-Control"] = f"max-age={one.max_age}"
        if one.illness in ("cut", "cut-short"):
            self._answered.append(Answered(one.slug, tuple(one.shown()), whole=False))
            length = {"Content-Length": str(len(body))} if one.illness == "cut-short" else {}
            handler.close_connection = one.illness == "cut-short"
            return Reply(body[: self.chance.randrange(len(body))], headers={"Content-Type": "application/xml"} | length)
        if one.validator == "etag" and handler.headers.get("If-None-Match") == etag:
            return Reply(status=304, headers=headers)
        self._answered.append(Answered(one.slug, tuple(one.shown()), whole=True))
        return Reply(body, headers=headers)

    # ------------------------------------------------------------ what pulls took

    def ended(self, failed: set[str] | None) -> None:
        """A pull is over; `failed` are the feeds it says it could not read, None where it was killed."""
        with self._lock:
            for answer in self._answered:
                took = failed is not None and answer.whole and answer.slug not in failed
                for shown in answer.shown:
                    self._note(self.records.setdefault(shown[0], Record()), answer.slug, shown, took=took)
                if took:
                    self._publisher(answer.slug).taken.update(shown[0] for shown in answer.shown)
            self._answered.clear()

    def _note(self, record: Record, slug: str, shown: Shown, *, took: bool) -> None:
        record.first_answered.setdefault(slug, self.now)
        if took:
            record.first_taken.setdefault(slug, self.now)
            record.last_taken[slug] = shown
            record.ever_taken.setdefault(slug, set()).add(shown)
            record.since_then[slug] = set()
        else:
            record.since_then.setdefault(slug, set()).add(shown[2])

    def _publisher(self, slug: str) -> Publisher:
        return next(one for one in self.publishers if one.slug == slug)

    @property
    def expected_health(self) -> dict[str, str]:
        return {one.slug: _health(one) for one in self.publishers}


_HEALTH = {"500": "failing", "reset": "failing", "page": "not-a-feed", "gone": "gone"}


def _health(one: Publisher) -> str:
    if one.illness:
        return _HEALTH[one.illness]
    if one.moved:
        return "moved"
    return "undated" if one.stories and not one.dated else "ok"


REASONS = {
    "500": "500 Internal Server Error",
    "reset": "broke the connection off",
    "silent": "no answer within",
    "page": "is a web page",
    "cut": "",
    "cut-short": "broke off before its end",
    "gone": "410 Gone",
}
