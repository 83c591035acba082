"""How countries stood in earlier editions on a topic: what a new draft takes over, and what still stands as it did.

The draft proposes it as one act that undo takes back; until the editor changes a word, it is said to be from then."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from curator.models import Edition, Finding
from curator.workflow.carried import earlier
from curator.workflow.workspace import Workspace

CODE = "as-before"


def take_over(workspace: Workspace, fresh: Edition) -> None:
    """Have a new draft say of each country of the network what the last edition on its topic said."""
    members = workspace.config.network.countries
    last = next((one for one in _on_topic(workspace, fresh) if one.comparisons), None)
    found = tuple(each for each in last.comparisons if each.country in members) if last else ()
    if found:
        workspace.library.edit(
            fresh.id,
            lambda one: replace(one, comparisons=found),
            verb="take over comparisons",
            by=workspace.editor,
            at=workspace.now(),
        )


def stood_before(workspace: Workspace, edition: Edition) -> dict[str, Edition]:
    """For each country that stands in it word for word as in the last edition that said how: the edition in which that
    was new."""
    found: dict[str, Edition] = {}
    open_ = {each.country: each for each in edition.comparisons}
    for one in _on_topic(workspace, edition) if open_ else ():
        said = {each.country: each for each in one.comparisons}
        open_ = {country: each for country, each in open_.items() if said.get(country, each) == each}
        found |= {country: one for country in open_ if country in said}
    return found


def marks(workspace: Workspace, edition: Edition) -> dict[str, str]:
    """The same in words, by country: `as in no. 2`."""
    return {country: f"as in no. {one.number}" for country, one in stood_before(workspace, edition).items()}


def stale(workspace: Workspace, edition: Edition) -> Iterator[Finding]:
    """A warning that names such countries, by the edition that said so: what a law or a figure was then may not be so
    now. When one of them is written anew, what was accepted of the others is asked again."""
    found: dict[int, tuple[Edition, list[str]]] = {}
    stood = stood_before(workspace, edition)
    for country in (code for code in workspace.config.network.countries if code in stood):
        found.setdefault(stood[country].number, (stood[country], []))[1].append(country)
    for number, (one, countries) in sorted(found.items()):
        labels = [workspace.taxonomy.country_label(code) for code in countries]
        said = f"{labels[0]} stands" if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]} stand"
        day = f"{one.date.day} {one.date:%B %Y}"
        message = f"{said} as in no. {number} of {day}; see whether it holds, or accept it."
        yield Finding(
            "warning", CODE, message, f"{edition.id}, comparison of {', '.join(countries)}, as in no. {number}"
        )


def _on_topic(workspace: Workspace, edition: Edition) -> list[Edition]:
    return earlier(workspace, edition) if edition.topic else []
