"""What changed when a feed said a document differently: each version beside the words that took its place. Pure but for
asking the library.

    Version + what came after ─→ Revision(at, was, changes)      changes: {"title": "[-old-] {+new+} words"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise

import msgspec

from curator.models import Filed, Version
from curator.workflow.workspace import Workspace

_WORDS = 2_000  # of one text that are compared one by one; comparing costs their square at worst
_AROUND = 5  # words that stay on each side of a change
_PARTS = ("title", "link", "excerpt")


class Revision(msgspec.Struct, frozen=True):
    """At `at` the feed took back `was`; `changes` says by part (title, link, excerpt) what it put there instead."""

    at: datetime
    was: Version
    changes: Mapping[str, str]


def revisions(workspace: Workspace, filed: Filed) -> list[Revision]:
    """Every change of a document that is known, the latest first."""
    said = filed.document
    earlier = workspace.library.documents.versions(filed.id)
    now = Version(said.title, said.link, said.excerpt, said.changed_at or said.first_seen_at)
    return [Revision(was.at, was, _changes(was, became)) for became, was in pairwise([now, *earlier])]


def _changes(was: Version, became: Version) -> dict[str, str]:
    pairs = {part: (getattr(was, part), getattr(became, part)) for part in _PARTS}
    return {part: compared(old, new) for part, (old, new) in pairs.items() if old != new}


def compared(old: str, new: str) -> str:
    """Both texts as one, words taken away as `[-so-]`, words put in as `{+so+}`; long stretches of equal words are
    an ellipsis."""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > _WORDS:
        return _whole(before, after)
    return " ".join(_pieces(before, after))


def _whole(before: list[str], after: list[str]) -> str:
    """Too long for words: what is equal at both ends left out."""
    start = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    gone, put = before[start : start + _WORDS], after[start : start + _WORDS]
    return " ".join([*_equal(before[:start], first=True, last=False), *_changed(gone, put)])


def _pieces(before: list[str], after: list[str]) -> Iterator[str]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            yield from _equal(before[a:b], first=a == 0, last=b == len(before))
        else:
            yield from _changed(before[a:b], after[c:d])


def _equal(words: list[str], *, first: bool, last: bool) -> list[str]:
    head, tail = (0 if first else _AROUND), (0 if last else _AROUND)
    if len(words) <= head + tail + 1:
        return words
    return [*words[:head], "…", *words[len(words) - tail :]]


def _changed(gone: list[str], put: list[str]) -> Iterator[str]:
    if gone:
        yield f"[-{_unmarked(gone)}-]"
    if put:
        yield f"{{+{_unmarked(put)}+}}"


def _unmarked(words: list[str]) -> str:
    """A feed cannot write our marks itself."""
    return re.sub(r"\[-|-\]|\{\+|\+\}", lambda found: " ".join(found[0]), " ".join(words))
