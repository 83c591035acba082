"""How far one word is from another: letters added, dropped, changed, or changed with the next."""

from __future__ import annotations

from collections.abc import Iterator

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def distance(one: str, other: str, most: int) -> int:
    """The number of such changes (optimal string alignment), or `most` + 1 where there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i] + [0] * len(other)
        for j, wanted in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 < j and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], earlier[j - 2] + 1)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def deletions(word: str) -> set[str]:
    """The word, and what is left of it without one letter: two words one change apart have one of these in common."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def one_change(word: str, letters: str = _LETTERS) -> Iterator[list[str]]:
    """The words one change away, the likeliest kind of slip first: letters exchanged, one doubled or not, one too many,
    one too few, another one."""
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    yield [a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1 and b[0] != b[1]]
    yield [a + b[1:] for a, b in halves if a[-1:] == b[:1] != ""]
    yield [a + a[-1:] + b for a, b in halves if a]
    yield [a + b[1:] for a, b in halves if b]
    yield [a + letter + b for a, b in halves for letter in letters]
    yield [a + letter + b[1:] for a, b in halves if b for letter in letters if letter != b[0]]
