"""What looks like one document and is two: none of it is folded silently, in whatever order it comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zlib import crc32

import pytest

from curator.library import Library
from curator.models import Entry, Feed
from curator.pull.normalise import normalise_all
from curator.workflow.families import take_in

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
FEEDS = (
    Feed("ministry", "Ministry", "https://health.example.se/feed", "SE", None, "ministry"),
    Feed("ministry-news", "Ministry, news", "https://health.example.se/news.xml", "SE", None, "ministry"),
    Feed("agency", "Agency", "https://agency.example.org/feed", None, None, "agency"),
    Feed("oecd-europe", "OECD, Europe", "https://oecd.example.int/europe", None, None, "oecd"),
    Feed("oecd-health", "OECD, health", "https://oecd.example.int/health", None, None, "oecd"),
)
SITES = {
    "ministry": "https://health.example.se",
    "ministry-news": "https://health.example.se",
    "agency": "https://agency.example.org",
    "oecd-europe": "https://oecd.example.int",
    "oecd-health": "https://oecd.example.int",
}
LONG = (
    "The report describes what people who have used services say about waiting, staff and housing, what their "
    "families say, what the regions answer, what it costs, and which recommendations of the inquiry are carried out."
)
OTHER = (
    "Peer workers are employed by every second hospital, and managers ask how to pay, train and supervise them; this "
    "guide was written with them, gathers what ten wards have tried, and ends with a list of questions for each ward."
)


def entry(
    feed: str, title: str, words: str = "", *, path: str = "", days: int = 0, language: str | None = None
) -> tuple[str, Entry]:
    """Of a feed, `days` before now; its address ends in `path`, else in what it is."""
    link = SITES[feed] + (path or f"/{feed}/{crc32(f'{title} {words} {days}'.encode())}")
    return feed, Entry(link, link, title, words, NOW - timedelta(days=days + 1), language=language)


PAIRS = {
    "the reports of two years": (
        entry("ministry", "Annual report on mental health 2025", LONG),
        entry("ministry-news", "Annual report on mental health 2026", LONG),
    ),
    "the reports of two years, which only the words tell": (
        entry("ministry", "How mental health care fares", f"{LONG} It covers the year 2025 and all regions."),
        entry("ministry-news", "How mental health care fares", f"{LONG} It covers the year 2026 and all regions."),
    ),
    "the reports of two years, which nothing tells but the dates": (
        entry("ministry", "The state of mental health care", LONG, days=370),
        entry("ministry-news", "The state of mental health care", LONG, days=5),
    ),
    "a weekly with one title": (
        entry("ministry", "Mental health this week: what has happened", LONG, days=7),
        entry("ministry-news", "Mental health this week: what has happened", OTHER),
    ),
    "a weekly with one title and nothing else": (
        entry("ministry", "Weekly letter of the director general", days=7),
        entry("ministry-news", "Weekly letter of the director general"),
    ),
    "press releases 3 and 4 of 5": (
        entry("ministry", "Press release 3 of 5: The budget for mental health", LONG),
        entry("ministry-news", "Press release 4 of 5: The budget for mental health", LONG),
    ),
    "parts one and two": (
        entry("ministry", "A guide to peer support, part one", OTHER),
        entry("ministry-news", "A guide to peer support, part two", OTHER),
    ),
    "one title, two publishers": (
        entry("ministry", "Mental health strategy for children and young people", LONG),
        entry("agency", "Mental health strategy for children and young people", OTHER),
    ),
    "one title, two publishers, no words": (
        entry("ministry", "Mental health strategy for children and young people"),
        entry("agency", "Mental health strategy for children and young people"),
    ),
    "translations of two editions": (
        entry("agency", "Mental health atlas 2024", LONG, path="/en/publications/mental-health-atlas", language="en"),
        entry("oecd-health", "Atlas de la santé mentale 2025", "", path="/fr/x", language="fr"),
    ),
    "translations of two editions at one address": (
        entry("oecd-health", "Mental health atlas 2024", path="/en/publications/mental-health-atlas", language="en"),
        entry("oecd-europe", "Atlas de la santé 2025", path="/fr/publications/mental-health-atlas", language="fr"),
    ),
    "translations years apart at one address": (
        entry("oecd-health", "Mental health atlas", path="/en/publications/health-atlas", language="en", days=900),
        entry("oecd-europe", "Atlas de la santé mentale", path="/fr/publications/health-atlas", language="fr"),
    ),
    "statistics with one number changed": (
        entry("ministry", "Compulsory care in the regions", f"In all 4,210 people were detained. {LONG}"),
        entry("ministry-news", "Compulsory care in the regions", f"In all 4,310 people were detained. {LONG}"),
    ),
    "statistics with one number in words changed": (
        entry("ministry", "Young people and their wellbeing", f"Of ten pupils, four say they feel low. {LONG}"),
        entry("ministry-news", "Young people and their wellbeing", f"Of ten pupils, three say they feel low. {LONG}"),
    ),
    "two months in a language that writes them small": (
        entry("ministry", "Så många sökte vård för psykisk ohälsa", f"Gäller januari i hela landet. {LONG}"),
        entry("ministry-news", "Så många sökte vård för psykisk ohälsa", f"Gäller februari i hela landet. {LONG}"),
    ),
    "two groups of people": (
        entry("ministry", "New figures on suicide prevention published", f"They are about women only. {LONG}"),
        entry("ministry-news", "New figures on suicide prevention published", f"They are about men only. {LONG}"),
    ),
    "the profiles of two countries": (
        entry("oecd-europe", "Mental health systems: a country profile", f"Sweden has 21 regions. {LONG}"),
        entry("oecd-health", "Mental health systems: a country profile", f"Norway has 11 counties. {LONG}"),
    ),
    "a report and its correction": (
        entry("ministry", "Loneliness after discharge in four cities", LONG),
        entry("ministry-news", "Correction: Loneliness after discharge in four cities", LONG),
    ),
    "two that name one DOI": (
        entry("ministry", "What we learn from a study of loneliness", f"See doi:10.5555/lonely.2026. {OTHER}"),
        entry("agency", "Our answer to a study of loneliness", f"On doi:10.5555/lonely.2026 we say: {LONG}"),
    ),
    "two volumes under one ISBN": (
        entry("ministry", "Handbook of community care, volume 1", f"ISBN 978-3-16-148410-0. {OTHER}"),
        entry("agency", "Handbook of community care, volume 2", f"ISBN 978-3-16-148410-0. {LONG}"),
    ),
    "a weekly of one feed in equal words": (
        entry("ministry", "News for providers of mental health care", LONG, days=7),
        entry("ministry", "News for providers of mental health care", LONG, path="/news/2"),
    ),
    "what one feed brings again under another address": (
        entry("ministry", "What families say of the crisis line", LONG, days=7),
        entry("ministry", "What families say of the crisis line", LONG, path="/line/2"),
    ),
    "a daily of one feed in equal words": (
        entry("ministry", "Daily situation report on hospital beds", LONG, days=1),
        entry("ministry", "Daily situation report on hospital beds", LONG, path="/beds/2"),
    ),
    "two of a day under a title that comes again": (
        entry("ministry", "Situation report on hospital beds", LONG, path="/beds/morning"),
        entry("ministry", "Situation report on hospital beds", LONG, path="/beds/evening"),
    ),
    "what one feed says each day of a thing without a series' name": (
        entry("ministry", "How many wait for care today", LONG, days=1),
        entry("ministry", "How many wait for care today", LONG, path="/wait/2"),
    ),
    "two chapters of a book whose number is in their addresses": (
        entry("ministry", "Care in the community", OTHER, path="/books/9783161484100/care"),
        entry("agency", "Care in the family home", LONG, path="/books/9783161484100/family"),
    ),
    "a monthly in equal words": (
        entry("ministry", "Figures of the mental health services", LONG, days=30),
        entry("ministry-news", "Figures of the mental health services", LONG),
    ),
    "a press release and the report of another year": (
        entry("ministry", "Press release: The state of psychiatric care", f"The report of 2026 is out today. {OTHER}"),
        entry("ministry-news", "The state of psychiatric care", f"The report of 2025. {LONG}", days=9),
    ),
    "two notes with one title and nothing else": (
        entry("ministry", "Information to all providers of care", "Read more.", days=8),
        entry("ministry-news", "Information to all providers of care", "Read more."),
    ),
    "two vacancies": (
        entry("ministry", "Vacancy: senior adviser on mental health", "Apply by Friday."),
        entry("ministry-news", "Vacancy: senior adviser on mental health", "Apply by Friday.", days=6),
    ),
    "two speeches": (
        entry("ministry", "Speech by the minister of social affairs", days=4),
        entry("ministry-news", "Speech by the minister of social affairs"),
    ),
    "two inspections": (
        entry("ministry", "Inspection report: forensic psychiatric clinic", days=3),
        entry("ministry-news", "Inspection report: forensic psychiatric clinic"),
    ),
    "two agendas of one day": (
        entry("ministry", "Agenda of the national council for mental health", "Item one is the budget."),
        entry("ministry-news", "Agenda of the national council for mental health", "Item one is the law."),
    ),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "curator.db") as opened:
        opened.feeds.follow(FEEDS)
        yield opened


def come(library: Library, feed: str, given: Entry) -> int:
    named = next(one for one in FEEDS if one.slug == feed)
    _, stored = take_in(library, named, normalise_all([given], named, NOW), NOW)
    (number,) = stored.new
    return number


@pytest.mark.parametrize("back", [False, True], ids=["", "the other first"])
@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_two_that_look_alike_stay_two(
    library: Library, pair: tuple[tuple[str, Entry], tuple[str, Entry]], back: bool
) -> None:
    for feed, given in reversed(pair) if back else pair:
        come(library, feed, given)
    assert library.families.leads([1, 2]) == {1: 1, 2: 2}, library.families.ties([1])


def test_all_of_them_in_one_library_stay_apart(library: Library) -> None:
    """Nor does a third lead two together."""
    whose: dict[int, str] = {}
    for name, pair in PAIRS.items():
        for side, (feed, given) in enumerate(pair):
            whose[come(library, feed, given)] = f"{name}, {side}"
    leads = library.families.leads(whose)
    assert {(whose[one], whose[lead]) for one, lead in leads.items() if one != lead} == set()
