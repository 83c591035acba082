from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from curator.library import Library
from tests.library.world import ENGINES, FEEDS

Opener = Callable[[], Library]


@pytest.fixture(params=ENGINES)
def connect(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens the test's library; each call is a connection of its own, which the caller closes."""
    engine = ENGINES[request.param]
    return lambda: engine(tmp_path)


@pytest.fixture
def library(connect: Opener) -> Iterator[Library]:
    """An empty library that follows three feeds."""
    with connect() as opened:
        opened.feeds.follow(FEEDS)
        yield opened


@pytest.fixture
def another(connect: Opener, library: Library) -> Iterator[Library]:
    """A second connection onto the same library."""
    with connect() as opened:
        yield opened
