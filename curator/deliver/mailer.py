"""What every mailer promises, and what it answers."""

from __future__ import annotations

from types import TracebackType
from typing import Literal, Protocol, Self

import msgspec


class Receipt(msgspec.Struct, frozen=True):
    """What became of one mail; `detail` is the server's words or the file, one clean line.

    `sent`     taken: by the server (2xx after the mail) or as a whole file
    `failed`   refused for good (5xx): trying again brings the same
    `pending`  refused for now (4xx), or the connection was lost before a byte of the mail had left: safe to repeat
    `unknown`  a byte of the mail had left and no clear answer came: never repeat without a person's word
    """

    fate: Literal["sent", "failed", "pending", "unknown"]
    detail: str = ""


class Mailer(Protocol):
    """Hands mails over, one address at a time, inside a `with`. It knows no ledger and never repeats a mail."""

    def __enter__(self) -> Self:
        """Open what there is to open. Raises TryLater (down, busy) or MailError (wrongly set up)."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close, whatever happened; raises nothing of its own."""

    def send(self, message: bytes, sender: str, to: str) -> Receipt:
        """Hand one mail over. TryLater and MailError are raised only while no byte of it has left."""

    def fate(self, message_id: str) -> Literal["sent", "pending"] | None:
        """Where a mail stands whose end a crash left in doubt; None where the mailer cannot know."""
