"""The lint as the tests ask it: curator's own taxonomy, the network of the sample, the dictionaries of this machine."""

from __future__ import annotations

from datetime import date
from functools import cache

from curator.lint import Lint, Names, Passage, names_of
from curator.lint.dictionaries import Dictionaries
from curator.models import Finding
from curator.pull.urls import untracked
from curator.taxonomy import default_taxonomy_path, load_taxonomy

MEMBERS = ("AU", "CA", "GB-ENG", "IE", "NL", "NZ", "GB-SCT", "SE", "US")
ON = date(2026, 12, 1)
DICTIONARIES = Dictionaries()


@cache
def network() -> Names:
    taxonomy = load_taxonomy(default_taxonomy_path())
    return names_of(taxonomy, MEMBERS, ["International Initiative for Mental Health Leadership", "IIMHL"])


def lint(**options: object) -> Lint:
    return Lint(network(), **{"on": ON, "speller": DICTIONARIES.speller, "untracked": untracked} | options)  # type: ignore[arg-type]


def passage(text: str, **options: object) -> Passage:
    return Passage(**{"field": "introduction", "text": text, "where": "update-1, introduction"} | options)  # type: ignore[arg-type]


def found(text: str, **options: object) -> list[Finding]:
    return lint().findings([passage(text, **options)])


def said(text: str, **options: object) -> list[tuple[str, str, str | None]]:
    """Code, the words marked, and what should stand there."""
    return [(one.code, one.spot.quoted, one.spot.mend) for one in found(text, **options) if one.spot]
