"""Certificates: what was checked of a mail, kept at its seal."""

from __future__ import annotations

from curator.models import Certificate, Rendered
from curator.workflow import edition as editions
from curator.workflow.seals import certified
from curator.workflow.workspace import Workspace


def certificate(workspace: Workspace, name: str, mail: Rendered | None = None) -> Certificate:
    """The one kept at the seal; for a draft the one that sealing it now would keep, of `mail` where it is rendered
    already. Raises TemplateFault where it cannot be rendered."""
    edition = workspace.library.editions.get(name)
    kept = workspace.library.certificates.of(name)
    return kept or certified(mail or editions.rendered(workspace, edition), workspace.now())
