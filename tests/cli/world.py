"""A small workspace and the program run on it, as a shell would, at an hour that stands still."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from curator.cli import run_program

NOW = datetime(2026, 9, 30, 5, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]

FEEDS_TOML = """\
[network]
name      = "Two Countries"
short     = "TC"
timezone  = "Europe/Stockholm"
countries = ["SE", "GB-ENG"]
postal    = "Box 1, Uppsala, Sweden"
site      = "https://example.org"

[mail]
sender = "TC Update <update@example.org>"
smtp   = "file:"

[[feeds]]  # the north
slug      = "north"
name      = "The North"
url       = "file:feeds/north.xml"
country   = "SE"
section   = "policy"
publisher = "north-office"

[[feeds]]
slug    = "isles"
name    = "The Isles"
url     = "file:feeds/isles.xml"
country = "GB-ENG"
section = "news"
"""

SUBSCRIBERS = """\
address,name,lists
ann@example.org,Ann,members key-leaders
bo@example.org,,members
"""


@dataclass(frozen=True)
class Result:
    """How one call ended and what it wrote where."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def curator(
    *words: str | int | Path, now: datetime = NOW, environ: Mapping[str, str] | None = None, stdin: str = ""
) -> Result:
    """Run one command line in this process. Nothing is a terminal; a locked database is waited for a moment only."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    settings = {"CURATOR_EDITOR": "ed"} | dict(environ or {})
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        code = run_program([str(word) for word in words], now=lambda: now, environ=settings, busy_seconds=0.1)
    return Result(code, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    data = stream.buffer
    assert isinstance(data, io.BytesIO)
    return data.getvalue().decode()


@dataclass(frozen=True)
class Shell:
    """A workspace to run commands in."""

    folder: Path

    def __call__(
        self, *words: str | int | Path, now: datetime = NOW, environ: Mapping[str, str] | None = None, stdin: str = ""
    ) -> Result:
        return curator("-w", self.folder, *words, now=now, environ=environ, stdin=stdin)

    def ok(self, *words: str | int | Path, now: datetime = NOW) -> Result:
        """As calling it, for commands that must end with 0."""
        result = self(*words, now=now)
        assert result.code == 0, result.err
        return result


def item(number: int, title: str, day: int, excerpt: str = "Something to read.") -> str:
    return (
        f"<item><title>{title}</title><link>https://example.org/{number}</link><guid>g{number}</guid>"
        f"<pubDate>{day:02} Sep 2026 08:00:00 GMT</pubDate><description>{excerpt}</description></item>"
    )


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>A feed</title>{"".join(items)}</channel></rss>'


NORTH = rss(
    item(1, "Recovery colleges in Sweden", 20, "Peer support in Swedish recovery colleges."),
    item(2, "A plan for rural care", 21),
)
ISLES = rss(item(3, "News of the isles", 22), item(4, "Crisis care in England", 23, "Crisis houses."))


def empty_workspace(folder: Path) -> Shell:
    """Two feeds as files, nothing pulled yet."""
    (folder / "feeds").mkdir(parents=True)
    (folder / "feeds.toml").write_text(FEEDS_TOML, encoding="utf-8")
    (folder / "feeds" / "north.xml").write_text(NORTH, encoding="utf-8")
    (folder / "feeds" / "isles.xml").write_text(ISLES, encoding="utf-8")
    (folder / "people.csv").write_text(SUBSCRIBERS, encoding="utf-8")
    return Shell(folder)


def filled_workspace(folder: Path) -> Shell:
    """Four documents (1 and 2 of the north, 3 and 4 of the isles) and two subscribers."""
    shell = empty_workspace(folder)
    for slug in ("north", "isles"):  # one after the other, so that the numbers are always the same
        shell.ok("pull", slug)
    shell.ok("subscribers", "import", folder / "people.csv")
    return shell
