"""archive: the site of what was mailed, written into a folder.

sealed editions ─frozen→ Kept ─site→ files ─write_site→ those that changed
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from curator.digest.forms.contents import Contents, bare
from curator.digest.wording import safe_link
from curator.errors import ConfigError, Fault, UsageError
from curator.models import Edition, Rendered
from curator.workflow.contents import contents, sealed_contents
from curator.workflow.holding import damaged
from curator.workflow.locks import lock
from curator.workflow.packaged import packaged_templates
from curator.workflow.site_files import write_site
from curator.workflow.workspace import Workspace

if TYPE_CHECKING:
    from curator.archive.kept import Kept
    from curator.digest.words import Words


class Archived(msgspec.Struct, frozen=True):
    """The site in `folder`: how many editions and files it has, what of them this run wrote and took away, and which
    language its frame speaks. `left_out` are editions of which what was approved is not in the library any more, by
    their id, each with why; their pages stay as an earlier run wrote them."""

    folder: Path
    editions: int
    files: int
    written: int
    removed: int
    language: str
    left_out: Mapping[str, str]


def archive(
    workspace: Workspace, folder: Path | None = None, *, with_sealed: bool = False, url: str = "", language: str = ""
) -> Archived:
    """Write the site of all sent editions, and of sealed ones `with_sealed`, into `folder`, else archive/ of the
    workspace. `url` is the address it will have, for its feeds; `language` is that of its frame, else the one that all
    its editions speak, else English.

    Raises UsageError for an address that is none and where a file not written by curator is in the way, ConfigError
    for a `language` without words for a frame and for faulty ones, LibraryError or TryLater where the folder cannot be
    written, TemplateFault."""
    from curator.archive.kept import edition_pages
    from curator.archive.site import site

    to = folder or workspace.path / "archive"
    shown = list(_shown(workspace, with_sealed))
    left_out = {one.id: why for one in shown if (why := damaged(workspace, one))}
    kept = [_kept(workspace, one) for one in shown if one.id not in left_out]
    folders = _templates(workspace)
    words = _words(workspace, language, kept)
    network, taxonomy = workspace.config.network, workspace.taxonomy
    files = list(site(kept, network, taxonomy, words, folders, url=_base(url)))
    with lock(workspace.path, "archive"):
        written, removed = write_site(to, files, staying={page for one in left_out for page in edition_pages(one)})
    return Archived(to, len(kept), len(files), written, removed, words.language, left_out)


def _words(workspace: Workspace, asked: str, kept: Sequence[Kept]) -> Words:
    """Those of the frame in the language `asked` for; else in that of the editions where it is one and has them all;
    else in English."""
    from curator.digest.words import DEFAULT, has_words, lacking, load_words

    shared, spoken = [workspace.templates / "_shared"], workspace.taxonomy.language
    if asked:
        words = load_words(asked, shared, spoken)
        if words.frame_lacks:
            mend = "Write these words there; docs/archive.md says how."
            raise ConfigError(words.file, [Fault("archive", f"lacks {lacking(words.frame_lacks)}", mend)])
        return words
    theirs = _spoken(kept)
    if has_words(theirs, shared):  # none where they went with the digest
        words = load_words(theirs, shared, spoken)
        if not words.frame_lacks:
            return words
    return load_words(DEFAULT, shared, spoken)


def _spoken(kept: Sequence[Kept]) -> str:
    """The language of all the editions, as the latest writes its code; '' where there are several, or none."""
    from curator.digest.words import primary_of

    said = [one.contents.language for one in kept]
    return said[0] if len(set(map(primary_of, said))) == 1 else ""


def _shown(workspace: Workspace, with_sealed: bool) -> Iterator[Edition]:
    """Newest first."""
    for edition in workspace.library.editions.all():
        if edition.status == "sent" or (with_sealed and edition.status == "sealed"):
            yield edition


def _kept(workspace: Workspace, edition: Edition) -> Kept:
    from curator.archive.kept import Kept

    frozen = workspace.library.editions.frozen(edition.id)
    assert frozen
    return Kept(edition, frozen[0], _contents(workspace, edition, frozen[0]))


def _contents(workspace: Workspace, edition: Edition, mail: Rendered) -> Contents:
    """What its seal keeps; of a seal older than such keeping what its documents say now, and nothing but its name and
    its mail where its digest is gone."""
    if kept := sealed_contents(workspace, edition.id):
        return kept
    if edition.digest in workspace.digests or edition.digest in workspace.faulty_digests:
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
