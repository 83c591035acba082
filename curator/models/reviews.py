"""What the editor thinks of a document, what curator would suggest, and the acts that changed either."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

import msgspec

from curator.models.documents import Document
from curator.models.moments import Moment

Decision = Literal["inbox", "kept", "dropped", "later"]
DECISIONS: tuple[Decision, ...] = ("inbox", "kept", "dropped", "later")
Axis = Literal["country", "theme", "audience"]


class Review(msgspec.Struct, frozen=True):
    """The editor's record of one document. None means: the editor has said nothing, the feed's default stands;
    an empty tuple is the editor's word that there is none. Countries are codes, themes and audiences slugs. What the
    document is about `starts` and `ends`; until `deadline` a reader can act on it."""

    document: int
    decision: Decision = "inbox"
    later_until: date | None = None
    section: str | None = None
    countries: tuple[str, ...] | None = None
    themes: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    blurb: str = ""
    by: str | None = None
    at: datetime | None = None
    starts: Moment | None = None
    ends: Moment | None = None
    deadline: Moment | None = None

    @property
    def dates(self) -> dict[str, Moment]:
        """Those there are, by name."""
        named = {"starts": self.starts, "ends": self.ends, "deadline": self.deadline}
        return {name: moment for name, moment in named.items() if moment}


class Filed(msgspec.Struct, frozen=True):
    """A document with its review: what a list, the reading pane and an edition need to know of it."""

    document: Document
    review: Review

    @property
    def id(self) -> int:
        return self.document.id

    @property
    def countries(self) -> tuple[str, ...]:
        """The editor's word, or the feed's default."""
        if self.review.countries is not None:
            return self.review.countries
        return (self.document.feed_country,) if self.document.feed_country else ()

    @property
    def section(self) -> str | None:
        """The editor's word, or the feed's default."""
        return self.review.section or self.document.feed_section

    @property
    def revised(self) -> bool:
        """Whether the feed has said it differently since the editor last acted on it."""
        changed = self.document.changed_at
        return changed is not None and (self.review.at is None or changed > self.review.at)

    @property
    def blurb(self) -> str:
        return self.review.blurb


class Suggested(msgspec.Struct, frozen=True):
    """One proposal and why: `reason` is a short phrase an editor can judge by (`feed; "Scotland" ×14`)."""

    code: str
    reason: str


class Suggestions(msgspec.Struct, frozen=True):
    countries: tuple[Suggested, ...] = ()
    themes: tuple[Suggested, ...] = ()
    section: Suggested | None = None


class Act(msgspec.Struct, frozen=True):
    """One editorial act in the journal. `verb` reads as the command did (`keep`, `tag`, `blurb`, `move`);
    `undoes` names the act it took back, `undone` says whether it has itself been taken back."""

    id: int
    at: datetime
    by: str
    verb: str
    subjects: tuple[str, ...]
    undoes: int | None = None
    undone: bool = False


class Counts(msgspec.Struct, frozen=True):
    """How many documents stand where: by decision, and within one decision by country, theme and feed; the most
    first, and nothing where there is none."""

    decisions: Mapping[str, int] = msgspec.field(default_factory=dict)
    countries: Mapping[str, int] = msgspec.field(default_factory=dict)
    themes: Mapping[str, int] = msgspec.field(default_factory=dict)
    feeds: Mapping[str, int] = msgspec.field(default_factory=dict)
