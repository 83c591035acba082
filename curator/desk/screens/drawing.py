"""What the clerk draws of an edition: its rows, then its text and what the check finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace
from textual.message import Message

from curator.desk.widgets.choices import Choice
from curator.desk.widgets.outline_list import Listed, OutlineRow
from curator.desk.widgets.words import counted
from curator.digest.definitions import Digest
from curator.digest.meter import meter
from curator.digest.outline import Outline, OutlineGroup, OutlineSection, Seat
from curator.errors import SealError, TemplateFault
from curator.models import Edition, Finding, SendReport
from curator.workflow import edition as editions
from curator.workflow.carried import seen_before
from curator.workflow.check import look_over
from curator.workflow.send import Mailed, dry_run, recipients
from curator.workflow.stood import marks
from curator.workflow.workspace import Workspace


@dataclass
class Drawn(Message):
    """An edition as it stands. `go_to` is the document the cursor belongs on, `said` what to say, `seen` where
    documents were seen before, `stood` in which edition countries stood as they do."""

    edition: Edition
    outline: Outline
    to: tuple[str, int]
    go_to: int | None = None
    said: str = ""
    seen: Mapping[int, Sequence[str]] = field(default_factory=dict)
    stood: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Checked(Message):
    """Its text and findings; `text` is the fault where a template has one; `size` is the HTML's, in bytes."""

    edition: Edition
    text: str
    size: int
    findings: list[Finding]

    @property
    def grave(self) -> int:
        """How many of the findings keep it from being sealed."""
        return sum(1 for one in self.findings if one.level == "error")


@dataclass
class Asked(Message):
    """So many links of the edition were asked, and so many of them are dead."""

    links: int
    dead: int


class AskOver(Message):
    """However it ended."""


@dataclass
class Sought(Message):
    """The editor wants to see what a finding is about."""

    finding: Finding


@dataclass
class EditionsFound(Message):
    """All editions; `opened` is one to open at once."""

    editions: list[Listed]
    opened: str = ""


@dataclass
class Written(Message):
    """A file to look at in the browser."""

    address: str
    shown: str


class Ready(msgspec.Struct, frozen=True):
    """A sealed edition may go: so many of the list `to` wait for it."""

    edition: Edition
    to: str
    waiting: int
    already: int


@dataclass
class Sending(Message):
    """How far a send is."""

    mailed: Mailed


@dataclass
class Sent(Message):
    report: SendReport


class SendOver(Message):
    """However it ended."""


def draw(workspace: Workspace, name: str, go_to: int | None = None, said: str = "") -> Drawn:
    edition = editions.find(workspace, name)
    outline, seen = editions.outline(workspace, edition), seen_before(workspace, edition)
    stood = marks(workspace, edition)
    return Drawn(edition, outline, recipients(workspace, edition), go_to, said, seen, stood)


def check(workspace: Workspace, edition: Edition) -> Checked:
    looked = look_over(workspace, edition.id)
    if isinstance(mail := looked.mail, TemplateFault):
        return Checked(edition, f"{mail.title}.\n\n{mail.message}", 0, looked.findings)
    return Checked(edition, f"{mail.subject}\n\n{mail.text}", len(mail.html.encode()), looked.findings)


def ready(workspace: Workspace, name: str) -> Ready:
    """Raises SealError where it may not be sent as it stands."""
    edition = editions.find(workspace, name)
    if edition.status == "draft":
        raise SealError(f"{name} is not sealed; S seals it.")
    if edition.status == "sent":
        raise SealError(f"{name} has been sent already.")
    report = dry_run(workspace, name)
    return Ready(edition, recipients(workspace, edition)[0], report.pending, report.already)


def all_editions(workspace: Workspace, opened: str = "") -> EditionsFound:
    return EditionsFound([_listed(workspace, one) for one in editions.editions(workspace)], opened)


def _listed(workspace: Workspace, edition: Edition) -> Listed:
    name = workspace.digests[edition.digest].name if edition.digest in workspace.digests else edition.digest
    day = f"{edition.date.day} {edition.date:%b %Y}"
    return Listed(edition.id, name, day, edition.status, len(edition.placements), edition.subject)


# ---------------------------------------------------------------- rows


def rows_of(
    outline: Outline, folded: Set[str], seen: Mapping[int, Sequence[str]], stood: Mapping[str, str]
) -> list[OutlineRow]:
    """What is seen of an edition when the sections and groups of `folded` are shut; `seen` is where documents were
    seen before, `stood` in which edition countries stood as they do."""
    rows = [row for section in outline.sections for row in _section_rows(section, folded, stood)]
    if outline.unplaced:
        rows.append(OutlineRow("note", "", "In no section of the digest: not mailed"))
        rows += [_seat_row(seat) for seat in outline.unplaced]
    return [_marked(row, seen.get(row.document or 0, ())) for row in rows]


def keys_of(outline: Outline) -> set[str]:
    """Everything that folds."""
    return {section.slug for section in outline.sections}


def _section_rows(section: OutlineSection, folded: Set[str], stood: Mapping[str, str]) -> Iterable[OutlineRow]:
    shut = section.slug in folded
    yield OutlineRow("section", section.slug, section.label, section.count, folded=shut)
    if not shut:
        for group in section.groups:
            yield from _group_rows(section, group, folded, stood.get(group.key, ""))


def _group_rows(section: OutlineSection, group: OutlineGroup, folded: Set[str], stood: str) -> Iterable[OutlineRow]:
    key = f"{section.slug}/{group.key}"
    shut = key in folded
    if group.label:
        mark = "  ".join(each for each in (stood, str(len(group.seats) or "nothing found")) if each)
        yield OutlineRow("group", key, group.label, len(group.seats), folded=shut, mark=mark)
    if not shut:
        yield from map(_seat_row, group.seats)


def _seat_row(seat: Seat) -> OutlineRow:
    mark = ("w" if seat.own_words else "b" if seat.by_editor else " ") + ("p" if seat.by_hand else " ")
    return OutlineRow("seat", str(seat.document), seat.title, document=seat.document, mark=mark)


def _marked(row: OutlineRow, seen: Sequence[str]) -> OutlineRow:
    """Where readers saw it last, before the other marks."""
    return replace(row, mark=f"{seen[0]}  {row.mark}") if seen else row


def landing(edition: Edition, row: OutlineRow, over: OutlineRow) -> tuple[str, str, int] | None:
    """Section, group and rank of a document let go over another row: the place of the document there, the head of a
    group, or its own group's place in a section. None where it would stand as it stands."""
    seats = {seat.document: seat for seat in edition.placements}
    held = seats.get(row.document or 0)
    if held is None:
        return None
    if over.document is not None and (other := seats.get(over.document)):
        goal = other.section, other.group, other.rank
    elif over.kind == "group":
        section, _, group = over.key.partition("/")
        goal = section, group, 1
    elif over.kind == "section":
        goal = over.key, held.group, 1
    else:
        return None
    return None if goal == (held.section, held.group, held.rank) else goal


def place_choices(workspace: Workspace, edition: Edition, digest: Digest, section: str) -> list[Choice]:
    """Every section with every group a document could stand in; the section it is in first."""
    choices = []
    groups = [(group, _group_label(workspace, digest, group)) for group in _groups(workspace, edition, digest)]
    for one in sorted(digest.sections, key=lambda each: each.slug != section):
        for group, label in groups:
            choices.append(Choice(f"{one.slug}/{group}", f"{one.label} › {label}" if label else one.label, words=group))
    return choices


def _groups(workspace: Workspace, edition: Edition, digest: Digest) -> list[str]:
    """Every heading a document could stand under."""
    taxonomy, members = workspace.taxonomy, workspace.config.network.countries
    inside = {placement.group for placement in edition.placements}
    others = sorted(inside - set(members) - set(taxonomy.organisations) - {""})
    every = {
        "country": [*members, *others, *taxonomy.organisations],
        "audience": [*taxonomy.audiences],
        "none": [],
    }
    return [*every[digest.group_by], ""]


def _group_label(workspace: Workspace, digest: Digest, group: str) -> str:
    if not group:
        return "International" if digest.group_by == "country" else ""
    if digest.group_by == "audience":
        return workspace.taxonomy.audience(group).label
    organisation = workspace.taxonomy.organisations.get(group)
    return organisation.label if organisation else workspace.taxonomy.country_label(group)


def found_words(checked: Checked) -> str:
    """`61 KB of 90 ███████░░░ 2 findings, 1 in the way ▲`."""
    found = counted(len(checked.findings), "finding") if checked.findings else "nothing found"
    return f"{meter(checked.size)} {found}" + (f", {checked.grave} in the way ▲" if checked.grave else "")


def sending_in_words(mailed: Mailed, asked_to_pause: bool) -> str:
    """`120 sent, 2 refused, 378 left · 9/s · s pauses`."""
    words = [f"{mailed.sent:,} sent"] + [f"{mailed.failed:,} refused"] * bool(mailed.failed)
    rate = f" · {mailed.rate:,.0f}/s" if mailed.rate >= 1 else ""
    return f"{', '.join(words)}, {mailed.left:,} left{rate} · {'pausing …' if asked_to_pause else 's pauses'}"


def sent_in_words(report: SendReport) -> str:
    """A report of a send in a sentence or two."""
    words = [f"{report.sent:,} sent"]
    words += [f"{report.already:,} had it already"] * bool(report.already)
    words += [f"{report.failed:,} refused"] * bool(report.failed)
    words += [f"{report.pending:,} still to go"] * bool(report.pending)
    words += [f"the fate of {report.unknown:,} is not known"] * bool(report.unknown)
    refused = [f"{one.address}: {one.detail}" for one in report.problems[:3]]
    return ", ".join(words) + "." + "".join(f"\n\n{line}" for line in refused)
