"""A feed says a document differently: what it said is kept, shown and marked, and the editor's word stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from curator.library.versions import MOST
from curator.models import Filed
from curator.workflow import triage
from curator.workflow.edition import check, draft
from curator.workflow.pull import pull
from curator.workflow.revisions import compared, revisions
from curator.workflow.workspace import Workspace
from tests.cli.world import curator, rss
from tests.http_server import Site
from tests.http_server import site as site
from tests.workflow.test_health import declared
from tests.workflow.world import Clock

HOUR = timedelta(hours=1)


def entry(title: str, excerpt: str = "The plan is old.", link: str = "https://example.org/9") -> bytes:
    return rss(
        f"<item><title>{title}</title><guid>9</guid><link>{link}</link>"
        f"<description>{excerpt}</description><pubDate>Fri, 25 Sep 2026 06:00:00 GMT</pubDate></item>"
    ).encode()


def says(desk: Workspace, site: Site, clock: Clock, body: bytes) -> Filed:
    """The feed says this now, an hour later: its document."""
    clock.at += HOUR
    site.feed("/feed", body)
    pull(desk, ["web"])
    (found,) = triage.find(desk, "feed:web")
    return triage.show(desk, found.id)


def test_what_it_said_before_is_kept_and_shown(desk: Workspace, site: Site, clock: Clock) -> None:
    with declared(desk, site.url("/feed")) as fresh:
        first = says(fresh, site, clock, entry("A plan"))
        assert (first.revised, revisions(fresh, first)) == (False, [])
        again = says(fresh, site, clock, entry("A plan", "The plan is new."))
        last = says(fresh, site, clock, entry("Our plan", "The plan is new.", "https://example.org/10"))
        assert (again.revised, last.revised, last.id) == (True, True, first.id)
        newest, oldest = revisions(fresh, last)
        assert newest.changes == {
            "title": "[-A-] {+Our+} plan",
            "link": "[-https://example.org/9-] {+https://example.org/10+}",
        }
        assert (oldest.changes, oldest.was.excerpt) == (
            {"excerpt": "The plan is [-old.-] {+new.+}"},
            "The plan is old.",
        )
        assert (newest.at, oldest.at) == (clock.at, clock.at - HOUR)


def test_the_mark_stays_until_the_editor_acts_and_the_review_is_untouched(
    desk: Workspace, site: Site, clock: Clock
) -> None:
    with declared(desk, site.url("/feed")) as fresh:
        first = says(fresh, site, clock, entry("A plan"))
        triage.tag(fresh, [first], triage.Tagging(blurb="Worth reading."))
        triage.decide(fresh, [first], "kept")
        before = triage.show(fresh, first.id).review
        changed = says(fresh, site, clock, entry("Our plan"))
        assert (changed.review, changed.revised) == (before, True)
        assert [one.id for one in triage.find(fresh, "is:revised")] == [first.id]
        assert triage.find(fresh, "is:revised", limit=0) == triage.find(fresh, "feed:web", limit=0)
        clock.at += HOUR
        assert triage.decide(fresh, [changed], "kept") == 1
        assert triage.decide(fresh, [changed], "kept") == 0
        stood = triage.show(fresh, first.id)
        assert (stood.revised, stood.review.decision, stood.review.blurb) == (False, "kept", "Worth reading.")
        assert triage.find(fresh, "is:revised") == []
        assert len(revisions(fresh, stood)) == 1
        assert says(fresh, site, clock, entry("Your plan")).revised


def test_standing_by_it_is_an_act_that_can_be_undone(desk: Workspace, site: Site, clock: Clock) -> None:
    with declared(desk, site.url("/feed")) as fresh:
        triage.decide(fresh, [says(fresh, site, clock, entry("A plan"))], "kept")
        changed = says(fresh, site, clock, entry("Our plan"))
        clock.at += HOUR
        triage.decide(fresh, [changed], "kept")
        assert triage.undo(fresh) is not None
        back = triage.show(fresh, changed.id)
        assert (back.revised, back.review.decision) == (True, "kept")


def test_a_draft_edition_notes_it(desk: Workspace, site: Site, clock: Clock) -> None:
    with declared(desk, site.url("/feed")) as fresh:
        first = says(fresh, site, clock, entry("A plan"))
        triage.decide(fresh, [first], "kept")
        edition = draft(fresh, "update")
        assert "revised" not in [one.code for one in check(fresh, edition.id)]
        says(fresh, site, clock, entry("Our plan"))
        (note,) = [one for one in check(fresh, edition.id) if one.code == "revised"]
        assert (note.level, f"curator show {first.id}" in note.message) == ("note", True)
        assert "Our plan" in note.where


def test_back_and_forth_is_two_versions(desk: Workspace, site: Site, clock: Clock) -> None:
    with declared(desk, site.url("/feed")) as fresh:
        for n in range(9):
            last = says(fresh, site, clock, entry(("A plan", "Our plan")[n % 2]))
        kept = fresh.library.documents.versions(last.id)
        assert [one.title for one in kept] == ["Our plan", "A plan"]
        assert (kept[0].at, kept[1].at) == (clock.at, clock.at - HOUR)


def test_the_first_and_the_latest_versions_are_kept(desk: Workspace, site: Site, clock: Clock) -> None:
    with declared(desk, site.url("/feed")) as fresh:
        for n in range(MOST + 6):
            last = says(fresh, site, clock, entry("A plan", f"Read {n} times."))
        kept = [one.excerpt for one in fresh.library.documents.versions(last.id)]
        assert kept == [f"Read {n} times." for n in (*range(MOST + 4, 5, -1), 0)]


def test_only_other_words_or_another_page_are_a_revision(desk: Workspace, site: Site, clock: Clock) -> None:
    with declared(desk, site.url("/feed")) as fresh:
        says(fresh, site, clock, entry("A plan"))
        same = says(fresh, site, clock, entry("A plan", link="https://example.org/9?utm_source=rss"))
        assert (same.revised, revisions(fresh, same)) == (False, [])
        assert same.document.link.endswith("utm_source=rss")


def test_the_command_line_shows_it(desk: Workspace, site: Site, clock: Clock) -> None:
    with declared(desk, site.url("/feed")) as fresh:
        says(fresh, site, clock, entry("A plan", "Old &#27;[2J words"))
        number = says(fresh, site, clock, entry("Our plan", "New words")).id
        folder = fresh.path
    shown = curator("-w", folder, "show", number)
    assert "title: [-A-] {+Our+} plan" in shown.out
    assert "its feed has changed it" in shown.out
    assert "\x1b" not in shown.out
    told = curator("-w", folder, "show", number, "--json").json
    assert (told["revised"], told["revisions"][0]["title"], told["revisions"][0]["changes"]["title"]) == (
        True,
        "A plan",
        "[-A-] {+Our+} plan",
    )
    (line,) = curator("-w", folder, "documents", "is:revised").out.splitlines()
    assert " .* " in line
    assert curator("-w", folder, "keep", number, now=clock.at + HOUR).code == 0
    assert curator("-w", folder, "documents", "is:revised").out == ""
    assert curator("-w", folder, "documents", "is:new").code == 2


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "a b", "{+a b+}"),
        ("a b", "", "[-a b-]"),
        ("a b c", "a c", "a [-b-] c"),
        (
            "1 2 3 4 5 6 7 8 x 1 2 3 4 5 6 7 8 9 0 1 2 3 y 4 5 6 7 8 9",
            "1 2 3 4 5 6 7 8 z 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9",
            "… 4 5 6 7 8 [-x-] {+z+} 1 2 3 4 5 … 9 0 1 2 3 [-y-] 4 5 6 7 8 9",
        ),
        ("a [-b-] c", "a {+d+} c", "a [-[ -b- ]-] {+{ +d+ }+} c"),
    ],
)
def test_words_are_compared(old: str, new: str, shown: str) -> None:
    assert compared(old, new) == shown


def test_very_long_texts_are_compared_by_their_ends() -> None:
    same, old, new = "w " * 3_000, "x " * 5_000, "y " * 5_000
    shown = compared(same + old, same + new)
    assert shown.startswith("… w w w w w [-x x")
    assert len(shown) < 9_000
