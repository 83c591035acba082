"""Drafts: made, refreshed, and arranged by the editor's hand; each act one that undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from msgspec.structs import replace

from curator.digest import edition as arranging
from curator.digest.definitions import Digest
from curator.digest.schedule import next_date
from curator.errors import SealError, TemplateFault, UsageError
from curator.models import Edition
from curator.workflow.carried import carried_to, fill
from curator.workflow.families import alone_in
from curator.workflow.rendering import subject_line
from curator.workflow.stood import take_over
from curator.workflow.triage import query
from curator.workflow.workspace import Workspace


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
