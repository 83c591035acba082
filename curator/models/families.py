"""What makes several documents one family: what recognising needs to know, and what it says."""

from __future__ import annotations

from datetime import datetime

import msgspec

from curator.models.reviews import Filed


class Kin(msgspec.Struct, frozen=True):
    """A document as recognising sees it. `publisher` and `country` are its own or its feed's, None where neither says;
    `words` are its excerpt, and its text where the library has it; `translations` as in NewDocument."""

    id: int
    feed: str
    publisher: str | None
    country: str | None
    guid: str
    link: str
    canonical_url: str
    title: str
    published_at: datetime
    language: str | None
    words: str
    translations: tuple[tuple[str, str], ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """Two documents are one, certainly or perhaps; `reason` is a short phrase an editor can judge by."""

    certain: bool
    reason: str


class Tie(msgspec.Struct, frozen=True):
    """What a pull saw in two documents; `one` is the older."""

    one: int
    other: int
    certain: bool
    reason: str


class Family(msgspec.Struct, frozen=True):
    """A document's family: its lead first, then its relatives, oldest first; alone, it leads itself. `ties` say why
    they are one, as far as a pull said so; `proposed` are the ties to documents outside that wait for the editor, with
    the outsiders in `strangers`."""

    members: tuple[Filed, ...]
    ties: tuple[Tie, ...] = ()
    proposed: tuple[Tie, ...] = ()
    strangers: tuple[Filed, ...] = ()

    @property
    def lead(self) -> Filed:
        return self.members[0]

    @property
    def feeds(self) -> tuple[str, ...]:
        """All that brought any of them."""
        return tuple(dict.fromkeys(feed for one in self.members for feed in one.document.feeds))

    @property
    def publishers(self) -> tuple[str, ...]:
        """All that issued any of them, the lead's first."""
        return tuple(dict.fromkeys(one.document.publisher for one in self.members if one.document.publisher))
