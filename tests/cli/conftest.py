from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.world import Shell, empty_workspace, filled_workspace


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A workspace with four documents and two subscribers."""
    return filled_workspace(tmp_path / "network")


@pytest.fixture
def fresh(tmp_path: Path) -> Shell:
    """A workspace with two feeds, nothing pulled yet."""
    return empty_workspace(tmp_path / "network")
