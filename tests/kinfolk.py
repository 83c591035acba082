"""Two hundred entries of five feeds, of which sixty are again what another one was, in eight ways; and those that only
look so. Made by a seeded hand, so that every run sees the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from curator.models import Entry, Feed

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
FEEDS = {
    "ministry": Feed("ministry", "Ministry", "https://health.example.se/feed", "SE", "policy", "ministry", None),
    "ministry-news": Feed("ministry-news", "Ministry, news", "https://health.example.se/n", "SE", None, "ministry"),
    "institute": Feed("institute", "Institute", "https://institute.example.org/feed", None, "research", "institute"),
    "office": Feed("office", "Office", "https://office.example.ie/feed", "IE", None, "office"),
    "journal": Feed("journal", "Journal", "https://journal.example.com/feed", None, "research", None),
}
SITES = {
    "ministry": "https://health.example.se",
    "ministry-news": "https://health.example.se",
    "institute": "https://institute.example.org",
    "office": "https://office.example.ie",
    "journal": "https://journal.example.com",
}
KINDS = ("tracked", "variant", "pdf", "release", "doi", "language", "cut", "joint")

_WHAT = [
    "recovery",
    "peer",
    "crisis",
    "housing",
    "suicide",
    "youth",
    "perinatal",
    "forensic",
    "digital",
    "community",
    "trauma",
    "dementia",
]
_FORM = [
    "colleges",
    "support",
    "lines",
    "first",
    "prevention",
    "services",
    "care",
    "units",
    "therapy",
    "teams",
    "networks",
    "clubs",
]
_WHERE = [
    "rural districts",
    "island communities",
    "large cities",
    "border regions",
    "university towns",
    "fishing villages",
]
_HOW = ["a comparison", "lessons learned", "an evaluation", "first results", "costs and benefits", "what families say"]
_VERB = ["describes", "reviews", "measures", "questions", "explains", "compares", "defends", "traces"]
_NOUN = [
    "waiting",
    "staff",
    "funding",
    "stigma",
    "housing",
    "training",
    "beds",
    "law",
    "research",
    "families",
    "schools",
    "police",
    "nurses",
]


@dataclass(frozen=True)
class Given:
    """One entry of a feed. `thing` is what it truly is: equal for two that are one. `kind` '' for a first one."""

    feed: str
    entry: Entry
    thing: str
    kind: str = ""


def given() -> list[Given]:
    """All of them, in the order in which they come."""
    hand = _Hand(random.Random(20261121))
    first = [hand.first(number) for number in range(104)]
    again = [hand.again(one, KINDS[number % len(KINDS)], number) for number, one in enumerate(first[:60])]
    looking_so = list(hand.looking_so())
    assert len(first) + len(again) + len(looking_so) == 200, len(looking_so)
    return [*first, *looking_so, *again]


class _Hand:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._titles: set[str] = set()

    def title(self) -> str:
        while True:
            pick = self.chance.choice
            made = f"{pick(_WHAT).capitalize()} {pick(_FORM)} in {pick(_WHERE)}: {pick(_HOW)}"
            if made not in self._titles:
                self._titles.add(made)
                return made

    def words(self, sentences: int = 8) -> str:
        return " ".join(self._sentence() for _ in range(sentences))

    def _sentence(self) -> str:
        pick = self.chance.choice
        return (
            f"The report {pick(_VERB)} {pick(_NOUN)} and {pick(_NOUN)} in {pick(_WHERE)}, where "
            f"{self.chance.randint(11, 999)} people of {pick(_WHAT)} {pick(_FORM)} {pick(_VERB)} {pick(_NOUN)}."
        )

    def first(self, number: int) -> Given:
        kind = KINDS[number % len(KINDS)] if number < 60 else ""
        feed = {"doi": "journal", "language": "institute", "pdf": "ministry", "release": "ministry"}.get(kind)
        feed = feed or list(FEEDS)[number % 4]
        path = f"/news/{number}-{number * 7919}"
        if kind == "doi":
            path = f"/doi/full/10.5555/jmh.2026.{number:04}"
        if kind == "language":
            path = f"/en/publications/report-{number}"
        entry = Entry(
            guid=f"{feed}:{number}",
            link=SITES[feed] + path,
            title=self.title(),
            published=_day(number),
            excerpt=f"<p>{self.words()}</p>",
            language="en" if kind == "language" else None,
        )
        return Given(feed, entry, f"thing {number}")

    def again(self, one: Given, kind: str, number: int) -> Given:
        feed, link, title, words = one.feed, one.entry.link, one.entry.title, one.entry.excerpt
        language = None
        other = "ministry-news" if feed == "ministry" else "ministry" if feed == "ministry-news" else "journal"
        match kind:
            case "tracked":
                feed, link = "journal", link.replace("https://", "http://www.") + "?utm_source=feed&utm_medium=rss"
            case "variant":
                feed = "journal"
                host, _, path = link.removeprefix("https://").partition("/")
                link = (f"https://{host}/{path}/amp/", f"https://m.{host}/{path}", f"https://{host}/{path}/index.html")[
                    number % 3
                ]
            case "pdf":
                feed, link, title, words = other, f"{SITES[feed]}/media/{number}/r.pdf", f"{title} (PDF, 1.2 MB)", ""
            case "release":
                feed, link = other, f"{SITES[feed]}/press/{number}"
                title = ("Press release: ", "Pressmeddelande: ", "News: ")[number % 3] + title
                words = words.partition(".")[0] + ". " + self.words(2)
            case "doi":
                feed, link = "institute", f"https://doi.org/10.5555/JMH.2026.{number:04}"
                title = f"{title.partition(':')[0]} (open access)"
            case "language":
                feed, link, title = "office", link.replace("/en/", "/fr/"), f"Rapport {number} sur la santé mentale"
                words, language = "<p>Le rapport décrit la situation dans plusieurs régions.</p>", "fr"
            case "cut":
                feed, link = "journal", f"{SITES['journal']}/wire/{number}"
                words = words[: len(words) * 2 // 3] + "…"
            case "joint":
                feed, link, words = "journal", f"{SITES['journal']}/joint/{number}", self.words()
        entry = Entry(f"again:{number}", link, title, words, _day(number, 2), language=language)
        return Given(feed, entry, one.thing, kind)

    def looking_so(self) -> Iterator[Given]:
        """What a hasty eye takes for one."""
        boilerplate, guide, profiles, weekly, papers = (self.words(6) for _ in range(5))
        for n, year in enumerate((2023, 2024, 2025, 2026)):  # a report of every year, in equal words
            yield self._as("ministry", f"/reports/{year}", f"Annual report on mental health {year}", boilerplate, n)
        for n, part in enumerate(("part 1", "part 2", "part 3", "part 4")):
            words = self.words() if n % 2 else guide
            yield self._as("institute", f"/guide/{n}", f"A guide to recovery colleges, {part}", words, 5)
        country = "The profile of {} describes services, staff and funding. " + profiles
        for n, (feed, name) in enumerate((("ministry", "Sweden"), ("office", "Ireland"), ("institute", "Chile"))):
            yield self._as(feed, f"/profiles/{name}", "Mental health country profile launched", country.format(name), n)
        for n, (feed, name) in enumerate((("ministry", "SE"), ("office", "IE"))):  # one text for all countries
            yield self._as(feed, f"/oecd/{name}", "What the OECD says of our mental health system", boilerplate, n)
        for n in range(6):  # a bulletin a month, then one a week
            yield self._as("office", f"/bulletin/{n}", "Mental health bulletin", self.words(3), n * 30)
        for n in range(4):
            words = f"This week {n * 13 + 40} people called the line. " + weekly
            yield self._as("ministry-news", f"/weekly/{n}", "Calls to the national line this week", words, n * 7)
        for n in range(2):
            yield self._as("institute", f"/jobs/{n}", "Vacancy: policy officer in mental health", self.words(4), n * 4)
        yield self._as("office", "/uk/services/inpatient-care", "Inpatient care in numbers and words", self.words(), 3)
        yield self._as(
            "institute", "/ie/services/inpatient-care", "Inpatient care in numbers and words", self.words(), 40
        )
        doi = "https://journal.example.com/doi/full/10.5555/jmh.2026.9001"
        yield self._as("journal", doi, "Loneliness after discharge in four cities", self.words(), 8)
        yield self._as(
            "office", "/blog/1", "Our take on a study of loneliness", f"See doi:10.5555/jmh.2026.9001. {boilerplate}", 9
        )
        yield self._as("journal", doi + ".1", "Correction: Loneliness after discharge in four cities", "", 9)
        for n in range(4):  # the publisher says the same about itself under everything
            yield self._as("journal", f"/papers/{n}", self.title(), f"The journal publishes research. {papers}", n)
        yield self._as("ministry", "/statement/1", "Statement by the minister on mental health", self.words(), 1)
        yield self._as("ministry-news", "/statement/2", "Statement by the minister on mental health", self.words(), 13)

    def _as(self, feed: str, path: str, title: str, words: str, days: int) -> Given:
        link = path if path.startswith("https:") else SITES[feed] + path
        return Given(feed, Entry(f"{feed}{path}", link, title, words, _day(days)), f"{path} {title}")


def _day(number: int, later: int = 0) -> datetime:
    return NOW - timedelta(days=60 + number % 90 - later)
