"""The desk's most telling screens look as they did."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.desk.widgets.document_list import DocumentList
from tests.desk.snapshots import FOLDER, VIEWS, painted


@pytest.mark.parametrize("name", VIEWS)
async def test_a_screen_looks_as_it_did(tmp_path: Path, name: str) -> None:
    assert await painted(VIEWS[name], tmp_path) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("moved", [("  ", ""), ("", "strong")])
async def test_a_column_or_a_style_that_moves_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: tuple[str, str]
) -> None:
    """A list whose rows begin two cells further to the right, and one whose rows are bold."""
    paint = DocumentList.paint

    def other(rows: DocumentList, index: int, width: int) -> list[tuple[str, str]]:
        before, ink = moved
        return [(before, ""), *((text, ink or style) for text, style in paint(rows, index, width))]

    monkeypatch.setattr(DocumentList, "paint", other)
    drawn = (await painted(VIEWS["triage-narrow"], tmp_path)).splitlines()
    kept = (FOLDER / "triage-narrow.txt").read_text(encoding="utf-8").splitlines()
    height = VIEWS["triage-narrow"].height
    assert (drawn[:height] != kept[:height], drawn[height:] != kept[height:]) == (bool(moved[0]), True)


def test_every_picture_is_of_a_screen() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(VIEWS) and len(VIEWS) <= 12
