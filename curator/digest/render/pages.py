"""Templates of pages that are no mail, in the same sandbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from curator.digest.render.sandbox import Templates
from curator.digest.words import Words

PAGE_STEPS = 2_000_000
"""Turns of loops and calls that one page may take: a country's page has all that was ever shared of it."""


class PageTemplates:
    """The templates of a site: looked for in `folders`, one after the other."""

    def __init__(self, folders: Sequence[Path], words: Words) -> None:
        self._folders = folders
        self._templates = Templates(folders[0], folders[-1], words, steps=PAGE_STEPS)

    @property
    def mark(self) -> str:
        """A hash of all templates: what was made with others has to be made anew."""
        digest = sha256()
        for path in sorted(path for folder in self._folders for path in folder.glob("*.j2")):
            digest.update(f"{path.parent.name}/{path.name}\0".encode() + path.read_bytes() + b"\0")
        return digest.hexdigest()

    def source(self, name: str) -> str:
        """The text of a file that is not a template. Raises TemplateFault where it is missing."""
        return self._templates.source(name)

    def render(self, name: str, names: Mapping[str, Any]) -> str:
        """The page. Raises TemplateFault."""
        lines = (line.rstrip() for line in self._templates.fill(name, names).split("\n"))
        return "\n".join(line for line in lines if line) + "\n"
