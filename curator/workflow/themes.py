"""A theme that the vocabulary does not have yet, written into the workspace's taxonomy.toml.

A workspace without one gets one that has all of curator's vocabulary and the new theme. The text is added to, never
rewritten, so that comments and all else stay.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from curator.clean import plain_line, slugify
from curator.errors import ConfigError, Fault, UsageError
from curator.taxonomy import EXTENDED, TAXONOMY_FILE, Taxonomy, Theme, known_as
from curator.toml_file import read_toml
from curator.workflow.locks import lock
from curator.workflow.replace import replace_file
from curator.workflow.workspace import Workspace, taxonomy_of

LONGEST = 60
"""Characters of a theme's name: it stands in rows, grids and mails."""
_WAIT = 10.0  # seconds for another curator to finish with the file
_BEGUN = f"""\
# What this workspace has beyond curator's own vocabulary; docs/configuration.md explains every key.

version = 1
extends = "{EXTENDED}"
"""


def add_theme(workspace: Workspace, label: str, group: str) -> Theme:
    """Write a theme into taxonomy.toml under a group (slug or label) and have the workspace know it at once; its label
    is also the word by which it is suggested. One that another has just written so is taken as it stands.

    Raises UsageError for a label that is empty, too long, without a letter or taken, or for no such group; ConfigError
    where the file is unsound, LibraryError or TryLater where it cannot be written."""
    named = _named(label)
    with lock(workspace.path, "taxonomy", wait=_WAIT):
        now = taxonomy_of(workspace.path)
        theme = Theme(
            slug=_free_slug(named, now), group=_group(now, group), label=named, keywords=(named.lower().rstrip("*"),)
        )
        if (known := known_as(now.themes, named)) is None:
            _append(workspace.path / TAXONOMY_FILE, theme)
        elif known.slug in workspace.taxonomy.themes:
            raise UsageError(f"There is a theme “{known.label}” already ({known.slug}).")
    workspace.taxonomy.learn(known or theme)
    return known or theme


def catch_up(workspace: Workspace) -> None:
    """Know the themes that others have written into taxonomy.toml, or said otherwise, since it was read; what was taken
    out of it is known until the next start. Raises ConfigError where the file is unsound."""
    for slug, theme in taxonomy_of(workspace.path).themes.items():
        if workspace.taxonomy.themes.get(slug) != theme:
            workspace.taxonomy.learn(theme)


def _named(label: str) -> str:
    named = plain_line(label)
    if not any(sign.isalnum() for sign in named):
        raise UsageError("Give the theme a name.")
    if len(named) > LONGEST:
        raise UsageError(f"A theme's name has {LONGEST} characters at most; this one has {len(named)}.")
    return named


def _group(taxonomy: Taxonomy, asked: str) -> str:
    if (group := known_as(taxonomy.groups, asked)) is not None:
        return group.slug
    known = ", ".join(taxonomy.groups) or "none; write one into taxonomy.toml as [[groups]]"
    raise UsageError(f"There is no group “{plain_line(asked, 60)}”. Known: {known}.")


def _free_slug(label: str, taxonomy: Taxonomy) -> str:
    """Of the label's letters; a number behind it where it is taken, or alone where there are none of a to z."""
    made = slugify(label)
    base = "theme" if made == "x" else made
    numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taxonomy.themes) + 2))
    return next(slug for slug in numbered if slug not in taxonomy.themes)


def _append(shown: Path, theme: Theme) -> None:
    path = Path(os.path.realpath(shown))
    before = path.read_bytes().decode("utf-8-sig").rstrip() + "\n" if path.exists() else _BEGUN
    after = f"{before}\n{_block(theme)}"
    try:
        tomllib.loads(after)
    except tomllib.TOMLDecodeError as error:
        read_toml(path)  # raises ConfigError with the line for what was no TOML before
        raise ConfigError(shown, [Fault("themes", "is not written as [[themes]] blocks", "Write it so.")]) from error
    replace_file(path, after.encode())


def _block(theme: Theme) -> str:
    import tomlkit

    said = {"slug": theme.slug, "group": theme.group, "label": theme.label, "keywords": list(theme.keywords)}
    return "[[themes]]\n" + "".join(f"{key} = {tomlkit.item(value).as_string()}\n" for key, value in said.items())
