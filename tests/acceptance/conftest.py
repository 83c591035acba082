from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from curator.workflow.workspace import Workspace
from tests.acceptance.world import Clock, make_sample, sit_down
from tests.http_server import site as site


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "network"
    make_sample(folder)
    return folder


@pytest.fixture
def sample(_made: Path, tmp_path: Path) -> Path:
    """The folder of a sample workspace of one's own."""
    return Path(shutil.copytree(_made, tmp_path / "network"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(sample: Path, clock: Clock) -> Iterator[Workspace]:
    """The same, open, at the hour of `clock`."""
    with sit_down(sample, clock) as workspace:
        yield workspace
