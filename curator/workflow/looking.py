"""Editions looked at: in reading order, as readers get them, and written into files."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import msgspec
from msgspec.structs import replace

from curator.digest.groups import group_order
from curator.errors import LibraryError
from curator.models import Edition, Placement, Rendered
from curator.workflow.holding import begun
from curator.workflow.rendering import render
from curator.workflow.workspace import Workspace


def editions(workspace: Workspace) -> list[Edition]:
    """All of them, newest first, each in reading order."""
    return [in_reading_order(workspace, one) for one in workspace.library.editions.all()]


def find(workspace: Workspace, name: str) -> Edition:
    """Raises UsageError when there is no such edition."""
    return workspace.library.editions.get(name)


def in_reading_order(workspace: Workspace, edition: Edition) -> Edition:
    """The same with its placements as they will be mailed, those in no section last; as they are stored where the
    digest is gone."""
    digest = workspace.digests.get(edition.digest)
    if digest is None:
        return edition
    sections = {section.slug: place for place, section in enumerate(digest.sections)}

    def in_place(seat: Placement) -> tuple[int, tuple[int, int, str], int]:
        order = group_order(seat.group, workspace.config.network, workspace.taxonomy)
        return sections.get(seat.section, len(sections)), order, seat.rank

    return replace(edition, placements=tuple(sorted(edition.placements, key=in_place)))


def rendered(workspace: Workspace, edition: Edition) -> Rendered:
    """What readers got or get, once a mail of it has gone; otherwise what they would get now."""
    gone = edition.status == "sent" or begun(workspace, edition)
    frozen = workspace.library.editions.frozen(edition.id) if gone else None
    return frozen[0] if frozen else render(workspace, edition)


def approved(workspace: Workspace, edition: Edition) -> Rendered:
    """What a sealed edition stands for, whatever has changed since; of a draft what readers would get now."""
    frozen = workspace.library.editions.frozen(edition.id) if edition.seal else None
    return frozen[0] if frozen else render(workspace, edition)


class Preview(msgspec.Struct, frozen=True):
    """The files written; `size` is that of the whole message in bytes."""

    html: Path
    text: Path
    eml: Path
    size: int


def preview(workspace: Workspace, name: str, out: Path | None = None) -> Preview:
    """Write edition.html, edition.txt and edition.eml into `out`, else editions/<id>/ of the workspace: once sealed the
    bytes that were approved."""
    edition = workspace.library.editions.get(name)
    result = approved(workspace, edition)
    message = message_for(workspace, edition, result)
    folder = out or workspace.path / "editions" / name
    written = Preview(folder / "edition.html", folder / "edition.txt", folder / "edition.eml", len(message))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written.html.write_text(result.html, encoding="utf-8", newline="\n")
        written.text.write_text(result.text, encoding="utf-8", newline="\n")
        written.eml.write_bytes(message)
    except OSError as error:
        raise LibraryError(f"{folder} cannot be written ({error.strerror}). Name another folder with --out.") from error
    return written


def message_for(workspace: Workspace, edition: Edition, result: Rendered, at: datetime | None = None) -> bytes:
    """The whole message, addressed to nobody in particular yet; dated `at`, else when it was or will be sent."""
    from curator.deliver.address import parse_mailbox
    from curator.digest.message import build_message

    head = result.headers
    due_at = datetime.combine(edition.date, time(7), workspace.config.network.zone)
    domain = parse_mailbox(head["From"])[1].partition("@")[2]
    return build_message(
        result,
        sender=head["From"],
        to=f"subscribers@{domain}",
        message_id=f"<{edition.id}.preview@{domain}>",
        date=at or edition.sent_at or due_at,
        list_id=head["List-Id"],
        unsubscribe=head["List-Unsubscribe"],
        reply_to=head.get("Reply-To", ""),
    ).as_bytes()
