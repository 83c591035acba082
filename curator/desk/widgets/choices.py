"""Choosing by typing: a line that filters, and under it what can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from rich.cells import cell_len

from curator.clean import fold, plain_line
from curator.desk.widgets.rows import Rows
from curator.desk.widgets.words import fit

NEW = "+"
"""Before what was typed, in the code of a choice that is not there yet: no code begins so."""


class Choice(msgspec.Struct, frozen=True):
    """Something to choose. `hint` stands behind the label; `words` are other names it is found by; `suggested`
    says that curator would choose it."""

    code: str
    label: str
    hint: str = ""
    words: str = ""
    suggested: bool = False
    mark: str = ""


def matching(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Those that have every typed word, the best first: a code, then a label that begins so, then the rest in order."""
    asked = fold(typed)
    if not asked:
        return list(choices)
    found = [(_rank(choice, asked), place, choice) for place, choice in enumerate(choices)]
    return [choice for rank, _, choice in sorted(found, key=lambda one: one[:2]) if rank < 9]


def anew(choices: Sequence[Choice], typed: str, noun: str) -> list[Choice]:
    """What was typed as a choice of its own, where nothing is called exactly so; `noun` '' where none can be."""
    named = plain_line(typed)
    if not noun or not fold(named) or any(fold(named) in (fold(one.code), fold(one.label)) for one in choices):
        return []
    return [Choice(f"{NEW}{named}", f"“{named}”", f"a new {noun}")]


def _rank(choice: Choice, asked: str) -> int:
    code, label = fold(choice.code), fold(choice.label)
    if asked in (code, code.rpartition(" ")[2]):
        return 0
    if label.startswith(asked):
        return 1
    if any(word.startswith(asked) for word in label.split()):
        return 2
    everything = f"{code} {label} {fold(choice.words)}"
    return 3 if all(word in everything for word in asked.split()) else 9


class ChoiceList(Rows, can_focus=False):
    """The choices that match, those taken with a mark before them."""

    choices: Sequence[Choice] = ()
    taken: frozenset[str] = frozenset()
    several = True

    def show_choices(self, choices: Sequence[Choice], taken: Iterable[str]) -> None:
        self.choices, self.taken = choices, frozenset(taken)
        self.show_rows(len(choices), 0)

    def mark_taken(self, taken: Iterable[str]) -> None:
        self.taken = frozenset(taken)
        self.repaint()

    @property
    def active(self) -> bool:
        """The line above has the focus; the keys that move are passed on."""
        return True

    @property
    def current(self) -> Choice | None:
        return self.choices[self.cursor] if 0 <= self.cursor < len(self.choices) else None

    def paint(self, index: int, width: int) -> list[tuple[str, str]]:
        choice = self.choices[index]
        taken = choice.code in self.taken
        tick = ("✓ " if taken else "  ") if self.several else ""
        mark = f"{fit(choice.mark, 5)} " if any(one.mark for one in self.choices[:40]) else ""
        room = max(width - len(tick) - len(mark), 0)
        label = fit(choice.label, min(cell_len(choice.label), room))
        hint = fit(choice.hint, max(room - cell_len(label) - 2, 0))
        name = "strong" if taken else ""
        return [(tick, "accent"), (mark, "dim"), (label, name), ("  " + hint, self._hint(choice))]

    def _hint(self, choice: Choice) -> str:
        return "accent" if choice.suggested else "dim"
