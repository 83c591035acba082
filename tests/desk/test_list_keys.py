"""Keys of several parts and the letters of a jump, as values."""

from __future__ import annotations

import pytest

from curator.desk.widgets.list_keys import LETTERS, MOST, Typed, jump_labels


@pytest.mark.parametrize(
    ("keys", "answers", "count"),
    [
        ("5 j", ["", None], 5),
        ("1 2 G", ["", "", None], 12),
        ("1 0 j", ["", "", None], 10),
        ("0", [None], 0),
        ("g g", ["", "g g"], 0),
        ("3 g g", ["", "", "g g"], 3),
        ("g i", ["", "g i"], 0),
        ("m a", ["", "m a"], 0),
        ("apostrophe a", ["", "apostrophe a"], 0),
        ("g escape j", ["", "", None], 0),
        ("5 escape", ["", ""], 0),
        ("5 b", ["", None], 0),
        ("escape", [None], 0),
    ],
)
def test_what_is_typed_is_part_of_a_command_or_whole(keys: str, answers: list[str | None], count: int) -> None:
    typed = Typed()
    assert [typed.take(key) for key in keys.split()] == answers
    assert typed.taken() == count
    assert typed.taken() == 0


def test_a_count_has_an_end() -> None:
    typed = Typed()
    for _ in range(50):
        typed.take("9")
    assert typed.taken() == MOST


@pytest.mark.parametrize("places", [0, 1, len(LETTERS), len(LETTERS) + 1, 500, 5000])
def test_labels_are_of_one_kind_and_none_begins_another(places: int) -> None:
    labels = jump_labels(places)
    assert len(labels) == places
    given = [one for one in labels if one]
    assert len(set(given)) == len(given) == min(places, len(LETTERS) ** 2)
    assert len({len(one) for one in given}) <= 1
