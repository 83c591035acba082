"""What was checked of a mail before it was approved."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Ruling(msgspec.Struct, frozen=True):
    """A rule, in words what it asks for, and each fault that breaks it."""

    rule: str
    what: str
    faults: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.faults


class Certificate(msgspec.Struct, frozen=True):
    """`hash` is SHA-256 over subject, preheader, HTML and text as they were checked at `at`, `curator` the version that
    did it, `rulings` every rule with its result."""

    hash: str
    at: datetime
    curator: str
    rulings: tuple[Ruling, ...]

    @property
    def broken(self) -> tuple[Ruling, ...]:
        return tuple(each for each in self.rulings if not each.holds)
