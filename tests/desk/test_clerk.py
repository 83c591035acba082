"""The clerk: a long look makes way, is done anew, and nothing else is ever called off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event

import pytest
from textual.message import Message

from curator.desk.screens.clerk import Clerk, Work
from curator.workflow.workspace import Workspace

_LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT max(i) FROM n"


@dataclass
class Done(Message):
    name: str


@pytest.fixture
def clerk(workspace: Workspace) -> Iterator[Clerk]:
    found = Clerk(workspace)
    yield found
    found.close()


def long_look(begun: Event, rows: list[int]) -> Work:
    """A look that takes minutes at first; each time it is begun anew, as long as the next of `rows`."""

    def look(workspace: Workspace) -> Message:
        many = rows.pop(0)
        begun.set()
        workspace.library._store.value(_LONG, (many,))
        return Done("look")

    return look


def named(name: str) -> Work:
    return lambda workspace: Done(name)


def collect() -> tuple[list[str], Callable[[Message], object]]:
    done: list[str] = []
    return done, lambda message: done.append(message.name if isinstance(message, Done) else type(message).__name__)


def test_a_long_look_makes_way_and_is_done_afterwards(clerk: Clerk) -> None:
    begun, (done, post) = Event(), collect()
    look = clerk.ask(long_look(begun, [10**10, 10]), post, looking=True, yielding=True)
    assert begun.wait(30)
    clerk.ask(named("act"), post).result(30)
    look.result(30)
    clerk.ask(named("last"), post, looking=True, yielding=True).result(30)
    assert done == ["act", "look", "last"]


def test_what_presses_calls_a_look_off_and_may_be_called_off_itself(clerk: Clerk) -> None:
    """As the search for a letter does with that for the letter before."""
    begun, next_begun, (done, post) = Event(), Event(), collect()
    clerk.ask(long_look(begun, [10**10, 10]), post, looking=True, yielding=True, pressing=True)
    assert begun.wait(30)
    clerk.ask(long_look(next_begun, [10**10, 10]), post, looking=True, yielding=True, pressing=True)
    assert next_begun.wait(30)
    clerk.ask(named("act"), post).result(30)
    while clerk.owes:
        clerk.ask(named("end"), post, looking=True, yielding=True).result(30)
    assert done[:3] == ["act", "look", "look"]


def test_one_that_has_not_begun_lets_an_act_pass(clerk: Clerk) -> None:
    go, (done, post) = Event(), collect()

    def wait(workspace: Workspace) -> Message:
        assert go.wait(30)
        return Done("first")

    clerk.ask(wait, post)
    clerk.ask(named("look"), post, looking=True, yielding=True)
    act = clerk.ask(named("act"), post)
    go.set()
    act.result(30)
    clerk.ask(named("end"), post, looking=True, yielding=True).result(30)
    assert done[:3] == ["first", "act", "look"]


def test_what_does_not_yield_is_never_called_off(clerk: Clerk) -> None:
    begun, (done, post) = Event(), collect()
    slow = clerk.ask(long_look(begun, [300_000]), post, looking=True)
    assert begun.wait(30)
    for number in range(20):
        clerk.ask(named(str(number)), post)
    slow.result(30)
    clerk.ask(named("end"), post).result(30)
    assert done == ["look", *map(str, range(20)), "end"]
