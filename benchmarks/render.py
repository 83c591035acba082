"""An edition of 60 documents out of a library of 100,000: drafted and previewed by a whole process, and rendered alone.

    python -m benchmarks.render

The floor of the first is a process that only imports what the other one has imported of Python and of libraries, no
module more or less, curator's own left out. `draft` and `preview` are two commands, so as people and cron run them
they are two processes with two floors; beside that stands the stricter reading, both in one process with one floor.
A third floor, the most generous, is what it takes to import the libraries that curator is built on as a whole, which
neither command does.
The first run of all fills the folder in which curator keeps compiled templates and the tables of long files (an empty
one beside the library of this benchmark, never that of who runs it); it is told apart from all others, which find them
there.

The floor of the second is Jinja itself with the same templates and values, with neither sandbox nor stylesheet nor
anything else of curator; both compile the templates anew, then both have them compiled already. Prints ratios of one
run; the smaller, the better.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from benchmarks.shelves import make
from curator.digest.context import build_context
from curator.digest.edition import publisher_names
from curator.digest.render import compiled
from curator.digest.render.filters import FILTERS, worded
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace, open_workspace

DOCUMENTS, PLACED, TIMES = 100_000, 60, 9
_BLURB = "What it says, in a sentence of common length. Why it matters to those who run services, in another one."
_WHOLE = """
import sys
before = set(sys.modules)
from curator.__main__ import main
folder, listed, *commands = sys.argv[1:]
for command in commands:
    sys.argv[1:] = ["-w", folder, *command.split()]
    assert main() == 0
if listed:
    import json
    names = [n for n in sys.modules if n not in before and n.partition(".")[0] != "curator"]
    open(listed, "w").write(json.dumps(names))
"""
BUILT_ON = "click, feedparser, httpx, jinja2, markdown_it, msgspec, sqlite_utils, textual.app"
DRAFT, PREVIEW = "draft update", "preview update-1"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "network"
        shelve(workspace)
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        whole_process(workspace, Path(folder))
        rendering_alone(workspace)


def shelve(folder: Path) -> None:
    """The newest sixty kept and worded, all others in the inbox or dropped; drafted once."""
    make(folder, DOCUMENTS)
    with open_workspace(folder) as workspace:
        triage.decide(workspace, triage.find(workspace, "decision:kept", limit=0), "dropped")
        newest = triage.find(workspace, "decision:inbox", limit=PLACED)
        triage.tag(workspace, newest, Tagging(section="policy", blurb=_BLURB))
        triage.decide(workspace, newest, "kept")
        assert len(editions.draft(workspace, "update").placements) == PLACED


def whole_process(workspace: Path, beside: Path) -> None:
    anew = timed(lambda: process(whole(workspace, "", DRAFT, PREVIEW)))
    both = Whole(workspace, beside / "both.json", DRAFT, PREVIEW)
    one, other = (Whole(workspace, beside / f"{each[:5]}.json", each) for each in (DRAFT, PREVIEW))
    own = sorted({name.partition(".")[0] for name in both.modules} - set(sys.stdlib_module_names))
    print(f"libraries imported: {', '.join(own)}, and {len(both.modules)} modules in all")
    for what, processes in (("two commands", (one, other)), ("in one process", (both,))):
        floor, took = (sum(best(getattr(each, name)) for each in processes) for name in ("imports", "run"))
        print(f"only importing these, {what:<14}    {floor * 1000:7.0f} ms")
        print(f"draft and preview, {what:<14}       {took * 1000:7.0f} ms   {took / floor:5.2f} ×   (bar 2 ×)")
        generous = best(lambda: process([sys.executable, "-c", f"import {BUILT_ON}"]))
        print(f"importing what curator is built on      {generous * 1000:7.0f} ms   {took / generous:5.2f} ×")
    print(f"first of all, in one process            {anew * 1000:7.0f} ms")


class Whole:
    """Commands in a process of their own, and one that imports what that imports."""

    def __init__(self, workspace: Path, listed: Path, *commands: str) -> None:
        process(whole(workspace, str(listed), *commands))
        self.modules = json.loads(listed.read_text())
        self._command = whole(workspace, "", *commands)

    def run(self) -> None:
        process(self._command)

    def imports(self) -> None:
        process([sys.executable, "-c", f"import importlib\nfor n in {self.modules!r}: importlib.import_module(n)"])


def whole(workspace: Path, listed: str, *commands: str) -> list[str]:
    return [sys.executable, "-c", _WHOLE, str(workspace), listed, *commands]


def process(command: list[str]) -> None:
    """With compiled bytecode, as people run it."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, capture_output=True, env=environ)


def rendering_alone(folder: Path) -> None:
    with open_workspace(folder) as workspace:
        name = workspace.library.editions.all()[0].id
        edition = workspace.library.editions.get(name)
        filed, digest = editions.filed_of(workspace, edition), workspace.digest(edition.digest)
        names = _names(workspace, name)

        def ours() -> None:
            from curator.digest.render import render

            render(
                edition,
                filed,
                digest,
                workspace.config.network,
                workspace.taxonomy,
                workspace.templates,
                mail=workspace.config.mail,
                publishers=publisher_names(workspace.config.feeds),
            )

        def compiling() -> None:
            compiled.forget()
            ours()

        folders = [workspace.templates / digest.slug, workspace.templates / "_shared"]
        kept = _jinja(folders, digest.words)
        _told("compiling", best(compiling), best(lambda: _run(_jinja(folders, digest.words), names)))
        _told("compiled", best(ours), best(lambda: _run(kept, names)))


def _told(how: str, ours: float, jinjas: float) -> None:
    print(f"Jinja alone, {how:<12}           {jinjas * 1000:7.1f} ms")
    print(f"rendering, {how:<12}             {ours * 1000:7.1f} ms   {ours / jinjas:5.2f} ×   (bar 3 ×)")


def _names(workspace: Workspace, name: str) -> dict[str, Any]:
    edition = workspace.library.editions.get(name)
    digest, drawn = workspace.digest(edition.digest), editions.outline(workspace, edition)
    context = build_context(edition, drawn, digest, workspace.config.network, workspace.taxonomy, workspace.config.mail)
    return {**context.names(), "subject": edition.subject, "preheader": ""}


def _jinja(folders: list[Path], words: Any) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folders), autoescape=lambda name: bool(name) and name.endswith(".html.j2"),
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.filters.update(FILTERS | worded(words))
    environment.globals["words"] = words.said
    return environment


def _run(environment: Environment, names: dict[str, Any]) -> None:
    for name in ("body.html.j2", "body.txt.j2"):
        environment.get_template(name).render(**names)


def best(act: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs, the first left out."""
    return min([timed(act) for _ in range(TIMES + 1)][1:])


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
