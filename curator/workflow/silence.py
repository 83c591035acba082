"""Silence: what a member country has not had, for how many editions, and which of its feeds could bring nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from curator.digest.definitions import Digest
from curator.models import Feed, Health, Seated
from curator.workflow.feeds_check import feeds_with_health
from curator.workflow.workspace import Workspace


class LastSeat(msgspec.Struct, frozen=True):
    """Number and date of the last edition in which there was something; `missed` editions went out since. Both None
    where there never was anything: then `missed` counts every edition."""

    number: int | None
    on: date | None
    missed: int


class Silence(msgspec.Struct, frozen=True):
    """One member country in one digest: at all, and by section. `ill` are those of its `feeds` that are ill."""

    country: str
    digest: str
    last: LastSeat
    sections: tuple[tuple[str, LastSeat], ...]
    feeds: int
    ill: tuple[tuple[Feed, Health], ...]


def silence(workspace: Workspace, digest: str | None = None) -> list[Silence]:
    """Every member country in the network's order, for `digest` or for each that groups by country and is about no one
    theme. Sealed and sent editions count. Raises UsageError for an unknown digest."""
    if digest:
        chosen = [workspace.digest(digest)]
    else:
        chosen = [one for one in workspace.digests.values() if one.group_by == "country" and not one.topic]
    checked = feeds_with_health(workspace)
    feeds = {
        code: [(feed, health) for feed, _, health in checked if feed.country == code and not feed.retired]
        for code in workspace.config.network.countries
    }
    editions = workspace.library.coverage.editions()
    seats = workspace.library.coverage.mailed(chosen[0].slug if digest else None)
    return [_silence(one, code, feeds[code], editions, seats) for one in chosen for code in feeds]


def _silence(
    digest: Digest,
    code: str,
    feeds: Sequence[tuple[Feed, Health]],
    editions: Iterable[tuple[str, int, date]],
    seats: Iterable[Seated],
) -> Silence:
    mailed = {number: on for slug, number, on in editions if slug == digest.slug}
    own = [seat for seat in seats if seat.digest == digest.slug and concerns(seat, code)]
    sections = (
        (section.slug, _last((seat for seat in own if seat.section == section.slug), mailed))
        for section in digest.sections
    )
    ill = tuple((feed, health) for feed, health in feeds if health.ill)
    return Silence(code, digest.slug, _last(own, mailed), tuple(sections), len(feeds), ill)


def concerns(seat: Seated, code: str) -> bool:
    """Whether readers found it under this country, or, where the section has no countries, could have."""
    return seat.group == code or (not seat.group and code in seat.covered.countries)


def _last(seats: Iterable[Seated], mailed: dict[int, date]) -> LastSeat:
    numbers = [seat.number for seat in seats]
    if not numbers:
        return LastSeat(None, None, len(mailed))
    last = max(numbers)
    return LastSeat(last, mailed[last], sum(number > last for number in mailed))
