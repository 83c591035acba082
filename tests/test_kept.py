"""What is kept from one process to the next is this user's alone, whole, and never needed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from curator import kept
from curator.digest.render import compiled
from curator.digest.render.pages import PageTemplates
from curator.digest.words import load_words
from curator.toml_file import read_toml


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "cache" / "curator"
    kept.use(folder)
    yield folder
    kept.use(None)


def file_of(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_what_is_kept_comes_back_and_is_nobody_elses_to_read(folder: Path) -> None:
    assert kept.get("a") is None
    kept.put("a", b"one")
    kept.put("a", b"two")
    assert kept.get("a") == b"two" and kept.get("b") is None
    assert folder.stat().st_mode & 0o777 == 0o700
    assert file_of(folder).stat().st_mode & 0o777 == 0o600


def test_nothing_is_kept_before_a_folder_is_named(tmp_path: Path) -> None:
    kept.use(None)
    kept.put("a", b"one")
    assert kept.get("a") is None and not list(tmp_path.iterdir())


@pytest.mark.parametrize(("of", "mode"), [("file", 0o640), ("file", 0o604), ("folder", 0o770), ("folder", 0o755)])
def test_what_others_may_open_is_not_read(folder: Path, of: str, mode: int) -> None:
    """Neither what git nor what an archive brings: those give everybody the right to read."""
    kept.put("a", b"one")
    (folder if of == "folder" else file_of(folder)).chmod(mode)
    assert kept.get("a") is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("of", ["file", "folder"])
def test_what_belongs_to_somebody_else_is_not_read(folder: Path, of: str) -> None:
    kept.put("a", b"one")
    os.chown(folder if of == "folder" else file_of(folder), 12345, 12345)
    assert kept.get("a") is None
    kept.put("b", b"two")
    assert (kept.get("b") == b"two") is (of == "file")


@pytest.mark.parametrize("of", ["file", "folder"])
def test_links_are_not_followed(folder: Path, tmp_path: Path, of: str) -> None:
    kept.put("a", b"one")
    path = folder if of == "folder" else file_of(folder)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert kept.get("a") is None


def test_a_torn_file_or_another_ones_is_not_read(folder: Path) -> None:
    kept.put("a", b"one")
    first = file_of(folder)
    kept.put("b", b"two")
    second = next(each for each in folder.iterdir() if each != first)
    second.write_bytes(first.read_bytes())
    first.write_bytes(first.read_bytes()[:-1])
    assert kept.get("a") is None and kept.get("b") is None


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    kept.put("a", b"one")
    file = file_of(folder)
    file.unlink()
    os.mkfifo(file, 0o600)
    assert kept.get("a") is None


def test_no_more_is_kept_than_a_bound(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 8)
    for number in range(30):
        kept.put(str(number), b"x")
        assert len(list(folder.iterdir())) <= 8
    assert kept.get("29") == b"x"


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept.use(tmp_path / "file" / "curator")
    kept.put("a", b"one")
    assert kept.get("a") is None
    kept.use(None)


@pytest.mark.parametrize(
    ("environ", "is_"),
    [
        ({"HOME": "/somebody"}, Path("/somebody/.cache/curator")),
        ({"HOME": "/somebody", "XDG_CACHE_HOME": "/c"}, Path("/c/curator")),
        ({"HOME": "/somebody", "XDG_CACHE_HOME": "here"}, Path("/somebody/.cache/curator")),
        ({"HOME": ""}, None),
        ({}, None),
    ],
)
def test_the_folder_is_the_users_own_never_where_the_program_was_started(
    environ: dict[str, str], is_: Path | None
) -> None:
    assert kept.folder_of(environ) == is_


# ---------------------------------------------------------------- what is kept


def test_tables_of_a_long_toml_file_come_back_the_same(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.toml"
    path.write_text("a = [1, 2.5, true, 'x']\n[b]\nc = { d = 'é' }\n" + "# long\n" * 400, encoding="utf-8")
    first = read_toml(path)
    assert first == read_toml(path) == {"a": [1, 2.5, True, "x"], "b": {"c": {"d": "é"}}}
    assert file_of(folder).exists()
    path.write_text(path.read_text(encoding="utf-8").replace("'x'", "'y'"), encoding="utf-8")
    assert read_toml(path)["a"][-1] == "y"


@pytest.mark.parametrize("value", ["2026-12-01", "07:00:00", "2026-12-01T07:00:00+02:00", str(2**80)])
def test_what_would_not_come_back_the_same_is_not_kept(folder: Path, tmp_path: Path, value: str) -> None:
    path = tmp_path / "long.toml"
    path.write_text(f"a = {value}\n" + "# long\n" * 400, encoding="utf-8")
    first, second = read_toml(path)["a"], read_toml(path)["a"]
    assert type(first) is type(second) and str(first) == str(second)
    assert not folder.exists()


def test_a_template_is_compiled_once_for_several_processes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = load_words("en", [], "en")
    compiled.forget()
    for file in folder.iterdir():  # the words' own tables
        file.unlink()
    (tmp_path / "a.html.j2").write_text("{{ title }}!", encoding="utf-8")

    def rendered() -> str:
        compiled.forget()  # as a new process has it
        return PageTemplates([tmp_path], english).render("a.html.j2", {"title": "<b>"})

    assert rendered() == "&lt;b&gt;!\n"
    assert file_of(folder).exists()
    monkeypatch.setattr("jinja2.environment.Environment.compile", None)
    assert rendered() == "&lt;b&gt;!\n"


def test_code_in_a_workspace_is_never_run(tmp_path: Path) -> None:
    """A workspace from somebody else, even where it is the home as well: what git brought in is compiled anew."""
    workspace, marked = tmp_path / "home", tmp_path / "marked"
    environ = {**os.environ, "HOME": str(workspace), "XDG_CACHE_HOME": ""}
    workspace.mkdir()
    curator = [sys.executable, "-m", "curator"]
    subprocess.run([*curator, "demo", str(workspace / "w")], env=environ, check=True, capture_output=True)
    hostile = compile(f"open({str(marked)!r}, 'w')", "x", "exec")
    _replace_all_code(workspace / ".cache" / "curator", hostile)
    preview = [*curator, "-w", str(workspace / "w"), "preview", "update-1"]
    subprocess.run(preview, env=environ, check=True, capture_output=True)
    assert not marked.exists()


def _replace_all_code(folder: Path, code: object) -> None:
    """Every file of the folder with code of another's, as unpacked from an archive."""
    import marshal

    for file in list(folder.iterdir()):
        data = marshal.dumps(code)  # type: ignore[arg-type]
        file.write_bytes(kept._seal(file.name, data) + data)
        file.chmod(0o644)
