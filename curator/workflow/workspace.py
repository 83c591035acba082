"""A workspace: the folder an editor owns, found, opened and made ready for the verbs."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from curator.config import FEEDS_FILE, Config, load_config
from curator.decode import did_you_mean
from curator.errors import ConfigError, UsageError
from curator.library import BUSY_SECONDS, Library
from curator.taxonomy import TAXONOMY_FILE, Taxonomy, default_taxonomy_path, load_taxonomy
from curator.workflow.packaged import packaged_templates

if TYPE_CHECKING:
    from curator.digest.definitions import Digest

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Workspace(msgspec.Struct, frozen=True, dict=True):
    """What every verb needs. `now` is the clock, `editor` who acts, `environ` where secrets and settings come from."""

    path: Path
    config: Config
    taxonomy: Taxonomy
    library: Library
    now: Clock = utc_now
    editor: str = "editor"
    environ: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def templates(self) -> Path:
        """The workspace's own templates, or those that come with curator."""
        own = self.path / "templates"
        return own if own.is_dir() else packaged_templates()

    @cached_property
    def _read(self) -> tuple[dict[str, Digest], dict[str, ConfigError]]:
        from curator.digest.definitions import load_digests  # not before a digest is asked for

        return load_digests(self.templates, self.taxonomy)

    @property
    def digests(self) -> dict[str, Digest]:
        """Those that can be used, by slug. Raises ConfigError where the folder of them cannot be read."""
        return self._read[0]

    @property
    def faulty_digests(self) -> dict[str, ConfigError]:
        """What is wrong with each of the others, by slug."""
        return self._read[1]

    def digest(self, slug: str) -> Digest:
        """Raises ConfigError with its faults where it has any, UsageError when there is no such digest."""
        if slug in self.faulty_digests:
            raise self.faulty_digests[slug]
        if slug not in self.digests:
            known = ", ".join(self.digests) or "none"
            hint = did_you_mean(slug, self.digests)
            raise UsageError(f"There is no digest “{slug}” in {self.templates} (there: {known}). {hint}".rstrip())
        return self.digests[slug]

    def today(self) -> date:
        """The day it is where the network is."""
        return self.now().astimezone(self.config.network.zone).date()

    def another(self) -> Workspace:
        """The same workspace with a connection of its own, for another thread. Close it there."""
        return open_workspace(self.path, now=self.now, environ=self.environ)

    def twin(self, busy_seconds: float = BUSY_SECONDS) -> Workspace:
        """As `another`, without reading the configuration anew. Close it in its thread."""
        return replace(self, library=Library(self.library.path, busy_seconds))

    def close(self) -> None:
        self.library.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def find_workspace(
    named: Path | None = None, *, environ: Mapping[str, str] = os.environ, here: Path | None = None
) -> Path:
    """The folder given, else CURATOR_WORKSPACE, else the nearest folder upwards that has a feeds.toml.

    Raises UsageError when there is none."""
    if named is None and environ.get("CURATOR_WORKSPACE"):
        named = Path(environ["CURATOR_WORKSPACE"])
    if named is not None:
        if not named.is_dir():
            raise UsageError(f"There is no folder {named}. `curator init {named}` makes a workspace there.")
        return named.resolve()
    start = (here or Path.cwd()).resolve()
    if (found := nearest_workspace(start)) is not None:
        return found
    raise UsageError(
        f"There is no feeds.toml in {start} or above it. Run `curator init` to make a workspace here, "
        "`curator demo` to see a sample one, or name a folder with --workspace."
    )


def nearest_workspace(start: Path) -> Path | None:
    """The folder itself, or the nearest above it, that has a feeds.toml."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / FEEDS_FILE).is_file()), None)


def open_workspace(
    path: Path,
    *,
    now: Clock = utc_now,
    environ: Mapping[str, str] = os.environ,
    busy_seconds: float = BUSY_SECONDS,
) -> Workspace:
    """Read the configuration, open the library, and let it follow feeds.toml. Close the workspace when done.
    A library that another program has locked is waited for as long as `busy_seconds`.

    Raises ConfigError with all faults of the first file that has any, LibraryError, TryLater."""
    taxonomy = taxonomy_of(path)
    config = load_config(path, taxonomy)
    library = Library(path / "curator.db", busy_seconds)
    try:
        library.feeds.follow(config.feeds)
    except BaseException:
        library.close()
        raise
    return Workspace(path, config, taxonomy, library, now, editor_name(environ), environ)


def taxonomy_of(path: Path) -> Taxonomy:
    """The workspace's own taxonomy, else the one that comes with curator. Raises ConfigError with all its faults."""
    own = path / TAXONOMY_FILE
    return load_taxonomy(own if own.exists() else default_taxonomy_path())


def editor_name(environ: Mapping[str, str]) -> str:
    """Who acts: CURATOR_EDITOR, else the login name."""
    if environ.get("CURATOR_EDITOR"):
        return environ["CURATOR_EDITOR"]
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "editor"
