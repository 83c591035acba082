"""run says when all feeds of a member country have gone quiet, once a day, and no sooner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from curator.errors import ExitCode
from curator.models import Feed
from curator.workflow.feeds import declaration
from curator.workflow.feeds_file import rewrite_feeds, with_feeds
from curator.workflow.run import run
from curator.workflow.workspace import Workspace, open_workspace
from tests.cli.world import item, rss
from tests.http_server import Site
from tests.http_server import site as site
from tests.workflow.world import Clock, sit_down

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def quiet(desk: Workspace) -> list[str]:
    return [note for note in run(desk).notes if "gone quiet" in note]


@pytest.fixture
def online(desk: Workspace, site: Site, clock: Clock) -> Iterator[Workspace]:
    """The small workspace, its two feeds served rather than files."""
    toml = desk.path / "feeds.toml"
    text = toml.read_text(encoding="utf-8")
    for slug in ("north", "isles"):
        body = (desk.path / "feeds" / f"{slug}.xml").read_bytes()
        text = text.replace(f"file:feeds/{slug}.xml", site.feed(f"/{slug}", body))
    toml.write_text(text, encoding="utf-8")
    with sit_down(desk.path, clock) as fresh:
        yield fresh


def test_a_country_whose_only_feed_is_stale(online: Workspace, clock: Clock) -> None:
    assert quiet(online) == []
    clock.at += 370 * DAY
    notes = quiet(online)
    assert notes[0] == (
        "Sweden has gone quiet, its only feed is ill: north (stale): nothing new for 378 days; "
        "by its own rhythm 365 days would be long"
    )
    assert [note.split()[0] for note in notes] == ["Sweden", "England"]
    clock.at += HOUR
    assert quiet(online) == []
    clock.at += DAY
    assert len(quiet(online)) == 2


def test_a_file_is_never_stale(desk: Workspace, clock: Clock) -> None:
    clock.at += 370 * DAY
    assert quiet(desk) == []


@pytest.mark.parametrize("days", [1, 2, 3, 4])
def test_a_failing_feed_is_given_some_days(desk: Workspace, clock: Clock, days: int) -> None:
    (desk.path / "feeds" / "north.xml").unlink()
    assert quiet(desk) == []
    clock.at += days * DAY
    assert bool(quiet(desk)) is (days >= 3)


def test_one_feed_that_is_well_is_enough(desk: Workspace, clock: Clock) -> None:
    more = declaration(Feed("more", "More of the north", "file:feeds/more.xml", country="SE"))
    rewrite_feeds(desk.path, desk.taxonomy, lambda text, _: with_feeds(text, [more]))
    (desk.path / "feeds" / "more.xml").write_text(rss(item(9, "Well", 29)), encoding="utf-8")
    (desk.path / "feeds" / "north.xml").unlink()
    with sit_down(desk.path, clock) as fresh:
        run(fresh)
        clock.at += 10 * DAY
        assert quiet(fresh) == []
        (desk.path / "feeds" / "more.xml").unlink()
        run(fresh)
        clock.at += 4 * DAY
        assert "all its 2 feeds are ill" in quiet(fresh)[0]


def test_a_dry_run_says_and_remembers_nothing(online: Workspace, clock: Clock) -> None:
    clock.at += 370 * DAY
    run(online, dry=True)
    run(online)
    clock.at += DAY
    run(online, dry=True)
    assert len(quiet(online)) == 2


def test_a_wrong_password_variable_stops_the_pull_and_not_the_run(desk: Workspace) -> None:
    with open_workspace(desk.path, now=desk.now, environ={"CURATOR_FEED_NORTH_AUTH": "x"}) as wrong:
        report = run(wrong)
    assert report.code == ExitCode.USAGE
    assert "CURATOR_FEED_NORTH_AUTH" in report.notes[0]
