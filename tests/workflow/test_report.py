"""Coverage, silence and a year's list, counted over real libraries."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from curator.errors import UsageError
from curator.models import Edition, FeedState, Match, NewDocument, Placement
from curator.query import parse
from curator.workflow import triage
from curator.workflow.report import NONE, ORGANISATIONS, OTHER, behind, coverage
from curator.workflow.silence import silence
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace
from curator.workflow.year import year, year_csv
from tests.workflow.world import Clock, everything, sealed

YEAR_2016 = Path(__file__).resolve().parents[3] / "shared" / "iimhl2016.csv"


def place(
    workspace: Workspace, number: int, seats: Sequence[Placement], *, digest: str = "update", **said: Any
) -> None:
    """An edition as it went out, with just these seats."""
    on = date(2026, 1 + number, 1)
    one = Edition(f"{digest}-{number}", digest, number, on, "sent", placements=tuple(seats))
    workspace.library.editions.put(replace(one, **said))


def seat(document: int, group: str = "SE", section: str = "policy") -> Placement:
    return Placement(document, section, group, 1)


def test_a_document_counts_in_each_of_its_cells_and_once_in_every_total(desk: Workspace) -> None:
    first, second, third, fourth = everything(desk)
    triage.tag(desk, [first], Tagging(countries=("SE", "IT"), themes=("recovery", "peer-support")))
    triage.tag(desk, [third], Tagging(no_countries=("GB-ENG",), themes=("recovery",)))
    triage.decide(desk, [first, second, third], "kept")
    found = coverage(desk)
    assert found.documents == 3
    assert found.countries == ("SE", "GB-ENG", OTHER, ORGANISATIONS, NONE)
    assert found.cells == {
        ("recovery", "SE"): 1,
        ("recovery", OTHER): 1,
        ("peer-support", "SE"): 1,
        ("peer-support", OTHER): 1,
        (NONE, "SE"): 1,
        ("recovery", NONE): 1,
    }
    assert found.by_theme == {"recovery": 2, "peer-support": 1, NONE: 1}
    assert found.by_country == {"SE": 2, OTHER: 1, NONE: 1}
    assert (found.months[0], found.months[-1], len(found.months)) == ("2025-10", "2026-09", 12)
    assert found.in_month == {"2026-09": 3}
    assert fourth.id not in {first.id, second.id, third.id}


def test_the_query_behind_a_cell_finds_what_the_cell_counts(desk: Workspace) -> None:
    first, second, third, fourth = everything(desk)
    triage.tag(desk, [first], Tagging(countries=("SE", "IT"), themes=("recovery",)))
    triage.tag(desk, [third], Tagging(no_countries=("GB-ENG",)))
    triage.decide(desk, [first, second, third, fourth], "kept")
    found = coverage(desk)
    assert len(found.cells) == 5
    for cell, count in found.cells.items():
        text = f"decision:kept {behind(found, cell, desk.taxonomy)}"
        assert desk.library.documents.count(parse(text, desk.taxonomy)) == count, cell


def test_days_bound_what_is_counted(desk: Workspace) -> None:
    triage.decide(desk, everything(desk), "kept")
    assert coverage(desk, since=date(2026, 9, 22), until=date(2026, 9, 22)).documents == 1
    assert coverage(desk, until=date(2025, 1, 5)).months[0] == "2024-02"
    assert coverage(desk, since=date(9999, 11, 1), until=date.max).months == ("9999-11", "9999-12")
    assert coverage(desk, until=date.min).months == ("0001-01",)
    assert coverage(desk, since=date(2026, 10, 1), until=date(2026, 10, 31)).months == ("2026-10",)


def test_a_digests_coverage_counts_what_was_sealed_by_the_editions_date(desk: Workspace) -> None:
    triage.decide(desk, everything(desk), "kept")
    assert coverage(desk, digest="update").documents == 0
    sealed(desk)
    found = coverage(desk, digest="update", until=date(2026, 10, 31))
    assert (found.documents, found.in_month) == (4, {"2026-10": 4})
    with pytest.raises(UsageError, match="no digest"):
        coverage(desk, digest="weekly")


def test_silence_counts_the_editions_since_the_last(desk: Workspace) -> None:
    first, _, third, _ = (filed.id for filed in everything(desk))
    place(desk, 1, [seat(first, "SE", "policy"), seat(third, "GB-ENG", "news")])
    place(desk, 2, [seat(third, "GB-ENG", "policy")])
    place(desk, 3, [])
    sweden, england = silence(desk)
    assert (sweden.country, sweden.last.number, sweden.last.missed) == ("SE", 1, 2)
    assert (england.country, england.last.number, england.last.missed) == ("GB-ENG", 2, 1)
    assert {slug: last.missed for slug, last in sweden.sections} == {
        "news": 3, "research": 3, "policy": 2, "webinars": 3,
    }  # fmt: skip
    assert dict(england.sections)["news"].number == 1
    assert dict(england.sections)["research"].number is None


def test_drafts_break_no_silence(desk: Workspace) -> None:
    first, *_ = everything(desk)
    place(desk, 1, [seat(first.id)], status="draft")
    assert [(one.last.number, one.last.missed) for one in silence(desk)] == [(None, 0), (None, 0)]


def test_a_retired_feed_is_none_that_could_break_the_silence(desk: Workspace) -> None:
    retired = [replace(feed, retired=feed.slug == "north") for feed in desk.config.feeds]
    without = replace(desk, config=msgspec.structs.replace(desk.config, feeds=tuple(retired)))
    assert [one.feeds for one in silence(without, "update")] == [0, 1]


def test_silence_names_the_feeds_that_are_ill_and_since_when(desk: Workspace) -> None:
    since = datetime(2026, 9, 1, tzinfo=UTC)
    desk.library.feeds.remember(FeedState("north", error="HTTP 410", failing_since=since, failures=9, illness="gone"))
    sweden, england = silence(desk, "update")
    assert [(feed.slug, health.condition, health.since) for feed, health in sweden.ill] == [("north", "gone", since)]
    assert (sweden.feeds, england.feeds, england.ill) == (1, 1, ())


def test_a_year_lists_each_document_once(desk: Workspace, clock: Clock) -> None:
    first, second, third, _ = everything(desk)
    triage.tag(desk, [second], Tagging(themes=("recovery", "peer-support")))
    place(desk, 1, [seat(third.id, "GB-ENG", "news"), seat(first.id)])
    place(desk, 2, [seat(first.id), seat(second.id)])
    place(desk, 3, [], digest="make-it-so", topic="crisis-care", subject="Crisis care: across TC countries")
    rows = year(desk, 2026)
    assert [(row.code, row.title) for row in rows] == [
        ("SE", first.document.title),
        ("SE", second.document.title),
        ("GB-ENG", third.document.title),
        ("tc", "Crisis care: across TC countries"),
    ]
    assert rows[1].themes == "recovery;peer-support"
    assert (rows[2].update_section, rows[2].note) == ("News", "update-1")
    assert year(desk, 2025) == []
    with pytest.raises(UsageError, match="no year"):
        year(desk, 0)


def test_a_spreadsheet_is_handed_no_formula(desk: Workspace) -> None:
    (number,) = desk.library.documents.store(
        "north", [Match("new", _document(9, "=HYPERLINK(1)", "SE"))], datetime(2026, 9, 1, tzinfo=UTC)
    ).new
    place(desk, 1, [seat(number)])
    assert next(csv.DictReader(io.StringIO(year_csv(year(desk, 2026)))))["title"] == "'=HYPERLINK(1)"


def _document(number: int, title: str, publisher: str) -> NewDocument:
    at, link = datetime(2016, 6, 1, tzinfo=UTC), f"https://example.org/2016/{number}"
    return NewDocument(f"y{number}", link, link, title, "north", publisher, at, "feed", "en", "")


_SECTIONS = {"News": "news", "Research": "research", "Policy Documents": "policy", "Webinars": "webinars"}


def test_a_real_year_comes_back_as_it_was_published(desk: Workspace) -> None:
    """Put the network's published list of 2016 into one edition, and list the year."""
    if not YEAR_2016.is_file():
        pytest.skip(f"{YEAR_2016} is not there")
    with YEAR_2016.open(encoding="utf-8", newline="") as file:
        wanted = [row for row in csv.DictReader(file) if row["section"] != "Make it so"]
    seats = []
    for number, row in enumerate(wanted, 1):
        match = Match("new", _document(number, row["title"], row["code"]))
        (stored,) = desk.library.documents.store("north", [match], datetime(2016, 6, 2, tzinfo=UTC)).new
        triage.tag(desk, [triage.show(desk, stored)], Tagging(themes=tuple(filter(None, row["themes"].split(";")))))
        seats.append(Placement(stored, _SECTIONS[row["update_section_guess"]], row["code"], number))
    place(desk, 1, seats, date=date(2016, 12, 1))
    listed = [row for row in year(desk, 2016) if row.section != "Webinars"]
    real = [row for row in wanted if row["section"] != "Webinars"]
    assert sorted((row.title, row.section, row.code, row.themes) for row in listed) == sorted(
        (row["title"], row["section"], row["code"], row["themes"]) for row in real
    )
    labels = {row.code: row.country_or_organisation for row in listed}
    same = [row["code"] for row in real if labels[row["code"]] == row["country_or_organisation"]]
    assert len(same) >= 0.8 * len(real), labels
    assert len(year(desk, 2016)) == len(wanted)
