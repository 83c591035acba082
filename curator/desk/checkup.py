"""desk.toml, looked at without opening the desk."""

from __future__ import annotations

from pathlib import Path

from curator.desk.settings import settings_of
from curator.desk.themes import NAMES
from curator.errors import ConfigError
from curator.models import Finding
from curator.taxonomy import Taxonomy, default_taxonomy_path, load_taxonomy
from curator.workflow.desk_file import DESK_FILE, read_desk_file
from curator.workflow.workspace import taxonomy_of


def desk_findings(folder: Path) -> list[Finding]:
    """Everything that is wrong with the workspace's desk.toml: warnings, since the desk opens nevertheless."""
    fault = settings_of(read_desk_file(folder, _taxonomy(folder)), NAMES).fault
    return [Finding("warning", "desk", str(one), DESK_FILE) for one in fault.faults] if fault else []


def _taxonomy(folder: Path) -> Taxonomy:
    """What is wrong with the workspace's own taxonomy is told elsewhere."""
    try:
        return taxonomy_of(folder)
    except ConfigError:
        return load_taxonomy(default_taxonomy_path())
