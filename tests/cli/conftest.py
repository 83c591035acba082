from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.world import Shell, empty_workspace, filled_workspace


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled workspace to copy: nobody changes it."""
    return filled_workspace(tmp_path_factory.mktemp("pattern") / "network").folder


@pytest.fixture
def shell(tmp_path: Path, pattern: Path) -> Shell:
    """A workspace with four documents and two subscribers."""
    return Shell(Path(shutil.copytree(pattern, tmp_path / "network")))


@pytest.fixture
def fresh(tmp_path: Path) -> Shell:
    """A workspace with two feeds, nothing pulled yet."""
    return empty_workspace(tmp_path / "network")
