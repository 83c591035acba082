"""What an edition says, as its forms need it: from the library now, or as it was sealed."""

from __future__ import annotations

from curator.digest.forms.contents import Contents, decoded
from curator.digest.forms.writing import contents_of
from curator.digest.outline import publisher_names
from curator.models import Edition, Filed, Rendered
from curator.pull.identifiers import doi_of
from curator.workflow.rendering import archive_of, filed_of, outline
from curator.workflow.workspace import Workspace


def contents(workspace: Workspace, edition: Edition, rendered: Rendered) -> Contents:
    """From the library as it stands now. Raises UsageError where its digest is gone."""
    digest, filed = workspace.digest(edition.digest), filed_of(workspace, edition)
    drawn, names = outline(workspace, edition, filed), publisher_names(workspace.config.feeds)
    network, taxonomy = workspace.config.network, workspace.taxonomy
    known = archive_of(workspace, edition)
    return contents_of(edition, drawn, filed, digest, network, rendered, taxonomy, names, doi, known)


def sealed_contents(workspace: Workspace, name: str) -> Contents | None:
    """As it was sealed; None where it is not, or was before curator kept them."""
    kept = workspace.library.contents.of(name)
    return decoded(kept) if kept else None


def doi(filed: Filed) -> str:
    """That in its address, its guid or its title; '' where there is none, or more than one."""
    return doi_of(filed.document.link, filed.document.guid, filed.document.title)
