"""Every command's JSON is what it was: the contract with scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.golden import FOLDER, normal, story, written
from tests.cli.world import Result

NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Result]]:
    folder = tmp_path_factory.mktemp("story").resolve()
    return folder, story(folder)


@pytest.mark.parametrize("name", NAMES)
def test_the_json_is_as_it_was(name: str, told: tuple[Path, dict[str, Result]]) -> None:
    folder, steps = told
    assert written(normal(steps[name].json, folder)) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")


def test_every_step_has_its_file(told: tuple[Path, dict[str, Result]]) -> None:
    assert sorted(told[1]) == NAMES


def test_one_value_ends_with_one_newline(told: tuple[Path, dict[str, Result]]) -> None:
    for name, result in told[1].items():
        assert result.out.endswith(("}\n", "]\n")), name
        assert not result.out.endswith("\n\n"), name


def test_what_failed_in_part_says_so(told: tuple[Path, dict[str, Result]]) -> None:
    failed = {name: result.code for name, result in told[1].items() if result.code}
    assert failed == {"pull": 1, "run": 1}
