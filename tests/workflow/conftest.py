from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from curator.workflow.workspace import Workspace
from tests.workflow.world import Clock, Postman, make, sit_down


@pytest.fixture(scope="session")
def _small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "network"
    make(folder)
    return folder


@pytest.fixture
def folder(_small: Path, tmp_path: Path) -> Path:
    """The folder of a small workspace of one's own."""
    return Path(shutil.copytree(_small, tmp_path / "network"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(folder: Path, clock: Clock) -> Iterator[Workspace]:
    """The same, open for Ann at the hour of `clock`."""
    with sit_down(folder, clock) as workspace:
        yield workspace


@pytest.fixture
def postman(monkeypatch: pytest.MonkeyPatch) -> Postman:
    """What every send of this test hands its mails to."""
    postman = Postman()
    monkeypatch.setattr("curator.workflow.send.mailer_for", lambda *_: postman)
    return postman
