"""One mail as it travels, and a server's answer as it is read. Pure."""

from __future__ import annotations

import msgspec

from curator.clean import plain_line
from curator.deliver.address import parse_address, parse_mailbox
from curator.deliver.mailer import Receipt
from curator.errors import MailError, UsageError

WORDS = 300  # characters of the server's words that are kept


class Letter(msgspec.Struct, frozen=True):
    """`content` is as it travels: CRLF, dots stuffed, closed by its dot; `size` is before the stuffing."""

    sender: str
    to: str
    content: bytes
    size: int
    utf8: bool
    eight_bit: bool

    @classmethod
    def of(cls, message: bytes, sender: str, to: str) -> Letter:
        """Raises UsageError where `to` is no address, MailError where `sender` is none."""
        try:
            sender = parse_mailbox(sender)[1]
        except UsageError as error:
            raise MailError(f"Under [mail] sender in feeds.toml: {error.message}") from error
        to = parse_address(to)
        lines = message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
        lines = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
        head = lines.partition(b"\r\n\r\n")[0]
        utf8 = not (sender.isascii() and to.isascii() and head.isascii())
        content = (b"\r\n" + lines).replace(b"\r\n.", b"\r\n..")[2:] + b".\r\n"
        return cls(sender, to, content, len(lines), utf8, not lines.isascii())


class Answer(msgspec.Struct, frozen=True):
    """A server's answer, read by its first digit as RFC 5321 §4.3.2 asks; `code` is -1 where it is none."""

    code: int
    said: bytes

    def __str__(self) -> str:
        words = plain_line(self.said.decode("utf-8", "replace"), WORDS).rstrip(".")
        return f"{self.code} {words}".strip() if self.code > 0 else (words or "nothing")

    @property
    def ok(self) -> bool:
        return 200 <= self.code < 300

    @property
    def refused(self) -> bool:
        return 400 <= self.code < 500

    @property
    def refused_for_good(self) -> bool:
        return 500 <= self.code < 600

    @property
    def refusal(self) -> Receipt:
        return Receipt("failed" if self.refused_for_good else "pending", str(self))
