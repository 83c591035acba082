"""A small workspace and sessions in it, for the verbs' tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from msgspec.structs import replace

from curator.deliver import Receipt
from curator.models import Edition, Filed, Subscriber
from curator.workflow import triage
from curator.workflow.add import add_documents
from curator.workflow.edition import draft, introduce, seal
from curator.workflow.packaged import packaged_templates
from curator.workflow.pull import pull
from curator.workflow.seals import seal_hash
from curator.workflow.workspace import Workspace, open_workspace
from tests.cli.world import empty_workspace

EDITING = datetime(2026, 9, 30, 5, 0, tzinfo=UTC)
OPENS = datetime(2026, 10, 1, 5, 0, tzinfo=UTC)
"""1 October, 07:00 in Stockholm."""
PEOPLE = ("ann@example.org", "bo@example.org", "cy@example.org")


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    at: datetime = EDITING

    def __call__(self) -> datetime:
        return self.at


def sit_down(folder: Path, clock: Callable[[], datetime], editor: str = "ann") -> Workspace:
    return open_workspace(folder, now=clock, environ={"CURATOR_EDITOR": editor}, busy_seconds=5)


def make(folder: Path) -> None:
    """Two feeds pulled (documents 1 and 2 of the north, 3 and 4 of the isles) and three members."""
    empty_workspace(folder)
    with sit_down(folder, Clock()) as workspace:
        for slug in ("north", "isles"):
            pull(workspace, [slug])
        subscribe(workspace, *PEOPLE)


def subscribe(workspace: Workspace, *addresses: str) -> None:
    workspace.library.people.put([Subscriber(address, lists=("members",)) for address in addresses])


def everything(workspace: Workspace) -> list[Filed]:
    """All documents, oldest id first."""
    return sorted(triage.find(workspace, limit=0), key=lambda filed: filed.id)


def add_document(workspace: Workspace, what: str) -> Filed:
    """What is added by hand, without what is attached to it."""
    return add_documents(workspace, what)[0]


def speak_french(folder: Path) -> None:
    """Give the workspace templates of its own, an Update in French among them."""
    shutil.copytree(packaged_templates(), folder / "templates", dirs_exist_ok=True)
    told = folder / "templates" / "update" / "digest.toml"
    told.write_text(told.read_text("utf-8").replace('language     = "en"', 'language     = "fr"'), "utf-8")


def drafted(workspace: Workspace) -> Edition:
    """The Update of 1 October with all four documents."""
    triage.decide(workspace, everything(workspace), "kept")
    return introduce(workspace, draft(workspace, "update").id, "Good morning.")


def sealed(workspace: Workspace) -> Edition:
    return seal(workspace, drafted(workspace).id)


@dataclass
class Postman:
    """A mailer that notes whom it mailed. It answers as told for an address, once for each answer in a list; an
    exception is raised. `knows` are the message ids whose fate it can tell."""

    answers: dict[str, Receipt | BaseException | list[Receipt | BaseException]] = field(default_factory=dict)
    knows: dict[str, Literal["sent", "pending"]] = field(default_factory=dict)
    mailed: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open."""

    def send(self, message: bytes, sender: str, to: str) -> Receipt:
        answer = self.answers.get(to, Receipt("sent", "taken"))
        if isinstance(answer, list):
            answer = answer.pop(0) if answer else Receipt("sent", "taken")
        if isinstance(answer, BaseException):
            raise answer
        if answer.fate in ("sent", "unknown"):
            self.mailed.append(to)
            self.messages.append(message)
        return answer

    def fate(self, message_id: str) -> Literal["sent", "pending"] | None:
        return self.knows.get(message_id)


def fates(workspace: Workspace, name: str = "update-1") -> dict[str, str]:
    return {line.address: line.fate for line in workspace.library.deliveries.of(name)}


def ids(filed: Sequence[Filed]) -> list[int]:
    return [one.id for one in filed]


def seal_as_before(desk: Workspace, name: str) -> None:
    """Make an edition's seal one of a curator whose seals covered the mail alone."""
    edition, frozen = desk.library.editions.get(name), desk.library.editions.frozen(name)
    assert edition.seal and frozen
    desk.library.editions.put(replace(edition, seal=replace(edition.seal, hash=seal_hash(*frozen))))
