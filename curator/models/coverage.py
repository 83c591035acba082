"""What was chosen, in so far as it is counted: where it concerns, what it is about, when."""

from __future__ import annotations

from datetime import date

import msgspec


class Covered(msgspec.Struct, frozen=True):
    """A kept or placed document, as small as counting needs it. `countries` are those in force (the editor's
    word, else the feed's default); `on` is the day it was published, in UTC as `since:` counts it."""

    document: int
    title: str
    on: date
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    publisher: str | None = None


class Seated(msgspec.Struct, frozen=True):
    """A document's seat in an edition that is sealed or sent. `section` and `group` are the placement's, `on` is the
    edition's date."""

    covered: Covered
    edition: str
    digest: str
    number: int
    on: date
    section: str
    group: str
