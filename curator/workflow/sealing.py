"""Editions checked, sealed and unsealed: exactly these words to exactly these people."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from curator.digest.forms.contents import encoded
from curator.errors import SealError, TemplateFault
from curator.models import Edition, Finding, Rendered, Seal
from curator.workflow.carried import used_elsewhere
from curator.workflow.contents import contents
from curator.workflow.holding import begun, broken, damaged
from curator.workflow.locks import lock
from curator.workflow.looking import rendered
from curator.workflow.rendering import filed_of
from curator.workflow.seals import blocked, certified, seal_hash
from curator.workflow.workspace import Workspace


class Looked(msgspec.Struct, frozen=True):
    """What was looked at, the mail that readers got or would get, or the fault of its templates; and what was found."""

    findings: list[Finding]
    mail: Rendered | TemplateFault


def check(workspace: Workspace, name: str) -> list[Finding]:
    """Every finding with its place; an `error` blocks the seal, or says that it no longer holds."""
    return look(workspace, name).findings


def look(workspace: Workspace, name: str) -> Looked:
    """As `check`, with the mail: it is rendered once."""
    edition = workspace.library.editions.get(name)
    looked = _look(workspace, edition)
    why = _torn(workspace, edition, looked.mail) if edition.seal else None
    torn = [Finding("error", "seal-broken", f"Its seal is broken: {why}.", name)] if why else []
    return replace(looked, findings=torn + looked.findings)


def _torn(workspace: Workspace, edition: Edition, mail: Rendered | TemplateFault) -> str | None:
    """Why a seal does not hold; once its mails go, what would be mailed now matters no more."""
    whole = edition.status == "sealed" and not begun(workspace, edition)
    return broken(workspace, edition, mail) if whole else damaged(workspace, edition)


def _look(workspace: Workspace, edition: Edition) -> Looked:
    from curator.digest.check import check as check_now

    digest = workspace.digest(edition.digest)
    try:
        mail: Rendered | TemplateFault = rendered(workspace, edition)
    except TemplateFault as fault:
        mail = fault
    findings = check_now(
        edition,
        filed_of(workspace, edition),
        mail,
        digest,
        workspace.config.network,
        workspace.taxonomy,
        recipients=len(workspace.library.people.addresses(digest.mailing_list)),
        others_used=used_elsewhere(workspace, edition, digest),
    )
    return Looked(findings, mail)


def seal(workspace: Workspace, name: str) -> Edition:
    """Approve an edition: exactly these words to exactly these people. Raises SealError when the check blocks it."""
    library = workspace.library
    with library.write():
        edition = library.editions.draft(name)
        looked = _look(workspace, edition)
        if blocking := [one for one in looked.findings if one.level == "error"]:
            raise SealError(blocked(name, blocking))
        if isinstance(result := looked.mail, TemplateFault):
            raise result
        addresses = library.people.addresses(workspace.digest(edition.digest).mailing_list)
        said = encoded(contents(workspace, edition, result))
        approval = Seal(seal_hash(result, addresses, said), workspace.editor, workspace.now())
        library.editions.put(replace(edition, status="sealed", subject=result.subject, seal=approval))
        library.editions.freeze(name, result, addresses)
        library.certificates.keep(name, certified(result, approval.at))
        library.contents.keep(name, said)
        _note(workspace, "seal", name, approval)
    return library.editions.get(name)


def unseal(workspace: Workspace, name: str) -> Edition:
    """Take the approval back. Raises SealError when there is none, or the edition has been sent; TryLater while it is
    being sent. Who has a mail of it already gets no second one."""
    library = workspace.library
    with lock(workspace.path, "send"), library.write():
        edition = library.editions.get(name)
        if edition.status == "sent":
            raise SealError(f"{name} has been sent and is frozen.")
        if edition.seal is None:
            raise SealError(f"{name} is not sealed; there is nothing to take back.")
        library.editions.put(replace(edition, status="draft", seal=None))
        library.editions.thaw(name)
        _leave_in_doubt(workspace, name)
        _note(workspace, "unseal", name, edition.seal)
    return library.editions.get(name)


def _leave_in_doubt(workspace: Workspace, name: str) -> None:
    """What an interrupted send left `sending` was of the old seal; under a new one no mailer could find it."""
    for line in workspace.library.deliveries.of(name):
        if line.fate == "sending":
            detail = "its send was interrupted, then the seal was taken back"
            workspace.library.deliveries.settle(name, line.address, "unknown", workspace.now(), detail)


def _note(workspace: Workspace, verb: str, name: str, approval: Seal) -> None:
    workspace.library.journal.append(
        verb,
        workspace.editor,
        workspace.now(),
        [(f"edition:{name}", None, {"seal": approval.hash, "by": approval.by})],
        undoable=False,
    )
