"""The house rules that no linter knows: what may stand in the repository, and what an installed curator carries."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import zipfile
from itertools import chain
from pathlib import Path

import pytest
from msgspec.structs import replace

from curator.taxonomy import Group

ROOT = Path(__file__).resolve().parents[1]


def _tracked() -> list[Path]:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def _texts() -> list[tuple[Path, str]]:
    found = []
    for path in _tracked():
        data = path.read_bytes() if path.is_file() else b""
        if b"\0" not in data:
            found.append((path, data.decode("utf-8", "replace")))
    return found


FORBIDDEN = {
    "the address of a package registry": re.compile(
        r"py" r"pi\.org|python" r"hosted\.org|npm" r"js\.(?:org|com)|(?:deb|security)\.deb" r"ian\.org"
    ),
    "a path of one machine": re.compile(r"(?<![\w./-])/(?:wo" r"rk|fa" r"rm|home/\w+|Users/\w+)/[a-z.]"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_holds(what: str) -> None:
    bad = [
        f"{path.relative_to(ROOT)}: {found[0]}" for path, text in _texts() if (found := FORBIDDEN[what].search(text))
    ]
    assert not bad


def test_modules_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "curator").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_values_are_structs() -> None:
    """Python compiles a frozen dataclass anew at every start, half a millisecond for each of two hundred; a Struct is
    there at once. Faults alone are needed before msgspec is loaded."""
    slow = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "curator").rglob("*.py")
        if "@dataclass(frozen=True" in path.read_text(encoding="utf-8")
    }
    assert slow == {"curator/errors.py"}


def test_a_name_that_is_none_of_its_fields_is_refused() -> None:
    """By mypy too: it would call the `ignore` needless if `tests/struct_names.py` did nothing."""
    with pytest.raises(TypeError, match="nosuch"):
        replace(Group(slug="care", label="Care"), nosuch="")  # type: ignore[call-arg]


def test_no_struct_has_a_default_of_a_dataclass() -> None:
    """There `dataclasses.field(…)` is no promise of a value but the value itself, and mypy does not mind."""
    wrong = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in (ROOT / "curator").rglob("*.py")
        for kind in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(kind, ast.ClassDef) and any("Struct" in ast.unparse(base) for base in kind.bases)
        for call in ast.walk(kind)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("field", "dataclasses.field")
    ]
    assert not wrong


def test_constraints_are_plain_pins() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!-]+", pin) for pin in pins)


def test_every_dependency_is_pinned() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    names = {re.split(r"[<>=!\[]", one)[0].strip().lower().replace("_", "-") for one in wanted}
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().replace("_", "-")
    assert {name for name in names if f"\n{name}==" not in text} == set()


def test_the_wheel_carries_templates_taxonomy_and_sample(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="hatchling is not installed here; CI builds the wheel")
    script = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    built = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for wanted in (
        "curator/data/taxonomy.toml",
        "curator/data/sample/feeds.toml",
        "curator/data/sample/subscribers.csv",
        "curator/data/templates/update/digest.toml",
        "curator/data/templates/make-it-so/body.html.j2",
        "curator/data/templates/_shared/mail.css",
        "curator/data/templates/_archive/search.js",
    ):
        assert wanted in names
