"""A theme across the network's countries: what the archive has of each, where there is nothing, how each stands.

kept documents, summaries ─archive→ Archive ─brief→ Briefing → briefing's template, `curator matrix`
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from curator.clean import plain_text
from curator.digest.briefing import YEARS, Archive, Briefing, brief
from curator.errors import UsageError
from curator.models import COMPARED, Comparison, Covered, Edition
from curator.workflow.summaries import annexes
from curator.workflow.workspace import Workspace


def archive(workspace: Workspace, topic: str, until: date, since: date | None = None) -> Archive:
    """What was kept on a theme and published in the two years up to `until` (or from `since` on), and the summaries on
    it. Raises ConfigError where one of these has faults."""
    first = since or _years_before(until)
    kept = (one for one in workspace.library.coverage.kept() if topic in one.themes)
    found = tuple(one for one in kept if first <= one.on <= until)
    return Archive(first, until, found, annexes(workspace, topic))


def matrix(workspace: Workspace, theme: str, since: date | None = None) -> tuple[str, tuple[Covered, ...], Briefing]:
    """The theme's slug, what was kept on it up to today, and that by country. Raises UsageError for an unknown theme or
    a `since` that is to come."""
    slug, today = workspace.taxonomy.theme(theme).slug, workspace.today()
    if since and since > today:
        raise UsageError(f"--since {since} is to come. Give a day up to today, {today}.")
    known = archive(workspace, slug, today, since)
    members = workspace.config.network.countries
    return slug, tuple(reversed(known.documents)), brief(known, (), members, workspace.taxonomy)


def compare(workspace: Workspace, name: str, country: str, **said: str | None) -> Edition:
    """Say in a draft how a country stands on its topic: its `law`, `policy`, `practice`, `data`. None leaves a field
    alone, '' empties it. One act. Raises UsageError for an unknown country or an edition without a topic."""
    from curator.workflow.edition import edit, find

    code = workspace.taxonomy.country(country).code
    if find(workspace, name).topic is None:
        raise UsageError(f"{name} has no topic on which countries could be compared.")
    if code not in workspace.config.network.countries:
        raise UsageError(f"{code} is no country of the network; a briefing has no place for it.")
    words = {field: plain_text(text) for field, text in said.items() if text is not None}
    return edit(workspace, name, "compare", _with(code, lambda before: replace(before, **words)))


def comparison(edition: Edition, country: str) -> Comparison:
    """How a country stands in an edition; all fields '' where nothing is said."""
    return next((one for one in edition.comparisons if one.country == country), Comparison(country))


def _with(code: str, change: Callable[[Comparison], Comparison]) -> Callable[[Edition], Edition]:
    def changed(edition: Edition) -> Edition:
        others = [one for one in edition.comparisons if one.country != code]
        now = change(comparison(edition, code))
        kept = [*others, now] if any(now.fields) else others
        return replace(edition, comparisons=tuple(sorted(kept, key=lambda one: one.country)))

    return changed


def as_text(one: Comparison) -> str:
    """A comparison as an editor writes it: a line for each field, `Law: …`."""
    return "\n".join(f"{name.title()}: {text}".rstrip() for name, text in zip(COMPARED, one.fields, strict=True))


def from_text(text: str) -> dict[str, str]:
    """The fields of such a text; a line without a name belongs to the field above it. Raises UsageError where none is
    above it."""
    found = dict.fromkeys(COMPARED, "")
    open_: str | None = None
    for line in text.splitlines():
        name, colon, words = line.partition(":")
        if colon and name.strip().lower() in found:
            open_, line = name.strip().lower(), words
        if open_ is None and line.strip():
            raise UsageError(
                f"“{line.strip()[:40]}” belongs to no field. Begin a line with Law:, Policy:, Practice: or Data:."
            )
        if open_ is not None:
            found[open_] = f"{found[open_]} {line.strip()}".strip()
    return found


def _years_before(day: date) -> date:
    """The same day YEARS before; the 28th where that year has no 29 February."""
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:
        return day.replace(year=day.year - YEARS, day=28)
