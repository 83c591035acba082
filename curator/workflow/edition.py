"""Editions: draft, arrange by hand, preview, check, seal.

kept documents ─select, arrange→ draft ─render→ Rendered ─check→ findings ─seal→ sealed ─send→ sent
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from curator.deliver.address import parse_mailbox
from curator.digest import edition as arranging
from curator.digest.definitions import Digest
from curator.digest.groups import group_order
from curator.digest.schedule import next_date
from curator.errors import LibraryError, SealError, TemplateFault, UsageError
from curator.models import Edition, Finding, Placement, Rendered, Seal
from curator.workflow.carried import carried_to, fill, used_elsewhere
from curator.workflow.contents import keep
from curator.workflow.families import alone_in
from curator.workflow.holding import begun, broken, damaged
from curator.workflow.locks import lock
from curator.workflow.rendering import filed_of, outline, render, subject_line
from curator.workflow.seals import blocked, certified, seal_hash
from curator.workflow.stood import take_over
from curator.workflow.triage import query
from curator.workflow.workspace import Workspace

__all__ = [
    "Preview",
    "approved",
    "begun",
    "broken",
    "candidates",
    "check",
    "damaged",
    "draft",
    "edit",
    "editions",
    "filed_of",
    "find",
    "in_reading_order",
    "introduce",
    "key_messages",
    "leave_out",
    "message_for",
    "move",
    "next_day",
    "outline",
    "place",
    "preview",
    "render",
    "rendered",
    "seal",
    "seated",
    "unseal",
]

# ---------------------------------------------------------------- drafting


def draft(workspace: Workspace, slug: str, *, topic: str | None = None, on: date | None = None) -> Edition:
    """Select, group and number an edition; again on a draft refreshes it, keeping the editor's hand.

    Without `on` it is the oldest open draft, else a new one for the next day of the schedule, else for today. A draft
    whose day passed unsealed is moved to the next day, number, documents and all, so that nothing in it is lost.
    Raises UsageError for an unknown digest, topic, or a missing one; SealError when that day's edition is no draft.
    """
    digest = workspace.digest(slug)
    selection = digest.selection(_topic(workspace, digest, topic))
    library = workspace.library
    with library.write():
        existing = _existing(workspace, digest, topic, on)
        fresh = existing or _new(workspace, digest, topic, on)
        library.editions.put(replace(fresh, placements=()))  # its own seats do not count as used
        first = carried_to(workspace, fresh)
        filed = fill(workspace, fresh, digest, first, query(workspace, selection))
        filled = arranging.arrange(fresh, filed, digest, workspace.config.network, workspace.taxonomy, first)
        library.editions.put(fresh)
        if not existing:
            of = {"date": fresh.date.isoformat(), "topic": fresh.topic}
            drafted = [(f"edition:{fresh.id}", None, of)]
            library.journal.append("draft", workspace.editor, workspace.now(), drafted, undoable=False)
        library.edit(
            fresh.id, lambda _: filled, verb="refresh", by=workspace.editor, at=workspace.now(), undoable=bool(existing)
        )
        if not existing:
            take_over(workspace, fresh)
    return _with_subject(workspace, fresh.id)


def candidates(workspace: Workspace, slug: str) -> int:
    """How many documents a new edition of a digest without a topic would hold now."""
    return workspace.library.documents.count(query(workspace, workspace.digest(slug).selection()))


def _topic(workspace: Workspace, digest: Digest, topic: str | None) -> str | None:
    if topic is None:
        return None
    if not digest.topic:
        raise UsageError(f"“{digest.slug}” has no topic; leave --topic away.")
    return workspace.taxonomy.theme(topic).slug


def _existing(workspace: Workspace, digest: Digest, topic: str | None, on: date | None) -> Edition | None:
    """The draft that this call means; a sealed or sent one of the very day is refused."""
    editions = [one for one in workspace.library.editions.all(digest.slug) if one.topic == topic]
    if on is None:
        oldest = next((one for one in reversed(editions) if one.status == "draft"), None)
        return _not_past(workspace, digest, oldest) if oldest else None
    same_day = next((one for one in editions if one.date == on), None)
    if same_day and same_day.status != "draft":
        raise SealError(f"{same_day.id} of {on.isoformat()} is {same_day.status} and cannot be drafted again.")
    return same_day


def _not_past(workspace: Workspace, digest: Digest, edition: Edition) -> Edition:
    past = digest.schedule is not None and edition.date < workspace.today()
    return replace(edition, date=next_day(workspace, digest)) if past else edition


def _new(workspace: Workspace, digest: Digest, topic: str | None, on: date | None) -> Edition:
    number = workspace.library.editions.next_number(digest.slug, digest.first)
    day = on or next_day(workspace, digest)
    return Edition(id=f"{digest.slug}-{number}", digest=digest.slug, number=number, date=day, topic=topic)


def next_day(workspace: Workspace, digest: Digest) -> date:
    """The first scheduled day from today on that has no edition yet; today where there is no schedule."""
    taken = {one.date for one in workspace.library.editions.all(digest.slug)}
    day = next_date(digest.schedule, workspace.today()) if digest.schedule else None
    while day and digest.schedule and day in taken:
        day = next_date(digest.schedule, day + timedelta(days=1))
    return day or workspace.today()


def _with_subject(workspace: Workspace, name: str) -> Edition:
    """The edition with the subject line its template gives; '' as long as that has a fault."""
    edition = workspace.library.editions.get(name)
    try:
        subject = subject_line(workspace, edition)
    except TemplateFault:
        subject = ""
    if subject != edition.subject:
        with workspace.library.write():
            if (now := workspace.library.editions.get(name)).status == "draft":
                workspace.library.editions.put(replace(now, subject=subject))
    return workspace.library.editions.get(name)


# ---------------------------------------------------------------- the editor's hand


def edit(workspace: Workspace, name: str, verb: str, change: Callable[[Edition], Edition]) -> Edition:
    """Change a draft as one act that undo takes back. Raises SealError when it is no draft."""
    workspace.library.edit(name, change, verb=verb, by=workspace.editor, at=workspace.now())
    return _with_subject(workspace, name)


def introduce(workspace: Workspace, name: str, text: str) -> Edition:
    """Set the introduction (Markdown)."""
    return edit(workspace, name, "introduce", lambda edition: replace(edition, introduction=text.strip()))


def key_messages(workspace: Workspace, name: str, text: str) -> Edition:
    """Set the key messages (Markdown)."""
    return edit(workspace, name, "key messages", lambda edition: replace(edition, key_messages=text.strip()))


def move(workspace: Workspace, name: str, document: int, by: int) -> Edition:
    """Move a document `by` seats within its group; down is positive."""
    seated(workspace, name, document)
    return edit(workspace, name, "move", lambda edition: arranging.move(edition, document, by))


def place(workspace: Workspace, name: str, document: int, section: str, group: str, rank: int | None = None) -> Edition:
    """Seat a document by hand, at `rank` from 1 or last. Raises UsageError for a section the digest does not have."""
    edition = workspace.library.editions.get(name)
    digest = workspace.digest(edition.digest)
    if section not in {one.slug for one in digest.sections}:
        known = ", ".join(one.slug for one in digest.sections)
        raise UsageError(f"“{digest.slug}” has no section “{section}” (there: {known}).")
    seat = alone_in(workspace, edition, document)
    under = _group(workspace, digest, group)
    return edit(workspace, name, "place", lambda edition: arranging.place(edition, seat, section, under, rank))


def leave_out(workspace: Workspace, name: str, document: int) -> Edition:
    """Take a document out; a refresh does not bring it back."""
    seated(workspace, name, document)
    return edit(workspace, name, "leave out", lambda edition: arranging.leave_out(edition, document))


def seated(workspace: Workspace, name: str, *documents: int) -> None:
    """Raises UsageError for a document that has no seat in the edition."""
    there = {seat.document for seat in workspace.library.editions.get(name).placements}
    if (strange := next((one for one in documents if one not in there), None)) is not None:
        raise UsageError(f"Document {strange} is not in {name}. `curator edition {name}` shows what is.")


def _group(workspace: Workspace, digest: Digest, group: str) -> str:
    """The heading as the taxonomy spells it: an organisation's slug, a country's code, an audience's, '' for none."""
    if group and digest.group_by == "audience":
        return workspace.taxonomy.audience(group).slug
    if not group or workspace.taxonomy.organisation(group):
        return group
    return workspace.taxonomy.country(group).code


# ---------------------------------------------------------------- looking


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


@dataclass(frozen=True, slots=True)
class Preview:
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


# ---------------------------------------------------------------- check and seal


def check(workspace: Workspace, name: str) -> list[Finding]:
    """Every finding with its place; an `error` blocks the seal, or says that it no longer holds."""
    edition = workspace.library.editions.get(name)
    whole = edition.status == "sealed" and not begun(workspace, edition)
    why = (broken if whole else damaged)(workspace, edition) if edition.seal else None
    torn = [Finding("error", "seal-broken", f"Its seal is broken: {why}.", name)] if why else []
    return torn + _check(workspace, edition)


def _check(workspace: Workspace, edition: Edition) -> list[Finding]:
    from curator.digest.check import check as check_now

    digest = workspace.digest(edition.digest)
    try:
        result: Rendered | TemplateFault = rendered(workspace, edition)
    except TemplateFault as fault:
        result = fault
    return check_now(
        edition,
        filed_of(workspace, edition),
        result,
        digest,
        workspace.config.network,
        workspace.taxonomy,
        recipients=len(workspace.library.people.addresses(digest.mailing_list)),
        others_used=used_elsewhere(workspace, edition, digest),
    )


def seal(workspace: Workspace, name: str) -> Edition:
    """Approve an edition: exactly these words to exactly these people. Raises SealError when the check blocks it."""
    library = workspace.library
    with library.write():
        edition = library.editions.draft(name)
        if blocking := [one for one in _check(workspace, edition) if one.level == "error"]:
            raise SealError(blocked(name, blocking))
        result = render(workspace, edition)
        addresses = library.people.addresses(workspace.digest(edition.digest).mailing_list)
        approval = Seal(seal_hash(result, addresses), workspace.editor, workspace.now())
        library.editions.put(replace(edition, status="sealed", subject=result.subject, seal=approval))
        library.editions.freeze(name, result, addresses)
        keep(workspace, edition, result, certified(result, approval.at))
        _note(workspace, "seal", name, approval)
    return library.editions.get(name)


def unseal(workspace: Workspace, name: str) -> Edition:
    """Take the approval back. Raises SealError when there is none, or the edition has been sent; TryLater while it is
    being sent. Who has a mail of it already gets no second one."""
    library = workspace.library
    with lock(workspace.path, "send"), library.write():
        edition = library.editions.get(name)
        if edition.status == "sent":
            raise SealError(f"{name} has been sent and is frozen.")
        if edition.seal is None:
            raise SealError(f"{name} is not sealed; there is nothing to take back.")
        library.editions.put(replace(edition, status="draft", seal=None))
        library.editions.thaw(name)
        _leave_in_doubt(workspace, name)
        _note(workspace, "unseal", name, edition.seal)
    return library.editions.get(name)


def _leave_in_doubt(workspace: Workspace, name: str) -> None:
    """What an interrupted send left `sending` was of the old seal; under a new one no mailer could find it."""
    for line in workspace.library.deliveries.of(name):
        if line.fate == "sending":
            detail = "its send was interrupted, then the seal was taken back"
            workspace.library.deliveries.settle(name, line.address, "unknown", workspace.now(), detail)


def _note(workspace: Workspace, verb: str, name: str, approval: Seal) -> None:
    workspace.library.journal.append(
        verb,
        workspace.editor,
        workspace.now(),
        [(f"edition:{name}", None, {"seal": approval.hash, "by": approval.by})],
        undoable=False,
    )
