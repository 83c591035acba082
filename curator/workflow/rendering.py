"""An edition with its documents: as an outline, as the mail its templates give now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from curator.digest import edition as arranging
from curator.digest.briefing import Archive
from curator.digest.edition import Outline, publisher_names
from curator.models import Edition, Filed, Rendered
from curator.workflow.packaged import packaged_templates
from curator.workflow.workspace import Workspace

R = TypeVar("R")


def filed_of(workspace: Workspace, edition: Edition) -> dict[int, Filed]:
    """The documents of an edition, by id, without their texts, which no mail shows."""
    picked = workspace.library.documents.pick((seat.document for seat in edition.placements), texts=False)
    return {filed.id: filed for filed in picked}


def outline(workspace: Workspace, edition: Edition, filed: Mapping[int, Filed] | None = None) -> Outline:
    """Sections, groups and seats as they will be mailed; `filed` where its documents are at hand."""
    return arranging.outline(
        edition,
        filed_of(workspace, edition) if filed is None else filed,
        workspace.digest(edition.digest),
        workspace.config.network,
        workspace.taxonomy,
        publisher_names(workspace.config.feeds),
    )


def render(workspace: Workspace, edition: Edition) -> Rendered:
    """The edition as its templates give it now. Raises TemplateFault with template and line."""
    from curator.digest.render import render as render_now

    return _with_all(render_now, workspace, edition)


def subject_line(workspace: Workspace, edition: Edition) -> str:
    """Its subject as the digest gives it now. Raises TemplateFault."""
    from curator.digest.render import subject_line as subject_now

    return _with_all(subject_now, workspace, edition)


def _with_all(make: Callable[..., R], workspace: Workspace, edition: Edition) -> R:
    """What `make` gives of an edition and all that its words depend on."""
    return make(
        replace(edition, subject=""),  # the subject follows the template and the placements, not an earlier draft
        filed_of(workspace, edition),
        workspace.digest(edition.digest),
        workspace.config.network,
        workspace.taxonomy,
        workspace.templates,
        mail=workspace.config.mail,
        publishers=publisher_names(workspace.config.feeds),
        shared_dir=_shared(workspace.templates),
        archive=archive_of(workspace, edition),
    )


def archive_of(workspace: Workspace, edition: Edition) -> Archive | None:
    """What the archive has on an edition's topic; None where it has no topic. Raises TemplateFault where a summary on
    the topic has a fault."""
    if not edition.topic:
        return None
    from curator.workflow.matrix import archive  # not for a digest without a topic

    placed = [placement.document for placement in edition.placements]
    return archive(workspace, edition.topic, edition.date, placed=placed)


def _shared(templates: Path) -> Path:
    """What every digest inherits: the workspace's own, or what comes with curator."""
    own = templates / "_shared"
    return own if own.is_dir() else packaged_templates() / "_shared"
