"""What a check found: how grave it is, where it stands, and where possible what should stand there."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Literal

import msgspec

Level = Literal["error", "warning", "note"]
LinkAnswer = Literal["alive", "moved", "dead", "doubtful"]


class Spot(msgspec.Struct, frozen=True):
    """Words in an edition or in a file: `quoted` stands from character `start` of `field` on (`title`, `blurb`, `link`,
    `introduction`, `key_messages`, `SE.law`, `summary`; `text` of a file), of `document`, or of the whole where
    that is None. `mend` is what should stand there instead; None where only an editor can tell. `line` is from 1 on."""

    field: str
    start: int
    quoted: str
    mend: str | None = None
    document: int | None = None
    line: int = 1


class Finding(msgspec.Struct, frozen=True):
    """One thing the check or the doctor found. An `error` blocks; `where` names the place in words, `spot` exactly."""

    level: Level
    code: str
    message: str
    where: str = ""
    spot: Spot | None = None

    @property
    def id(self) -> str:
        """Six hexadecimal figures by which it is named, the same at every check as long as the words are."""
        at = self.spot
        said = f"{self.code}|{at.document}|{at.field}|{at.quoted}" if at else f"{self.code}|{self.where}"
        return sha256(said.encode("utf-8", "replace")).hexdigest()[:6]


class LookedAt(msgspec.Struct, frozen=True):
    """How a link answered at some time. `detail` is where it has moved to for good, or what is wrong with it."""

    link: str
    at: datetime
    answer: LinkAnswer
    detail: str
