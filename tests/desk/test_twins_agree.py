"""The desk's command and its twin on the command line leave the same library behind."""

from __future__ import annotations

import shutil
from pathlib import Path
from shlex import split

import pytest
from msgspec.structs import replace

from curator.library import Library
from curator.models import Edition, Review
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.workspace import Workspace
from tests.cli.world import Shell
from tests.desk.conftest import NOW, TITLES, Sit, Sitting, store, subscribe
from tests.desk.test_edition import to

TRIAGE = {
    "s": "keep 5",
    "d": "drop 5",
    "l =2026-12-24 enter": "later 5 --until 2026-12-24",
    "l enter": "later 5",
    "a": "accept 5",
    "t =recovery enter": "tag 5 --theme recovery",
    "c =japan enter": "tag 5 --country JP --country GB-SCT",
    "w =families enter": "tag 5 --audience families",
    "f =research enter": "tag 5 --section research",
    "b =Words. escape": "tag 5 --blurb Words.",
    "asterisk d": "drop --query decision:inbox",
    "d u U": "drop 5",
}
EDITION = {
    "J": "move update-1 5 --by 1",
    "P": "pin update-1 5",
    "c": "carry update-1 5",
    "x": "leave-out update-1 5",
    "t =! enter": f"word update-1 5 --title '{TITLES[0]}!'",
    "B ctrl+u =Here. escape": "word update-1 5 --blurb Here.",
    "i =Good-morning. escape": "introduce update-1 --text Good-morning.",
    "y =One. escape": "introduce update-1 --key-messages --text One.",
    "b =Words. escape": "tag 5 --blurb Words.",
    "S": "seal update-1",
}
"""Keys struck over document 5, `=` before what is typed, and the words of the shell."""


async def strike(sitting: Sitting, keys: str) -> None:
    for key in keys.split():
        await (sitting.type(key[1:]) if key[0] == "=" else sitting.press(key))


def stands(folder: Path) -> tuple[list[Review], list[Edition]]:
    """What the library says of everything, whoever said it and when."""
    with Library(folder / "curator.db") as library:
        reviews = [replace(library.reviews.get(number), by=None, at=None) for number in range(1, len(TITLES) + 1)]
        mails = library.editions.all()
        return reviews, [replace(one, seal=one.seal and replace(one.seal, by="", at=NOW)) for one in mails]


@pytest.fixture
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("copy") / "shelf"


@pytest.mark.parametrize(("keys", "words"), TRIAGE.items())
async def test_over_a_document(workspace: Workspace, sit: Sit, copy: Path, keys: str, words: str) -> None:
    store(workspace)
    await agree(workspace, sit, copy, "", keys, words)


@pytest.mark.parametrize(("keys", "words"), EDITION.items())
async def test_in_an_edition(workspace: Workspace, sit: Sit, copy: Path, keys: str, words: str) -> None:
    subscribe(workspace)
    triage.decide(workspace, workspace.library.documents.pick(store(workspace)), "kept")
    editions.draft(workspace, "update")
    await agree(workspace, sit, copy, TITLES[0], keys, words)


async def agree(workspace: Workspace, sit: Sit, copy: Path, title: str, keys: str, words: str) -> None:
    shutil.copytree(workspace.path, copy)
    before = stands(copy)
    result = Shell(copy)(*split(words), now=NOW, environ={"CURATOR_EDITOR": "anna"})
    assert result.code == 0, result.err
    async with sit() as sitting:
        if title:
            await sitting.open_edition()
            await to(sitting, title)
        await strike(sitting, keys)
        await sitting.until(lambda: not sitting.screen.busy)
    assert stands(workspace.path) == stands(copy)
    assert stands(copy) != before
