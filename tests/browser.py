"""Real Chromium, where it is there: many pages looked at in one go, each in a frame of its own width.

`look` gives what a script finds in each frame. The script is a function of (window, document) that runs once the frame
has loaded; it may be async. Nothing is loaded from anywhere: every page is written into the file that is opened."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ROOT = Path(__file__).resolve().parents[1]
_ANSWER = re.compile(r'<pre id="answer">(.*?)</pre>', re.S)


@dataclass(frozen=True)
class Frame:
    """A page and how it is shown: `width` in CSS pixels, `dark` as a reader's system asks for it, `first` a script that
    runs before anything else of the page."""

    page: str
    width: int = 600
    dark: bool = False
    first: str = ""

    @property
    def source(self) -> str:
        page = self.page.replace("@media (prefers-color-scheme: dark)", "@media all") if self.dark else self.page
        return page.replace("<head>", f"<head><script>{self.first}</script>", 1) if self.first else page


@dataclass(frozen=True)
class Visit:
    """A page opened from where it lies, with what it loads; `query` begins with `?`; without `scripts` none runs."""

    path: Path
    width: int = 600
    query: str = ""
    scripts: bool = True


def browser() -> str:
    """Its path, or skip the test, saying so."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("there is no Chromium here")
    return found


def axe() -> str:
    """The script of axe-core, which `.ci/run` installs by npm into build/axe; or skip the test, saying so."""
    path = ROOT / "build" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip("axe-core is not installed: npm install --prefix build/axe axe-core")
    return path.read_text(encoding="utf-8")


def look(frames: Mapping[str, Frame], script: str) -> dict[str, Any]:
    """What `script` (`(window, document) => …`) gives for each frame, by its name."""
    shown = "\n".join(
        f'<iframe name="{html.escape(name)}" width="{frame.width}" height="900" style="border:0" '
        f'srcdoc="{html.escape(frame.source)}"></iframe>'
        for name, frame in frames.items()
    )
    answer = _answers(shown, script)
    assert set(answer) == set(frames), answer
    return answer


def visit(visits: Mapping[str, Visit], script: str) -> dict[str, Any]:
    """As `look`, for pages in files."""
    shown = "\n".join(
        f'<iframe name="{html.escape(name)}" width="{each.width}" height="900" style="border:0" '
        f"{'' if each.scripts else 'sandbox=allow-same-origin '}"
        f'src="{html.escape(each.path.as_uri() + each.query)}"></iframe>'
        for name, each in visits.items()
    )
    answer = _answers(shown, script, "--allow-file-access-from-files")
    assert set(answer) == set(visits), answer
    return answer


def _answers(shown: str, script: str, *options: str) -> dict[str, Any]:
    page = _PAGE.replace("SCRIPT", script).replace("FRAMES", shown)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        dom = run(
            folder, "--virtual-time-budget=120000", "--window-size=1300,1000", *options, "--dump-dom", path.as_uri()
        )
    found = _ANSWER.search(dom)
    assert found, f"the page gave no answer: {dom[-500:]}"
    return dict(json.loads(html.unescape(found[1])))


def run(folder: str, *arguments: str) -> str:
    """Chromium with a home of its own in `folder`; its standard output. Once in some hundred starts on a busy machine
    it never ends, before it has looked at anything: then it is started anew."""
    for _ in range(_STARTS - 1):
        with suppress(subprocess.TimeoutExpired):
            return _run(folder, *arguments)
        shutil.rmtree(f"{folder}/profile", ignore_errors=True)
    return _run(folder, *arguments)


def _run(folder: str, *arguments: str) -> str:
    command = [browser(), *_QUIETLY, f"--user-data-dir={folder}/profile", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as chromium:
        try:
            shown, _ = chromium.communicate(timeout=_LONGEST_SECONDS)
        except BaseException:
            os.killpg(chromium.pid, signal.SIGKILL)  # its many processes too, which hold its output open
            raise
    assert chromium.returncode == 0, f"Chromium ended with {chromium.returncode}"
    return shown.decode("utf-8", "replace")


_STARTS = 3
_LONGEST_SECONDS = 90
_QUIETLY = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions"),
    *("--disable-quic", "--host-resolver-rules=MAP * ~NOTFOUND"),
)


_PAGE = """<!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
FRAMES
<pre id="answer" hidden></pre>
<script>
const look = SCRIPT;
addEventListener("load", async () => {
  const answer = {};
  await Promise.all([...document.querySelectorAll("iframe")].map(async frame => {
    try { answer[frame.name] = await look(frame.contentWindow, frame.contentDocument); }
    catch (error) { answer[frame.name] = {error: String(error && error.stack || error)}; }
  }));
  document.querySelectorAll("iframe").forEach(frame => frame.remove());
  const pre = document.getElementById("answer");
  pre.textContent = JSON.stringify(answer);
  pre.removeAttribute("hidden");
});
</script>
"""
