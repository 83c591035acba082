"""Where the outside world's test material lies, when it is there at all."""

from __future__ import annotations

from pathlib import Path

import pytest

_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def corpus_path(*parts: str) -> Path:
    """The file or folder of the corpus, or skip the test, saying so."""
    path = _CORPUS.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"test corpus not present: {'/'.join(parts)}")
    return path
