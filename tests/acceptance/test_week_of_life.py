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

from curator.models import Document
from curator.query import EVERYTHING
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
    with opened(life.folder) as workspace:
        found = workspace.library.documents.find(EVERYTHING)
        assert sum(filed.review.decision == "kept" for filed in found) == kept
    by_story: dict[int, Document] = {}
    for filed in found:
        number = int(filed.document.title.split()[1])
        assert number not in by_story, f"twice: {filed.document} and {by_story[number]}"
        by_story[number] = filed.document
    assert by_story.keys() <= life.week.records.keys(), "nobody ever said that"
    for number, record in life.week.records.items():
        if record.first_taken:
            assert number in by_story, f"lost: story {number}, taken from {record.first_taken}"
            has_its_history(by_story[number], record, sightings)


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


def test_some_hours_of_a_small_network(site: Site, tmp_path: Path) -> None:
    live(site, tmp_path, feeds=12, pulls=24, seed=20261125, busy=0.5, kills=0.5)


@pytest.mark.soak
def test_a_week_of_two_hundred_feeds(site: Site, tmp_path: Path) -> None:
    live(site, tmp_path, feeds=200, pulls=500, seed=7, busy=0.1, kills=0.3)
