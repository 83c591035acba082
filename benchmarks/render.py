"""An edition of 60 documents out of a library of 100,000: drafted and previewed by a whole process, and rendered alone.

    python -m benchmarks.render

The floor of the first is a process that only imports what the other one has imported of Python and of libraries. That
of the second is Jinja itself with the same templates and values, with neither sandbox nor stylesheet nor anything else
of curator; both compile the templates anew, then both have them compiled already. Prints ratios of one run; the
smaller, the better.
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
from curator.cli.program import run_program
for words in (["draft", "update"], ["preview", "update-1"]):
    run_program(["-w", sys.argv[1], *words])
if len(sys.argv) > 2:
    import json
    names = [n for n in sys.modules if n not in before and n.partition(".")[0] != "curator"]
    open(sys.argv[2], "w").write(json.dumps(names))
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "network"
        shelve(workspace)
        whole_process(workspace, Path(folder) / "modules.json")
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


def whole_process(folder: Path, listed: Path) -> None:
    whole = [sys.executable, "-c", _WHOLE, str(folder)]
    process([*whole, str(listed)])
    modules = json.loads(listed.read_text())
    floor = [sys.executable, "-c", f"import importlib\nfor n in {modules!r}: importlib.import_module(n)"]
    own = sorted({name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names))
    print(f"libraries imported: {', '.join(own)}, and {len(modules)} modules in all")
    imports, took = best(lambda: process(floor)), best(lambda: process(whole))
    print(f"only importing these                {imports * 1000:7.0f} ms")
    print(f"draft and preview, whole process    {took * 1000:7.0f} ms   {took / imports:5.2f} ×   (bar 2 ×)")


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
    times = []
    for _ in range(TIMES + 1):
        began = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            act()
        times.append(time.perf_counter() - began)
    return min(times[1:])


if __name__ == "__main__":
    main()
