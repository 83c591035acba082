"""Links asked of a real server: what is dead, what has moved, what cannot be told, and what is remembered."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from curator.models import Finding
from curator.workflow import check, hand, links
from curator.workflow import edition as editions
from curator.workflow.links import look_at_links
from curator.workflow.mending import mend
from curator.workflow.workspace import Workspace
from tests.http_server import Handler, Reply, Site
from tests.http_server import site as site
from tests.workflow.world import Clock, drafted


@pytest.fixture
def name(desk: Workspace) -> str:
    """An edition whose documents have no link that leads anywhere but to us."""
    name = drafted(desk).id
    for document in (1, 2, 3, 4):
        editions.leave_out(desk, name, document)
    return name


def about_links(desk: Workspace, name: str) -> list[tuple[str, str, str | None]]:
    found = [one for one in check.look_over(desk, name).findings if one.code.endswith("-link") and one.spot]
    return [(one.code, one.spot.quoted, one.spot.mend) for one in found if one.spot]


def message(desk: Workspace, name: str, code: str) -> str:
    found: list[Finding] = check.look_over(desk, name).findings
    return next(one.message for one in found if one.code == code)


def test_each_answer_is_told_at_its_place(desk: Workspace, name: str, site: Site) -> None:
    fine = site.at("/fine", Reply(b"x" * 200_000))
    gone = site.url("/gone")
    new = site.at("/new/page", Reply(b"here"))
    old = site.at("/old", Reply(status=301, headers={"Location": "/new/page"}))
    shut = site.at("/shut", Reply(status=403))
    home = site.at("/lost", Reply(status=302, headers={"Location": "/"}))
    site.at("/", Reply(b"home"))
    passing = site.at("/passing", Reply(status=302, headers={"Location": "/new/page"}))
    slash = site.at("/fine2", Reply(status=301, headers={"Location": "/fine2/"}))
    site.at("/fine2/", Reply(b"fine"))
    editions.introduce(desk, name, " and ".join((fine, gone, old, shut, home, passing, slash)))
    looked = look_at_links(desk, name)
    assert {link: one.answer for link, one in looked.items()} == {
        fine: "alive",
        gone: "dead",
        old: "moved",
        shut: "doubtful",
        home: "dead",
        passing: "alive",
        slash: "alive",
    }
    assert sorted(about_links(desk, name)) == sorted(
        [
            ("dead-link", gone, None),
            ("moved-link", old, new),
            ("doubtful-link", shut, None),
            ("dead-link", home, None),
        ]
    )
    assert message(desk, name, "dead-link") == "The link is dead: the server answered 404 Not Found."


def test_a_link_that_has_moved_is_mended_in_the_editors_words(desk: Workspace, name: str, site: Site) -> None:
    new = site.at("/new", Reply(b"here"))
    old = site.at("/old", Reply(status=308, headers={"Location": "/new"}))
    editions.introduce(desk, name, f"See [the plan]({old}).")
    look_at_links(desk, name)
    mend(desk, name, [one for one in check.look_over(desk, name).findings if one.code == "moved-link"])
    assert editions.find(desk, name).introduction == f"See [the plan]({new})."


def test_a_check_asks_nothing_and_an_answer_is_believed_for_a_week(
    desk: Workspace, name: str, site: Site, clock: Clock
) -> None:
    gone = site.url("/gone")
    editions.introduce(desk, name, f"See {gone} today.")
    assert about_links(desk, name) == [] and site.seen == []
    look_at_links(desk, name)
    clock.at += timedelta(days=2)
    look_at_links(desk, name)
    assert len(site.seen) == 1
    assert message(desk, name, "dead-link").endswith("404 Not Found (asked 2 days ago).")
    look_at_links(desk, name, anew=True)
    assert len(site.seen) == 2
    clock.at += timedelta(days=8)
    look_at_links(desk, name)
    assert len(site.seen) == 3


def test_of_one_host_one_link_is_asked_after_the_other_and_says_who_asks(
    desk: Workspace, name: str, site: Site
) -> None:
    at_once, most, lock = 0, 0, threading.Lock()

    def answer(handler: Handler) -> Reply:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        site.closing.wait(0.01)
        with lock:
            at_once -= 1
        return Reply(b"fine")

    editions.introduce(desk, name, " ".join(site.at(f"/{number}", answer) for number in range(12)))
    done: list[tuple[int, int]] = []
    look_at_links(desk, name, on_link=lambda so_far, of: done.append((so_far, of)))
    assert most == 1 and len(site.seen) == 12 and done[-1] == (12, 12)
    assert all(one.headers["user-agent"].startswith("curator/") for one in site.seen)


def test_a_host_that_asks_to_wait_is_asked_nothing_more_until_the_next_day(
    desk: Workspace, name: str, site: Site, clock: Clock
) -> None:
    busy = Reply(status=429, headers={"Retry-After": "60"})
    editions.introduce(desk, name, " ".join(site.at(f"/{number}", busy) for number in range(4)))
    done: list[tuple[int, int]] = []
    looked = look_at_links(desk, name, on_link=lambda so_far, of: done.append((so_far, of)))
    assert [one.answer for one in looked.values()] == ["doubtful"] * 4 and len(site.seen) == 1
    assert done[-1] == (4, 4), "what is left for another day is done with"
    assert looked[site.url("/1")].detail == "its host asks to wait"
    assert look_at_links(desk, name) == looked and len(site.seen) == 1
    clock.at += timedelta(days=1)
    look_at_links(desk, name)
    assert len(site.seen) == 2


def test_a_name_nobody_has_is_dead_only_where_others_could_be_asked(
    desk: Workspace, name: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = "http://nowhere.invalid/page"
    editions.introduce(desk, name, f"See {nowhere} today.")
    assert look_at_links(desk, name)[nowhere].answer == "doubtful"
    editions.introduce(desk, name, f"See {nowhere} and {site.at('/fine', Reply(b'fine'))} today.")
    assert look_at_links(desk, name, anew=True)[nowhere].answer == "dead"


def test_the_links_of_documents_and_of_own_words_are_asked_too(
    desk: Workspace, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "_ask", lambda workspace, asked, on_link: [])
    name = drafted(desk).id
    hand.word(desk, name, 1, blurb=f"More at {site.url('/more')} today.")
    filed = editions.filed_of(desk, editions.find(desk, name))
    known = {place.link for place in links._places(editions.find(desk, name), filed)}
    assert known == {site.url("/more"), *(each.document.link for each in filed.values())}
