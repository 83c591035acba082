"""What every command is given: the workspace to open, and how to answer."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curator.clean import plain_text
from curator.cli.shapes import as_json

if TYPE_CHECKING:
    from curator.workflow.workspace import Workspace


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Session:
    """One call of the program. `now` is the clock, `busy_seconds` how long a locked database is waited for."""

    now: Callable[[], datetime] = utc_now
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    busy_seconds: float = 30.0
    named: Path | None = None
    verbose: bool = False
    json: bool = False

    # ------------------------------------------------------------ the workspace

    def folder(self) -> Path:
        """The workspace's folder. Raises UsageError when there is none."""
        from curator.workflow.workspace import find_workspace

        return find_workspace(self.named, environ=self.environ)

    @property
    def has_folder(self) -> bool:
        """Whether a workspace is named, or found from where the program was started."""
        from curator.workflow.workspace import nearest_workspace

        named = self.named is not None or bool(self.environ.get("CURATOR_WORKSPACE"))
        return named or nearest_workspace(Path.cwd()) is not None

    @contextmanager
    def open(self) -> Iterator[Workspace]:
        from curator.workflow.workspace import open_workspace

        with open_workspace(
            self.folder(), now=self.now, environ=self.environ, busy_seconds=self.busy_seconds
        ) as workspace:
            yield workspace

    # ------------------------------------------------------------ answering

    def answer(self, value: Callable[[], object], lines: Callable[[], Iterable[str]]) -> None:
        """The result on stdout: one JSON value with --json, else lines for people. Only the one asked for is made."""
        if self.json:
            click.echo(as_json(value()))
        else:
            _write(lines())

    def say(self, sentence: str) -> None:
        """Talk, on stderr."""
        click.echo(sentence, err=True)

    def faulty(self, workspace: Workspace) -> None:
        """Say which digests an answer about all of them is without, and why."""
        for error in workspace.faulty_digests.values():
            self.say(f"curator: {plain_text(error.message)}")

    @property
    def interactive(self) -> bool:
        """Whether somebody sits at a terminal."""
        return _is_terminal(sys.stdin) and _is_terminal(sys.stdout)

    @property
    def width(self) -> int | None:
        """The terminal's width in cells; None where the output goes into a file or a pipe, which cuts nothing."""
        return shutil.get_terminal_size().columns if _is_terminal(sys.stdout) else None

    @property
    def progress(self) -> bool:
        """Whether a line on stderr that rewrites itself makes sense."""
        return _is_terminal(sys.stderr) and self.environ.get("TERM", "") != "dumb"

    def paint(self, text: str, **style: bool | str) -> str:
        """`text` in colour where stdout is a terminal and NO_COLOR (no-color.org) is unset or empty."""
        if self.environ.get("NO_COLOR") or not _is_terminal(sys.stdout):
            return text
        return click.style(text, **style)  # type: ignore[arg-type]


def _write(lines: Iterable[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    if text:
        click.echo(text, nl=False)


def _is_terminal(stream: object) -> bool:
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):  # no stream at all, or a closed one
        return False
