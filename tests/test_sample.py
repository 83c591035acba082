"""The sample workspace and the repository's own feeds.toml hold what they promise."""

from __future__ import annotations

import csv
import json
from calendar import timegm
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from time import struct_time
from typing import NamedTuple

import feedparser
import pytest

from curator.config import Config, load_config
from curator.taxonomy import Taxonomy, default_taxonomy_path, load_taxonomy

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "curator" / "data" / "sample"
FEEDS = sorted((SAMPLE / "feeds").iterdir())
TITLES = ROOT.parent / "shared" / "iimhl2016.csv"
MEMBERS = ("AU", "CA", "GB-ENG", "IE", "NL", "NZ", "GB-SCT", "SE", "US")


class Raw(NamedTuple):
    """One thing in a feed, read without curator."""

    feed: str
    title: str
    link: str
    guid: str
    published: datetime
    excerpt: str


def read_feed(path: Path) -> list[Raw]:
    return read_json_feed(path) if path.suffix == ".json" else read_xml_feed(path)


def read_json_feed(path: Path) -> list[Raw]:
    return [
        Raw(path.stem, x["title"], x["url"], x["id"], datetime.fromisoformat(x["date_published"]), x["content_text"])
        for x in json.loads(path.read_text(encoding="utf-8"))["items"]
    ]


def read_xml_feed(path: Path) -> list[Raw]:
    parsed = feedparser.parse(path.read_bytes())
    assert not parsed.bozo, f"{path.name}: {parsed.get('bozo_exception')}"
    return [Raw(path.stem, x.title, x.link, x.id, instant(x.published_parsed), x.summary) for x in parsed.entries]


def instant(utc: struct_time) -> datetime:
    return datetime.fromtimestamp(timegm(utc), UTC)


@pytest.fixture(scope="module")
def everything() -> list[Raw]:
    return [raw for path in FEEDS for raw in read_feed(path)]


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(default_taxonomy_path())


@pytest.fixture(scope="module")
def sample(taxonomy: Taxonomy) -> Config:
    return load_config(SAMPLE, taxonomy)


@pytest.fixture(scope="module")
def repository(taxonomy: Taxonomy) -> Config:
    return load_config(ROOT, taxonomy)


def subscribers() -> list[dict[str, str]]:
    with (SAMPLE / "subscribers.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---------------------------------------------------------------- the sample's feeds


def test_titles_are_those_of_2016(everything: list[Raw]) -> None:
    if not TITLES.exists():
        pytest.skip("the list of 2016 titles is not present: shared/iimhl2016.csv")
    with TITLES.open(encoding="utf-8", newline="") as file:
        expected = [row["title"] for row in csv.DictReader(file)]
    assert sorted(raw.title for raw in everything) == sorted(expected)


def test_how_many_each_feed_brings(everything: list[Raw]) -> None:
    countries = {"australia": 4, "canada": 2, "england": 3, "ireland": 4, "new-zealand": 6, "scotland": 4, "usa": 4}
    organisations = {"who": 1, "wfmh": 1, "oecd": 1, "un": 4, "eu": 3, "wef": 1, "adi": 1}
    assert Counter(raw.feed for raw in everything) == countries | organisations | {
        "webinars": 8,
        "make-it-so-archive": 2,
    }
    assert sum(countries.values()) + sum(organisations.values()) == 39


def test_nothing_comes_twice(everything: list[Raw]) -> None:
    assert len({raw.title for raw in everything}) == 49
    assert len({raw.link for raw in everything}) == 49
    assert len({raw.guid for raw in everything}) == 49
    assert len({raw.published.date() for raw in everything}) == 49
    assert len({raw.excerpt for raw in everything}) == 49


def test_links_lead_nowhere_real(everything: list[Raw]) -> None:
    assert all(raw.link.startswith("https://example.org/") for raw in everything)


def test_dates_lie_in_2016_and_of_webinars_in_2012(everything: list[Raw]) -> None:
    years = {(raw.feed == "webinars", raw.published.year) for raw in everything}
    assert years == {(False, 2016), (True, 2012)}


def test_each_format_is_shown() -> None:
    assert {path.suffix for path in FEEDS} == {".xml", ".atom", ".json"}


def test_crisis_care_is_found_in_some_countries_only(everything: list[Raw]) -> None:
    speaking = {raw.feed for raw in everything if raw.feed != "webinars" and "crisis" in raw.excerpt.casefold()}
    assert speaking == {"australia", "england", "ireland", "new-zealand", "scotland", "make-it-so-archive"}


# ---------------------------------------------------------------- the sample's workspace


def test_sample_loads_and_names_every_file(sample: Config) -> None:
    assert sample.network.countries == MEMBERS
    assert sample.mail.smtp == "file:"
    assert {feed.url for feed in sample.feeds} == {f"file:feeds/{path.name}" for path in FEEDS}
    assert all(feed.slug == Path(feed.url).stem for feed in sample.feeds)


def test_countries_and_organisations_are_apart(sample: Config, taxonomy: Taxonomy) -> None:
    """A country's feed has no publisher and an organisation's no country; the organisations are known."""
    assert all(feed.country is None or feed.publisher is None for feed in sample.feeds)
    assert [feed.country for feed in sample.feeds if feed.country] == [c for c in MEMBERS if c not in ("NL", "SE")]
    assert {feed.publisher for feed in sample.feeds if feed.publisher} <= set(taxonomy.organisations)


def test_subscribers_are_twenty_roles() -> None:
    rows = subscribers()
    assert len({row["address"] for row in rows}) == len(rows) == 20
    assert all(row["address"].endswith(".example.org") for row in rows)
    assert all("members" in row["lists"].split() for row in rows)


def test_one_key_leader_for_each_member_country() -> None:
    leaders = [row["country"] for row in subscribers() if "key-leaders" in row["lists"].split()]
    assert sorted(leaders) == sorted(MEMBERS)


def test_interests_and_countries_are_known(taxonomy: Taxonomy) -> None:
    for row in subscribers():
        assert set(row["interests"].split()) <= set(taxonomy.themes)
        assert not row["country"] or row["country"] in taxonomy.countries


# ---------------------------------------------------------------- the repository's own workspace


def test_repository_feeds_load(repository: Config) -> None:
    assert repository.network.countries == MEMBERS
    assert repository.mail.smtp == "file:"
    assert len(repository.feeds) == 52
    assert len({feed.slug for feed in repository.feeds}) == len({feed.url for feed in repository.feeds}) == 52
    assert all(feed.section and feed.publisher for feed in repository.feeds)


def test_repository_covers_all_members_but_two(repository: Config) -> None:
    """No address of Ireland or the Netherlands is substantiated; the file offers them commented out."""
    assert set(MEMBERS) - {feed.country for feed in repository.feeds} == {"IE", "NL"}
