"""A notice from the editor's words to the mail: its lines kept, what is over left out, the check's findings mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from curator.models import Filed
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.check import look_over
from curator.workflow.mending import mend
from curator.workflow.setup import init
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace, open_workspace
from tests.workflow.world import add_document

_NOW = datetime(2026, 9, 1, tzinfo=UTC)
_BLURB = """\
Place: Lille
Host: EPSM

Three days
in town.

## Tuesday 5 October 2026
09:00 Welcome
Lunch
## 9 October 2026
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(init(tmp_path / "w"), now=lambda: _NOW, environ={}) as opened:
        yield opened


def notice(workspace: Workspace, title: str, section: str, starts: str, ends: str) -> Filed:
    page = workspace.path / f"{title}.html"
    page.write_text(f"<html><head><title>{title}</title></head><body><p>{title}: all may come.</p></body></html>")
    found = add_document(workspace, str(page))
    triage.tag(workspace, [found], Tagging(section=section, starts=starts, ends=ends, blurb=_BLURB))
    triage.decide(workspace, [found], "kept")
    return workspace.library.documents.get(found.id)


def test_a_notice_added_by_hand_is_mailed_line_by_line(workspace: Workspace) -> None:
    later = notice(workspace, "Visit to Lille", "study-visits", "2026-10-05", "2026-10-07")
    sooner = notice(workspace, "Visit to Trieste", "study-visits", "2026-09-07", "2026-09-08")
    over = notice(workspace, "Visit to Bristol", "study-visits", "2026-08-03", "2026-08-04")
    drawn = editions.draft(workspace, "network-notices", on=date(2026, 9, 2))
    assert [seat.document for seat in drawn.placements] == [sooner.id, later.id]
    assert over.id not in [seat.document for seat in editions.draft(workspace, "update").placements]
    assert "Three days in town.\n\nTuesday 5 October 2026\n- 09:00 Welcome\n" in editions.render(workspace, drawn).text


def test_what_is_wrong_is_told_and_mended_and_the_lines_stay(workspace: Workspace) -> None:
    found = notice(workspace, "Visit to Lille", "study-visits", "2026-10-05", "2026-10-07")
    drawn = editions.draft(workspace, "network-notices", on=date(2026, 9, 2))
    told = look_over(workspace, drawn.id, spell=False).findings
    about = [one for one in told if one.spot and one.spot.document == found.id]
    assert [(one.code, one.spot and one.spot.quoted) for one in about] == [
        ("notice-line", "Lunch"),
        ("notice-day", "## 9 October 2026"),
        ("weekday", "Tuesday"),
    ]
    assert "no-link" not in {one.code for one in told}
    mend(workspace, drawn.id, [about[2]])
    blurb = workspace.library.reviews.get(found.id).blurb
    assert blurb == found.blurb.replace("Tuesday", "Monday")
    assert blurb.split("\n\n")[:2] == ["Place: Lille", "Host: EPSM"]
