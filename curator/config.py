"""`feeds.toml`, decoded: the network, its mail settings, the manners of a pull, and the feeds."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from curator.models import Feed


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """`countries` are the members, in the order digests use."""

    name: str
    short: str
    timezone: str = "UTC"
    countries: tuple[str, ...] = ()
    postal: str = ""
    site: str = ""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """`smtp` is `smtp://[user@]host[:port]`, `smtps://…`, or `file:` for .eml files in `outbox/`."""

    sender: str
    smtp: str = "file:"
    reply_to: str = ""


class Pull(msgspec.Struct, frozen=True, kw_only=True):
    """`timeout` is seconds for one feed in all; `max_bytes` is of the decoded body."""

    per_host: int = 2
    concurrency: int = 32
    timeout: float = 60.0
    max_bytes: int = 20_000_000
    user_agent: str = ""


class Config(msgspec.Struct, frozen=True, kw_only=True):
    network: Network
    mail: Mail
    pull: Pull
    feeds: tuple[Feed, ...]
    workspace: Path
