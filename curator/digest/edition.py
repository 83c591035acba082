"""What stands where in an edition: filling it, and the editor's hand in it. Pure: each function gives a new one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from msgspec.structs import replace

from curator.config import Network
from curator.digest.definitions import Digest
from curator.digest.groups import group_order, seat_group, section_for
from curator.digest.notice import by_date
from curator.digest.outline import Outline, OutlineGroup, OutlineSection, Seat, outline, publisher_names
from curator.digest.wording import newest_first
from curator.models import Edition, Filed, OwnWords, Placement
from curator.taxonomy import Taxonomy

__all__ = [
    "Outline",
    "OutlineGroup",
    "OutlineSection",
    "Seat",
    "arrange",
    "carry",
    "leave_out",
    "move",
    "outline",
    "pin",
    "place",
    "proposed",
    "publisher_names",
    "word",
]

Desk = tuple[str, str]
"""Section and group."""


def arrange(
    edition: Edition,
    filed: Sequence[Filed],
    digest: Digest,
    network: Network,
    taxonomy: Taxonomy,
    first: Container[int] = (),
) -> Edition:
    """The edition filled with `filed`, without what the editor left out or carried over.

    What the editor placed by hand stays where it is, rank and all, even when it is no longer among `filed`; the
    rest is placed anew, those of `first` before the others, newest first; notices by their dates. A document no section
    takes is placed in section '' for the check to name. Where a relative of a document is placed by hand, that one
    stands for the family; where the editor left one out or carried it over, its family stays out."""
    pinned = {each.document: each for each in edition.placements if each.by_hand and digest.section(each.section)}
    out = {*edition.left_out, *edition.carried}
    taken = out | pinned.keys()
    seats: dict[Desk, list[int]] = {}
    every = {each.id: each for each in filed}.values()
    for each in sorted(every, key=lambda each: _order(each, digest, first)):
        if taken.isdisjoint((each.id, *each.document.family)):
            seats.setdefault(_desk(each, digest, network, taxonomy), []).append(each.id)
    for placement in sorted(pinned.values(), key=lambda each: (each.rank, each.document)):
        if placement.document not in out:
            seats.setdefault((placement.section, placement.group), []).insert(placement.rank - 1, placement.document)
    slugs = [section.slug for section in digest.sections]
    ordered = sorted(seats, key=lambda desk: (_index(desk[0], slugs), group_order(desk[1], network, taxonomy)))
    placements = (each for desk in ordered for each in _ranked(desk, seats[desk], pinned))
    return replace(edition, placements=tuple(placements))


def proposed(earlier: Iterable[Edition]) -> set[int]:
    """What was carried over out of `earlier` editions, newest first, and no later one of them has seen to."""
    seen: set[int] = set()
    found: set[int] = set()
    for each in earlier:
        found |= set(each.carried) - seen
        seen |= {*each.carried, *each.left_out, *(seat.document for seat in each.placements)}
    return found


def _order(each: Filed, digest: Digest, first: Container[int]) -> tuple[object, ...]:
    return (by_date(each) if digest.notices else each.id not in first, newest_first(each))


def _desk(filed: Filed, digest: Digest, network: Network, taxonomy: Taxonomy) -> Desk:
    section = section_for(filed, digest, network, taxonomy)
    return section, seat_group(filed, digest, network, taxonomy)


def _index(slug: str, slugs: Sequence[str]) -> int:
    return slugs.index(slug) if slug in slugs else len(slugs)


def _ranked(desk: Desk, documents: Iterable[int], by_hand: Iterable[int]) -> list[Placement]:
    return [Placement(each, *desk, rank, each in by_hand) for rank, each in enumerate(documents, start=1)]


# ---------------------------------------------------------------- the editor's hand


def move(edition: Edition, document: int, by: int) -> Edition:
    """The document `by` places further down its group (up where negative), as far as the group goes."""
    placement = _placement(edition, document)
    if placement is None:
        return edition
    order = [each.document for each in _within(edition, (placement.section, placement.group))]
    at = order.index(document)
    to = max(0, min(len(order) - 1, at + by))
    order.insert(to, order.pop(at))
    return edition if at == to else _reseat(edition, (placement.section, placement.group), order, document)


def place(edition: Edition, document: int, section: str, group: str, rank: int | None = None) -> Edition:
    """The document in that section and group, at `rank` from 1 or at the end; taken out of `left_out` and `carried`
    if it was there."""
    without = _unseated(edition, document)
    left_out, carried = _without(without.left_out, document), _without(without.carried, document)
    without = replace(without, left_out=left_out, carried=carried)
    order = [each.document for each in _within(without, (section, group))]
    order.insert(len(order) if rank is None else max(rank - 1, 0), document)
    return _reseat(without, (section, group), order, document)


def leave_out(edition: Edition, document: int) -> Edition:
    """The edition without the document, which a refresh will not bring back; `place` does."""
    left_out = (*_without(edition.left_out, document), document)
    return replace(_unseated(edition, document), left_out=left_out, carried=_without(edition.carried, document))


def carry(edition: Edition, document: int) -> Edition:
    """The edition without the document, which is kept for the next one of the digest; `place` brings it back."""
    carried = (*_without(edition.carried, document), document)
    return replace(_unseated(edition, document), carried=carried, left_out=_without(edition.left_out, document))


def pin(edition: Edition, document: int, pinned: bool) -> Edition:
    """The document's place kept by a refresh, as one given by hand is, or left to it again."""
    seats = (replace(each, by_hand=pinned) if each.document == document else each for each in edition.placements)
    return replace(edition, placements=tuple(seats))


def word(edition: Edition, own: OwnWords) -> Edition:
    """What the edition says of a document in words of its own; with neither title nor blurb, no more."""
    others = [each for each in edition.words if each.document != own.document]
    words = [*others, own] if own.title or own.blurb else others
    return replace(edition, words=tuple(sorted(words, key=lambda each: each.document)))


def _without(documents: Iterable[int], document: int) -> tuple[int, ...]:
    return tuple(each for each in documents if each != document)


def _unseated(edition: Edition, document: int) -> Edition:
    """The edition with the document's seat closed up."""
    placement = _placement(edition, document)
    if placement is None:
        return edition
    desk = placement.section, placement.group
    order = [each.document for each in _within(edition, desk) if each.document != document]
    kept = tuple(each for each in edition.placements if each.document != document)
    return _reseat(replace(edition, placements=kept), desk, order)


def _placement(edition: Edition, document: int) -> Placement | None:
    return next((each for each in edition.placements if each.document == document), None)


def _within(edition: Edition, desk: Desk) -> list[Placement]:
    seats = (each for each in edition.placements if (each.section, each.group) == desk)
    return sorted(seats, key=lambda each: (each.rank, each.document))


def _reseat(edition: Edition, desk: Desk, order: Sequence[int], moved: int | None = None) -> Edition:
    """The group in this order, standing where its first placement stood, or last of all where it is new."""
    by_hand = {each.document for each in edition.placements if each.by_hand} | {moved}
    seats = _ranked(desk, order, [each for each in by_hand if each is not None])
    others = [each for each in edition.placements if (each.section, each.group) != desk]
    first = (index for index, each in enumerate(edition.placements) if (each.section, each.group) == desk)
    at = next(first, len(others))
    return replace(edition, placements=(*others[:at], *seats, *others[at:]))
