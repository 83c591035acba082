"""The Update of 2016 from its own titles: headings, order, every title once, none ever again."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from curator.models import Edition, Rendered
from curator.workflow import triage
from curator.workflow.edition import check, draft, leave_out, move, place, rendered, seal
from curator.workflow.send import send
from curator.workflow.workspace import Workspace
from tests.acceptance.world import OPENS, Clock, drafted, flowing, headings

COUNTRIES = ["Australia", "Canada", "England", "Ireland", "New Zealand", "Scotland", "USA"]
ORGANISATIONS = [
    "World Health Organization (WHO)",
    "World Federation for Mental Health (WFMH)",
    "OECD",
    "United Nations",
    "European Union",
    "World Economic Forum",
    "Alzheimer's Disease International",
]


@pytest.fixture
def update(desk: Workspace) -> Edition:
    return drafted(desk)


@pytest.fixture
def mail(desk: Workspace, update: Edition) -> Rendered:
    return rendered(desk, update)


def titles(desk: Workspace, query: str) -> list[str]:
    return [filed.document.title for filed in triage.find(desk, query, limit=0)]


def test_it_is_the_first_of_the_next_scheduled_day(update: Edition) -> None:
    assert (update.id, update.number, update.date) == ("update-1", 1, date(2016, 12, 1))
    assert update.subject == "IIMHL Update 1: 1 December 2016"
    assert len(update.placements) == 47


def test_countries_in_the_network_s_order_then_organisations(mail: Rendered) -> None:
    assert list(headings(mail.html)) == ["Policy documents", "Webinars"]
    assert list(headings(mail.html)["Policy documents"]) == COUNTRIES + ORGANISATIONS


def test_text_has_the_same_headings(mail: Rendered) -> None:
    body = mail.text.partition("POLICY DOCUMENTS\n")[2]
    found = re.findall(r"^(.+)\n-{2,}$", body, re.MULTILINE)
    assert [one for one in found if one][: len(COUNTRIES + ORGANISATIONS)] == COUNTRIES + ORGANISATIONS


def test_every_title_stands_once_in_both(desk: Workspace, mail: Rendered) -> None:
    expected = titles(desk, "decision:kept section:policy")
    in_html = [title for group in headings(mail.html)["Policy documents"].values() for title in group]
    assert len(expected) == 39
    assert sorted(in_html) == sorted(expected)
    text = flowing(mail.text)
    for number in range(1, 48):
        assert text.count(f"[{number}]") == 2  # behind its title and in the list of links
    for title in expected:
        assert len(re.findall(rf"{re.escape(flowing(title))} \[\d+\]", text)) == 1, title


def test_webinars_lose_their_bracketed_country_and_stand_under_it(mail: Rendered) -> None:
    webinars = headings(mail.html)["Webinars"]
    assert list(webinars) == ["Australia", "Canada", "England", "New Zealand", "Scotland", "USA", "Italy"]
    assert {heading: len(found) for heading, found in webinars.items()} == {
        "Australia": 1, "Canada": 1, "England": 2, "New Zealand": 1, "Scotland": 1, "USA": 1, "Italy": 1,
    }  # fmt: skip
    shown = [title for found in webinars.values() for title in found]
    assert webinars["Italy"] == ["Mental Health Services Italy"]
    assert 'Key Learning from the "Implementing Recovery through Organisational Change" (ImROC) Project' in shown
    assert not any(re.search(r"\((Italy|Canada|USA|Australia|England|Scotland|New Zealand)\)", one) for one in shown)
    assert "Mental Health Services Italy [47]" in flowing(mail.text)
    assert "(Italy)" not in mail.text


def test_an_organisation_s_document_about_a_member_shows_the_country(mail: Rendered) -> None:
    assert any("Investing in Youth" in title for title in headings(mail.html)["Policy documents"]["OECD"])
    at = mail.html.index("Investing in Youth</a>")
    assert "Australia" in mail.html[at : mail.html.index("</div>", at)]
    text = flowing(mail.text)
    at = text.index("Investing in Youth [")
    assert "Australia" in text[at : at + 80]


def test_the_check_finds_nothing_that_blocks(desk: Workspace, update: Edition) -> None:
    assert [finding for finding in check(desk, update.id) if finding.level == "error"] == []


def test_drafting_again_changes_nothing(desk: Workspace, update: Edition) -> None:
    assert draft(desk, "update") == update
    assert len(desk.library.journal.history("edition:update-1")) == 3  # drafted, filled, introduced


def test_no_document_is_ever_in_two_updates(desk: Workspace, update: Edition) -> None:
    second = draft(desk, "update", on=date(2016, 12, 15))
    assert (second.id, second.placements) == ("update-2", ())
    (late,) = triage.find(desk, "feed:make-it-so-archive", limit=1)
    triage.decide(desk, [late], "kept")
    assert [one.document for one in draft(desk, "update", on=date(2016, 12, 15)).placements] == [late.id]
    assert late.id not in {one.document for one in draft(desk, "update", on=date(2016, 12, 1)).placements}


def test_nor_once_it_has_been_sent(desk: Workspace, update: Edition, clock: Clock) -> None:
    seal(desk, update.id)
    clock.at = OPENS
    assert send(desk, update.id).sent == 20
    clock.at += timedelta(days=1)
    assert draft(desk, "update").placements == ()


def test_the_editor_s_hand_outlives_a_refresh(desk: Workspace, update: Edition) -> None:
    (first, second, *_), (out,) = (
        [one.document for one in update.placements if one.group == "NZ" and one.section == "policy"],
        [one.document for one in update.placements if one.group == "wef"],
    )
    move(desk, update.id, second, -1)
    leave_out(desk, update.id, out)
    by_hand = place(desk, update.id, first, "news", "NZ")
    (new,) = triage.find(desk, "feed:make-it-so-archive", limit=1)
    triage.decide(desk, [new], "kept")
    refreshed = draft(desk, "update")
    assert {one.document for one in refreshed.placements} == {one.document for one in by_hand.placements} | {new.id}
    assert out not in {one.document for one in refreshed.placements}
    seats = {one.document: one for one in refreshed.placements}
    assert (seats[first].section, seats[first].by_hand) == ("news", True)
    assert (seats[second].rank, seats[second].by_hand) == (1, True)
    assert "World Economic Forum" not in rendered(desk, refreshed).html.replace("World Economic Forum, ", "")
