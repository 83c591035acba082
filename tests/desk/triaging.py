"""A whole inbox triaged by real keys, and what the library must say afterwards: keeping, dropping, putting off, themes,
countries and sections through their pickers, in turns, each key sent without looking at the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curator.library import Library
from curator.models import Review
from curator.query import Is


@dataclass(frozen=True, slots=True)
class Deed:
    """What an editor strikes over one document, and what its review is to say then."""

    keys: tuple[str, ...]
    decision: str
    theme: str = ""
    country: str = ""
    section: str = ""

    def done(self, review: Review) -> bool:
        return (
            review.decision == self.decision
            and review.themes == ((self.theme,) if self.theme else ())
            and (self.country in (review.countries or ()) if self.country else review.countries is None)
            and (review.section or "") == self.section
        )


DEEDS = (
    Deed(("s",), "kept"),
    Deed(("d",), "dropped"),
    Deed(("t", *"workforce", "Enter", "s"), "kept", theme="workforce"),
    Deed(("d",), "dropped"),
    Deed(("c", *"japan", "Enter", "s"), "kept", country="JP"),
    Deed(("l", *"3d", "Enter"), "later"),
    Deed(("f", *"research", "Enter", "s"), "kept", section="research"),
)


def plan(workspace: Path, documents: int) -> Iterator[tuple[int, Deed]]:
    """The newest documents of the inbox as they stand in the list, each with what is to be done."""
    with Library(workspace / "curator.db") as library:
        numbers = library.documents.numbers(Is("decision", "inbox"), limit=documents)
    for place, number in enumerate(numbers):
        yield number, DEEDS[place % len(DEEDS)]


def misplaced(workspace: Path, planned: list[tuple[int, Deed]]) -> list[str]:
    """Every document whose review does not say what was struck over it."""
    with Library(workspace / "curator.db") as library:
        reviews = {number: library.reviews.get(number) for number, _ in planned}
    wrong = [(number, deed) for number, deed in planned if not deed.done(reviews[number])]
    return [f"{number}: {' '.join(deed.keys)} made {reviews[number]}" for number, deed in wrong]
