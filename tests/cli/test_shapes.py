"""The encoders: keys as the contract names them, and text that cannot break out of them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from curator.cli import shapes
from curator.models import Act, Document, Edition, Filed, OwnWords, Placement, Review, Seal, Suggested, Suggestions

AT = datetime(2026, 10, 1, 7, 0, tzinfo=timezone(timedelta(hours=2)))
SAID = Document(
    id=7,
    guid="g",
    link="https://example.org/7?x=1",
    canonical_url="https://example.org/7",
    title="A title",
    feed="north",
    publisher=None,
    published_at=AT,
    dated="feed",
    first_seen_at=AT,
    changed_at=None,
    language="sv",
    excerpt="An excerpt",
    text="The whole text",
    feed_country="SE",
    feed_section="policy",
    family=(8, 9),
)
NONE = Suggestions()


@given(st.text())
def test_any_text_survives_and_no_control_character_leaves(text: str) -> None:
    data = shapes.as_json({"title": text})
    assert json.loads(data) == {"title": text}
    letters = data.decode().replace("\n", "")
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 or "\u202a" <= letter <= "\u202e" for letter in letters)


def test_a_lone_surrogate_is_escaped() -> None:
    assert shapes.as_json("\udcff") == b'"\\udcff"'


def test_instants_are_utc_with_z() -> None:
    assert shapes.instant(AT) == "2026-10-01T05:00:00Z"
    assert shapes.instant(None) is None


def test_a_document_in_force_is_the_editors_word_else_the_feeds() -> None:
    default = shapes.document(Filed(SAID, Review(7)), NONE)
    assert (default["countries"], default["section"]) == (["SE"], "policy")
    said = shapes.document(Filed(SAID, Review(7, countries=(), section="news")), NONE)
    assert (said["countries"], said["section"]) == ([], "news")


def test_the_keys_of_a_document_are_those_of_the_contract() -> None:
    keys = (
        *("id", "title", "link", "canonical_url", "publisher", "feed", "published_at", "first_seen_at", "language"),
        *("excerpt", "decision", "section", "countries", "themes", "audiences", "blurb", "family", "suggested"),
        *("changed_at", "revised", "starts", "ends", "deadline"),
    )
    assert list(shapes.document(Filed(SAID, Review(7)), NONE)) == list(keys)
    assert list(shapes.document(Filed(SAID, Review(7)), NONE, text=True)) == [*keys, "text"]


def test_suggestions_keep_their_reasons() -> None:
    made = shapes.suggested(Suggestions((Suggested("SE", "feed"),), (Suggested("recovery", "title"),), None))
    assert made == {
        "countries": [{"code": "SE", "reason": "feed"}],
        "themes": [{"slug": "recovery", "reason": "title"}],
        "section": None,
    }


def test_an_edition_shows_its_seats_and_a_seal_its_approval() -> None:
    seal = Seal("ab" * 32, "ed", AT)
    edition = Edition("update-3", "update", 3, date(2026, 10, 1), placements=(Placement(7, "news", "SE", 1, True),))
    (placement,) = shapes.edition(edition)["placements"]
    assert placement == {
        "document": 7,
        "section": "news",
        "group": "SE",
        "rank": 1,
        "by_hand": True,
        "title": None,
        "blurb": None,
    }
    worded = replace(edition, words=(OwnWords(7, "Title"),), carried=(8,))
    assert shapes.edition(worded)["placements"][0]["title"] == "Title"
    assert shapes.edition(worded)["carried"] == [8]
    assert shapes.edition(edition)["date"] == "2026-10-01"
    assert shapes.seal(edition) == {"seal": None, "by": None, "at": None}
    sealed = Edition("update-3", "update", 3, date(2026, 10, 1), seal=seal)
    assert shapes.seal(sealed) == {"seal": "ab" * 32, "by": "ed", "at": "2026-10-01T05:00:00Z"}


def test_an_act_names_documents_by_number_and_editions_by_id() -> None:
    act = Act(4, AT.astimezone(UTC), "ed", "move", ("document:7", "edition:update-3"))
    made = shapes.act(act)
    assert made is not None
    assert (made["documents"], made["editions"]) == ([7], ["update-3"])
    assert shapes.act(None) is None
