"""pull: each feed whole or not at all, each failure one line."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from curator.errors import TryLater, UsageError
from curator.models import Failure, FeedState, Stored
from curator.workflow import pull as pulling
from curator.workflow import triage
from curator.workflow.feeds import feeds, remove_feed
from curator.workflow.locks import lock
from curator.workflow.pull import FeedDone, pull
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace
from tests.cli.world import item, rss
from tests.http_server import Handler, Reply, Site
from tests.http_server import site as site
from tests.workflow.test_health import declared
from tests.workflow.world import EDITING, Clock, everything, sit_down

DAY = timedelta(days=1)


def say(desk: Workspace, feed: str, body: str) -> None:
    (desk.path / "feeds" / f"{feed}.xml").write_text(body, encoding="utf-8")


def test_nothing_new_is_nothing_done(desk: Workspace) -> None:
    report = pull(desk)
    assert (report.feeds, report.unchanged, report.fetched, report.new, report.failed) == (2, 2, 0, 0, 0)


def test_new_and_changed_are_counted_and_told_feed_by_feed(desk: Workspace, clock: Clock) -> None:
    say(desk, "isles", rss(item(3, "News of the isles, corrected", 22), item(5, "New", 24)))
    clock.at += DAY
    told: list[FeedDone] = []
    report = pull(desk, on_feed=told.append)
    assert (report.fetched, report.unchanged, report.new, report.changed) == (1, 1, 1, 1)
    assert {(one.feed.slug, one.done, one.of) for one in told} in (
        {("north", 1, 2), ("isles", 2, 2)},
        {("isles", 1, 2), ("north", 2, 2)},
    )
    (isles,) = (one.outcome for one in told if one.feed.slug == "isles")
    assert isinstance(isles, Stored)
    states = desk.library.feeds.states()
    assert states["isles"].last_new_at == states["north"].last_pulled_at == clock.at
    assert states["north"].last_new_at == EDITING


def test_a_changed_entry_changes_the_document_and_never_the_review(desk: Workspace) -> None:
    (filed,) = triage.find(desk, '"News of the isles"')
    triage.tag(desk, [filed], Tagging(countries=("SE",), blurb="Ours."))
    triage.decide(desk, [filed], "kept")
    before = desk.library.reviews.get(filed.id)
    say(desk, "isles", rss(item(3, "Corrected", 22, "Said otherwise.")))
    assert pull(desk).changed == 1
    now = triage.show(desk, filed.id)
    assert (now.document.title, now.document.excerpt) == ("Corrected", "Said otherwise.")
    assert now.review == before


def test_what_a_feed_drops_stays(desk: Workspace) -> None:
    say(desk, "isles", rss(item(9, "The only one", 25)))
    assert pull(desk).new == 1
    assert len(everything(desk)) == 5


@pytest.mark.parametrize(
    ("body", "stage"),
    [("", "fetch"), ("<html><body>No feed here</body></html>", "parse"), ("<rss><channel><item>", "parse")],
)
def test_a_broken_feed_is_one_line_and_stops_no_other(desk: Workspace, clock: Clock, body: str, stage: str) -> None:
    say(desk, "north", body)
    say(desk, "isles", rss(item(6, "Another", 24)))
    for times in (1, 2):
        clock.at += DAY
        report = pull(desk)
        assert (report.failed, report.new) == (1, 2 - times)
        (failure,) = report.failures
        assert (failure.feed, failure.stage) == ("north", stage)
        state = desk.library.feeds.states()["north"]
        assert state.error == f"{stage}: {failure.error}"
        health = "not-a-feed" if "html" in body else "failing"
        assert (state.failures, state.failing_since, state.health) == (times, EDITING + DAY, health)
        assert state.content_hash  # of the last body that was stored whole
    assert len(everything(desk)) == 5


def test_a_feed_that_is_well_again_is_read_whole(desk: Workspace) -> None:
    good = (desk.path / "feeds" / "north.xml").read_text(encoding="utf-8")
    say(desk, "north", "nonsense")
    pull(desk)
    say(desk, "north", good.replace("A plan for rural care", "A plan for all"))
    report = pull(desk)
    assert (report.failed, report.changed) == (0, 1)
    state = desk.library.feeds.states()["north"]
    assert (state.error, state.failing_since, state.failures, state.health) == (None, None, 0, "ok")


def test_only_those_named(desk: Workspace) -> None:
    for slug in ("north", "isles"):
        say(desk, slug, rss(item(7, f"New of {slug}", 24).replace("/7", f"/{slug}")))
    report = pull(desk, ["isles", "isles"])
    assert (report.feeds, report.new) == (1, 1)
    assert pull(desk).new == 1


def test_an_unknown_feed_is_named_with_the_nearest(desk: Workspace) -> None:
    with pytest.raises(UsageError, match=r"no feed “norht”.*Did you mean “north”"):
        pull(desk, ["norht"])


def test_another_pull_going_on_is_try_later(desk: Workspace) -> None:
    with lock(desk.path, "pull"), pytest.raises(TryLater, match="pulling"):
        pull(desk)


def test_a_defect_stops_the_pull_and_leaves_no_half_feed(desk: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    say(desk, "isles", rss(item(8, "New", 24)))
    remember = type(desk.library.feeds).remember

    def fails(self: object, state: FeedState) -> None:
        if state.slug == "isles":
            raise ZeroDivisionError
        remember(self, state)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(type(desk.library.feeds), "remember", fails)
        with pytest.raises(ZeroDivisionError):
            pull(desk)
    assert len(everything(desk)) == 4
    assert pull(desk).new == 1


def test_a_feed_taken_out_of_the_file_meanwhile_is_no_reason_to_stop(desk: Workspace, folder: Path) -> None:
    """The desk has read feeds.toml; on the command line a feed is removed; the desk pulls."""
    with sit_down(folder, Clock()) as other:
        remove_feed(other, "isles")
    say(desk, "isles", rss(item(8, "New", 24)))
    assert pull(desk).failed == 0
    assert [feed.slug for feed, _ in feeds(desk)] == ["north", "isles"]


def test_what_is_there_is_stored_while_a_slow_feed_is_waited_for(desk: Workspace, site: Site) -> None:
    say(desk, "isles", rss(item(8, "New", 24)))
    told: list[str] = []
    stored = threading.Event()

    def slow(_: Handler) -> Reply:
        assert stored.wait(20)
        return Reply(rss(item(9, "At last", 24)).encode())

    def on_feed(done: FeedDone) -> None:
        told.append(done.feed.slug)
        if set(told) == {"isles", "north"}:
            stored.set()

    with declared(desk, site.at("/slow", slow)) as three:
        assert pull(three, on_feed=on_feed).new == 2
    assert told[2:] == ["web"]


def test_a_failure_is_a_value(desk: Workspace) -> None:
    (desk.path / "feeds" / "north.xml").unlink()
    told: list[FeedDone] = []
    pulling.pull(desk, ["north"], on_feed=told.append)
    assert isinstance(told[0].outcome, Failure)
    assert told[0].outcome.stage == "fetch"
