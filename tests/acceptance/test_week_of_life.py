"""A week of a network's life, pulled by processes that are killed now and then: nothing lost, nothing doubled."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from curator.library.versions import MOST
from curator.models import Document, Version
from tests.acceptance.processes import finish, start, wait_for
from tests.acceptance.test_kill_pull import is_sound
from tests.acceptance.test_real_feeds import opened
from tests.acceptance.week import REASONS, Record, Week
from tests.http_server import Site

BEGINS = datetime(2026, 11, 2, 6, tzinfo=UTC)
HEAD = (
    '[network]\nname = "A Week"\nshort = "W"\n[mail]\nsender = "a@example.org"\n[pull]\nper_host = 8\nconcurrency = 8\n'
)


class Life:
    """A workspace and the week around it."""

    def __init__(self, site: Site, folder: Path, feeds: int, seed: int, busy: float) -> None:
        self.folder, self.chance = folder, random.Random(seed)
        self.week = Week(site, feeds, seed, BEGINS, busy)
        self.killed = self.unexplained = 0
        blocks = [
            f'[[feeds]]\nslug = "{one.slug}"\nname = "{one.slug}"\nurl = "{site.url(f"/{one.slug}")}"\n'
            for one in self.week.publishers
        ]
        (folder / "feeds.toml").write_text(f"{HEAD}timeout = 1.5\n" + "\n".join(blocks), encoding="utf-8")

    def pull(self, *, kill: bool) -> None:
        """`curator pull` in a process of its own, killed after some of the feeds were asked, or left to its end."""
        asked = self.week.asked
        process = start(self.folder, "pull", "--json", at=self.week.now)
        if kill:
            some = asked + self.chance.randint(0, len(self.week.publishers))
            wait_for(process, lambda: self.week.asked >= some)
            time.sleep(self.chance.uniform(0, 0.05))  # the moment of death is the input here
            process.kill()
        out, err = process.communicate()
        assert "Traceback" not in err, err
        if process.returncode < 0:
            self.killed += 1
            self.week.ended(None)
            return
        assert process.returncode in (0, 1), err
        failures = {one["feed"]: one["error"] for one in json.loads(out)["failures"]}
        self.week.ended(set(failures))
        self._explained(failures)

    def _explained(self, failures: dict[str, str]) -> None:
        """Each line says what ails the feed, or what did when it was last asked."""
        for one in self.week.publishers:
            said = failures.get(one.slug)
            if said and "; waits until" not in said and not (one.illness and REASONS[one.illness] in said):
                assert "no answer within" in said, (one.slug, one.illness, said)
                self.unexplained += 1  # this machine was busy with something else
            assert said or one.illness in ("", "cut") or one.max_age, (one.slug, one.illness)

    def curator(self, *words: str) -> str:
        code, out, err = finish(start(self.folder, *words, at=self.week.now))
        assert code == 0, err
        return out


def live(site: Site, folder: Path, *, feeds: int, pulls: int, seed: int, busy: float, kills: float) -> None:
    life = Life(site, folder, feeds, seed, busy)
    step = timedelta(seconds=7 * 86_400 // max(pulls, 168))
    for number in range(pulls):
        life.week.turn(step)
        life.pull(kill=life.chance.random() < kills)
        if number == pulls // 2:
            kept = [str(one["id"]) for one in json.loads(life.curator("documents", "--json", "--limit", "5"))]
            life.curator("keep", *kept)
    life.week.heal()
    for _ in range(4):  # beyond every wait and every freshness, and often enough for a move to be believed
        life.week.now += timedelta(hours=25)
        life.pull(kill=False)
    assert life.killed > pulls // 10 and life.unexplained <= life.week.asked // 200
    check(life, len(kept))


def check(life: Life, kept: int) -> None:
    is_sound(life.folder / "curator.db")
    health = {one["slug"]: one["health"] for one in json.loads(life.curator("feeds", "list", "--json"))}
    assert health == life.week.expected_health
    with closing(sqlite3.connect(life.folder / "curator.db")) as connection:
        assert connection.execute("SELECT count(*) FROM acts").fetchone() == (1,)
        sightings = set(connection.execute("SELECT DISTINCT document, feed FROM sightings"))
        numbers = [number for (number,) in connection.execute("SELECT id FROM documents")]  # lists leave relatives out
    with opened(life.folder) as workspace:
        found = workspace.library.documents.pick(numbers)
        assert sum(filed.review.decision == "kept" for filed in found) == kept
        said = {filed.id: tuple(map(words, workspace.library.documents.versions(filed.id))) for filed in found}
        ties = {(tie.one, tie.other) for tie in workspace.library.families.proposed()}
    by_story: dict[int, Document] = {}
    for filed in found:
        number = number_of(filed.document)
        assert number not in by_story, f"twice: {filed.document} and {by_story[number]}"
        by_story[number] = filed.document
    assert by_story.keys() <= life.week.records.keys(), "nobody ever said that"
    for number, record in life.week.records.items():
        if record.first_taken:
            assert number in by_story, f"lost: story {number}, taken from {record.first_taken}"
            has_its_history(by_story[number], record, sightings)
            said_it_all(by_story[number], record, said[by_story[number].id])
    known_again(life.week.twins, by_story, ties)


def number_of(one: Document) -> int:
    """Its page has the number; what has none, its title."""
    return int(one.canonical_url.rpartition("/")[2] or one.title.split()[1])


def words(one: Document | Version) -> tuple[str, str]:
    return one.title, one.excerpt


def has_its_history(one: Document, record: Record, sightings: set[tuple[int, str]]) -> None:
    """Seen first when it came first; seen in every feed that showed it; in the words its feed said last."""
    assert min(record.first_answered.values()) <= one.first_seen_at <= min(record.first_taken.values())
    assert {(one.id, slug) for slug in record.first_taken} <= sightings
    assert one.feed in record.first_answered
    if one.feed in record.last_taken:
        _, version, title = record.last_taken[one.feed]
        assert one.title in {title, *record.since_then[one.feed]}
        if not record.since_then[one.feed]:
            assert f"version {version}," in one.excerpt


def said_it_all(one: Document, record: Record, before: tuple[tuple[str, str], ...]) -> None:
    """Every wording that a pull has had from its feed is its wording now or one of those before."""
    kept = [words(one), *before]
    for _, version, title in record.ever_taken.get(one.feed, ()) if len(kept) < MOST else ():
        assert [said for said in kept if said[0] == title and f"version {version}," in said[1]], (one, version, kept)


def known_again(twins: list[tuple[int, int]], by_story: dict[int, Document], ties: set[tuple[int, int]]) -> None:
    """What came twice at two addresses is one family, or proposed as one; nothing else is."""
    both = [(by_story[one], by_story[other]) for one, other in twins if one in by_story and other in by_story]
    folded = 0
    for one, other in both:
        folded += other.id in one.family
        assert other.id in one.family or (min(one.id, other.id), max(one.id, other.id)) in ties, (one, other)
    assert both and folded > len(both) // 4
    numbers = {document.id: number for number, document in by_story.items()}
    family = {other: first for first, other in twins}
    for document in by_story.values():
        stories = {numbers[each] for each in (document.id, *document.family)}
        assert len({family.get(number, number) for number in stories}) == 1, (document, stories)


def test_some_hours_of_a_small_network(site: Site, tmp_path: Path) -> None:
    live(site, tmp_path, feeds=12, pulls=24, seed=20261125, busy=0.5, kills=0.5)


@pytest.mark.soak
def test_a_week_of_two_hundred_feeds(site: Site, tmp_path: Path) -> None:
    live(site, tmp_path, feeds=200, pulls=500, seed=7, busy=0.1, kills=0.3)
