"""The sample workspace: both mails of today, all that a briefing can show, 2016 waiting in the inbox."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from curator.errors import UsageError
from curator.workflow import triage
from curator.workflow.edition import check
from curator.workflow.matrix import matrix
from curator.workflow.sample import recent, tagging_of
from curator.workflow.setup import demo
from curator.workflow.workspace import open_workspace
from tests.workflow.world import Clock


def test_demo_shows_both_digests_and_can_be_run_again(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    for _ in range(2):
        shown = demo(folder, now=Clock(datetime(2026, 12, 2, tzinfo=UTC)), environ={"CURATOR_EDITOR": "ann"})
        assert shown.documents == 70
        assert [(one.id, len(one.placements)) for one in shown.editions] == [("update-1", 21), ("make-it-so-1", 15)]
        assert all(preview.html.is_file() and preview.eml.is_file() for preview in shown.previews)


def test_the_demo_shows_all_that_a_briefing_can_and_what_is_to_come(tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 12, 2, tzinfo=UTC))
    made = demo(tmp_path / "demo", now=clock, environ={"CURATOR_EDITOR": "ann"})
    update, briefing = (preview.text.read_text("utf-8") for preview in made.previews)
    for heading in (
        "AT A GLANCE",
        "GOOD PRACTICE ELSEWHERE",
        "ACTIONS REQUIRED",
        "ANNEX: ",
        "KEY MESSAGES",
        "DEADLINES",
    ):
        assert f"\n{heading}" in briefing, heading
    assert "Nothing found for: \nNetherlands, Sweden." in briefing and "Good practice: Night café" in briefing
    assert "\nDEADLINES\n" in update and "15:00 (London)" in update and "\nWEBINARS\n" in update
    assert "2016" not in re.sub(r"members shared in 2016", "", " ".join(update.split()))
    with open_workspace(made.workspace, now=clock) as workspace:
        _, _, found = matrix(workspace, "crisis-care")
        assert [country.code for country in found.gaps] == ["NL", "SE"] and found.count == 15
        levels = {one.level for each in made.editions for one in check(workspace, each.id)}
        assert "error" not in levels
        assert triage.count(workspace, "decision:inbox") == 49


@pytest.mark.parametrize("day", [*range(1, 29, 3), 31])
def test_what_is_to_come_is_after_the_next_update_whatever_the_day(day: int) -> None:
    """And on a weekday; the Update goes out at most seventeen days later."""
    today = date(2026, 12, day)
    for one in recent().documents:
        tagging = tagging_of(one, today)
        for moment in (tagging.starts, tagging.deadline):
            if moment:
                on = date.fromisoformat(moment[:10])
                assert on > today + timedelta(days=17) and on.weekday() < 5


def test_demo_touches_no_folder_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds other files"):
        demo(tmp_path, environ={})
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
