"""Handing mails over: the `Mailer` protocol, its two kinds, addresses, subscriber files and the ledger's rules."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from curator.config import Mail
from curator.deliver.mailer import Mailer, Receipt

__all__ = ["Mailer", "Receipt", "mailer_for"]


def mailer_for(mail: Mail, workspace: Path, edition: str, environ: Mapping[str, str]) -> Mailer:
    """The mailer that `[mail] smtp` of `feeds.toml` names; connects to nothing yet. Raises MailError.

    The password comes from `CURATOR_SMTP_PASSWORD` in `environ` only.
    """
    if mail.smtp.strip() == "file:":
        from curator.deliver.files import FileMailer

        return FileMailer(workspace / "outbox", edition)
    from curator.deliver.server import parse_server
    from curator.deliver.smtp import SmtpMailer

    server = parse_server(mail.smtp)
    return SmtpMailer(server, server.password_in(environ))
