"""archive: the site of what was mailed, written into a folder.

sealed editions ─frozen→ Kept ─site→ files ─write_site→ those that changed
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from curator.digest.forms.contents import Contents, bare
from curator.digest.wording import safe_link
from curator.errors import UsageError
from curator.models import Edition, Rendered
from curator.workflow.contents import contents, sealed_contents
from curator.workflow.locks import lock
from curator.workflow.packaged import packaged_templates
from curator.workflow.site_files import write_site
from curator.workflow.workspace import Workspace

if TYPE_CHECKING:
    from curator.archive.kept import Kept


@dataclass(frozen=True, slots=True)
class Archived:
    """The site in `folder`: how many editions and files it has, and what of them this run wrote and took away."""

    folder: Path
    editions: int
    files: int
    written: int
    removed: int


def archive(workspace: Workspace, folder: Path | None = None, *, with_sealed: bool = False, url: str = "") -> Archived:
    """Write the site of all sent editions, and of sealed ones `with_sealed`, into `folder`, else archive/ of the
    workspace. `url` is the address it will have, for its feeds.

    Raises UsageError for an address that is none and where a file not written by curator is in the way, LibraryError
    or TryLater where the folder cannot be written, TemplateFault."""
    from curator.archive.site import site
    from curator.digest.words import load_words

    to = folder or workspace.path / "archive"
    kept = list(_kept(workspace, with_sealed))
    folders = _templates(workspace)
    words = load_words("en", [workspace.templates / "_shared"], workspace.taxonomy.language)
    network, taxonomy = workspace.config.network, workspace.taxonomy
    files = list(site(kept, network, taxonomy, words, folders, url=_base(url)))
    with lock(workspace.path, "archive"):
        written, removed = write_site(to, files)
    return Archived(to, len(kept), len(files), written, removed)


def _kept(workspace: Workspace, with_sealed: bool) -> Iterator[Kept]:
    """Newest first."""
    from curator.archive.kept import Kept

    for edition in workspace.library.editions.all():
        if edition.status == "sent" or (with_sealed and edition.status == "sealed"):
            frozen = workspace.library.editions.frozen(edition.id)
            assert frozen
            yield Kept(edition, frozen[0], _contents(workspace, edition, frozen[0]))


def _contents(workspace: Workspace, edition: Edition, mail: Rendered) -> Contents:
    """What its seal keeps; of a seal older than such keeping what its documents say now, and nothing but its name and
    its mail where its digest is gone."""
    if kept := sealed_contents(workspace, edition.id):
        return kept
    if edition.digest in workspace.digests:
        return contents(workspace, edition, mail)
    return bare(edition, mail, workspace.config.network)


def _templates(workspace: Workspace) -> list[Path]:
    """Where the site's templates are looked for: each may be the workspace's own."""
    own = workspace.templates / "_archive"
    packaged = packaged_templates() / "_archive"
    return [own, packaged] if own.is_dir() and own != packaged else [packaged]


def _base(url: str) -> str:
    """The site's address with a slash at its end."""
    if not url:
        return ""
    parts = urlsplit(safe_link(url))
    if parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise UsageError(f"“{url}” is no address of a site. Write it as https://example.org/archive/.")
    return safe_link(url).rstrip("/") + "/"
