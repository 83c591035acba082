"""A notice in a blurb: read, set in order, kept line by line, and told where it cannot be read."""

from __future__ import annotations

import re
from datetime import date

import pytest

from curator.clean import plain_text
from curator.digest.check import check
from curator.digest.notice import NoticeFault, PlanDay, PlanLine, labels_of, lines_apart, outside, read_notice
from curator.models import Finding, Moment
from tests.digest.sample import NOTICES, VISIT
from tests.digest.world import DIGESTS, NETWORK, TAXONOMY, edition, filed, rendered

LABELS = labels_of({})
WRITTEN = VISIT.replace("\n\n", "\n")
DIGEST = DIGESTS["network-notices"]


def faults(text: str) -> list[tuple[str, str]]:
    return [(each.code, each.quoted) for each in read_notice(text, LABELS).faults]


def test_a_notice_keeps_its_lines_where_blurbs_are_kept_by_paragraphs() -> None:
    assert plain_text(lines_apart(WRITTEN)) == VISIT
    assert plain_text(lines_apart(WRITTEN.replace("\n", "\r\n"))) == VISIT
    assert lines_apart(VISIT.strip()) != ""
    assert plain_text(lines_apart(VISIT)) == VISIT


@pytest.mark.parametrize("text", ["Why it matters,\nand to whom.", "A line\n09:00 and on", "See: this.\nAnd that.", ""])
def test_other_blurbs_stay_as_they_are(text: str) -> None:
    assert lines_apart(text) == text


def test_a_notice_is_read() -> None:
    found = read_notice(VISIT, LABELS)
    assert (found.place, found.host) == ("Trieste, Italy", "Mental health department of Trieste")
    assert found.contact == "visits@example.org"
    assert len(found.words) == 1
    assert found.faults == ()
    assert [day.on for day in found.plan] == [date(2027, 2, 8), date(2027, 2, 9)]
    assert found.plan[1] == PlanDay(
        date(2027, 2, 9),
        "Tuesday 9 February 2027",
        (
            PlanLine("09:00", "16:00", "With a team for a day, in pairs"),
            PlanLine("19:30", "", "Dinner at the restaurant of a cooperative"),
        ),
    )


@pytest.mark.parametrize(
    ("line", "begins", "ends", "what"),
    [
        ("9:00 Tea", "09:00", "", "Tea"),
        ("9.30 - 10.15: Tea", "09:30", "10:15", "Tea"),
        ("9 h 30 Accueil", "09:30", "", "Accueil"),
        ("09:00 to 10:00 Tea", "09:00", "10:00", "Tea"),
    ],
)
def test_times_as_people_write_them(line: str, begins: str, ends: str, what: str) -> None:
    found = read_notice(f"## 8 February 2027\n\n{line}", LABELS)
    assert found.plan[0].lines == (PlanLine(begins, ends, what),)
    assert found.faults == ()


def test_labels_of_the_digest_s_language_and_english_ones() -> None:
    said = {"place": "Lieu", "host": "Hôte", "contact": "Contact"}
    found = read_notice("Lieu\u00a0: Lille\n\nHost: EPSM\n\nhttps://example.org", labels_of(said))
    assert (found.place, found.host, found.words) == ("Lille", "EPSM", ("https://example.org",))


def test_what_cannot_be_read_is_shown_and_told() -> None:
    text = "Place:\n\nHost: A\n\nHost: B\n\n## Monday\n\nLunch\n\n25:00 Sleep\n\n## 31 June 2027"
    assert faults(text) == [
        ("notice-line", "Place:"),
        ("notice-line", "Host: B"),
        ("notice-day", "## Monday"),
        ("notice-line", "Lunch"),
        ("notice-line", "25:00 Sleep"),
        ("notice-day", "## 31 June 2027"),
    ]
    found = read_notice(text, LABELS)
    assert found.host == "A; B"
    assert [line.what for line in found.plan[0].lines] == ["Lunch", "25:00 Sleep"]
    assert all(text[each.start :].startswith(each.quoted) for each in found.faults)


def test_days_of_the_plan_on_which_nothing_is() -> None:
    read = read_notice(VISIT, LABELS)
    assert list(outside(read, VISIT, Moment(date(2027, 2, 8)), Moment(date(2027, 2, 9)))) == []
    assert list(outside(read, VISIT, None, None)) == []
    (early,) = outside(read, VISIT, Moment(date(2027, 2, 9)), None)
    assert early.quoted == "## Monday 8 February 2027"
    assert early.message == ("It is before the notice starts (2027-02-09); change the day, or say --starts 2027-02-08.")
    (late,) = outside(read, VISIT, Moment(date(2027, 2, 8)), Moment(date(2027, 2, 8)))
    assert isinstance(late, NoticeFault)
    assert VISIT[late.start :].startswith("## Tuesday 9 February 2027")


def told(slug: str, blurb: str) -> list[Finding]:
    each = filed(1, "Visit", countries=("IT",), section="study-visits", blurb=blurb, starts=Moment(date(2027, 2, 9)))
    given = edition(DIGESTS[slug], [each], introduction="x")
    found = rendered(DIGESTS[slug], given, [each])
    return check(given, {1: each}, found, DIGESTS[slug], NETWORK, TAXONOMY, recipients=1)


def test_the_check_tells_it_with_its_place() -> None:
    found = [each for each in told("network-notices", f"{VISIT}\n\nGoodbye") if each.code.startswith("notice")]
    assert [(each.code, each.level, each.spot.line if each.spot else 0) for each in found] == [
        ("notice-line", "warning", 23),
        ("notice-day", "warning", 9),
    ]
    assert found[0].where == "document 1, “Visit”, blurb: “Goodbye”"
    assert not [each for each in told("make-it-so", f"{VISIT}\n\nGoodbye") if each.code.startswith("notice")]


def test_notices_stand_in_order_of_their_dates() -> None:
    placed = [(each.section, each.document) for each in edition(DIGEST, NOTICES).placements]
    assert placed == [
        ("gatherings", 33),
        ("gatherings", 32),
        ("exchanges", 34),
        ("exchanges", 35),
        ("study-visits", 31),
    ]


def test_the_mail_shows_each_line_of_the_plan() -> None:
    found = rendered(DIGEST, edition(DIGEST, NOTICES), list(NOTICES))
    assert "\n\nMonday 8 February 2027\n- 09:00 Welcome" in found.text
    assert "- 10:30–12:30 A mental health centre with eight beds\n" in found.text
    assert "##" not in found.html + found.text
    assert re.search(r'<h4[^>]*><time datetime="2027-02-08">Monday 8 February 2027</time></h4>', found.html)
