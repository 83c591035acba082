"""desk.toml as a file: read part by part, its faults together, searches written without touching the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.errors import ConfigError, UsageError
from curator.taxonomy import default_taxonomy_path, load_taxonomy
from curator.workflow.bookmark import Bookmark, keep_bookmark, kept_bookmark
from curator.workflow.desk_file import Search, forget_search, read_desk_file, save_search, searches
from curator.workflow.workspace import open_workspace
from tests.desk.conftest import FEEDS

TAXONOMY = load_taxonomy(default_taxonomy_path())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "feeds.toml").write_text(FEEDS, encoding="utf-8")
    return tmp_path


def test_no_file_is_a_desk_as_it_comes(tmp_path: Path) -> None:
    read = read_desk_file(tmp_path, TAXONOMY)
    assert (read.mouse, read.marks, read.searches, read.faults) == (True, "unicode", (), ())


def test_every_part_is_read(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text(
        'theme = "nord"\nmouse = false\nmarks = "ascii"\n[keys]\n"triage.keep" = "x"\n'
        '[keys.edition]\nsend = ["m", "f9"]\n[[searches]]\nname = "nights"\nquery = "crisis country:SE"\n',
        encoding="utf-8",
    )
    read = read_desk_file(tmp_path, TAXONOMY)
    assert (read.theme, read.mouse, read.marks, read.faults) == ("nord", False, "ascii", ())
    assert read.keys == {"triage.keep": ("x",), "edition.send": ("m", "f9")}
    assert read.searches == (Search(name="nights", query="crisis country:SE"),)


def test_faults_come_together_and_the_rest_stands(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text(
        'mouse = "no"\nmarks = "asci"\nthem = 1\n[keys]\n"triage.keep" = 7\n"triage.drop" = "x"\n'
        '[[searches]]\nname = "a"\nquery = "contry:SE"\n[[searches]]\nname = "b"\nquery = "care"\n'
        '[[searches]]\nname = "B"\nquery = "other"\n[[searches]]\nname = " "\nquery = "other"\n',
        encoding="utf-8",
    )
    read = read_desk_file(tmp_path, TAXONOMY)
    said = "\n".join(map(str, read.faults))
    for part in ("them: unknown key. Did you mean “theme”?", "mouse: is text", "Did you mean “ascii”?",
                 "keys.triage.keep", "Did you mean “country”?", "stands there already", "empty name"):  # fmt: skip
        assert part in said
    assert (read.mouse, read.marks, read.keys) == (True, "unicode", {"triage.drop": ("x",)})
    assert [one.name for one in read.searches] == ["b"]


@pytest.mark.parametrize("damage", [b"theme = ", b"\xff\xfe", b"keys = 3\nsearches = 4\n", b"[keys]\n'a.b' = []\n"])
def test_no_damage_is_raised(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "desk.toml").write_bytes(damage)
    assert read_desk_file(tmp_path, TAXONOMY).searches == ()


def test_a_search_is_saved_changed_and_forgotten_and_comments_stay(folder: Path) -> None:
    (folder / "desk.toml").write_text('# mine\ntheme = "nord"  # cold\n', encoding="utf-8")
    with open_workspace(folder) as workspace:
        save_search(workspace, "nights", "crisis OR care")
        save_search(workspace, "Nights", "country:SE")
        save_search(workspace, "other", '"peer support"')
        assert [(one.name, one.query) for one in searches(workspace)] == [
            ("nights", "country:SE"),
            ("other", '"peer support"'),
        ]
        text = (folder / "desk.toml").read_text(encoding="utf-8")
        assert text.startswith('# mine\ntheme = "nord"  # cold\n')
        forget_search(workspace, "nights")
        forget_search(workspace, "other")
        assert (folder / "desk.toml").read_text(encoding="utf-8").strip() == '# mine\ntheme = "nord"  # cold'
        with pytest.raises(UsageError, match="no saved search “nights”"):
            forget_search(workspace, "nights")


def test_what_cannot_be_saved_is_said(folder: Path) -> None:
    with open_workspace(folder) as workspace:
        with pytest.raises(UsageError, match="Give the search a name"):
            save_search(workspace, " ", "care")
        with pytest.raises(UsageError, match="Did you mean “country”"):
            save_search(workspace, "x", "contry:SE")
        assert not (folder / "desk.toml").exists()
        (folder / "desk.toml").write_text("searches = 3\n", encoding="utf-8")
        with pytest.raises(ConfigError, match="searches"):
            save_search(workspace, "x", "care")
        (folder / "desk.toml").write_text("theme = \n", encoding="utf-8")
        with pytest.raises(ConfigError, match="line 1"):
            save_search(workspace, "x", "care")


def test_a_bookmark_is_each_editors_own_and_damage_is_nothing(folder: Path) -> None:
    with open_workspace(folder, environ={"CURATOR_EDITOR": "anna"}) as anna:
        keep_bookmark(anna, Bookmark(queue="kept", document=7, sidebar=False))
        assert kept_bookmark(anna) == Bookmark(queue="kept", document=7, sidebar=False)
        with open_workspace(folder, environ={"CURATOR_EDITOR": "bo"}) as bo:
            assert kept_bookmark(bo) == Bookmark()
        (path,) = (folder / "log" / "desk").glob("*.json")
        for damage in (b"", b"{", b'{"queue": 3}', b"\xff", b"[]", b'{"document": "x"}'):
            path.write_bytes(damage)
            assert kept_bookmark(anna) == Bookmark()
