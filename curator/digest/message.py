"""A rendered edition as the message that carries it: multipart/alternative, plain text first, format=flowed. Pure.

No `Auto-Submitted`: an editor approved every word (RFC 3834 means it for what no person asked to be sent), and
`List-Id` and `List-Unsubscribe` already tell holiday repliers to keep still. The boundary comes from the content, so
that the same edition gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from hashlib import sha256
from typing import Any, cast

from curator.clean import plain_line
from curator.errors import UsageError
from curator.models import Rendered

_HEADER = r"(?im)^{name}:[^\r\n]*(?:\r\n[ \t][^\r\n]*)*\r\n"
_MSG_ID = re.compile(r"<[^\s<>@]+@[^\s<>@]+>")
_LONGEST_LINE = 900


class _Verbatim(UniqueUnstructuredHeader):
    """A header of ASCII words that must not be broken or encoded: addresses in angle brackets."""

    def fold(self, *, policy: object) -> str:
        return f"{cast('Any', self).name}: {self}\r\n"


def _policy() -> EmailPolicy[EmailMessage]:
    registry = HeaderRegistry()
    for name in ("list-id", "list-unsubscribe", "list-unsubscribe-post", "message-id"):
        registry.map_to_type(name, cast("Any", _Verbatim))
    return SMTP.clone(header_factory=registry)


POLICY = _policy()


def build_message(
    rendered: Rendered,
    *,
    sender: str,
    to: str,
    message_id: str,
    date: datetime,
    list_id: str | None = None,
    unsubscribe: str | None = None,
    reply_to: str = "",
) -> EmailMessage:
    """The message to one address. Line ends and control characters are cleaned out of every header.

    `sender`, `to` and `reply_to` are addresses with or without a name; `message_id` is `<…@…>`; `list_id` as in
    `IIMHL Update <members.example.org>`; `unsubscribe` a mailto or https address (`context.unsubscribe_link`).
    UsageError for what is no address."""
    message = EmailMessage(POLICY)
    message["From"] = _address(sender)
    message["To"] = _address(to)
    if reply_to:
        message["Reply-To"] = _address(reply_to)
    message["Subject"] = plain_line(rendered.subject)
    message["Date"] = format_datetime(date)
    message["Message-ID"] = _message_id(message_id)
    for name, value in _list_headers(list_id, unsubscribe):
        message[name] = value
    message["MIME-Version"] = "1.0"
    _set_bodies(message, rendered)
    return message


def build_notice(subject: str, text: str, *, sender: str, to: str, message_id: str, date: datetime) -> EmailMessage:
    """A mail that curator writes by itself to one person: plain text, and marked so that no holiday reply comes
    (RFC 3834). Arguments and errors as for `build_message`."""
    message = EmailMessage(POLICY)
    message["From"] = _address(sender)
    message["To"] = _address(to)
    message["Subject"] = plain_line(subject)
    message["Date"] = format_datetime(date)
    message["Message-ID"] = _message_id(message_id)
    message["Auto-Submitted"] = "auto-generated"
    message["MIME-Version"] = "1.0"
    message.set_content(text, subtype="plain", charset="utf-8", cte=_encoding(text))
    return message


def personal(base: bytes, to: str, message_id: str) -> bytes:
    """`base`, as `build_message(…).as_bytes()`, readdressed: the same bytes with another `To` and `Message-ID`."""
    head, gap, body = base.partition(b"\r\n\r\n")
    lines = head.decode("ascii") + "\r\n"
    lines = _with_header(lines, "To", POLICY.header_factory("To", _address(to)).fold(policy=POLICY))
    lines = _with_header(lines, "Message-ID", f"Message-ID: {_message_id(message_id)}\r\n")
    return lines.removesuffix("\r\n").encode("ascii") + gap + body


def _with_header(lines: str, name: str, header: str) -> str:
    return re.sub(_HEADER.format(name=name), lambda _: header, lines, count=1)


# ---------------------------------------------------------------- headers


def _address(text: str) -> Address:
    line = plain_line(text)
    name, _, address = line[:-1].rpartition("<") if line.endswith(">") else ("", "", line)
    local, at, domain = address.strip().rpartition("@")
    try:
        domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        at = ""
    if not (local and at and domain) or " " in local + domain or not local.isascii():
        raise UsageError(f"“{plain_line(text, 80)}” is not a mail address curator can write to.")
    try:
        return Address(display_name=name.strip().strip('"').strip(), username=local, domain=domain)
    except (ValueError, IndexError) as error:
        raise UsageError(f"“{plain_line(text, 80)}” is not a mail address curator can write to.") from error


def _message_id(text: str) -> str:
    line = plain_line(text)
    if not (_MSG_ID.fullmatch(line) and line.isascii() and len(line) <= _LONGEST_LINE):
        raise UsageError(f"“{plain_line(text, 80)}” is not a message id; write it as <word@domain>.")
    return line


def _list_headers(list_id: str | None, unsubscribe: str | None) -> Sequence[tuple[str, str]]:
    """`List-Unsubscribe-Post` promises a page that unsubscribes without asking (RFC 8058), so only https gets it."""
    headers: list[tuple[str, str]] = []
    if list_id:
        headers.append(("List-Id", _ascii(list_id)))
    if unsubscribe:
        headers.append(("List-Unsubscribe", f"<{_ascii(unsubscribe).replace('>', '%3E')}>"))
        if unsubscribe.lower().startswith("https:"):
            headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return headers


def _ascii(text: str) -> str:
    return plain_line(text, _LONGEST_LINE).encode("ascii", "replace").decode("ascii")


# ---------------------------------------------------------------- bodies


def _set_bodies(message: EmailMessage, rendered: Rendered) -> None:
    text = _stuffed(rendered.text)
    message.set_content(text, subtype="plain", charset="utf-8", cte=_encoding(text), params={"format": "flowed"})
    message.add_alternative(rendered.html, subtype="html", charset="utf-8", cte=_encoding(rendered.html))
    content = "\0".join((rendered.subject, rendered.text, rendered.html))
    message.set_boundary(f"=_{sha256(content.encode()).hexdigest()[:32]}")


def _stuffed(text: str) -> str:
    """Plain text as format=flowed carries it (RFC 3676): a line that ends with a space flows into the next, which is
    where `wrap` broke a paragraph; a line that begins with a space or `From ` gets a space more, which the reader's
    program takes away. A line that begins with `>` is a quotation, as it is meant."""
    return "\n".join(f" {line}" if line.startswith((" ", "From ")) else line for line in text.split("\n"))


def _encoding(text: str) -> str:
    """Quoted-printable stays readable; base64 is shorter where most is not ASCII. Both keep lines short."""
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return "base64" if foreign * 4 > len(text) else "quoted-printable"
