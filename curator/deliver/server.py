"""The mail server as `[mail] smtp` names it: `smtp://[user@]host[:port]` or `smtps://…`."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

import msgspec

from curator.clean import plain_line
from curator.errors import MailError

PASSWORD = "CURATOR_SMTP_PASSWORD"
_WANTED = "write smtp://[user@]host[:port], smtps://[user@]host[:port] or file: under [mail] smtp in feeds.toml"


class Server(msgspec.Struct, frozen=True):
    """Where to hand mails over. `tls` is TLS from the first byte (`smtps`); STARTTLS is the connection's affair."""

    host: str
    port: int
    user: str = ""
    tls: bool = False

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def local(self) -> bool:
        """Whether what is said to it never leaves this machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def password_in(self, environ: Mapping[str, str]) -> str:
        """The password for `user`, "" where there is no user. Raises MailError where it is missing."""
        password = environ.get(PASSWORD, "") if self.user else ""
        if self.user and not password:
            raise MailError(f"The mail server {self} is to be used as {self.user}: put the password into {PASSWORD}.")
        return password


def parse_server(url: str) -> Server:
    """The server of an address like `smtps://news%40example.org@mail.example.org`; ports default to 25 (587 with a
    user, RFC 6409) and 465 (RFC 8314). Raises MailError."""
    shown = plain_line(url, 80)
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise MailError(f"“{shown}” is no address of a mail server: {_WANTED}.") from None
    if parts.scheme not in ("smtp", "smtps") or not host or port == 0 or parts.path.strip("/") or parts.query:
        raise MailError(f"“{shown}” is no address of a mail server: {_WANTED}.")
    if parts.password is not None:
        where = f"{parts.scheme}://{parts.username}@{host}"
        raise MailError(f"A password does not belong into feeds.toml: write {where} and put it into {PASSWORD}.")
    user, tls = unquote(parts.username or ""), parts.scheme == "smtps"
    return Server(host, port or (465 if tls else 587 if user else 25), user, tls)
