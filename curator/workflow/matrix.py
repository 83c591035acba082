"""A theme across the network's countries: what the archive has of each, where there is nothing, how each stands.

kept documents, summaries ─archive→ Archive ─brief→ Briefing → briefing's template, `curator matrix`
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from msgspec.structs import replace

from curator.digest.briefing import YEARS, Archive, Briefing, brief
from curator.digest.wording import published_on
from curator.errors import UsageError
from curator.models import Covered
from curator.workflow.summaries import annexes
from curator.workflow.workspace import Workspace


def archive(
    workspace: Workspace, topic: str, until: date, since: date | None = None, placed: Container[int] = ()
) -> Archive:
    """What was kept on a theme and published in the two years up to `until` (or from `since` on), and the summaries on
    it. What is `placed` in the edition counts however old it is, and the archive then begins with it: no country is a
    gap whose document stands below. Raises TemplateFault where a summary has a fault."""
    first = since or _years_before(until)
    kept = workspace.library.coverage.kept(topic)
    found = _as_mailed(workspace, [one for one in kept if first <= one.on <= until or one.document in placed])
    return Archive(min([first, *(one.on for one in found)]), until, found, annexes(workspace, topic))


def _as_mailed(workspace: Workspace, found: Sequence[Covered]) -> tuple[Covered, ...]:
    """With the days that mails give them: those of the network's calendar."""
    zone, numbers = workspace.config.network.zone, (one.document for one in found)
    days = {
        filed.id: published_on(filed.document, zone) for filed in workspace.library.documents.pick(numbers, texts=False)
    }
    return tuple(replace(one, on=days[one.document] or one.on) for one in found)


def matrix(workspace: Workspace, theme: str, since: date | None = None) -> tuple[str, tuple[Covered, ...], Briefing]:
    """The theme's slug, what was kept on it up to today, and that by country. Raises UsageError for an unknown theme or
    a `since` that is to come."""
    slug, today = workspace.taxonomy.theme(theme).slug, workspace.today()
    if since and since > today:
        raise UsageError(f"--since {since} is to come. Give a day up to today, {today}.")
    known = archive(workspace, slug, today, since)
    members = workspace.config.network.countries
    return slug, tuple(reversed(known.documents)), brief(known, (), members, workspace.taxonomy)


def _years_before(day: date) -> date:
    """The same day YEARS before; the 28th where that year has no 29 February."""
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:
        return day.replace(year=day.year - YEARS, day=28)
