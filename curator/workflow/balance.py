"""Silence and balance, before sealing: who has had nothing for long, whose feeds bring nothing, what tips over.

All of it is notes: the editor decides what an edition holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from curator.clean import plain_line
from curator.digest.words import in_sentence
from curator.models import Edition, Feed, Filed, Finding, Health
from curator.workflow.silence import Silence, silence
from curator.workflow.workspace import Workspace

SILENT = 4
"""Editions without anything of a member, this one among them, that are worth a word."""
HEAVY = 0.6
"""Share of an edition's documents from which two countries outweigh the others."""
_FEWEST = 8  # documents of countries; in fewer, two countries are easily most of it
LOOKED_BACK = 6
"""Mailed editions, beside this one, in which a theme should have come up."""
_NAMED = 6


def balance(workspace: Workspace, edition: Edition, filed: Mapping[int, Filed]) -> list[Finding]:
    """For a digest that groups by country and is about no one theme; nothing for others, and for what is sent."""
    digest = workspace.digest(edition.digest)
    if digest.group_by != "country" or digest.topic or edition.status == "sent" or not edition.placements:
        return []
    here = Counter(seat.group for seat in edition.placements if seat.group in workspace.taxonomy.countries)
    silent = silence(workspace, digest.slug)
    return [
        *_silent(workspace, edition, silent, here),
        *_ill(workspace, edition, silent),
        *_heavy(workspace, edition, here),
        *_themes(workspace, edition, filed),
    ]


def _silent(
    workspace: Workspace, edition: Edition, members: Sequence[Silence], here: Mapping[str, int]
) -> Iterator[Finding]:
    for one in members:
        missed = one.last.missed + 1
        if here.get(one.country) or missed < SILENT or edition.status != "draft":
            continue
        country = workspace.taxonomy.country_label(one.country)
        named = in_sentence(country)
        if one.last.number is None:
            message = f"There has never been anything from {named}, this being edition {missed} without."
        else:
            message = f"Nothing from {named} for {missed} editions, this one included (last: no. {one.last.number})."
        yield Finding("note", "silence", message, f"{edition.id}, {country}")


def _ill(workspace: Workspace, edition: Edition, members: Sequence[Silence]) -> Iterator[Finding]:
    """Members all of whose feeds are ill, so that nothing of theirs can come; what has moved is still read."""
    for one in members:
        ill = [(feed, health) for feed, health in one.ill if health.condition != "moved"]
        if one.feeds and len(ill) == one.feeds:
            country = workspace.taxonomy.country_label(one.country)
            whose = "Its only feed is" if one.feeds == 1 else f"All its {one.feeds} feeds are"
            message = f"{whose} ill{_since(workspace, ill)}: {_reason(ill[0])}."
            yield Finding("note", "ill-feeds", message, f"{edition.id}, {country}")


def _since(workspace: Workspace, ill: Sequence[tuple[Feed, Health]]) -> str:
    """For how many days all of them have been; '' where one does not say, or since today."""
    begun = [health.since for _, health in ill if health.since]
    days = (workspace.now() - max(begun)).days if len(begun) == len(ill) else 0
    return f" for {days} day{'s' if days != 1 else ''}" if days else ""


def _reason(ill: tuple[Feed, Health]) -> str:
    feed, health = ill
    return f"{feed.slug} ({health.condition}): {plain_line(health.reason or '', 120)}"


def _heavy(workspace: Workspace, edition: Edition, here: Counter[str]) -> Iterator[Finding]:
    total, first = here.total(), here.most_common(2)
    most = sum(count for _, count in first)
    if total >= _FEWEST and len(workspace.config.network.countries) > 3 and most >= HEAVY * total:
        whose = " and ".join(in_sentence(workspace.taxonomy.country_label(code)) for code, _ in first)
        number = "two countries" if len(first) == 2 else "one country"
        message = f"{round(100 * most / total)} % of it ({most} of {total} documents) is from {number}: {whose}."
        yield Finding("note", "balance", message, edition.id)


def _themes(workspace: Workspace, edition: Edition, filed: Mapping[int, Filed]) -> Iterator[Finding]:
    seats = workspace.library.coverage.mailed(edition.digest)
    numbers = sorted({seat.number for seat in seats if seat.number < edition.number})[-LOOKED_BACK:]
    if len(numbers) < LOOKED_BACK:
        return
    seen = {theme for seat in seats if seat.number in numbers for theme in seat.covered.themes}
    seen |= {theme for each in filed.values() for theme in each.review.themes}
    never = [theme.label for theme in workspace.taxonomy.themes.values() if theme.slug not in seen]
    if never:
        more = f" and {len(never) - _NAMED} more" if len(never) > _NAMED else ""
        message = (
            f"Nothing in it, nor in the {LOOKED_BACK} editions before, is about: {', '.join(never[:_NAMED])}{more}."
        )
        yield Finding("note", "themes", message, edition.id)
