"""An edition, what stands in it, its seal and its rendering, and what a check finds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

import msgspec

Status = Literal["draft", "sealed", "sent"]


class Placement(msgspec.Struct, frozen=True):
    """A document's seat in an edition. `group` is a country code, an organisation's slug or ''; `rank` counts
    from 1 within the group. `by_hand` says the editor set section, group or rank: a refresh leaves it there."""

    document: int
    section: str
    group: str
    rank: int
    by_hand: bool = False


class OwnWords(msgspec.Struct, frozen=True):
    """What one edition says of a document in words of its own; where '', the document's words stand."""

    document: int
    title: str = ""
    blurb: str = ""


class Comparison(msgspec.Struct, frozen=True):
    """How one country stands on an edition's topic, in fields that can be set beside those of another; each plain text,
    '' where the editor has said nothing. `country` is its code."""

    country: str
    law: str = ""
    policy: str = ""
    practice: str = ""
    data: str = ""

    @property
    def fields(self) -> tuple[str, str, str, str]:
        """In the order of COMPARED."""
        return self.law, self.policy, self.practice, self.data

    @property
    def by_field(self) -> dict[str, str]:
        """Each text by its name in COMPARED."""
        return dict(zip(COMPARED, self.fields, strict=True))


COMPARED = ("law", "policy", "practice", "data")
"""What countries are compared by."""


class Seal(msgspec.Struct, frozen=True):
    """Approval of exactly these bytes: `hash` is SHA-256 over headers, subject, HTML, text and list."""

    hash: str
    by: str
    at: datetime


class Edition(msgspec.Struct, frozen=True):
    """A dated instance of a digest. `id` is `<digest>-<number>`; `left_out` are documents the editor took out
    by hand, `carried` those the editor kept for the next edition; `words` stay through a refresh;
    `accepted` are ids of findings that the editor said are right so;
    `comparisons` say how countries stand on the topic; `introduction` and `key_messages` are Markdown."""

    id: str
    digest: str
    number: int
    date: date
    status: Status = "draft"
    topic: str | None = None
    subject: str = ""
    introduction: str = ""
    key_messages: str = ""
    placements: tuple[Placement, ...] = ()
    left_out: tuple[int, ...] = ()
    carried: tuple[int, ...] = ()
    words: tuple[OwnWords, ...] = ()
    accepted: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    seal: Seal | None = None
    sent_at: datetime | None = None


class Rendered(msgspec.Struct, frozen=True):
    """An edition as it will be mailed: `\\n` line ends; `headers` are those every mail of it bears, by name."""

    subject: str
    preheader: str
    html: str
    text: str
    mailing_list: str = ""
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)
