"""Themes that were typed and are not there yet: each gets its group, stands in taxonomy.toml, and can be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from curator.desk.screens.base import DeskScreen
from curator.desk.screens.picker import Picked, pick
from curator.desk.screens.tagging import group_choices
from curator.desk.widgets.choices import NEW
from curator.taxonomy import Theme
from curator.workflow.themes import add_theme

Codes = tuple[str, ...]


def once_named(screen: DeskScreen, taken: Codes, then: Callable[[Codes], None]) -> None:
    """Ask for the group of each new theme among those taken, in turn, write it down, and call `then` with the codes of
    all. Where the editor leaves, nothing is taken at all, and what is written already stays written."""
    fresh = next((code for code in taken if code.startswith(NEW)), None)
    if fresh is None:
        then(taken)
        return
    label = fresh.removeprefix(NEW)

    def written(theme: Theme) -> None:
        screen.say(f"“{theme.label}” is a theme now; it stands in taxonomy.toml.")
        once_named(screen, _with(theme.slug, fresh, taken), then)

    def grouped(group: Picked) -> None:
        if group:
            screen.once_known(partial(add_theme, label=label, group=group[0]), written)

    pick(screen.app, f"To which group does “{label}” belong?", group_choices(screen.workspace.taxonomy), grouped)


def _with(slug: str, fresh: str, taken: Sequence[str]) -> Codes:
    return tuple(dict.fromkeys(slug if code == fresh else code for code in taken))
