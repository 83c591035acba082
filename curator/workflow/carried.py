"""What an edition takes over from earlier ones: what editors carried over, and what is still fresh."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from curator.digest.definitions import Digest
from curator.digest.edition import proposed
from curator.models import Edition, Filed
from curator.query import Query
from curator.workflow.contents import sealed_contents
from curator.workflow.workspace import Workspace


def carried_to(workspace: Workspace, fresh: Edition) -> dict[int, Filed]:
    """What was carried over out of earlier editions of the digest (on the same topic), is kept still and has not been
    folded to another document, by id."""
    return _kept(workspace, proposed(earlier(workspace, fresh)))


def fill(workspace: Workspace, fresh: Edition, digest: Digest, first: Mapping[int, Filed], query: Query) -> list[Filed]:
    """What an edition is filled with: `first`, the documents of `query`, and, where the digest wants it, what earlier
    editions had and is still to come; without what is over on its day, unless the digest keeps it."""
    found = {filed.id: filed for filed in workspace.library.documents.find(query)}
    again = _kept(workspace, still_fresh(workspace, fresh)) if digest.bring_back else {}
    every = {**first, **found, **again}.values()
    zone = workspace.config.network.zone
    return [filed for filed in every if not (digest.drop_past and is_past(filed, fresh.date, zone))]


def still_fresh(workspace: Workspace, fresh: Edition) -> set[int]:
    """The documents of earlier editions of the digest (on the same topic) that start or close on the day of `fresh` or
    later; none that the editor left out of the last edition that knew it."""
    seen: set[int] = set()
    found: set[int] = set()
    for one in earlier(workspace, fresh):
        found |= {seat.document for seat in one.placements} - seen
        seen |= {*one.carried, *one.left_out, *(seat.document for seat in one.placements)}
    zone = workspace.config.network.zone
    picked = workspace.library.documents.pick(found, texts=False)
    return {filed.id for filed in picked if is_ahead(filed, fresh.date, zone)}


def is_ahead(filed: Filed, day: date, zone: ZoneInfo) -> bool:
    """Whether it starts or closes on `day` of the network's calendar or later."""
    moments = (filed.review.starts, filed.review.deadline)
    return any(moment is not None and moment.day_in(zone) >= day for moment in moments)


def is_past(filed: Filed, day: date, zone: ZoneInfo) -> bool:
    """Whether the editor gave it dates, and all of them lie before `day`."""
    days = [moment.day_in(zone) for moment in filed.review.dates.values()]
    return bool(days) and max(days) < day


def used_elsewhere(workspace: Workspace, edition: Edition, digest: Digest) -> set[int]:
    """The documents that stand in other editions of the digest and are not to stand in this one too."""
    used = workspace.library.editions.used(digest.slug, besides=edition.id)
    return used - still_fresh(workspace, edition) if digest.bring_back else used


def earlier(workspace: Workspace, fresh: Edition) -> list[Edition]:
    """The digest's editions on the same topic before this one, newest first."""
    editions = workspace.library.editions.all(fresh.digest)
    earlier = [one for one in editions if one.topic == fresh.topic and one.number < fresh.number]
    return sorted(earlier, key=lambda one: one.number, reverse=True)


def seen_before(workspace: Workspace, edition: Edition) -> dict[int, tuple[str, ...]]:
    """Where readers saw the documents of an edition before, by document, the latest first: `no. 214` of the same
    digest, `Make it so no. 3` of another."""
    found = workspace.library.editions.seen([seat.document for seat in edition.placements], edition)
    return {number: tuple(_named(workspace, edition, *one) for one in where) for number, where in found.items()}


def _named(workspace: Workspace, edition: Edition, digest: str, number: int) -> str:
    return f"no. {number}" if digest == edition.digest else f"{_name(workspace, digest, number)} no. {number}"


def _name(workspace: Workspace, digest: str, number: int) -> str:
    """As its digest.toml has it; as that edition was sealed with where the file is faulty or gone."""
    if known := workspace.digests.get(digest):
        return known.name
    kept = sealed_contents(workspace, f"{digest}-{number}")
    return kept.name if kept else digest


def _kept(workspace: Workspace, documents: Iterable[int]) -> dict[int, Filed]:
    picked = workspace.library.documents.pick(documents, texts=False)
    return {filed.id: filed for filed in picked if filed.review.decision == "kept" and filed.document.lead is None}
