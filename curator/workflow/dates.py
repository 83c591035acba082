"""When a document starts, ends and closes: an editor's words for it, read and set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from curator.days.moments import moment
from curator.errors import UsageError
from curator.models import Filed, Moment, Review
from curator.workflow.workspace import Workspace

NAMES = ("starts", "ends", "deadline")
_NAME = re.compile(rf"(?:^|[\s;,]+)({'|'.join(NAMES)})(?=\s|$)", re.IGNORECASE)


def checked(workspace: Workspace, text: str | None) -> str | None:
    """A moment as it is kept; a time without a zone is by the network's clock. None and '' stay. Raises UsageError."""
    return str(moment(text, workspace.config.network.timezone)) if text and text.strip() else text and ""


def dated(review: Review, said: dict[str, str | None]) -> Review:
    """`review` with what is said of each date, as `checked` gives it: None leaves it alone, '' takes it away. Raises
    UsageError where it would end before it starts."""
    named = {name: text for name, text in said.items() if text is not None}
    given: dict[str, Any] = {name: Moment.stored(text) if text else None for name, text in named.items()}
    changed = replace(review, **given)
    if changed.starts and changed.ends and changed.ends.before(changed.starts):
        what = f"Document {review.document} would end ({changed.ends}) before it starts ({changed.starts})"
        raise UsageError(f"{what}. Nothing was changed; say both with --starts and --ends.")
    return changed


def in_one_line(found: Sequence[Filed]) -> str:
    """The dates that all of `found` have, as `of_one_line` reads them."""
    every = [filed.review.dates.items() for filed in found]
    common = [each for each in every[0] if all(each in others for others in every)] if every else []
    return "; ".join(f"{name} {when}" for name, when in common)


def of_one_line(workspace: Workspace, text: str) -> dict[str, str]:
    """`starts 2026-12-03 15:00 America/Vancouver; deadline 2026-11-30` as the moment of each name, '' for those it does
    not name. Raises UsageError for what is neither."""
    before, *rest = _NAME.split(text.strip())
    if before.strip(" ;,"):
        raise UsageError("Say what the day is: starts, ends or deadline, as in “deadline 2026-12-03”.")
    said = dict.fromkeys(NAMES, "")
    for name, when in zip(rest[::2], rest[1::2], strict=True):
        if said[name.lower()]:
            raise UsageError(f"“{name.lower()}” stands there twice.")
        said[name.lower()] = str(moment(when.strip(" ;,"), workspace.config.network.timezone))
    return said
