"""The decision that an index finds: only where every document of the query has it."""

from __future__ import annotations

import pytest

from curator.library.search import decided
from curator.query import parse
from curator.taxonomy import default_taxonomy_path, load_taxonomy

TAXONOMY = load_taxonomy(default_taxonomy_path())


@pytest.mark.parametrize(
    ("words", "decision"),
    [
        ("decision:kept", "kept"),
        ("decision:kept -used:update", "kept"),
        ("country:SE decision:dropped care", "dropped"),
        ("(decision:later country:SE) care", "later"),
        ("decision:inbox", None),  # who was never asked is there too
        ("-decision:kept", None),
        ("decision:kept OR country:SE", None),
        ("care", None),
        ("", None),
    ],
)
def test_which_decision_all_documents_of_a_query_have(words: str, decision: str | None) -> None:
    assert decided(parse(words, TAXONOMY)) == decision
