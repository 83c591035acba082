"""Undo and redo by two editors equal a simple model, whatever the sequence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from curator.errors import UsageError
from curator.models import Filed, Review
from tests.library.world import ENGINES, FEEDS, NOW, add, document

Decided = Literal["inbox", "kept", "dropped"]
State = tuple[Decided, str]
EDITORS = st.sampled_from(["ann", "bob"])
NUMBERS = st.sampled_from([1, 2])


@dataclass
class Step:
    """One act as the model knows it: what each document was before and became."""

    changes: dict[int, tuple[State, State]]


@dataclass
class Hand:
    """One editor's two stacks."""

    done: list[Step] = field(default_factory=list)
    undone: list[tuple[Step, Step]] = field(default_factory=list)
    """Each with what taking it back did."""


def parted(state: State, was: State, to: State) -> State | None:
    """`state` with the parts in which `was` and `to` differ as in `to`; None where one is neither as it was nor so."""
    if any(one != other and now not in (one, other) for now, one, other in zip(state, was, to, strict=True)):
        return None
    decision, blurb = (now if one == other else other for now, one, other in zip(state, was, to, strict=True))
    return decision, blurb  # type: ignore[return-value]


class UndoLaws(RuleBasedStateMachine):
    """Each editor has two stacks; taking back an act needs that nobody has made anything else of the same parts of its
    documents since, and leaves the others."""

    engine = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.library = ENGINES[self.engine](Path(self.folder.name))
        self.library.feeds.follow(FEEDS)
        add(self.library, document(1), document(2))
        self.model: dict[int, State] = {1: ("inbox", ""), 2: ("inbox", "")}
        self.hands = {"ann": Hand(), "bob": Hand()}

    def teardown(self) -> None:
        self.library.close()
        self.folder.cleanup()

    @rule(
        by=EDITORS,
        numbers=st.sets(NUMBERS, min_size=1),
        decision=st.sampled_from(["inbox", "kept", "dropped"]),
        blurb=st.sampled_from([None, "", "words"]),
    )
    def do(self, by: str, numbers: set[int], decision: Decided, blurb: str | None) -> None:
        def change(filed: Filed, before: Review) -> Review:
            return replace(before, decision=decision, blurb=before.blurb if blurb is None else blurb)

        new = {n: (decision, self.model[n][1] if blurb is None else blurb) for n in numbers}
        changes: dict[int, tuple[State, State]] = {
            n: (self.model[n], new[n]) for n in numbers if new[n] != self.model[n]
        }
        changed = self.library.review(self.library.documents.pick(numbers), change, verb="do", by=by, at=NOW)
        assert changed == len(changes)
        if changes:
            self.hands[by].done.append(Step(changes))
            self.hands[by].undone.clear()
            self.model |= {n: after for n, (_, after) in changes.items()}

    @rule(by=EDITORS)
    def undo(self, by: str) -> None:
        hand = self.hands[by]
        step = hand.done[-1] if hand.done else None
        if did := self._taken_back(step, lambda: self.library.journal.undo(by, NOW)):
            hand.undone.append((hand.done.pop(), did))

    @rule(by=EDITORS)
    def redo(self, by: str) -> None:
        """Takes back what the undo did, which is nothing where all stood as before already."""
        hand = self.hands[by]
        step, undo = hand.undone[-1] if hand.undone else (None, None)
        if self._taken_back(undo, lambda: self.library.journal.redo(by, NOW)) and step:
            hand.done.append(step)
            hand.undone.pop()

    def _taken_back(self, step: Step | None, verb: Callable[[], object]) -> Step | None:
        """What undoing a step does, as the model says; None where there is none, or a part of it is another by now."""
        if step is None:
            assert verb() is None
            return None
        back = {n: parted(self.model[n], after, before) for n, (before, after) in step.changes.items()}
        possible = {n: state for n, state in back.items() if state is not None}
        if possible != back:
            with pytest.raises(UsageError):
                verb()
            return None
        assert verb()
        did = Step({n: (self.model[n], state) for n, state in possible.items()})
        self.model |= possible
        return did

    @invariant()
    def the_library_is_as_the_model_says(self) -> None:
        reviews = {n: self.library.reviews.get(n) for n in (1, 2)}
        assert {n: (review.decision, review.blurb) for n, review in reviews.items()} == self.model

    @invariant()
    def the_last_act_on_a_document_is_what_it_is_now(self) -> None:
        for number, state in self.model.items():
            if acts := self.library.journal.history(f"document:{number}"):
                assert (acts[-1][2]["decision"], acts[-1][2]["blurb"]) == state


def _machine(name: str) -> type[RuleBasedStateMachine]:
    return type(f"UndoLaws_{name}", (UndoLaws,), {"engine": name})


@pytest.mark.parametrize("engine", ENGINES)
def test_undo_laws(engine: str) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        _machine(engine), settings=settings(max_examples=40, stateful_step_count=25, deadline=None)
    )
