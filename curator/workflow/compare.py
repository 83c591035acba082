"""How countries stand on an edition's topic: law, policy, practice, data, in the editor's words."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from curator.clean import plain_line, plain_text
from curator.errors import UsageError
from curator.models import COMPARED, Comparison, Edition
from curator.workflow.drafting import edit
from curator.workflow.looking import find
from curator.workflow.words import Spot
from curator.workflow.workspace import Workspace

FIELDS = "Law: what it says on the topic. Policy: what is meant. Practice: what is done. Data: what is counted."
"""What beside the four fields tells an editor what belongs there."""


def compare(workspace: Workspace, name: str, country: str, **said: str | None) -> Edition:
    """Say in a draft how a country stands on its topic: its `law`, `policy`, `practice`, `data`. None leaves a field
    alone, '' empties it. One act. Raises UsageError for an unknown country or an edition without a topic."""
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


def compared_in(name: str, country: str) -> Spot:
    """Where a comparison is written, as `as_text` has it."""

    def read(workspace: Workspace) -> str:
        return as_text(comparison(workspace.library.editions.get(name), country))

    return Spot(f"edition:{name}", "comparisons", read)


def as_text(one: Comparison) -> str:
    """A comparison as an editor writes it: a line for each field, `Law: …`."""
    return "\n".join(f"{name.title()}: {text}".rstrip() for name, text in one.by_field.items())


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
                f"“{plain_line(line, 40)}” belongs to no field. Begin a line with Law:, Policy:, Practice: or Data:."
            )
        if open_ is not None:
            found[open_] = f"{found[open_]} {line.strip()}".strip()
    return found
