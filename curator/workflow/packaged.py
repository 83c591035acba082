"""What travels with curator: templates and the sample workspace, in a checkout or in an installed package."""

from __future__ import annotations

from pathlib import Path

import curator

_PACKAGE = Path(curator.__file__).parent


def packaged_templates() -> Path:
    """The digests that come with curator: inside the package when installed, beside it in a checkout."""
    inside = _PACKAGE / "data" / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def sample_workspace() -> Path:
    """The offline sample: feeds.toml, feeds/, subscribers.csv."""
    return _PACKAGE / "data" / "sample"
