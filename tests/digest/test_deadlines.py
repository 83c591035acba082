from __future__ import annotations

from datetime import date

import pytest

from curator.digest.deadlines import deadline
from curator.digest.words import load_words
from tests.digest.world import DIGESTS, edition, filed, rendered

ON = date(2026, 12, 1)
ENGLISH, FRENCH = load_words("en", (), "en"), load_words("fr", (), "en")


@pytest.mark.parametrize(
    ("blurb", "day"),
    [
        ("Written comments until 31 January 2027.", date(2027, 1, 31)),
        ("Apply by Friday 4 December.", date(2026, 12, 4)),
        ("Deadline: 3 Feb", date(2027, 2, 3)),
        ("Submissions close; closing date the 15th December 2026, 17:00.", date(2026, 12, 15)),
        ("Answer before December 24, 2026.", date(2026, 12, 24)),
        ("Open until 1 December 2026.", ON),
        ("Open until 30 November 2026, then until 5 January 2027.", date(2027, 1, 5)),
        ("Open until 30 November 2026.", None),
        ("Until 31 February 2027.", None),
        ("The plan runs until 2030.", None),
        ("Published on 31 January 2027.", None),
        ("3 December, 11:00 in Wellington.", None),
        ("Written by 12 authors in March.", None),
        ("Standby 3 March", None),
        ("", None),
    ],
)
def test_only_a_day_after_a_cue_is_a_deadline(blurb: str, day: date | None) -> None:
    assert deadline(blurb, ON, ENGLISH.dates, ENGLISH.cues) == day


def test_another_language_has_its_own_cues() -> None:
    assert deadline("Commentaires jusqu’au 1er mars 2027.", ON, FRENCH.dates, FRENCH.cues) == date(2027, 3, 1)
    assert deadline("Avant le 15 janv. 2027", ON, FRENCH.dates, FRENCH.cues) == date(2027, 1, 15)
    assert deadline("until 1 March 2027", ON, FRENCH.dates, FRENCH.cues) is None


def test_the_box_is_there_only_where_there_is_a_deadline_and_the_nearest_stands_first() -> None:
    update = DIGESTS["update"]
    documents = [
        filed(1, "Later", countries=("SE",), blurb="Comment until 31 January 2027."),
        filed(2, "Sooner", countries=("US",), blurb="Apply by 20 December 2026."),
        filed(3, "Its feed's word", countries=("US",), excerpt="Apply by 21 December 2026."),
    ]
    found = rendered(update, edition(update, documents), documents)
    assert found.text.index("20 December 2026: Sooner [2]") < found.text.index("31 January 2027: Later [1]")
    assert "21 December 2026:" not in found.text
    assert "Deadlines" in found.html
    without = rendered(update, edition(update, documents[2:]), documents[2:])
    assert "DEADLINES" not in without.text
    assert "Deadlines" not in without.html
