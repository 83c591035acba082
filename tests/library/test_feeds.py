"""What the library remembers about feeds."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from curator.library import BY_HAND, Library
from curator.models import FeedState
from curator.query import EVERYTHING, Is
from tests.library.world import FEEDS, NOW, add, document

KNOWN = FeedState(
    "scot",
    etag='"1"',
    last_modified="Mon, 02 Nov 2026 00:00:00 GMT",
    content_hash="ab" * 32,
    last_pulled_at=NOW,
    last_new_at=NOW - timedelta(days=1),
    error="fetch: 404",
    failing_since=NOW - timedelta(days=2),
    failures=3,
)


def test_states_come_in_the_order_of_the_file(library: Library) -> None:
    assert list(library.feeds.states()) == ["scot", "sverige", "who"]
    library.feeds.follow(FEEDS[::-1])
    assert list(library.feeds.states()) == ["who", "sverige", "scot"]


def test_a_new_feed_has_never_been_pulled(library: Library) -> None:
    assert library.feeds.states()["scot"] == FeedState("scot")
    assert library.feeds.states()["scot"].health == "new"


def test_a_state_comes_back_as_it_was(library: Library) -> None:
    library.feeds.remember(KNOWN)
    assert library.feeds.states()["scot"] == KNOWN
    library.feeds.remember(FeedState("scot", last_pulled_at=NOW))
    assert library.feeds.states()["scot"] == FeedState("scot", last_pulled_at=NOW)


def test_what_ails_a_feed_comes_back_until_its_address_changes(library: Library) -> None:
    ill = replace(
        KNOWN,
        illness="gone",
        moved_to="https://example.org/new",
        moves=2,
        moved_since=NOW,
        undated_since=NOW,
        fresh_until=NOW,
        wait_until=NOW,
    )
    library.feeds.remember(ill)
    assert library.feeds.states()["scot"] == ill
    library.feeds.follow((replace(FEEDS[0], url="https://example.org/moved.xml"), *FEEDS[1:]))
    assert library.feeds.states()["scot"] == replace(KNOWN, etag=None, last_modified=None, content_hash=None)


def test_when_its_documents_appeared(library: Library) -> None:
    assert library.feeds.appeared("scot") == []
    add(library, document(1), document(2))
    appeared = library.feeds.appeared("scot")
    assert [seen for _, seen in appeared] == [NOW, NOW]
    assert appeared == sorted(appeared, reverse=True)
    assert library.feeds.appeared("scot", 1) == appeared[:1]


def test_what_the_editor_was_told(library: Library) -> None:
    assert library.feeds.told_at("quiet SE") is None
    for at in (NOW, NOW + timedelta(days=1)):
        library.feeds.told("quiet SE", at)
        assert library.feeds.told_at("quiet SE") == at


def test_following_the_same_feeds_writes_nothing(library: Library, another: Library) -> None:
    before = another.version()
    library.feeds.follow(FEEDS)
    library.feeds.follow(list(FEEDS))
    assert another.version() == before


def test_a_changed_address_forgets_what_the_old_one_said(library: Library) -> None:
    library.feeds.remember(KNOWN)
    library.feeds.follow((replace(FEEDS[0], url="https://example.org/moved.xml"), *FEEDS[1:]))
    moved = library.feeds.states()["scot"]
    assert moved == replace(KNOWN, etag=None, last_modified=None, content_hash=None)


def test_another_default_keeps_what_is_remembered(library: Library) -> None:
    library.feeds.remember(KNOWN)
    library.feeds.follow((replace(FEEDS[0], country="GB-ENG", name="England"), *FEEDS[1:]))
    assert library.feeds.states()["scot"] == KNOWN


def test_a_removed_feed_keeps_its_documents(library: Library) -> None:
    (number,) = add(library, document(1))
    library.feeds.follow(FEEDS[1:])
    assert "scot" not in library.feeds.states()
    assert library.documents.get(number).document.feed == "scot"
    assert library.documents.numbers(Is("feed", "scot")) == [number]


def test_a_feed_that_comes_back_is_the_same(library: Library) -> None:
    add(library, document(1))
    library.feeds.remember(KNOWN)
    library.feeds.follow(())
    assert library.feeds.states() == {}
    library.feeds.follow(FEEDS)
    assert library.feeds.states()["scot"] == KNOWN
    assert library.documents.count(EVERYTHING) == 1


def test_documents_by_hand_have_a_feed_nobody_lists(library: Library) -> None:
    (number,) = add(library, document(1, BY_HAND))
    library.feeds.follow(FEEDS[:1])
    assert BY_HAND not in library.feeds.states()
    assert library.documents.get(number).document.feeds == (BY_HAND,)


def test_defaults_of_the_feed_now_are_shown(library: Library) -> None:
    (number,) = add(library, document(1))
    library.feeds.follow((replace(FEEDS[0], country="IE", section="news", publisher="hse"), *FEEDS[1:]))
    filed = library.documents.get(number)
    assert (filed.countries, filed.section, filed.document.publisher) == (("IE",), "news", "hse")
