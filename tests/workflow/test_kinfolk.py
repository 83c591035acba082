"""One document that comes several ways is recognised, and what only looks so is not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from curator.library import Library
from curator.models import Entry, Feed
from curator.pull.normalise import normalise_all
from curator.workflow.families import take_in
from tests.corpus import corpus_path
from tests.kinfolk import FEEDS, KINDS, NOW, Given, given


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("kinfolk") / "curator.db") as opened:
        opened.feeds.follow(list(FEEDS.values()))
        yield opened


@pytest.fixture(scope="module")
def told(library: Library) -> list[tuple[Given, int]]:
    """Each entry and the document it became."""
    return [(one, come(library, FEEDS[one.feed], one.entry)) for one in given()]


def come(library: Library, feed: Feed, entry: Entry) -> int:
    matches, stored = take_in(library, feed, normalise_all([entry], feed, NOW), NOW)
    return stored.new[0] if stored.new else matches[0].document or 0


def test_what_came_again_is_found(library: Library, told: list[tuple[Given, int]]) -> None:
    first = {one.thing: number for one, number in told if not one.kind}
    ties = {(tie.one, tie.other) for tie in library.families.proposed()}
    folded, found = Counter[str](), Counter[str]()
    for one, number in told:
        if one.kind:
            leads = library.families.leads([number, first[one.thing]])
            folded[one.kind] += len(set(leads.values())) == 1
            found[one.kind] += len(set(leads.values())) == 1 or (first[one.thing], number) in ties
    assert sum(found.values()) >= 0.95 * 60, found
    assert sum(folded.values()) >= 0.85 * 60, folded
    assert set(found) == set(KINDS)


def test_nothing_else_is_folded(library: Library, told: list[tuple[Given, int]]) -> None:
    things: dict[int, set[str]] = {}
    for one, number in told:
        things.setdefault(library.families.leads([number])[number], set()).add(one.thing)
    assert [each for each in things.values() if len(each) > 1] == []


def test_little_else_is_proposed(library: Library, told: list[tuple[Given, int]]) -> None:
    """A proposal costs the editor a look: of the 36 that only look so, few may."""
    truth = {number: one.thing for one, number in told}
    wrong = [tie for tie in library.families.proposed() if truth[tie.one] != truth[tie.other]]
    assert len(wrong) <= 8, wrong


def test_news_that_were_lightly_rewritten_are_found_and_no_others(tmp_path: Path) -> None:
    folder = corpus_path("labelled", "near-duplicates")
    articles = [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").splitlines()]
    pairs = {frozenset(pair) for pair in json.loads((folder / "pairs.json").read_text("utf-8"))}
    feeds = [Feed(f"wire-{n}", f"Wire {n}", f"https://wire-{n}.example.org/feed") for n in range(2)]
    names: dict[int, str] = {}
    with Library(tmp_path / "curator.db") as library:
        library.feeds.follow(feeds)
        for place, article in enumerate(articles):
            feed, name = feeds[place % 2], article["id"]
            entry = Entry(name, f"https://{feed.slug}.example.org/{name}", "", article["text"], NOW)
            names[come(library, feed, entry)] = name
        leads = library.families.leads(names)
        folded = {frozenset((names[one], names[lead])) for one, lead in leads.items() if one != lead}
        proposed = {frozenset((names[tie.one], names[tie.other])) for tie in library.families.proposed()}
    assert len(names) == len(articles)
    assert folded | proposed == pairs
    assert folded <= pairs
