"""People: subscribers in and out as CSV, and the lists they are on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
from msgspec.structs import replace

from curator.deliver.address import parse_address
from curator.deliver.people import decode_csv, read_subscribers, write_subscribers
from curator.errors import ConfigError, UsageError
from curator.models import Subscriber
from curator.workflow.workspace import Workspace


def lists(workspace: Workspace) -> dict[str, int]:
    """How many are on each mailing list, those of the digests included even when empty."""
    named = {digest.mailing_list: 0 for digest in workspace.digests.values()}
    return {**named, **workspace.library.people.lists()}


class Size(msgspec.Struct, frozen=True):
    """For how many on its mailing list an edition was approved: an erased person is counted as they were then."""

    edition: str
    on: date
    subscribers: int


def growth(workspace: Workspace) -> dict[str, list[Size]]:
    """How large each mailing list was at each sealed edition, oldest first. Nothing else says who came when."""
    found: dict[str, list[Size]] = {}
    for name, edition, on, count in workspace.library.editions.sizes():
        found.setdefault(name, []).append(Size(edition, on, count))
    return found


def import_subscribers(workspace: Workspace, path: Path) -> tuple[int, int]:
    """Take a CSV over, all or nothing; answers (new, changed). Raises ConfigError with every bad line."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}). Name a CSV file with a header line.") from error
    subscribers, faults = read_subscribers(decode_csv(data))
    if faults:
        raise ConfigError(path, faults)
    return workspace.library.people.put(subscribers)


def subscribers(workspace: Workspace, mailing_list: str | None = None) -> list[Subscriber]:
    """Everyone, or those on one list, by address."""
    return workspace.library.people.subscribers(mailing_list)


def export_subscribers(workspace: Workspace, mailing_list: str | None = None) -> str:
    """Everyone, or one list, as the CSV that `import_subscribers` reads."""
    return write_subscribers(workspace.library.people.subscribers(mailing_list))


def add_subscriber(workspace: Workspace, address: str, names: tuple[str, ...], *, name: str = "") -> Subscriber:
    """Put one person on lists, beside those they are on. Raises UsageError for a bad address."""
    checked = parse_address(address)
    people = workspace.library.people
    known = people.find(checked) or Subscriber(checked)
    merged = replace(known, name=name or known.name, lists=tuple(sorted({*known.lists, *names})))
    people.put([merged])
    return merged


def erase_subscriber(workspace: Workspace, address: str) -> None:
    """Forget a person; the ledger keeps only that somebody was mailed."""
    checked = parse_address(address)
    with workspace.library.write():
        workspace.library.people.erase(checked)
        workspace.library.deliveries.erase(checked, workspace.now())
