"""The values of a query's fields, by code and by name, in a real workspace."""

from __future__ import annotations

import pytest

from curator.errors import UsageError
from curator.query import Is
from curator.workflow.edition import draft
from curator.workflow.triage import query
from curator.workflow.vocabulary import vocabulary
from curator.workflow.workspace import Workspace


def test_a_feed_an_organisation_and_a_language_go_by_their_names(desk: Workspace) -> None:
    feed = desk.config.feeds[0]
    assert query(desk, f'feed:"{feed.name}"') == query(desk, f"feed:{feed.slug.upper()}") == Is("feed", feed.slug)
    assert query(desk, 'publisher:"World Health Organization"') == Is("publisher", "who")
    assert query(desk, "lang:Swedish") == Is("lang", "sv")
    assert query(desk, "publisher:nobody") == Is("publisher", "nobody"), "a feed may name anybody"


def test_a_feed_or_an_edition_that_does_not_exist_is_a_fault_with_its_place(desk: Workspace) -> None:
    with pytest.raises(UsageError, match=r"at character 6: There is no feed “nosuch”"):
        query(desk, "care feed:nosuch")
    with pytest.raises(
        UsageError, match=r"at character 1: There is no digest or edition “updat”. Did you mean “update”"
    ):
        query(desk, "used:updat")


def test_an_edition_is_known_by_its_digest(desk: Workspace) -> None:
    assert query(desk, "used:update-9") == Is("used", "update-9")
    edition = draft(desk, "update")
    assert query(desk, 'used:"IIMHL Update"') == Is("used", "update")
    assert edition.id in [one.code for one in vocabulary(desk)["used"]]


def test_every_value_means_what_it_is_written_as(desk: Workspace) -> None:
    for field, values in vocabulary(desk).items():
        assert values, field
        for value in values:
            assert query(desk, f'{field}:"{value.code}"') == Is(field, value.code)
