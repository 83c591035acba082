"""The sample workspace as an editor leaves it: pulled, kept, tagged, its twenty subscribers imported."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

from curator.models import Edition
from curator.workflow import triage
from curator.workflow.edition import draft, introduce, seal
from curator.workflow.packaged import packaged_templates, sample_workspace
from curator.workflow.people import import_subscribers
from curator.workflow.pull import pull
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace, open_workspace

ROOT = Path(__file__).resolve().parents[2]
CURATOR = (sys.executable, "-W", "error", "-m", "curator")
EDITING = datetime(2016, 11, 29, 0, 0, tzinfo=UTC)
"""Two days before the Update of 1 December."""
OPENS = datetime(2016, 11, 30, 18, 0, tzinfo=UTC)
"""1 December, 07:00 in Auckland, where it is summer."""


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    at: datetime = EDITING

    def __call__(self) -> datetime:
        return self.at


def sit_down(folder: Path, at: datetime | Clock = EDITING, editor: str = "ann") -> Workspace:
    """The workspace of `folder`, open for an editor at that hour."""
    clock = at if isinstance(at, Clock) else Clock(at)
    return open_workspace(folder, now=clock, environ={"CURATOR_EDITOR": editor}, busy_seconds=5)


def make_sample(folder: Path) -> None:
    """All 49 documents pulled; kept and tagged but for the two of the archive, which stay in the inbox."""
    shutil.copytree(sample_workspace(), folder)
    shutil.copytree(packaged_templates(), folder / "templates")
    with sit_down(folder) as workspace:
        import_subscribers(workspace, folder / "subscribers.csv")
        pull(workspace)
        waiting = triage.find(workspace, "-feed:make-it-so-archive", limit=0)
        triage.accept(workspace, waiting)
        triage.decide(workspace, waiting, "kept")
        (investing,) = triage.find(workspace, '"Investing in Youth"')
        triage.tag(workspace, [investing], Tagging(countries=("AU",)))


def drafted(workspace: Workspace) -> Edition:
    return introduce(workspace, draft(workspace, "update").id, "Good morning.")


def sealed(workspace: Workspace) -> Edition:
    return seal(workspace, drafted(workspace).id)


def mailing_to(folder: Path, smtp: str) -> None:
    """Point the workspace's mail settings at a server."""
    path = folder / "feeds.toml"
    text, count = re.subn(r'(?m)^smtp( *)= ".*?"', rf'smtp\1= "{smtp}"', path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


def outbox(folder: Path) -> list[Path]:
    """The mails the file mailer wrote."""
    return sorted((folder / "outbox").glob("*/*.eml"))


class _Headings(HTMLParser):
    """Every heading and document's title of a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: str | None = None
        self._title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p":
            self._title = ("class", "t") in attrs
        if tag in ("h2", "h3") or (tag == "a" and self._title):
            self._open = tag
            self.found.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, text = self.found[-1]
            self.found[-1] = (tag, text + data)


def headings(html: str) -> dict[str, dict[str, list[str]]]:
    """The titles under each h3 under each h2."""
    parser = _Headings()
    parser.feed(html)
    sections: dict[str, dict[str, list[str]]] = {}
    group: list[str] | None = None
    for tag, text in parser.found:
        words = " ".join(text.split())
        if tag == "h2":
            groups = sections.setdefault(words, {})
            group = None
        elif tag == "h3" and sections:
            group = groups.setdefault(words, [])
        elif tag == "a" and group is not None:
            group.append(words)
    return sections


def flowing(text: str) -> str:
    """Plain text without its line breaks."""
    return " ".join(text.split())


def environment(folder: Path) -> dict[str, str]:
    """For a curator in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TZ", "LANG", "TMPDIR")}
    return kept | {"CURATOR_EDITOR": "cron", "CURATOR_WORKSPACE": str(folder), "PYTHONPATH": str(ROOT)}
