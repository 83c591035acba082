"""What is copied of documents, and where it lies."""

from __future__ import annotations

import pytest

from curator.errors import UsageError
from curator.pull.urls import untracked
from curator.workflow import triage
from curator.workflow.chosen import Chosen
from curator.workflow.cite import COPIED, citations, copied
from curator.workflow.workspace import Workspace
from tests.desk.conftest import TITLES, store, workspace

__all__ = ["workspace"]


def test_several_stand_under_each_other_and_in_the_file(workspace: Workspace) -> None:
    ids = store(workspace)[:2]
    text = copied(workspace, Chosen(ids), "address")
    assert text == "https://example.org/scotland/1\nhttps://example.org/scotland/2"
    assert (workspace.path / COPIED).read_text(encoding="utf-8") == text + "\n"


def test_the_publisher_is_in_words(workspace: Workspace) -> None:
    store(workspace)
    (first, *_) = citations(workspace, triage.find(workspace), "citation")
    assert first.startswith(f"{TITLES[0]}. Scotland's health pages, 23 November 2026. https://")


def test_a_file_that_cannot_be_written_is_told(workspace: Workspace) -> None:
    ids = store(workspace)
    (workspace.path / "log").write_text("in the way", encoding="utf-8")
    with pytest.raises(UsageError, match=r"copied\.txt cannot be written"):
        copied(workspace, Chosen(ids), "citation")


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("https://example.org/a?utm_source=x&id=3&fbclid=1#part", "https://example.org/a?id=3#part"),
        ("https://www.example.org/a?gclid=1", "https://www.example.org/a"),
        ("http://example.org/a?b=1&c", "http://example.org/a?b=1&c"),
        ("https://example.org/a#b?utm_source=c", "https://example.org/a#b?utm_source=c"),
        ("", ""),
    ],
)
def test_an_address_to_pass_on_loses_only_what_tracks(given: str, clean: str) -> None:
    assert untracked(given) == clean == untracked(clean)
