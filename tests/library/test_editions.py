"""Editions: put and got, used and numbered, sealed and frozen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from curator.errors import SealError, UsageError
from curator.library import Library
from curator.models import Edition, OwnWords, Placement, Rendered, Seal
from tests.library.world import ENGINES, FEEDS, NOW, add, document, edition

RENDERED = Rendered("Subject — ü", "Pre", "<p>One</p>\n", "One\n")
DOCUMENTS = range(1, 7)

INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
PLACEMENTS = st.lists(
    st.builds(
        Placement,
        document=st.sampled_from(DOCUMENTS),
        section=st.sampled_from(["news", "policy", ""]),
        group=st.sampled_from(["AU", "GB-SCT", "who", ""]),
        rank=st.integers(1, 9),
        by_hand=st.booleans(),
    ),
    unique_by=(lambda one: one.document, lambda one: (one.section, one.group, one.rank)),
).map(lambda found: tuple(sorted(found, key=lambda one: (one.section, one.group, one.rank))))
EDITIONS = st.builds(
    Edition,
    id=st.just("update-1"),
    digest=st.just("update"),
    number=st.just(1),
    date=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    status=st.sampled_from(["draft", "sealed", "sent"]),
    topic=st.none() | st.just("recovery"),
    subject=st.text(),
    introduction=st.text(),
    key_messages=st.text(),
    placements=PLACEMENTS,
    left_out=st.sets(st.sampled_from(DOCUMENTS)).map(lambda found: tuple(sorted(found))),
    carried=st.sets(st.sampled_from(DOCUMENTS)).map(lambda found: tuple(sorted(found))),
    words=st.lists(
        st.builds(OwnWords, st.sampled_from(DOCUMENTS), st.text(), st.text()), unique_by=lambda one: one.document
    ).map(lambda found: tuple(sorted(found, key=lambda one: one.document))),
    seal=st.none() | st.builds(Seal, st.text(min_size=1), st.text(), INSTANTS),
    sent_at=st.none() | INSTANTS,
)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=60, deadline=None)
@given(first=EDITIONS, second=EDITIONS)
def test_what_is_put_is_got(engine: str, first: Edition, second: Edition) -> None:
    with TemporaryDirectory() as folder, ENGINES[engine](Path(folder)) as library:
        library.feeds.follow(FEEDS)
        add(library, *(document(number) for number in DOCUMENTS))
        for one in (first, second):
            with library.write():
                library.editions.put(one)
            assert library.editions.get("update-1") == one
            assert library.editions.all() == [one]


def test_no_such_edition(library: Library) -> None:
    with pytest.raises(UsageError, match="no edition update-7"):
        library.editions.get("update-7")
    with pytest.raises(UsageError, match="no edition update-7"):
        library.editions.draft("update-7")


def test_editions_come_newest_first(library: Library) -> None:
    for number, day in ((1, 1), (2, 15), (3, 15)):
        library.editions.put(edition(number, date=date(2026, 12, day)))
    library.editions.put(edition(1, "make-it-so", date=date(2026, 12, 7)))
    assert [one.id for one in library.editions.all()] == ["update-3", "update-2", "make-it-so-1", "update-1"]
    assert [one.id for one in library.editions.all("make-it-so")] == ["make-it-so-1"]
    assert library.editions.all("nothing") == []


def test_the_next_number_counts_on_from_the_first(library: Library) -> None:
    assert library.editions.next_number("update", 1) == 1
    assert library.editions.next_number("update", 240) == 240
    library.editions.put(edition(240))
    assert library.editions.next_number("update", 1) == 241
    assert library.editions.next_number("update", 300) == 300
    assert library.editions.next_number("make-it-so", 1) == 1


def test_used_are_the_documents_of_a_digest(library: Library) -> None:
    a, b, c = add(library, document(1), document(2), document(3))
    library.editions.put(edition(1, placements=(Placement(a, "policy", "AU", 1),)))
    library.editions.put(edition(2, placements=(Placement(b, "policy", "AU", 1),), left_out=(c,)))
    library.editions.put(edition(1, "make-it-so", placements=(Placement(c, "policy", "AU", 1),)))
    assert library.editions.used("update") == {a, b}
    assert library.editions.used("update", besides="update-2") == {a}
    assert library.editions.used("make-it-so") == {c}
    assert library.editions.used("nothing") == set()


def test_only_a_draft_may_change(library: Library) -> None:
    library.editions.put(edition(1))
    assert library.editions.draft("update-1").status == "draft"
    library.editions.put(edition(1, status="sealed", seal=Seal("x", "ann", NOW)))
    with pytest.raises(SealError, match="unseal update-1"):
        library.editions.draft("update-1")
    library.editions.put(edition(1, status="sent", seal=Seal("x", "ann", NOW), sent_at=NOW))
    with pytest.raises(SealError, match="has been sent"):
        library.editions.draft("update-1")


def test_a_rendering_is_frozen_and_thawed(library: Library) -> None:
    library.editions.put(edition(1))
    assert library.editions.frozen("update-1") is None
    library.editions.freeze("update-1", RENDERED, ["b@example.org", "a@example.org"])
    assert library.editions.frozen("update-1") == (RENDERED, ("a@example.org", "b@example.org"))
    again = replace(RENDERED, text="Two\n")
    library.editions.freeze("update-1", again, [])
    assert library.editions.frozen("update-1") == (again, ())
    library.editions.thaw("update-1")
    assert library.editions.frozen("update-1") is None


@settings(max_examples=30, deadline=None)
@given(text=st.text())
@pytest.mark.parametrize("engine", ENGINES)
def test_frozen_bytes_are_the_same_bytes(engine: str, text: str) -> None:
    with TemporaryDirectory() as folder, ENGINES[engine](Path(folder)) as library:
        library.editions.put(edition(1))
        rendered = Rendered(text, text, text, text)
        library.editions.freeze("update-1", rendered, ["a@example.org"])
        assert library.editions.frozen("update-1") == (rendered, ("a@example.org",))


def test_a_frozen_rendering_outlives_changes(library: Library) -> None:
    (number,) = add(library, document(1))
    library.editions.put(edition(1, placements=(Placement(number, "policy", "AU", 1),)))
    library.editions.freeze("update-1", RENDERED, ["a@example.org"])
    library.editions.put(edition(1, status="sent", sent_at=NOW))
    assert library.editions.frozen("update-1") == (RENDERED, ("a@example.org",))
