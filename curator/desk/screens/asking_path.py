"""Asking for a file or a folder: Tab completes what is typed as a shell does, and shows how it may go on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from curator.clean import plain_line
from curator.desk.screens.asking import Asking

_SHOWN = 24
_LOOKED_AT = 20_000
"""Names of one folder that are looked at; beyond, somebody types on."""


class AskingPath(Asking):
    """Answers the path as typed, which `path_typed` makes one of; `wanted` says which files are shown beside folders,
    by the end of their names, none where it is empty."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False, priority=True)]

    def __init__(
        self,
        question: str,
        base: Path,
        check: Callable[[str], object],
        *,
        value: str = "",
        wanted: tuple[str, ...] = (),
    ) -> None:
        keys = "Tab completes · Enter takes it · Esc leaves it"
        super().__init__(question, f"from {base}", keys, check, value=value)
        self._base, self._wanted = base, wanted

    async def action_complete(self) -> None:
        field = self.query_one(Input)
        typed = field.value
        whole, names = await asyncio.to_thread(completed, typed, self._base, self._wanted)
        if field.value == typed:
            field.value = whole
            field.cursor_position = len(whole)
        shown = "  ".join(plain_line(name, 40) for name in names[:_SHOWN])
        more = f"  and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        found = self.query_one("#asking-found", Static)
        found.update(shown + more)
        found.display = len(names) > 1


def path_typed(text: str, base: Path) -> Path:
    """What somebody typed as a path, from `base` unless it begins with / or ~."""
    try:
        return base / Path(text.strip()).expanduser()
    except RuntimeError:  # ~somebody, who is not known
        return base / text.strip()


def completed(text: str, base: Path, wanted: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    """What is typed, as far as it can only go on one way, and the names it may go on with; folders end with /. Names
    that begin with a dot are shown to who types one."""
    folder, _, begun = text.rpartition("/")
    there = path_typed(f"{folder}/" if "/" in text else ".", base)
    names = sorted(name for name in _names(there, wanted) if name.startswith(begun) and (begun or name[0] != "."))
    if not names and begun not in ("", ".", ".."):
        folded = begun.casefold()
        names = sorted(name for name in _names(there, wanted) if name.casefold().startswith(folded))
        begun = names[0][: len(begun)] if names and len({name[: len(begun)] for name in names}) == 1 else begun
    longer = max(begun, _common(names), key=len)
    return (f"{folder}/{longer}" if "/" in text else longer), names


def _common(names: list[str]) -> str:
    """The letters with which all of them begin; they are sorted."""
    first, last = (names[0], names[-1]) if names else ("", "")
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(letter for letter, _ in alike)


def _names(folder: Path, wanted: tuple[str, ...]) -> Iterator[str]:
    """Those of folders and of wanted files; none where the folder cannot be read."""
    try:
        with os.scandir(folder) as found:
            for _, one in zip(range(_LOOKED_AT), found, strict=False):
                if one.name != plain_line(one.name):
                    continue  # what could control the terminal is not offered
                if one.is_dir():
                    yield f"{one.name}/"
                elif wanted and one.name.lower().endswith(wanted):
                    yield one.name
    except OSError:
        return
