"""Whether a seal holds: what is kept beside it is what was approved, and what would be mailed now is the same."""

from __future__ import annotations

from curator.errors import SealError, TemplateFault
from curator.models import Edition, Rendered
from curator.workflow.rendering import render
from curator.workflow.seals import altered, differences, list_change, seal_hash
from curator.workflow.workspace import Workspace


def begun(workspace: Workspace, edition: Edition) -> bool:
    """Whether a mail of this seal has gone, or may have; from then on the rest get the same bytes."""
    if edition.seal is None:
        return False
    lines = workspace.library.deliveries.of(edition.id)
    return any(line.at >= edition.seal.at and line.fate in ("sending", "sent", "unknown") for line in lines)


def broken(workspace: Workspace, edition: Edition, now: Rendered | TemplateFault | None = None) -> str | None:
    """Why the seal does not hold any more, in words; None while it holds. `now` is the mail as its templates give it
    now, where it is at hand, or their fault."""
    frozen = workspace.library.editions.frozen(edition.id)
    if edition.seal is None or frozen is None:
        return "it is not sealed"
    sealed, sealed_to = frozen
    if why := damaged(workspace, edition):
        return why
    now = now or _now(workspace, edition)
    if isinstance(now, TemplateFault):
        return f"its template no longer renders ({now.message})"
    to = tuple(workspace.library.people.addresses(now.mailing_list))
    if seal_hash(now, to) == seal_hash(sealed, sealed_to):
        return None
    return "; ".join(differences(sealed, now)) or list_change(now.mailing_list, sealed_to, to) or "its seal is damaged"


def _now(workspace: Workspace, edition: Edition) -> Rendered | TemplateFault:
    try:
        return render(workspace, edition)
    except TemplateFault as fault:
        return fault


def damaged(workspace: Workspace, edition: Edition) -> str | None:
    """Why what is kept beside the seal is not what was approved; None while it is."""
    frozen = workspace.library.editions.frozen(edition.id)
    if edition.seal is None or frozen is None:
        return "it is not sealed"
    library = workspace.library
    kept = library.contents.of(edition.id) or ""
    return altered(edition.seal, *frozen, library.certificates.of(edition.id), kept)


def held(workspace: Workspace, edition: Edition) -> None:
    """Raises SealError where what is kept beside a seal is not what was approved: no form may be made from it."""
    if edition.status != "draft" and (why := damaged(workspace, edition)):
        raise SealError(f"The seal of {edition.id} is broken: {why}. Bring curator.db back from a backup.")
