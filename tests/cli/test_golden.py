"""Every command's JSON is what it was: the contract with scripts."""

from __future__ import annotations

from pathlib import Path

from tests.cli.golden import FOLDER, normal, story, written


def test_the_json_of_every_command_is_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    told = story(folder)
    kept = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert {name: written(normal(result.json, folder)) for name, result in told.items()} == kept
    assert {name: result.code for name, result in told.items() if result.code} == {
        "pull": 1,
        "feeds-check": 1,
        "feeds-import": 1,
        "run": 1,
    }
    for name, result in told.items():
        assert result.out.endswith(("}\n", "]\n")), name
        assert not result.out.endswith("\n\n"), name
