"""Reviews: the editor's record, changed as acts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from curator.errors import UsageError
from curator.library import Library
from curator.models import Filed, Review
from tests.library.world import NOW, add, document, review

FULL = Review(
    document=1,
    decision="later",
    later_until=date(2027, 1, 1),
    section="news",
    countries=("SE", "AU", "GB-SCT"),
    themes=("recovery", "crisis-care"),
    audiences=("carers",),
    blurb="Two\n\nparagraphs, “quoted” — ünïcode",
    by="ann",
    at=NOW,
)


def test_a_review_comes_back_as_it_was_written(library: Library) -> None:
    (number,) = add(library, document(1))
    said = replace(FULL, document=number)
    library.review([library.documents.get(number)], lambda filed, before: said, verb="tag", by="ann", at=NOW)
    assert library.documents.get(number).review == library.reviews.get(number) == said
    assert library.documents.find()[0].review == said


def test_who_and_when_are_the_act_s(library: Library) -> None:
    (number,) = add(library, document(1))
    review(library, number, decision="kept", by="x")
    assert (library.reviews.get(number).by, library.reviews.get(number).at) == ("x", NOW)


@pytest.mark.parametrize("countries", [None, (), ("SE",)])
def test_no_word_and_the_word_none_are_told_apart(library: Library, countries: tuple[str, ...] | None) -> None:
    (number,) = add(library, document(1))
    review(library, number, decision="kept", countries=countries)
    assert library.documents.get(number).review.countries == countries


def test_one_act_for_many_and_only_real_changes_count(library: Library) -> None:
    numbers = add(library, document(1), document(2), document(3))
    review(library, numbers[0], decision="kept")
    filed = library.documents.pick(numbers)
    keep: Callable[[Filed, Review], Review] = lambda filed, before: replace(before, decision="kept")  # noqa: E731
    assert library.review(filed, keep, verb="keep", by="ann", at=NOW) == 2
    assert [act.subjects for act in library.journal.latest()] == [("document:2", "document:3"), ("document:1",)]


def test_changing_nothing_is_no_act(library: Library, another: Library) -> None:
    (number,) = add(library, document(1))
    before = another.version()
    assert review(library, number) == 0
    assert review(library, number, decision="inbox", countries=None) == 0
    assert library.journal.latest() == []
    assert another.version() == before


def test_a_change_sees_the_review_as_it_stands(library: Library, another: Library) -> None:
    (number,) = add(library, document(1))
    old = library.documents.get(number)
    review(another, number, themes=("recovery",))

    def more(filed: Filed, before: Review) -> Review:
        assert filed.review == before
        return replace(before, themes=(*before.themes, "crisis-care"))

    library.review([old], more, verb="tag", by="ann", at=NOW)
    assert library.reviews.get(number).themes == ("recovery", "crisis-care")


def test_a_failing_change_leaves_nothing(library: Library) -> None:
    numbers = add(library, document(1), document(2))

    def fails_at_the_second(filed: Filed, before: Review) -> Review:
        if filed.id == numbers[1]:
            raise UsageError("No.")
        return replace(before, decision="kept", blurb="Seen")

    with pytest.raises(UsageError):
        library.review(library.documents.pick(numbers), fails_at_the_second, verb="keep", by="ann", at=NOW)
    assert [library.reviews.get(number) for number in numbers] == [Review(number) for number in numbers]
    assert library.journal.latest() == []


def test_a_review_belongs_to_its_document(library: Library) -> None:
    numbers = add(library, document(1), document(2))
    with pytest.raises(UsageError, match="belongs"):
        review(library, numbers[0], document=numbers[1])


def test_editors_at_once_lose_no_word(library: Library, connect: Callable[[], Library]) -> None:
    """Two editors, each with a connection, add a theme at a time to the same document."""
    (number,) = add(library, document(1))
    start = threading.Barrier(2)

    def add_themes(editor: str) -> None:
        with connect() as mine:
            filed = mine.documents.get(number)
            start.wait()
            for n in range(20):
                theme = f"{editor}-{n}"

                def more(filed: Filed, before: Review, theme: str = theme) -> Review:
                    return replace(before, themes=(*before.themes, theme))

                mine.review([filed], more, verb="tag", by=editor, at=NOW + timedelta(seconds=n))

    threads = [threading.Thread(target=add_themes, args=(editor,)) for editor in ("ann", "bob")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    themes = library.reviews.get(number).themes
    assert sorted(themes) == sorted(f"{editor}-{n}" for editor in ("ann", "bob") for n in range(20))
    assert [theme for theme in themes if theme.startswith("ann")] == [f"ann-{n}" for n in range(20)]
    assert len(library.journal.history(f"document:{number}")) == 40


def test_version_tells_of_others_changes_only(library: Library, another: Library) -> None:
    (number,) = add(library, document(1))
    mine, others = library.version(), another.version()
    review(library, number, decision="kept")
    assert library.version() == mine
    assert another.version() != others
    assert another.version() == another.version()
